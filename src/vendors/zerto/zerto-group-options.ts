/**
 * What a caller may say about the settings of a VPG, in the shape of the GraphQL inputs: of a new one, and of changes to
 * one that exists. Settings for AWS and Azure, and long-term retention, are not among them.
 */
import * as z from 'zod'
import { isMachineId, isNativeId, isObjectId } from './zerto-ids.ts'

/** Where the description of a new group stands in an input. */
export const workPath = 'input.work.zertoGroup'

/** The largest number that the vendor's `int32` members take. */
export const largestInt32 = 2_147_483_647

/** `ZertoGroupPriority`. */
export const groupPriorities = ['LOW', 'MEDIUM', 'HIGH'] as const
/** `ZertoIpMode`: how a machine gets its address in Cloud Director. The vendor's spelling is inferred. */
export const ipModes = ['IP_POOL', 'MANUAL', 'DHCP', 'NONE'] as const

const flag = z.boolean().nullish()
const count = z.int().min(0).max(largestInt32).nullish()
const positive = z.int().min(1).max(largestInt32).nullish()
const percent = z.int().min(0).max(100).nullish()
const shortText = z.string().min(1).max(200)
const text = z.string().min(1).max(1000).nullish()
const objectId = z.string().refine(isObjectId, 'not an identifier of this vendor, e.g. <guid>.host-15')
const maybeObjectId = objectId.nullish()
const machineId = z.string().refine(isMachineId, 'not the identifier of a machine, e.g. <guid>.vm-38')
const siteId = z.string().refine((id) => isNativeId('Site', id), 'no site of this vendor')
const name = z.string().refine((word) => word.trim() !== '', 'must not be empty')

/** `ZertoJournalInput`: limits and place of a journal, or of a scratch journal. */
export const journalSchema = z
  .strictObject({
    hardLimitMegabytes: count,
    hardLimitPercent: percent,
    warningMegabytes: count,
    warningPercent: percent,
    datastoreId: maybeObjectId,
    datastoreClusterId: maybeObjectId,
  })
  .refine((given) => isOneAtMost(given.hardLimitMegabytes, given.hardLimitPercent), {
    path: ['hardLimitPercent'],
    message: 'excludes hardLimitMegabytes',
  })
  .refine((given) => isOneAtMost(given.warningMegabytes, given.warningPercent), {
    path: ['warningPercent'],
    message: 'excludes warningMegabytes',
  })
export type JournalOptions = z.infer<typeof journalSchema>

/** True unless both are given. */
const isOneAtMost = (one: unknown, other: unknown): boolean => (one ?? null) === null || (other ?? null) === null

/** `ZertoScriptInput` */
export const scriptSchema = z.strictObject({
  command: z.string().min(1).max(1000),
  parameters: text,
  timeoutSeconds: positive,
})
export type ScriptOptions = z.infer<typeof scriptSchema>

/** `ZertoVcdNetworkInput` */
export const vcdNetworkSchema = z.strictObject({
  defaultNetworkId: maybeObjectId,
  copyNatRules: text,
  isGuestCustomizationEnabled: flag,
  mappings: z
    .array(
      z.strictObject({
        protectedNetworkId: objectId,
        recoveryNetworkId: maybeObjectId,
        reverseTestNetworkId: maybeObjectId,
      }),
    )
    .max(1000)
    .nullish(),
})
export type VcdNetworkOptions = z.infer<typeof vcdNetworkSchema>

/** `ZertoNicNetworkInput` */
export const nicNetworkSchema = z.strictObject({
  networkId: maybeObjectId,
  replaceMacAddress: flag,
  dnsSuffix: text,
  replaceIpConfiguration: flag,
  ipConfig: z
    .strictObject({
      isDhcp: flag,
      staticIp: text,
      subnetMask: text,
      gateway: text,
      primaryDns: text,
      secondaryDns: text,
    })
    .nullish(),
  vcd: z
    .strictObject({
      networkId: maybeObjectId,
      ipMode: z.enum(ipModes).nullish(),
      ipAddress: text,
      isPrimary: flag,
      isConnected: flag,
      resetMacAddress: flag,
    })
    .nullish(),
})
export type NicNetworkOptions = z.infer<typeof nicNetworkSchema>

const nicSchema = z.strictObject({
  nicId: shortText,
  failover: nicNetworkSchema.nullish(),
  test: nicNetworkSchema.nullish(),
})
export type NicOptions = z.infer<typeof nicSchema>

const volumeSchema = z.strictObject({
  volumeId: shortText,
  datastoreId: maybeObjectId,
  datastoreClusterId: maybeObjectId,
  isThin: flag,
  vcdIsThin: flag,
  preseed: z.strictObject({ datastoreId: objectId, path: z.string().min(1).max(1000) }).nullish(),
  rawDevice: z.strictObject({ deviceId: objectId, isPhysical: flag }).nullish(),
  isSwap: flag,
  syncSettings: text,
})
export type VolumeOptions = z.infer<typeof volumeSchema>

/** `ZertoGroupVmInput` */
export const groupVmSchema = z.strictObject({
  vmId: machineId,
  bootGroup: text,
  recoveryHostId: maybeObjectId,
  recoveryHostClusterId: maybeObjectId,
  recoveryDatastoreId: maybeObjectId,
  recoveryDatastoreClusterId: maybeObjectId,
  recoveryFolderId: maybeObjectId,
  resourcePoolId: maybeObjectId,
  storagePolicyId: maybeObjectId,
  journal: journalSchema.nullish(),
  scratch: journalSchema.nullish(),
  volumes: z.array(volumeSchema).max(200).nullish(),
  nics: z.array(nicSchema).max(100).nullish(),
})
export type GroupVm = z.infer<typeof groupVmSchema>

const place = {
  defaultHostId: maybeObjectId,
  defaultHostClusterId: maybeObjectId,
  defaultDatastoreId: maybeObjectId,
  defaultDatastoreClusterId: maybeObjectId,
  defaultFolderId: maybeObjectId,
  resourcePoolId: maybeObjectId,
  orgVdcId: maybeObjectId,
}

const common = {
  ...place,
  failoverNetworkId: maybeObjectId,
  testNetworkId: maybeObjectId,
  failoverVcdNetwork: vcdNetworkSchema.nullish(),
  testVcdNetwork: vcdNetworkSchema.nullish(),
  journalHistoryHours: positive,
  scratch: journalSchema.nullish(),
  testIntervalMinutes: count,
  useWanCompression: flag,
  preRecoveryScript: scriptSchema.nullish(),
  postRecoveryScript: scriptSchema.nullish(),
}

/** `ZertoGroupWorkInput`, once its site ids are native. */
export const groupWorkSchema = z.strictObject({
  ...common,
  name,
  protectedSiteId: siteId,
  recoverySiteId: siteId,
  vms: z.array(groupVmSchema).min(1).max(1000),
  protectedVappId: maybeObjectId,
  journalDatastoreId: maybeObjectId,
  journalDatastoreClusterId: maybeObjectId,
  journalHardLimitMegabytes: count,
  journalHardLimitPercent: percent,
  journalWarningMegabytes: count,
  journalWarningPercent: percent,
  bootGroups: z
    .array(z.strictObject({ name: shortText, delaySeconds: count }))
    .max(100)
    .nullish(),
  priority: z.enum(groupPriorities).nullish(),
  organizationId: maybeObjectId,
})
export type GroupWork = z.infer<typeof groupWorkSchema>

/** `ZertoUpdateOptions` */
export const groupChangesSchema = z.strictObject({
  ...common,
  name: name.nullish(),
  journal: journalSchema.nullish(),
  addVms: z.array(groupVmSchema).max(1000).nullish(),
  changeVms: z.array(groupVmSchema).max(1000).nullish(),
  removeVmIds: z.array(machineId).max(1000).nullish(),
})
export type GroupChanges = z.infer<typeof groupChangesSchema>
