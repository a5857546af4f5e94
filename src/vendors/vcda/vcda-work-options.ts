import { z } from 'zod'
import { transfer } from './vcda-options.ts'

/** What can be started, in the shape of the GraphQL inputs of this vendor. An unknown member is refused. */

export const targetDiskTypes = ['THIN', 'PREALLOCATED', 'PREALLOCATED_ZEROS'] as const

const vendorId = z.string().min(1).max(256)
const flag = z.boolean().nullish()
const count = z.number().int().nonnegative()

const seed = z.strictObject({ vmId: vendorId, seedId: vendorId, seedVcenterId: vendorId })

const destination = z.strictObject({
  siteName: z.string().min(1).max(128),
  vdcId: vendorId.nullish(),
  storageProfileId: vendorId.nullish(),
  placementPolicyId: vendorId.nullish(),
  sizingPolicyId: vendorId.nullish(),
  seedId: vendorId.nullish(),
  seedVcenterId: vendorId.nullish(),
  vmSeeds: z.array(seed).min(1).max(500).nullish(),
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

const delay = z.number().int().nonnegative().max(86_400)

const startup = z.strictObject({
  order: count.nullish(),
  startAction: z.string().min(1).max(64).nullish(),
  startDelaySeconds: delay.nullish(),
  stopAction: z.string().min(1).max(64).nullish(),
  stopDelaySeconds: delay.nullish(),
})
export type StartupOptions = z.infer<typeof startup>

const excludedDiskKeys = z.array(count).max(64).nullish()
const vappName = z.string().min(1).max(128)
const vcenterVm = z.strictObject({ vmId: vendorId, excludedDiskKeys, startup: startup.nullish() })

export const vmWork = z.strictObject({ ...work, vmId: vendorId })
export const vappWork = z.strictObject({ ...work, vappId: vendorId })
export const vappTemplateWork = z.strictObject({ ...work, vappTemplateId: vendorId })
export const vcenterVmWork = z.strictObject({
  ...work,
  vmId: vendorId,
  vcenterId: vendorId,
  vappName,
  excludedDiskKeys,
  startup: startup.nullish(),
})
export const vcenterVappWork = z.strictObject({
  ...work,
  vcenterId: vendorId,
  vappName,
  vms: z.array(vcenterVm).min(1).max(500),
})
