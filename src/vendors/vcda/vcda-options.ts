import { z } from 'zod'
import { DomainError } from '../../domain/errors.ts'
import { parseGlobalId } from '../../domain/global-id.ts'
import type { VendorOptions } from '../../domain/command.ts'
import { findRecoveryPointParts } from './vcda-ids.ts'

/** The blocks that only this vendor understands, in the shape of its GraphQL inputs. An unknown member is refused. */

export const dataConnectionTypes = ['PLAIN', 'ENCRYPTED', 'ENCRYPTED_COMPRESSED'] as const
export const targetDiskTypes = ['THIN', 'PREALLOCATED', 'PREALLOCATED_ZEROS'] as const
export const ipAllocationModes = ['NONE', 'DHCP', 'POOL', 'MANUAL'] as const

const vendorId = z.string().min(1).max(256)
const flag = z.boolean().nullish()
const count = z.number().int().nonnegative()
const moment = z.union([z.date(), z.iso.datetime({ offset: true }).transform((text) => new Date(text))])

const network = z.strictObject({ id: vendorId, name: z.string().min(1).max(256) })

const nic = z.strictObject({
  index: count,
  isConnected: flag,
  resetMacAddress: flag,
  networkName: z.string().max(256).nullish(),
  ipAllocationMode: z.enum(ipAllocationModes).nullish(),
  ipAddress: z.string().max(64).nullish(),
})
export type NicOptions = z.infer<typeof nic>

const networks = z.strictObject({
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

const recoveryPoints = z
  .array(z.strictObject({ replicationId: z.string(), recoveryPointId: z.string() }))
  .min(1)
  .max(500)
export type RecoveryPointChoice = z.infer<typeof recoveryPoints>

export const failoverOptions = z.strictObject({
  powerOn: flag,
  consolidate: flag,
  networks: networks.nullish(),
  placementPolicyId: vendorId.nullish(),
  sizingPolicyId: vendorId.nullish(),
  recoveryPointByReplication: recoveryPoints.nullish(),
})

export const testFailoverOptions = z.strictObject({
  powerOn: flag,
  syncFirst: flag,
  networks: networks.nullish(),
  recoveryPointByReplication: recoveryPoints.nullish(),
})

export const moveOptions = z.strictObject({
  powerOn: flag,
  consolidate: flag,
  networks: networks.nullish(),
  placementPolicyId: vendorId.nullish(),
  sizingPolicyId: vendorId.nullish(),
})

const retentionRules = z
  .array(z.strictObject({ count: z.number().int().min(1).max(24), distanceSeconds: count }))
  .max(5)
export type RetentionRules = z.infer<typeof retentionRules>

const transfer = {
  dataConnectionType: z.enum(dataConnectionTypes).nullish(),
  isQuiesced: flag,
  retentionRules: retentionRules.nullish(),
  initialSyncAt: moment.nullish(),
}

export const updateOptions = z.strictObject(transfer)

const destination = z.strictObject({
  siteName: z.string().min(1).max(128),
  vdcId: vendorId.nullish(),
  storageProfileId: vendorId.nullish(),
  placementPolicyId: vendorId.nullish(),
  sizingPolicyId: vendorId.nullish(),
  seedId: vendorId.nullish(),
  seedVcenterId: vendorId.nullish(),
})
export type DestinationOptions = z.infer<typeof destination>

const work = {
  ...transfer,
  isMigration: flag,
  targetDiskType: z.enum(targetDiskTypes).nullish(),
  destination,
  sourceSiteName: z.string().min(1).max(128),
}
const plainWork = z.object(work)
export type WorkOptions = z.infer<typeof plainWork>

export const vmWork = z.strictObject({ ...work, vmId: vendorId })
export const vappWork = z.strictObject({ ...work, vappId: vendorId })
export const vcenterVmWork = z.strictObject({
  ...work,
  vmId: vendorId,
  vcenterId: vendorId,
  vappName: z.string().min(1).max(128),
  excludedDiskKeys: z.array(count).max(64).nullish(),
})

/** The block as its schema has it; without one, the block in which nothing is set. @throws INVALID_INPUT */
export const parseOptions = <T>(schema: z.ZodType<T>, options: VendorOptions | null, path: string): T => {
  const parsed = schema.safeParse(options ?? {})
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = [path, ...(issue?.path ?? [])].join('.')
  throw DomainError.invalidInput(where, issue?.message ?? 'not understood')
}

/** Seconds as whole minutes, which are all that the vendor counts in. @throws INVALID_INPUT */
export const requireMinutes = (seconds: number, path: string): number => {
  if (seconds % 60 === 0) return seconds / 60
  throw DomainError.invalidInput(path, `${seconds} seconds are no whole number of minutes, and VCDA counts in minutes`)
}

/** `{ <replication id>: <instance key> }`. @throws INVALID_INPUT for ids that do not belong together. */
export const toInstanceMap = (choices: RecoveryPointChoice, path: string): Record<string, string> => {
  const map = new Map<string, string>()
  for (const { replicationId, recoveryPointId } of choices) {
    const replication = parseGlobalId(replicationId)
    const point = parseGlobalId(recoveryPointId)
    const parts =
      point?.vendor === 'VCDA' && point.kind === 'RecoveryPoint' ? findRecoveryPointParts(point.nativeId) : null
    if (replication?.kind !== 'Replication' || replication.vendor !== 'VCDA' || parts === null) {
      throw DomainError.invalidInput(path, 'expected the ids of a VCDA replication and of one of its recovery points')
    }
    if (parts.replicationId !== replication.nativeId) {
      throw DomainError.invalidInput(path, `${recoveryPointId} is a recovery point of another replication`)
    }
    if (map.has(replication.nativeId)) throw DomainError.invalidInput(path, `${replicationId} is named twice`)
    map.set(replication.nativeId, parts.instanceKey)
  }
  return Object.fromEntries(map)
}

const toNic = (options: NicOptions) => ({
  nicIndex: options.index,
  isConnected: options.isConnected ?? true,
  resetMacAddress: options.resetMacAddress ?? false,
  network: options.networkName ?? null,
  ipAddressAllocationMode: options.ipAllocationMode ?? null,
  ipAddress: options.ipAddress ?? null,
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
