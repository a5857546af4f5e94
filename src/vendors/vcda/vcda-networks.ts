import { z } from 'zod'

/** How an adapter may get its address, in the vendor's words. */
export const ipAllocationModes = ['NONE', 'DHCP', 'POOL', 'MANUAL'] as const

const vendorId = z.string().min(1).max(256)
const flag = z.boolean().nullish()
const count = z.number().int().nonnegative()

const network = z.strictObject({ id: vendorId, name: z.string().min(1).max(256) })

const nic = z.strictObject({
  index: count,
  isConnected: flag,
  resetMacAddress: flag,
  networkName: z.string().max(256).nullish(),
  ipAllocationMode: z.enum(ipAllocationModes).nullish(),
  ipAddress: z.string().max(64).nullish(),
  externalIpAddress: z.string().max(64).nullish(),
  macAddress: z.string().max(32).nullish(),
  networkAdapterType: z.string().max(64).nullish(),
})
type NicOptions = z.infer<typeof nic>

/** Networks of recovered machines, in the shape of `VcdaNetworksInput`. */
export const networks = z.strictObject({
  copySourceNetworks: flag,
  connectAllNics: flag,
  bridgeNetworks: z.array(network).max(100).nullish(),
  mappings: z
    .array(
      z.strictObject({
        sourceNetworkName: z.string().min(1).max(256),
        sourceNetwork: network.nullish(),
        destinationNetwork: network,
      }),
    )
    .max(100)
    .nullish(),
  vms: z
    .array(
      z.strictObject({
        vmId: vendorId,
        primaryNicIndex: count.nullish(),
        copySourceNicSettings: flag,
        computerName: z.string().max(63).nullish(),
        enableGuestCustomization: flag,
        nics: z.array(nic).max(10).nullish(),
      }),
    )
    .max(500)
    .nullish(),
})
export type NetworkOptions = z.infer<typeof networks>

const toNic = (options: NicOptions) => ({
  nicIndex: options.index,
  isConnected: options.isConnected ?? true,
  resetMacAddress: options.resetMacAddress ?? false,
  network: options.networkName ?? null,
  ipAddressAllocationMode: options.ipAllocationMode ?? null,
  ipAddress: options.ipAddress ?? null,
  // Left out, the appliance chooses; null was not seen to mean the same.
  ...(options.externalIpAddress ? { externalIpAddress: options.externalIpAddress } : {}),
  ...(options.macAddress ? { macAddress: options.macAddress } : {}),
  ...(options.networkAdapterType ? { networkAdapterType: options.networkAdapterType } : {}),
})

/** `vAppNetworkSettings` and `vmNetworkSettings`; both null means the settings that the replication has stored. */
export const toNetworkSettings = (options: NetworkOptions | null | undefined) => {
  if (options === null || options === undefined) return { vAppNetworkSettings: null, vmNetworkSettings: null }
  const { copySourceNetworks, connectAllNics, bridgeNetworks, mappings, vms } = options
  return {
    vAppNetworkSettings: {
      bridgeOrgVdcNetworks: bridgeNetworks ?? [],
      bulkConnectVmNics: connectAllNics ?? false,
      copySourceNetworks: copySourceNetworks ?? false,
      networkMappings: (mappings ?? []).map((mapping) => ({
        sourceNetworkName: mapping.sourceNetworkName,
        sourceOrgVdcNetwork: mapping.sourceNetwork ?? null,
        destinationOrgVdcNetwork: mapping.destinationNetwork,
      })),
    },
    vmNetworkSettings:
      vms === null || vms === undefined
        ? null
        : Object.fromEntries(
            vms.map((vm) => [
              vm.vmId,
              {
                primaryNicIndex: vm.primaryNicIndex ?? 0,
                nics: (vm.nics ?? []).map(toNic),
                copySourceNicSettings: vm.copySourceNicSettings ?? false,
                computerName: vm.computerName ?? null,
                enableGuestCustomization: vm.enableGuestCustomization ?? false,
              },
            ]),
          ),
  }
}
