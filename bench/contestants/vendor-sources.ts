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
}

/** What every contestant asks the vendors for, by the same client in the same way: signed in once, 100 in a page. */
export interface VendorSources {
  listVmReplications(): Promise<readonly VmReplication[]>
  listVpgs(): Promise<readonly Vpg[]>
}

const pageSize = 100

interface Page {
  readonly items: readonly VmReplication[]
  readonly total: number
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

  const readPage = async (offset: number): Promise<Page> => {
    const path = `/vm-replications?limit=${pageSize}&offset=${offset}`
    const { body } = await vcda.request({ path, method: 'GET', headers: vcdaHeaders })
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the floor checks nothing
    return (await body.json()) as Page
  }
  return {
    async listVmReplications() {
      const first = await readPage(0)
      const more = Math.max(0, Math.ceil(first.total / pageSize) - 1)
      const rest = await Promise.all(Array.from({ length: more }, (_, page) => readPage((page + 1) * pageSize)))
      return rest.length === 0 ? first.items : [first, ...rest].flatMap(({ items }) => items)
    },
    async listVpgs() {
      const { body } = await zerto.request({ path: '/v1/vpgs', method: 'GET', headers: zertoHeaders })
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the floor checks nothing
      return (await body.json()) as readonly Vpg[]
    },
  }
}
