import { toGlobalId } from '../../domain/global-id.ts'
import { redact } from '../../upstream/redact.ts'
import { minutesToSeconds, toDate, toErrorText } from './vcda-details.ts'
import type {
  NetworkSettingsWire,
  PolicyWire,
  RecoveryNetworksWire,
  RecoveryPlanStepWire,
  RecoveryPlanWire,
  VcSiteWire,
  VmNetworksWire,
} from './vcda-read-wire.ts'

/** A network of an organisation virtual data centre. */
export interface VcdaNetwork {
  readonly id: string | null
  readonly name: string | null
}

/** Which network at the destination takes the place of one at the source. */
export interface VcdaNetworkMapping {
  readonly sourceNetworkName: string | null
  readonly sourceNetwork: VcdaNetwork | null
  readonly destinationNetwork: VcdaNetwork | null
}

/** A network adapter of a recovered machine. */
export interface VcdaNic {
  readonly index: number | null
  readonly isConnected: boolean | null
  readonly resetMacAddress: boolean | null
  readonly networkName: string | null
  readonly ipAllocationMode: string | null
  readonly ipAddress: string | null
  readonly externalIpAddress: string | null
  readonly macAddress: string | null
  readonly networkAdapterType: string | null
  readonly needsCustomization: boolean | null
}

/** Network adapters of one recovered machine. */
export interface VcdaVmNetworks {
  readonly vmId: string
  readonly primaryNicIndex: number | null
  readonly copySourceNicSettings: boolean | null
  readonly computerName: string | null
  readonly enableGuestCustomization: boolean | null
  readonly nics: readonly VcdaNic[]
}

/** Networks of recovered machines. */
export interface VcdaNetworks {
  readonly copySourceNetworks: boolean | null
  readonly connectAllNics: boolean | null
  readonly bridgeNetworks: readonly VcdaNetwork[]
  readonly mappings: readonly VcdaNetworkMapping[]
  readonly vms: readonly VcdaVmNetworks[]
}

/** Networks that a recovery and a test take where they are told none; null where nothing is stored. */
export interface VcdaNetworkSettings {
  readonly failover: VcdaNetworks | null
  readonly testFailover: VcdaNetworks | null
}

/** What tenants may do. */
export interface VcdaPolicy {
  readonly id: string
  readonly name: string
  readonly minRpoSeconds: number | null
  readonly maxRecoveryPoints: number | null
  /** Null is no limit, or not told. */
  readonly maxIncoming: number | null
  readonly allowsIncoming: boolean | null
  readonly allowsOutgoing: boolean | null
  /** What else the site gives. */
  readonly others: unknown
}

/** Groups that are recovered in an order. */
export interface VcdaRecoveryPlan {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly owner: string | null
  readonly isMigration: boolean | null
  readonly scheduledSyncAt: Date | null
  readonly state: string | null
  readonly lastOperation: string | null
  readonly lastErrorMessage: string | null
  readonly isSuspendRequested: boolean | null
  readonly promptStepId: string | null
}

/** One step of a recovery plan. */
export interface VcdaRecoveryPlanStep {
  readonly id: string
  readonly name: string | null
  readonly sequence: number | null
  readonly delaySeconds: number | null
  readonly prompt: string | null
  readonly replicationIds: readonly string[]
  readonly isRecovered: boolean | null
  readonly state: string | null
}

/** A customer's own site, paired with the cloud. */
export interface VcdaCustomerSite {
  /** Global id. */
  readonly id: string
  readonly name: string
  readonly owner: string | null
  readonly description: string | null
}

type NetworkWire = { readonly id?: string | null | undefined; readonly name?: string | null | undefined } | null

const toNetwork = (wire: NetworkWire | undefined): VcdaNetwork | null =>
  wire === null || wire === undefined ? null : { id: wire.id ?? null, name: wire.name ?? null }

const toVmNetworks = (vmId: string, wire: VmNetworksWire): VcdaVmNetworks => ({
  vmId,
  primaryNicIndex: wire.primaryNicIndex ?? null,
  copySourceNicSettings: wire.copySourceNicSettings ?? null,
  computerName: wire.computerName ?? null,
  enableGuestCustomization: wire.enableGuestCustomization ?? null,
  nics: (wire.nics ?? []).map((nic) => ({
    index: nic.nicIndex ?? null,
    isConnected: nic.isConnected ?? null,
    resetMacAddress: nic.resetMacAddress ?? null,
    networkName: nic.network ?? null,
    ipAllocationMode: nic.ipAddressAllocationMode ?? null,
    ipAddress: nic.ipAddress ?? null,
    externalIpAddress: nic.externalIpAddress ?? null,
    macAddress: nic.macAddress ?? null,
    networkAdapterType: nic.networkAdapterType ?? null,
    needsCustomization: nic.needsCustomization ?? null,
  })),
})

const toNetworks = (wire: RecoveryNetworksWire): VcdaNetworks | null => {
  const vApp = wire?.vAppNetworkSettings ?? null
  const vms = wire?.vmNetworkSettings ?? null
  if (vApp === null && vms === null) return null
  return {
    copySourceNetworks: vApp?.copySourceNetworks ?? null,
    connectAllNics: vApp?.bulkConnectVmNics ?? null,
    bridgeNetworks: (vApp?.bridgeOrgVdcNetworks ?? []).map(toNetwork).filter((network) => network !== null),
    mappings: (vApp?.networkMappings ?? []).map((mapping) => ({
      sourceNetworkName: mapping.sourceNetworkName ?? null,
      sourceNetwork: toNetwork(mapping.sourceOrgVdcNetwork),
      destinationNetwork: toNetwork(mapping.destinationOrgVdcNetwork),
    })),
    vms: Object.entries(vms ?? {}).map(([vmId, settings]) => toVmNetworks(vmId, settings)),
  }
}

export const toNetworkSettingsView = (wire: NetworkSettingsWire): VcdaNetworkSettings => ({
  failover: toNetworks(wire.failoverSettings),
  testFailover: toNetworks(wire.failoverTestSettings),
})

const toLimit = (limit: number | null | undefined): number | null =>
  typeof limit === 'number' && limit >= 0 ? limit : null

/** `minRpo` is minutes; -1 means that there is no limit. */
export const toPolicy = (wire: PolicyWire): VcdaPolicy => {
  const { id, displayName, minRpo, maxInstances, maxIncoming, allowIncoming, allowOutgoing, ...others } = wire
  return {
    id,
    name: displayName ?? id,
    minRpoSeconds: minutesToSeconds(toLimit(minRpo)),
    maxRecoveryPoints: toLimit(maxInstances),
    maxIncoming: toLimit(maxIncoming),
    allowsIncoming: allowIncoming ?? null,
    allowsOutgoing: allowOutgoing ?? null,
    others: redact(others),
  }
}

export const toRecoveryPlan = (wire: RecoveryPlanWire): VcdaRecoveryPlan => {
  const { executionInfo } = wire
  return {
    id: wire.id,
    name: wire.displayName ?? wire.id,
    description: wire.description ?? null,
    owner: wire.owner ?? null,
    isMigration: wire.isMigration ?? null,
    scheduledSyncAt: toDate(wire.scheduledSyncTime),
    state: executionInfo?.state ?? null,
    lastOperation: executionInfo?.lastOperation ?? null,
    lastErrorMessage: toErrorText(executionInfo?.lastError),
    isSuspendRequested: executionInfo?.isSuspendRequested ?? null,
    promptStepId: executionInfo?.promptStepId ?? null,
  }
}

/** `delay` is milliseconds. */
export const toRecoveryPlanStep = (wire: RecoveryPlanStepWire): VcdaRecoveryPlanStep => ({
  id: wire.id,
  name: wire.name ?? null,
  sequence: wire.sequence ?? null,
  delaySeconds: typeof wire.delay === 'number' ? Math.round(wire.delay / 1000) : null,
  prompt: wire.prompt ?? null,
  replicationIds: wire.replications ?? [],
  isRecovered: wire.isRecovered ?? null,
  state: wire.state ?? null,
})

export const toCustomerSite = (wire: VcSiteWire): VcdaCustomerSite => ({
  id: toGlobalId('Site', 'VCDA', wire.site),
  name: wire.site,
  owner: wire.owner ?? null,
  description: wire.description ?? null,
})
