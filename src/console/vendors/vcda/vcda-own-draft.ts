import type {
  Action,
  VcdaFailoverOptions,
  VcdaIpAllocationMode,
  VcdaNetworkInput,
  VcdaNetworksInput,
  VcdaTestFailoverOptions,
  VcdaUpdateOptions,
} from '../../generated/graphql.ts'

/** How the networks of recovered machines are chosen; STORED sends nothing. */
export type VcdaNetworkMode = 'STORED' | 'SOURCE' | 'ONE' | 'MAPPED' | 'MACHINES'

/** What was chosen for the networks of one kind of recovery. */
export interface VcdaNetworkDraft {
  readonly mode: VcdaNetworkMode
  /** With ONE. */
  readonly network: VcdaNetworkInput | null
  /** With MAPPED: what takes the place of which network of the source, by the identifier of that one. */
  readonly mappings: Readonly<
    Record<string, { readonly source: VcdaNetworkInput; readonly destination: VcdaNetworkInput }>
  >
  /** With MACHINES: the network of the first adapter of each machine, by the machine's identifier; null is none. */
  readonly machines: Readonly<Record<string, VcdaNetworkInput | null>>
  /** With MACHINES. */
  readonly addressing: Exclude<VcdaIpAllocationMode, 'MANUAL'>
}

/** What was entered beside the plain options. */
export interface VcdaOwnDraft {
  /** Of this recovery. */
  readonly networks: VcdaNetworkDraft
  /** Stored for later ones. */
  readonly failover: VcdaNetworkDraft
  readonly testFailover: VcdaNetworkDraft
  /** Empty leaves it. */
  readonly storageProfileId: string
  /** The recovery point of each machine of a group, by the machine's id; those that are not in it start from their newest. */
  readonly points: Readonly<Record<string, string>>
}

const stored: VcdaNetworkDraft = { mode: 'STORED', network: null, mappings: {}, machines: {}, addressing: 'DHCP' }

export const emptyVcdaDraft: VcdaOwnDraft = {
  networks: stored,
  failover: stored,
  testFailover: stored,
  storageProfileId: '',
  points: {},
}

const distinct = (networks: readonly (VcdaNetworkInput | null)[]): VcdaNetworkInput[] => [
  ...new Map(networks.flatMap((network) => (network === null ? [] : [[network.id, network] as const]))).values(),
]

const toMachines = ({ machines, addressing }: VcdaNetworkDraft): VcdaNetworksInput => ({
  bridgeNetworks: distinct(Object.values(machines)),
  vms: Object.entries(machines).map(([vmId, network]) => ({
    vmId,
    nics: [
      network === null
        ? { index: 0, isConnected: false }
        : { index: 0, isConnected: true, networkName: network.name, ipAllocationMode: addressing },
    ],
  })),
})

/** @returns Null where the stored ones are taken, and where the choice is not complete. */
export const toVcdaNetworks = (draft: VcdaNetworkDraft): VcdaNetworksInput | null => {
  switch (draft.mode) {
    case 'SOURCE':
      return { copySourceNetworks: true }
    case 'ONE':
      return draft.network === null ? null : { connectAllNics: true, bridgeNetworks: [draft.network] }
    case 'MAPPED': {
      const mappings = Object.values(draft.mappings)
      if (mappings.length === 0) return null
      return {
        bridgeNetworks: distinct(mappings.map(({ destination }) => destination)),
        mappings: mappings.map(({ source, destination }) => ({
          sourceNetworkName: source.name,
          sourceNetwork: source,
          destinationNetwork: destination,
        })),
      }
    }
    case 'MACHINES':
      return Object.keys(draft.machines).length === 0 ? null : toMachines(draft)
    case 'STORED':
    default:
      return null
  }
}

const findNetworkProblem = (draft: VcdaNetworkDraft): string | null => {
  if (draft.mode === 'STORED' || toVcdaNetworks(draft) !== null) return null
  return draft.mode === 'MAPPED' ? 'Choose a network for at least one of the source' : 'Choose the network'
}

const toRecovery = ({ networks, points }: VcdaOwnDraft): VcdaTestFailoverOptions & VcdaFailoverOptions => {
  const chosen = toVcdaNetworks(networks)
  const pairs = Object.entries(points)
  return {
    ...(chosen !== null && { networks: chosen }),
    ...(pairs.length > 0 && {
      recoveryPointByReplication: pairs.map(([replicationId, recoveryPointId]) => ({ replicationId, recoveryPointId })),
    }),
  }
}

const toUpdate = ({ failover, testFailover, storageProfileId }: VcdaOwnDraft): VcdaUpdateOptions => {
  const ofFailover = toVcdaNetworks(failover)
  const ofTest = toVcdaNetworks(testFailover)
  return {
    ...(storageProfileId !== '' && { storageProfileId }),
    ...((ofFailover !== null || ofTest !== null) && {
      networkSettings: {
        ...(ofFailover !== null && { failover: ofFailover }),
        ...(ofTest !== null && { testFailover: ofTest }),
      },
    }),
  }
}

/** Members of VcdaFailoverOptions and its kin, by action. */
export const toVcdaOwnOptions = (
  action: Action,
  draft: VcdaOwnDraft,
): { readonly members: Readonly<Record<string, unknown>>; readonly problem: string | null } => {
  switch (action) {
    case 'FAILOVER':
    case 'TEST_FAILOVER':
      return { members: { ...toRecovery(draft) }, problem: findNetworkProblem(draft.networks) }
    case 'MOVE':
      return { members: { ...toRecovery({ ...draft, points: {} }) }, problem: findNetworkProblem(draft.networks) }
    case 'UPDATE': {
      const problem = findNetworkProblem(draft.failover) ?? findNetworkProblem(draft.testFailover)
      return { members: { ...toUpdate(draft) }, problem }
    }
    default:
      return { members: {}, problem: null }
  }
}
