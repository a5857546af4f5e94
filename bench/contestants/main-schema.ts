import { toGroup, toReplication } from './plain-mapping.ts'
import type { VendorSources } from './vendor-sources.ts'

/** The part of the gateway's schema that the main query uses: the same document runs on all. */
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
  enum Purpose {
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
  type Replication {
    id: ID!
    vendor: Vendor!
    name: String!
    state: ProtectionState!
    vendorState: String!
    health: Health!
    purpose: Purpose!
    rpo: RpoStatus!
    storage: StorageUse!
    source: ReplicationEnd!
  }
  type ProtectionGroup {
    id: ID!
    name: String!
    state: ProtectionState!
    vendorState: String!
    health: Health!
    priority: Priority
    vmCount: Int!
    rpo: RpoStatus!
    storage: StorageUse!
  }
  type ReplicationConnection {
    nodes: [Replication!]!
  }
  type ProtectionGroupConnection {
    nodes: [ProtectionGroup!]!
  }
  input ListFilter {
    vendors: [Vendor!]
  }
  type Query {
    replications(filter: ListFilter, first: Int, maxAgeSeconds: Int): ReplicationConnection!
    protectionGroups(filter: ListFilter, first: Int, maxAgeSeconds: Int): ProtectionGroupConnection!
  }
`

/** Resolvers that ask the vendors for each request, as a server without a read model does. */
export const toResolvers = (sources: VendorSources) => ({
  Query: {
    replications: async () => ({ nodes: (await sources.listVmReplications()).map(toReplication) }),
    protectionGroups: async () => ({ nodes: (await sources.listVpgs()).map(toGroup) }),
  },
})
