import { useQuery } from '../../app/gateway.tsx'
import {
  VcdaPlacesDocument,
  VcdaStoredNetworksDocument,
  type VcdaPlacesQuery,
  type VcdaStoredNetworksFragment,
} from '../../generated/graphql.ts'

/** A machine that is replicated. */
interface VcdaMachine {
  /** Of the replication. */
  readonly id: string
  readonly name: string
  /** Identifier of the machine at the vendor. */
  readonly vmId: string
}

/** Between which virtual data centers a target lies, and its machines. */
export interface VcdaPlaces {
  /** Null at a vCenter, and while it is asked for. */
  readonly sourceVdcId: string | null
  readonly destinationVdcId: string | null
  readonly machines: readonly VcdaMachine[]
  readonly problem: string | null
}

type Node = NonNullable<VcdaPlacesQuery['node']>

const endsOf = (node: Node | null | undefined) => {
  if (node === null || node === undefined) return null
  const details = 'groupDetails' in node ? node.groupDetails : 'machineDetails' in node ? node.machineDetails : null
  return details !== null && details !== undefined && 'source' in details ? details : null
}

const machinesOf = (node: Node | null | undefined): readonly VcdaMachine[] => {
  if (node === null || node === undefined) return []
  const nodes = 'replications' in node ? node.replications.nodes : 'vm' in node ? [node] : []
  return nodes.map(({ id, name, vm }) => ({ id, name, vmId: vm.vendorId }))
}

/** Asks the gateway, which has it in memory. */
export const useVcdaPlaces = (id: string, isPaused: boolean): VcdaPlaces => {
  const { data, problem } = useQuery(VcdaPlacesDocument, { id }, { isPaused })
  const ends = endsOf(data?.node)
  return {
    sourceVdcId: ends?.source.vdcId ?? null,
    destinationVdcId: ends?.destination.vdcId ?? null,
    machines: machinesOf(data?.node),
    problem,
  }
}

/** What the site has stored for recoveries, in words; null while nobody has told. */
interface StoredNetworks {
  readonly failover: string | null
  readonly testFailover: string | null
}

/** Stored networks in a sentence. */
const storedInWords = (networks: VcdaStoredNetworksFragment | null): string => {
  if (networks === null) return 'Nothing is stored: the site decides.'
  const { copySourceNetworks, connectAllNics, bridgeNetworks, mappings } = networks
  const bridges = bridgeNetworks.map(({ name }) => name ?? '?').join(', ')
  if (connectAllNics === true && bridges !== '') return `Stored: all machines on ${bridges}.`
  if (mappings.length > 0) {
    const pairs = mappings.map(
      ({ sourceNetworkName, destinationNetwork }) =>
        `${sourceNetworkName ?? '?'} to ${destinationNetwork?.name ?? '?'}`,
    )
    return `Stored: ${pairs.join(', ')}.`
  }
  if (copySourceNetworks === true) return 'Stored: the networks of the source are copied.'
  return bridges === '' ? 'Nothing is stored: the site decides.' : `Stored: ${bridges} in the vApp.`
}

/** Asks the site. */
export const useStoredNetworks = (id: string, isPaused: boolean): StoredNetworks => {
  const { data } = useQuery(VcdaStoredNetworksDocument, { id }, { isPaused })
  const node = data?.node
  if (node === null || node === undefined) return { failover: null, testFailover: null }
  const details = 'groupDetails' in node ? node.groupDetails : 'machineDetails' in node ? node.machineDetails : null
  if (details === null || details === undefined || !('networkSettings' in details)) {
    return { failover: null, testFailover: null }
  }
  const settings = details.networkSettings
  return {
    failover: storedInWords(settings?.failover ?? null),
    testFailover: storedInWords(settings?.testFailover ?? null),
  }
}
