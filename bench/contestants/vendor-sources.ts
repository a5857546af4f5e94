import { Pool } from 'undici'

/** A VCDA replication, as much of it as the main query needs. */
export interface VmReplication {
  readonly id: string
  readonly vmName: string
  readonly isPaused: boolean
  readonly isMigration: boolean
  readonly settings: { readonly rpo: number } | null
  readonly dataConnectionState: string
  readonly overallHealth: string
  readonly sourceState: { readonly state: string } | null
  readonly destinationState: {
    readonly state: string
    readonly currentRpoViolation: number
    readonly latestInstance: { readonly timestamp: number } | null
    readonly recoveryInfo: { readonly recoveryState: string }
    readonly spaceRequirement: number
  } | null
  readonly source: { readonly org: string } | null
}

/** A VPG, as much of it as the main query needs. */
export interface Vpg {
  readonly VpgIdentifier: string
  readonly VpgName: string
  readonly Status: number
  readonly SubStatus: number
  readonly AlertStatus: number
  readonly Priority: number
  readonly VmsCount: number
  readonly ActualRPO: number
  readonly ConfiguredRpoSeconds: number
  readonly UsedStorageInMB: number
  readonly HistoryStatusApi: { readonly ActualHistoryInMinutes: number }
}

/** A machine of a VPG. */
export interface ZertoVm {
  readonly VmIdentifier: string
  readonly VmName: string
  readonly VpgIdentifier: string
}

/** What every contestant asks the vendors for, by the same client in the same way: signed in once, 100 in a page. */
export interface VendorSources {
  listVmReplications(): Promise<readonly VmReplication[]>
  listVpgs(): Promise<readonly Vpg[]>
  /** The machines of all VPGs: one call for all who ask meanwhile. */
  listZertoVms(): Promise<readonly ZertoVm[]>
  findVmReplication(id: string): Promise<VmReplication | null>
  findVpg(id: string): Promise<Vpg | null>
}

const pageSize = 100

interface Page {
  readonly items: readonly VmReplication[]
  readonly total: number
}

/** Null where there is none. */
const ask = async <T>(pool: Pool, path: string, headers: Readonly<Record<string, string>>): Promise<T | null> => {
  const { statusCode, body } = await pool.request({ path, method: 'GET', headers })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the floor checks nothing
  const answer = (await body.json()) as T
  return statusCode === 200 ? answer : null
}

/** @throws where there is none. */
const list = async <T>(pool: Pool, path: string, headers: Readonly<Record<string, string>>): Promise<T> => {
  const answer = await ask<T>(pool, path, headers)
  if (answer === null) throw new Error(`No ${path}`)
  return answer
}

/** Signs in to both vendors. */
export const openVendorSources = async (urls: {
  readonly vcda: string
  readonly zerto: string
}): Promise<VendorSources> => {
  const vcda = new Pool(urls.vcda, { connections: 16 })
  const zerto = new Pool(urls.zerto, { connections: 16 })
  const session = await vcda.request({ path: '/sessions', method: 'POST' })
  await session.body.dump()
  const vcdaHeaders = {
    accept: 'application/vnd.vmware.h4-v4.7+json;charset=UTF-8',
    'x-vcav-auth': String(session.headers['x-vcav-auth']),
  }
  const zertoHeaders = { accept: 'application/json', authorization: 'Bearer bench' }

  const readPage = (offset: number): Promise<Page> =>
    list(vcda, `/vm-replications?limit=${pageSize}&offset=${offset}`, vcdaHeaders)
  let machines: Promise<readonly ZertoVm[]> | null = null
  return {
    async listVmReplications() {
      const first = await readPage(0)
      const more = Math.max(0, Math.ceil(first.total / pageSize) - 1)
      const rest = await Promise.all(Array.from({ length: more }, (_, page) => readPage((page + 1) * pageSize)))
      return rest.length === 0 ? first.items : [first, ...rest].flatMap(({ items }) => items)
    },
    listVpgs: () => list(zerto, '/v1/vpgs', zertoHeaders),
    async listZertoVms() {
      machines ??= list(zerto, '/v1/vms', zertoHeaders)
      try {
        return await machines
      } finally {
        machines = null
      }
    },
    findVmReplication: (id) => ask(vcda, `/vm-replications/${id}`, vcdaHeaders),
    findVpg: (id) => ask(zerto, `/v1/vpgs/${id}`, zertoHeaders),
  }
}
