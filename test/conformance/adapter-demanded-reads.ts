import { expect } from 'vitest'
import type { Capability } from '../../src/domain/capabilities.ts'
import type { VendorReads } from '../../src/domain/ports/vendor-reads.ts'
import type { TaskTarget } from '../../src/domain/task.ts'
import type { VendorSuite } from './vendor-adapter.suite.ts'
import { findHealthyTarget, never, problemOf } from './vendor-rig.ts'

interface DemandedRead {
  readonly capability: Capability
  /** Its answer comes only when the site's time goes on. */
  readonly isSlow?: boolean
  readonly read: (reads: VendorReads, target: TaskTarget) => Promise<unknown>
}

const always = { from: null, to: null } as const

/** Every read of the port that is asked for only when somebody asks. */
const demandedReads: Readonly<Record<keyof VendorReads, DemandedRead>> = {
  listAlerts: { capability: 'ALERTS', read: (reads) => reads.listAlerts(never) },
  listHistory: {
    capability: 'HISTORY',
    read: (reads, { kind, nativeId }) => reads.listHistory({ kind, nativeId, ...always }, never),
  },
  listRecoveryReports: {
    capability: 'RECOVERY_REPORTS',
    read: (reads) => reads.listRecoveryReports(always, never),
  },
  listProfiles: { capability: 'PROFILES', read: (reads) => reads.listProfiles(never) },
  listResources: {
    capability: 'RESOURCES',
    read: (reads) => reads.listResources({ kind: 'VM', siteNativeId: null, parentVendorId: null }, never),
  },
  listAppliances: { capability: 'APPLIANCES', read: (reads) => reads.listAppliances(never) },
  readLicense: { capability: 'LICENSE', read: (reads) => reads.readLicense(never) },
  readHealth: { capability: 'HEALTH_CHECK', isSlow: true, read: (reads) => reads.readHealth(never) },
  listUsage: {
    capability: 'USAGE_HISTORY',
    read: (reads, { kind, nativeId }) => reads.listUsage('TRAFFIC', { kind, nativeId, ...always }, never),
  },
}

/** What is read on demand: answered where the capability is true, and refused without a request where it is false. */
export const addDemandedReads = ({ vendor, capabilities, start, test }: VendorSuite): void => {
  for (const [name, { capability, isSlow = false, read }] of Object.entries(demandedReads)) {
    if (capabilities.supports[capability] && !isSlow) {
      test(`answers ${name}`, async () => {
        await using rig = await start()
        const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
        expect(await read(rig.first.reads, target)).toBeInstanceOf(Object)
      })
    }
    if (capabilities.supports[capability]) {
      test(`says that a site which is gone could not be asked by ${name}`, async () => {
        await using rig = await start()
        const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
        await rig.services[0][Symbol.asyncDispose]()
        expect((await problemOf(read(rig.first.reads, target))).code).toBe('VENDOR_UNAVAILABLE')
      })
    } else {
      test(`refuses ${name} as unsupported, and asks nobody`, async () => {
        await using rig = await start()
        const target = await findHealthyTarget(rig.second, 'ProtectionGroup')
        rig.forget()
        const refusal = await problemOf(read(rig.first.reads, target))
        expect(refusal).toMatchObject({ code: 'CAPABILITY_UNSUPPORTED', capability, vendor })
        expect([...rig.requests(), rig.countSignIns()]).toEqual([0])
      })
    }
  }
}
