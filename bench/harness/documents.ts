import { numberMark } from '../load/raw-connection.ts'

/** An operation as it is sent. */
export interface Operation {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** The most that the gateway gives in one page. */
const largestPage = 500

const replicationFields = `id vendor name state vendorState health purpose
      rpo { targetSeconds violationSeconds lastSyncedAt } storage { usedBytes } source { organization }`
const groupFields = `id name state vendorState health priority vmCount
      rpo { actualSeconds targetSeconds } storage { usedBytes }`

const lists = {
  replications: { alias: 'r', vendor: 'VCDA', fields: replicationFields },
  protectionGroups: { alias: 'g', vendor: 'ZERTO', fields: groupFields },
} as const

type ListName = keyof typeof lists

/** Where pages begin: the cursors of the gateway, none for the first page. */
export type PageStarts = Readonly<Record<ListName, readonly (string | null)[]>>

const toField = (name: ListName, place: number, first: number, after: string | null, extra: string): string => {
  const { alias, vendor, fields } = lists[name]
  const start = after === null ? '' : `, after: "${after}"`
  return `  ${alias}${place}: ${name}(filter: { vendors: [${vendor}] }, first: ${first}, maxAgeSeconds: $age${start}) {
    nodes { ${fields} }${extra}
  }`
}

const toDocument = (name: string, fields: readonly string[]): string =>
  `query ${name}($age: Int) {\n${fields.join('\n')}\n}`

/** The main query for a server that gives everything at once: 12 fields of each replication, 10 of each group. */
export const toWholeQuery = (count: number, ageSeconds: number, name = 'Main'): Operation => ({
  query: toDocument(name, [
    toField('replications', 0, count, null, ''),
    toField('protectionGroups', 0, count, null, ''),
  ]),
  variables: { age: ageSeconds },
})

/** The same in pages, all of them in one operation. */
export const toPagedQuery = (starts: PageStarts, count: number, ageSeconds: number, name = 'Main'): Operation => {
  const toFields = (list: ListName): readonly string[] =>
    starts[list].map((after, place) => toField(list, place, Math.min(count, largestPage), after, ''))
  return {
    query: toDocument(name, [...toFields('replications'), ...toFields('protectionGroups')]),
    variables: { age: ageSeconds },
  }
}

/** One page of one list with its end, to find out where the next one begins. */
export const toProbe = (list: ListName, after: string | null): Operation => ({
  query: toDocument('Probe', [toField(list, 0, largestPage, after, ' pageInfo { endCursor hasNextPage } totalCount')]),
  variables: { age: 300 },
})

/** A query with another name in each request: a document that nobody has sent before. */
export const toNewDocument = (operation: Operation): string =>
  JSON.stringify({ ...operation, query: operation.query.replace('query Main', `query Main${numberMark}`) })

/** A query with other variables in each request. The first number is above all ages of what is remembered. */
export const toNewVariables = ({ query, variables }: Operation): string =>
  JSON.stringify({ query, variables: { ...variables, age: numberMark } }).replace(`"${numberMark}"`, numberMark)

/** The main query in the vendors' own words, for a server that only passes them on. */
export const toVendorQuery = (count: number): Operation => ({
  query: `query Main($limit: Int) {
  vmReplications(limit: $limit) {
    items { id vmName isPaused isMigration overallHealth dataConnectionState settings { rpo }
      destinationState { state currentRpoViolation latestInstance { timestamp } spaceRequirement recoveryInfo { recoveryState } }
      source { org } }
  }
  vpgs { VpgIdentifier VpgName Status SubStatus AlertStatus Priority VmsCount ActualRPO ConfiguredRpoSeconds UsedStorageInMB }
}`,
  variables: { limit: count },
})
