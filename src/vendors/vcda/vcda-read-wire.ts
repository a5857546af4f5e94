import { z } from 'zod'
import { apiError, flag, number, task, text, toPageSchema } from './vcda-wire.ts'

/**
 * Payloads of what is asked only when somebody asks, in the vendor's own words and units: inventory, usage, health,
 * recovery plans, policies, network settings. Their shapes are known from samples and public clients, some only in
 * part: every member but an object's own id may be missing, null or of a type that nobody foresaw, and then counts as
 * not told.
 */

/** A number, also as the text that one version prints (`"52236.0"`); null for anything else. */
const lenientNumber = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .nullish()
  .catch(null)

const lenientText = text.catch(null)
const lenientFlag = flag.catch(null)
const lenientError = apiError.nullish().catch(null)

/** A moment in milliseconds since 1970, or as text. */
const lenientMoment = z.union([z.number(), z.string()]).nullish().catch(null)

/**
 * Some lists come bare and some as `{items, …}`, and which does is known for a few only; what is neither is no list.
 */
export const toListSchema = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item), z.object({ items: z.array(item) }).transform(({ items }) => items)])

/** One page of such a list; a bare array is the only page. */
export const toLenientPageSchema = <T extends z.ZodType>(item: T) =>
  z.union([toPageSchema(item), z.array(item).transform((items) => ({ items, total: items.length }))])

/** An item of the inventory: clients rely on `id` and `name`; the other members are inferred. */
export const inventoryItem = z.object({
  id: z.string().min(1),
  name: lenientText,
  org: lenientText,
  orgName: lenientText,
  vdcId: lenientText,
  vappId: lenientText,
  status: lenientText,
  capacity: lenientNumber,
  freeSpace: lenientNumber,
})
export type InventoryItemWire = z.infer<typeof inventoryItem>

/** A customer's site, paired with this cloud. */
export const vcSite = z.object({ site: z.string().min(1), owner: lenientText, description: lenientText })
export type VcSiteWire = z.infer<typeof vcSite>

/** A vCenter of a customer's site. */
export const vcenter = z.object({ vcId: z.string().min(1), name: lenientText, url: lenientText })
export type VcenterWire = z.infer<typeof vcenter>

const state = z.object({ incomingCommError: lenientError, outgoingCommError: lenientError }).nullish().catch(null)

/** A Replicator. Its pairing cookie is a secret and is never read. */
export const replicator = z.object({
  id: z.string().min(1),
  owner: lenientText,
  site: lenientText,
  description: lenientText,
  apiUrl: lenientText,
  dataAddress: lenientText,
  apiVersion: lenientText,
  buildVersion: lenientText,
  isInMaintenanceMode: lenientFlag,
  state,
})
export type ReplicatorWire = z.infer<typeof replicator>

/** The key itself is never read. */
export const license = z.object({ isLicensed: lenientFlag, expirationDate: lenientMoment })
export type LicenseWire = z.infer<typeof license>

/** `DataPoints`: bytes at moments. */
export const dataPoints = z.object({
  samples: z.array(z.object({ bytes: lenientNumber, timestamp: lenientNumber })).nullish(),
})
export type DataPointsWire = z.infer<typeof dataPoints>

const replicatorHealth = z.object({
  instanceId: lenientText,
  lwdError: lenientError,
  hbrError: lenientError,
  h4dmError: lenientError,
})

const healthMembers = {
  productName: lenientText,
  address: lenientText,
  diskUsage: z.record(z.string(), lenientNumber).nullish().catch(null),
  lsError: lenientError,
  dbError: lenientError,
  ntpError: lenientError,
  vcdError: lenientError,
  managerError: lenientError,
  ssoAdminError: lenientError,
  tunnelConnectivity: z
    .array(
      z.object({
        tunnelService: z.object({ id: lenientText, url: lenientText }).nullish().catch(null),
        error: lenientError,
      }),
    )
    .nullish()
    .catch(null),
  offlineReplicators: z.array(replicator).nullish().catch(null),
  onlineReplicators: z.array(replicator).nullish().catch(null),
  localReplicatorsHealth: z.array(replicatorHealth).nullish().catch(null),
}

/** `CloudHealthInfo`. */
export const health = z.object({ ...healthMembers, managerHealth: z.object(healthMembers).nullish().catch(null) })
export type HealthWire = z.infer<typeof health>

const hasResult = (value: unknown): value is { readonly result: unknown } =>
  typeof value === 'object' && value !== null && 'result' in value && !('productName' in value)

/**
 * A health check that is a task, with the health as its result once it has succeeded. The example of the reference has
 * a whole task as the result once more; clients find the health there directly.
 */
export const healthTask = task.extend({
  result: z.preprocess((value) => (hasResult(value) ? value.result : value), health.nullish()).catch(null),
})
export type HealthTaskWire = z.infer<typeof healthTask>

/** Either form: a check that has begun, or the health itself as version 3.0 gives it. */
export const healthAnswer = z.union([
  healthTask.extend({ state: z.string() }).transform((wire) => ({ kind: 'TASK' as const, wire })),
  health.extend({ productName: z.string() }).transform((wire) => ({ kind: 'HEALTH' as const, wire })),
])

const execution = z.object({
  id: lenientText,
  executionId: lenientText,
  state: lenientText,
  lastOperation: lenientText,
  lastError: lenientError,
  isSuspendRequested: lenientFlag,
  promptStepId: lenientText,
})

/** A recovery plan. */
export const recoveryPlan = z.object({
  id: z.string().min(1),
  displayName: lenientText,
  description: lenientText,
  owner: lenientText,
  isMigration: lenientFlag,
  scheduledSyncTime: lenientNumber,
  executionInfo: execution.nullish().catch(null),
})
export type RecoveryPlanWire = z.infer<typeof recoveryPlan>

/** A step of a recovery plan. `delay` is milliseconds. */
export const recoveryPlanStep = z.object({
  id: z.string().min(1),
  name: lenientText,
  sequence: lenientNumber,
  delay: lenientNumber,
  prompt: lenientText,
  replications: z
    .array(z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]))
    .nullish()
    .catch(null),
  isRecovered: lenientFlag,
  state: lenientText,
})
export type RecoveryPlanStepWire = z.infer<typeof recoveryPlanStep>

/** One execution of a plan: its id is all that is needed. The list and its shape are inferred. */
export const planExecution = z.union([
  z.object({ id: z.string().min(1) }),
  z.object({ executionId: z.string().min(1) }).transform(({ executionId }) => ({ id: executionId })),
  z
    .string()
    .min(1)
    .transform((id) => ({ id })),
])

const vmRecovery = z.object({
  replicationId: lenientText,
  vmName: lenientText,
  recoveryState: lenientText,
  result: lenientText,
  error: lenientError,
  execStart: lenientNumber,
  execEnd: lenientNumber,
})

const stepReport = z.object({
  name: lenientText,
  stepName: lenientText,
  result: lenientText,
  isSkipped: lenientFlag,
  execStart: lenientNumber,
  execEnd: lenientNumber,
  error: lenientError,
  recoveryExecutions: z
    .array(
      z.object({
        vappReplicationId: lenientText,
        vappName: lenientText,
        sourceSite: lenientText,
        vmRecoveryExecutions: z.array(vmRecovery).nullish().catch(null),
      }),
    )
    .nullish()
    .catch(null),
})
export type StepReportWire = z.infer<typeof stepReport>

/** What came of one execution of a plan. */
export const executionReport = z.object({
  planId: lenientText,
  planName: lenientText,
  planDescription: lenientText,
  planOwner: lenientText,
  executionId: lenientText,
  operation: lenientText,
  result: lenientText,
  site: lenientText,
  execStart: lenientNumber,
  execEnd: lenientNumber,
  error: lenientError,
  executedSteps: z.array(stepReport).nullish().catch(null),
  notExecutedSteps: z.array(stepReport).nullish().catch(null),
})
export type ExecutionReportWire = z.infer<typeof executionReport>

/**
 * A policy: what tenants may do. The members of 4.x are not published; what a site gives beside those of 3.x is shown
 * as it is.
 */
export const policy = z.looseObject({
  id: z.string().min(1),
  displayName: lenientText,
  minRpo: number.catch(null),
  maxInstances: number.catch(null),
  maxIncoming: number.catch(null),
  allowIncoming: lenientFlag,
  allowOutgoing: lenientFlag,
})
export type PolicyWire = z.infer<typeof policy>

const orgNetwork = z.object({ id: lenientText, name: lenientText }).nullish().catch(null)

const vmNetworks = z.object({
  primaryNicIndex: lenientNumber,
  copySourceNicSettings: lenientFlag,
  computerName: lenientText,
  enableGuestCustomization: lenientFlag,
  nics: z
    .array(
      z.object({
        nicIndex: lenientNumber,
        isConnected: lenientFlag,
        resetMacAddress: lenientFlag,
        network: lenientText,
        ipAddress: lenientText,
        ipAddressAllocationMode: lenientText,
        externalIpAddress: lenientText,
        networkAdapterType: lenientText,
        needsCustomization: lenientFlag,
        macAddress: lenientText,
      }),
    )
    .nullish()
    .catch(null),
})
export type VmNetworksWire = z.infer<typeof vmNetworks>

const recoveryNetworks = z
  .object({
    vAppNetworkSettings: z
      .object({
        bridgeOrgVdcNetworks: z.array(orgNetwork).nullish().catch(null),
        bulkConnectVmNics: lenientFlag,
        copySourceNetworks: lenientFlag,
        networkMappings: z
          .array(
            z.object({
              sourceNetworkName: lenientText,
              sourceOrgVdcNetwork: orgNetwork,
              destinationOrgVdcNetwork: orgNetwork,
            }),
          )
          .nullish()
          .catch(null),
      })
      .nullish()
      .catch(null),
    vmNetworkSettings: z.record(z.string(), vmNetworks).nullish().catch(null),
  })
  .nullish()
  .catch(null)
export type RecoveryNetworksWire = z.infer<typeof recoveryNetworks>

/** Networks that a recovery and a test take where they are told none. */
export const networkSettings = z.object({
  failoverSettings: recoveryNetworks,
  failoverTestSettings: recoveryNetworks,
})
export type NetworkSettingsWire = z.infer<typeof networkSettings>

/** The same as it came, to be given back with one half changed. */
export const rawNetworkSettings = z.object({
  failoverSettings: z.unknown().optional(),
  failoverTestSettings: z.unknown(),
})
export type RawNetworkSettings = z.infer<typeof rawNetworkSettings>

/** One recovery point with its disks. */
export const instanceDisks = z.object({
  disksInfo: z
    .array(z.object({ diskKey: lenientNumber }))
    .nullish()
    .catch(null),
})
export type InstanceDisksWire = z.infer<typeof instanceDisks>
