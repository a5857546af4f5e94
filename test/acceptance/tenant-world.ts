import { parseGlobalId, toGlobalId, type NodeKind } from '../../src/domain/global-id.ts'
import type { Bounds } from '../../src/domain/reach.ts'
import { query, type Result } from '../support/graphql-client.ts'
import { tokenOf, type TestGateway } from '../support/start-gateway.ts'

interface End {
  readonly organization: string | null
  readonly site: { readonly configuredName: string | null }
}

/** A replication or group, as who sees everything sees it. */
export interface Target {
  readonly id: string
  readonly name: string
  readonly group?: { readonly id: string } | null
  readonly source: End
  readonly destination: End
  readonly actions: readonly { readonly action: string; readonly available: boolean }[]
}

interface Nodes<T> {
  readonly totalCount: number
  readonly nodes: readonly T[]
}

type About = { readonly id: string }

/** All that has an id, as who sees everything sees it. */
export interface World {
  readonly sites: readonly (About & { readonly configuredName: string | null })[]
  readonly replications: Nodes<Target>
  readonly protectionGroups: Nodes<Target>
  readonly alerts: Nodes<About & { readonly targets: readonly About[] }>
  readonly recoveryReports: Nodes<About & { readonly group: About | null }>
  readonly tasks: Nodes<About & { readonly target: About | null }>
}

const target =
  'id name source { organization site { configuredName } } destination { organization site { configuredName } } actions { action available }'

const worldDocument = `{
  sites { id configuredName }
  replications(first: 500) { totalCount nodes { group { id } ${target} } }
  protectionGroups(first: 500) { totalCount nodes { ${target} } }
  alerts(first: 500) { totalCount nodes { id targets { id } } }
  recoveryReports(first: 500) { totalCount nodes { id group { id } } }
  tasks(first: 500) { totalCount nodes { id target { id } } }
}`

/** What a caller is answered; left out is the one who sees everything. */
export const ask = async (
  { url }: TestGateway,
  document: string,
  caller?: string,
): Promise<Result<Record<string, unknown>>> => {
  const headers = caller === undefined ? {} : { authorization: `Bearer ${tokenOf(caller)}` }
  return (await query(url, document, {}, headers)).body
}

/** What a caller is answered by a document that he may ask; the caller of this says of what shape that is. */
export const dataOf = async <T>(gateway: TestGateway, document: string, caller?: string): Promise<T> => {
  const { data, errors } = await ask(gateway, document, caller)
  if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the document says which data it asks for
  return data as T
}

export const readWorld = (gateway: TestGateway, caller?: string): Promise<World> =>
  dataOf<World>(gateway, worldDocument, caller)

/** Whether bounds cover one end of a target: said once more, in words of its own. */
export const isCovered = ({ siteNames, organizations }: Bounds, { source, destination }: Target): boolean =>
  [source, destination].some(({ organization, site }) => {
    const isThere = siteNames === null || siteNames.some((name) => name === site.configuredName)
    return isThere && (organizations === null || organizations.some((name) => name === organization?.toLowerCase()))
  })

export const listTargets = ({ replications, protectionGroups }: World): readonly Target[] => [
  ...protectionGroups.nodes,
  ...replications.nodes,
]

const ids = (all: readonly About[]): string[] => all.map(({ id }) => id)

/** The ids that bounds do not cover, by kind; sites are not among them. */
export const listHiddenIds = (world: World, bounds: Bounds): Readonly<Record<Exclude<NodeKind, 'Site'>, string[]>> => {
  const seen = new Set(listTargets(world).flatMap((one) => (isCovered(bounds, one) ? [one.id] : [])))
  const isHidden = ({ id }: About): boolean => !seen.has(id)
  return {
    ProtectionGroup: ids(world.protectionGroups.nodes.filter(isHidden)),
    Replication: ids(world.replications.nodes.filter(isHidden)),
    Alert: ids(world.alerts.nodes.filter(({ targets }) => targets.every(isHidden))),
    RecoveryReport: ids(world.recoveryReports.nodes.filter(({ group }) => group !== null && isHidden(group))),
    Task: ids(world.tasks.nodes.filter((task) => task.target !== null && isHidden(task.target))),
    RecoveryPoint: [],
  }
}

/** An id of the same form that nobody has given. */
export const toMadeUp = (id: string): string => {
  const key = parseGlobalId(id)
  if (key === null) throw new Error(`${id} is no id`)
  const digits = '0123456789abcdef'
  const turn = (digit: string): string => digits[(digits.indexOf(digit) + 1) % digits.length] ?? digit
  const last = /[0-9a-f](?=[^0-9a-f]*$)/
  const nativeId = key.nativeId.replaceAll(/[0-9a-f]{12}\b/g, (part) => part.replace(last, turn))
  return toGlobalId(key.kind, key.vendor, nativeId === key.nativeId ? `${key.nativeId}x` : nativeId)
}

/** An answer without what names the id that was given, and the request. */
export const withoutId = (answer: unknown, id: string): unknown =>
  JSON.parse(
    JSON.stringify(answer)
      .replaceAll(id, 'ID')
      .replaceAll(/"requestId":"[^"]*"/g, '"requestId":""'),
  )
