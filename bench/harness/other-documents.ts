import type { Operation } from './documents.ts'

/** Objects that the documents ask for by id. */
export interface KnownIds {
  readonly replications: readonly string[]
  readonly groups: readonly string[]
}

/** A document that is not the main query, with all the variables that it is tried with. */
export interface OtherDocument {
  readonly name: string
  readonly operations: readonly Operation[]
}

const fragments = `query Main($age: Int) {
  machines: replications(filter: { vendors: [VCDA] }, first: 500, maxAgeSeconds: $age) { ...Machines }
  protectionGroups(filter: { vendors: [ZERTO] }, first: 500, maxAgeSeconds: $age) {
    nodes {
      ...Target
      rpo { targetSeconds }
      ... on ProtectionGroup { vmCount rpo { actualSeconds targetSeconds } }
      ... on RecoveryTarget { health }
      ... { priority storage { ...Storage } }
    }
    totalCount
  }
}
fragment Machines on ReplicationConnection { totalCount nodes { __typename ...Target ...Machine } }
fragment Machine on Replication { rpo { ...Loss } purpose source { organization } storage { ...Storage } }
fragment Loss on RpoStatus { targetSeconds violationSeconds lastSyncedAt }
fragment Storage on StorageUse { usedBytes }
fragment Target on RecoveryTarget { id vendor name state health }`

const aliases = `query Main($age: Int) {
  fine: replications(filter: { vendors: [VCDA], states: [PROTECTED] }, first: 500, maxAgeSeconds: $age) {
    how: totalCount all: nodes { key: id label: name id }
  }
  late: replications(filter: { vendors: [VCDA], states: [NOT_MEETING_TARGET, ERROR] }, first: 5, maxAgeSeconds: $age) {
    how: totalCount
    all: nodes { key: id is: state aim: rpo { seconds: targetSeconds } miss: rpo { by: violationSeconds aim: targetSeconds } }
    more: pageInfo { yes: hasNextPage }
  }
  sick: protectionGroups(filter: { vendors: [ZERTO], healths: [CRITICAL] }, first: 500, maxAgeSeconds: $age) {
    all: nodes { key: id label: name size: vmCount use: storage { bytes: usedBytes } }
  }
  well: protectionGroups(filter: { vendors: [ZERTO], healths: [HEALTHY] }, first: 500, maxAgeSeconds: $age) {
    all: nodes { label: name key: id loss: rpo { is: actualSeconds aim: targetSeconds } }
  }
}`

const variables = `query Main($age: Int, $states: [ProtectionState!], $first: Int = 7, $group: ProtectionGroupFilter = { vendors: [ZERTO] },
    $withLoss: Boolean!, $withoutStorage: Boolean = false) {
  replications(filter: { vendors: [VCDA], states: $states }, first: $first, maxAgeSeconds: $age) {
    totalCount
    nodes {
      id name state
      rpo @include(if: $withLoss) { targetSeconds violationSeconds }
      storage @skip(if: $withoutStorage) { usedBytes }
      ... @include(if: $withLoss) @skip(if: $withoutStorage) { source { organization } }
    }
  }
  protectionGroups(filter: $group, first: $first, maxAgeSeconds: $age) {
    totalCount pageInfo { hasNextPage }
    nodes { name ...Use @skip(if: $withoutStorage) id }
  }
}
fragment Use on ProtectionGroup { storage { usedBytes } vmCount }`

const unions = `query Main($age: Int, $one: ID!, $many: [ID!]!) {
  __typename
  node(id: $one) { __typename id ... on RecoveryTarget { name } ...Replication ...Group }
  nodes(ids: $many) { ...Group ...Replication ... on Node { id } __typename }
  replications(filter: { vendors: [VCDA] }, first: 500, maxAgeSeconds: $age) {
    nodes {
      id
      details {
        __typename
        ... on VcdaReplicationDetails { replicationId dataConnectionState recoveryState }
        ... on ZertoReplicationDetails { __typename }
      }
    }
  }
}
fragment Replication on Replication { id state vendorState purpose rpo { targetSeconds } }
fragment Group on ProtectionGroup {
  name priority vmCount
  details { ... on ZertoProtectionGroupDetails { status subStatus actualHistoryMinutes } ... on VcdaProtectionGroupDetails { owner } }
}`

const members = `query Main($age: Int, $members: Int!) {
  protectionGroups(filter: { vendors: [ZERTO] }, first: 500, maxAgeSeconds: $age) {
    nodes {
      id name
      replications(first: $members) {
        totalCount pageInfo { hasNextPage }
        nodes { id vendor name group { id name state } }
      }
    }
  }
}`

/** All of them, for what the vendors have. */
export const listOtherDocuments = ({ replications, groups }: KnownIds, age: number): readonly OtherDocument[] => {
  const unknown = Buffer.from('ProtectionGroup:ZERTO:00000000-0000-4000-8000-000000000000').toString('base64url')
  const [replication = ''] = replications
  const [group = ''] = groups
  const of = (name: string, query: string, all: readonly Operation['variables'][]): OtherDocument => ({
    name,
    operations: all.map((own) => ({ query, variables: { age, ...own } })),
  })
  return [
    of('fragments', fragments, [{}]),
    of('aliases', aliases, [{}]),
    of('variables', variables, [
      { withLoss: true },
      { withLoss: false, states: ['PROTECTED', 'PAUSED'], first: 500 },
      { withLoss: true, withoutStorage: true, states: null, group: { vendors: ['ZERTO'], healths: ['WARNING'] } },
    ]),
    of('unions', unions, [
      { one: replication, many: [group, unknown, ...replications.slice(0, 5), ...groups.slice(0, 5)] },
      { one: group, many: [] },
    ]),
    of('nested members', members, [{ members: 10 }, { members: 1 }]),
  ]
}
