import { toGlobalId } from '../../domain/global-id.ts'
import type { NamedThing } from '../../domain/ports/vendor-adapter.ts'
import type { WireCall } from '../../domain/task.ts'
import type { InventoryList, VcdaReadClient } from './vcda-read-client.ts'
import type { ReadOptions } from './vcda-transport.ts'
import { findOwnerChange } from './vcda-update.ts'

/** Something that a start names, and where it would be found. */
export interface NamedId {
  readonly role: NamedThing['role']
  readonly siteName: string
  /** The list that tells whose it is; null for what no list tells of: templates, and machines in a vCenter. */
  readonly list: Exclude<InventoryList, 'orgs'> | null
  /** Null for a site as a whole. */
  readonly id: string | null
}

const words: Readonly<Record<NonNullable<NamedId['list']>, string>> = {
  vms: 'the machine',
  vapps: 'the vApp',
  vdcs: 'the data center',
}

const toWords = ({ list, id, siteName }: NamedId): string =>
  id === null ? `the site ${siteName}` : `${list === null ? 'the object' : words[list]} ${id}`

/** Whose what a start names is, in one read for each list. Null is what is not listed. */
export const listNamedThings = async (
  ids: readonly NamedId[],
  reads: Pick<VcdaReadClient, 'listInventory'>,
  isLocal: (siteName: string) => Promise<boolean>,
  signal: AbortSignal,
): Promise<readonly NamedThing[]> => {
  const readOwners = async (siteName: string, list: NonNullable<NamedId['list']>) => {
    const options: ReadOptions = { signal, site: (await isLocal(siteName)) ? null : siteName }
    const items = await reads.listInventory(list, options)
    return new Map(items.map(({ id, org, orgName }) => [id, org ?? orgName ?? null]))
  }
  const pending = new Map<string, ReturnType<typeof readOwners>>()
  return Promise.all(
    ids.map(async (named) => {
      const { role, siteName, list, id } = named
      const thing = { what: toWords(named), role, siteId: toGlobalId('Site', 'VCDA', siteName) }
      if (list === null || id === null) return { ...thing, organization: null }
      const key = `${list} ${siteName}`
      const owners = pending.get(key) ?? readOwners(siteName, list)
      pending.set(key, owners)
      return { ...thing, organization: (await owners).get(id) ?? null }
    }),
  )
}

/** What a change names: a new owner, whose name is `organisation@site`. */
export const listNewOwners = (call: WireCall): readonly NamedThing[] => {
  const owner = findOwnerChange(call)?.owner
  if (owner === undefined) return []
  const [organization = ''] = owner.split('@')
  return [{ what: `the organisation ${organization}`, role: 'GIVEN_TO', siteId: null, organization }]
}
