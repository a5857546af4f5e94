import {
  fromGlobalId,
  toGroup,
  toGroupDetails,
  toMember,
  toReplication,
  toReplicationDetails,
} from './plain-mapping.ts'
import type { VendorSources, VmReplication, Vpg, ZertoVm } from './vendor-sources.ts'

/** The part of the gateway's schema that the queries of the benchmark use: the same documents run on all. */
export const typeDefs = /* GraphQL */ `
  scalar DateTime
  scalar ByteCount
  enum Vendor {
    VCDA
    ZERTO
  }
  enum ProtectionState {
    INITIALIZING
    SYNCING
    PROTECTED
    NOT_MEETING_TARGET
    PAUSED
    DISCONNECTED
    ERROR
    NEEDS_CONFIGURATION
    RECOVERED
    UNKNOWN
  }
  enum Health {
    HEALTHY
    WARNING
    CRITICAL
    UNKNOWN
  }
  enum ReplicationPurpose {
    PROTECTION
    MIGRATION
  }
  enum Priority {
    LOW
    MEDIUM
    HIGH
  }
  type RpoStatus {
    targetSeconds: Int
    actualSeconds: Int
    violationSeconds: Int
    lastSyncedAt: DateTime
  }
  type StorageUse {
    usedBytes: ByteCount
  }
  type ReplicationEnd {
    organization: String
  }
  interface Node {
    id: ID!
  }
  interface RecoveryTarget {
    id: ID!
    vendor: Vendor!
    name: String!
    state: ProtectionState!
    health: Health!
  }
  type VcdaReplicationDetails {
    replicationId: String!
    dataConnectionState: String
    recoveryState: String
  }
  type ZertoReplicationDetails {
    vmId: String
  }
  union ReplicationDetails = VcdaReplicationDetails | ZertoReplicationDetails
  type ZertoProtectionGroupDetails {
    status: String
    subStatus: String
    actualHistoryMinutes: Int
  }
  type VcdaProtectionGroupDetails {
    owner: String
  }
  union ProtectionGroupDetails = VcdaProtectionGroupDetails | ZertoProtectionGroupDetails
  type Replication implements Node & RecoveryTarget {
    id: ID!
    vendor: Vendor!
    name: String!
    state: ProtectionState!
    vendorState: String!
    health: Health!
    purpose: ReplicationPurpose!
    rpo: RpoStatus!
    storage: StorageUse!
    source: ReplicationEnd!
    group: ProtectionGroup
    details: ReplicationDetails!
  }
  type ProtectionGroup implements Node & RecoveryTarget {
    id: ID!
    vendor: Vendor!
    name: String!
    state: ProtectionState!
    vendorState: String!
    health: Health!
    priority: Priority
    vmCount: Int!
    rpo: RpoStatus!
    storage: StorageUse!
    replications(first: Int = 50): ReplicationConnection!
    details: ProtectionGroupDetails!
  }
  type PageInfo {
    hasNextPage: Boolean!
  }
  type ReplicationConnection {
    nodes: [Replication!]!
    pageInfo: PageInfo!
    totalCount: Int!
  }
  type ProtectionGroupConnection {
    nodes: [ProtectionGroup!]!
    pageInfo: PageInfo!
    totalCount: Int!
  }
  input ReplicationFilter {
    vendors: [Vendor!]
    states: [ProtectionState!]
    healths: [Health!]
  }
  input ProtectionGroupFilter {
    vendors: [Vendor!]
    states: [ProtectionState!]
    healths: [Health!]
  }
  type Query {
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    replications(filter: ReplicationFilter, first: Int = 50, maxAgeSeconds: Int): ReplicationConnection!
    protectionGroups(filter: ProtectionGroupFilter, first: Int = 50, maxAgeSeconds: Int): ProtectionGroupConnection!
  }
`

interface ListArgs {
  readonly first: number
  readonly filter?: { readonly states?: readonly string[] | null; readonly healths?: readonly string[] | null } | null
}

interface Judged {
  readonly state: string
  readonly health: string
}

const toConnection = <T>(all: readonly T[], first: number) => ({
  nodes: all.length > first ? all.slice(0, first) : all,
  pageInfo: { hasNextPage: all.length > first },
  totalCount: all.length,
})

const toPage = <T extends Judged>(all: readonly T[], { first, filter }: ListArgs) => {
  const { states, healths } = filter ?? {}
  const chosen =
    states || healths
      ? all.filter(({ state, health }) => (states?.includes(state) ?? true) && (healths?.includes(health) ?? true))
      : all
  return toConnection(chosen, first)
}

const toReplicationObject = (wire: VmReplication) => Object.assign(toReplication(wire), { wire })
const toGroupObject = (wire: Vpg) => Object.assign(toGroup(wire), { vendor: 'ZERTO', wire })

type GroupObject = ReturnType<typeof toGroupObject>

const findNode = async (sources: VendorSources, id: string) => {
  const [kind, nativeId] = fromGlobalId(id)
  if (kind === 'Replication') {
    const wire = await sources.findVmReplication(nativeId)
    return wire === null ? null : Object.assign(toReplicationObject(wire), { __typename: kind })
  }
  const wire = await sources.findVpg(nativeId)
  return wire === null ? null : Object.assign(toGroupObject(wire), { __typename: kind })
}

const toByGroup = (machines: readonly ZertoVm[]) => Map.groupBy(machines, (vm) => vm.VpgIdentifier)

/** Resolvers that ask the vendors for each request, as a server without a read model does. */
export const toResolvers = (sources: VendorSources) => {
  const grouped = new WeakMap<readonly ZertoVm[], ReturnType<typeof toByGroup>>()
  const listMembers = async (group: GroupObject): Promise<readonly ZertoVm[]> => {
    const machines = await sources.listZertoVms()
    const byGroup = grouped.get(machines) ?? toByGroup(machines)
    grouped.set(machines, byGroup)
    return byGroup.get(group.wire.VpgIdentifier) ?? []
  }
  return {
    Query: {
      node: (_root: unknown, { id }: { readonly id: string }) => findNode(sources, id),
      nodes: (_root: unknown, { ids }: { readonly ids: readonly string[] }) =>
        Promise.all(ids.map((id) => findNode(sources, id))),
      replications: async (_root: unknown, args: ListArgs) =>
        toPage((await sources.listVmReplications()).map(toReplicationObject), args),
      protectionGroups: async (_root: unknown, args: ListArgs) =>
        toPage((await sources.listVpgs()).map(toGroupObject), args),
    },
    Replication: {
      details: ({ wire }: { readonly wire: VmReplication }) => toReplicationDetails(wire),
    },
    ProtectionGroup: {
      details: ({ wire }: GroupObject) => toGroupDetails(wire),
      replications: async (group: GroupObject, { first }: { readonly first: number }) => {
        const members = (await listMembers(group)).map((vm) => Object.assign(toMember(vm), { group }))
        return toConnection(members, first)
      },
    },
  }
}
