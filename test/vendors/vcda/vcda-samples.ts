import { readFileSync } from 'node:fs'
import { DomainError } from '../../../src/domain/errors.ts'
import type { MappingContext } from '../../../src/vendors/vcda/vcda-mapping.ts'
import {
  memberReplication,
  vappReplication,
  vmReplication,
  type MemberReplicationWire,
  type VappReplicationWire,
  type VmReplicationWire,
} from '../../../src/vendors/vcda/vcda-wire.ts'

/** A payload as received; see the README beside it for its source. */
export const readFixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/vcda/${name}.json`, import.meta.url), 'utf8'))

export const vmId = 'C4-11111111-1111-4111-8111-111111111111'
export const otherVmId = 'C4-22222222-2222-4222-8222-222222222222'
export const vappId = 'C4VAPP-33333333-3333-4333-8333-333333333333'

export const vendorNow = new Date('2026-01-01T12:00:00Z')

export const emptyContext: MappingContext = {
  vendorNow,
  runningOperations: new Map(),
  unreachableSites: new Set(),
}

/** Members that the state depends on, in the vendor's places. */
export interface Words {
  readonly data?: string | null
  readonly source?: string | null
  readonly destination?: string | null
  readonly recovery?: string | null
  readonly isPaused?: boolean
  readonly violationMinutes?: number | null
  /** Minutes before {@link vendorNow}; null for no instance. */
  readonly instanceAgeMinutes?: number | null
}

const toMember = (words: Words) => {
  const age = words.instanceAgeMinutes === undefined ? 10 : words.instanceAgeMinutes
  return {
    vmName: 'web-1',
    isPaused: words.isPaused ?? false,
    overallHealth: 'GREEN',
    dataConnectionState: words.data === undefined ? 'OK' : words.data,
    settings: { rpo: 15, quiesced: false },
    sourceState: { state: words.source === undefined ? 'idle' : words.source, progress: null },
    destinationState: {
      state: words.destination === undefined ? 'idle' : words.destination,
      currentRpoViolation: words.violationMinutes === undefined ? 0 : words.violationMinutes,
      latestInstance:
        age === null ? null : { key: 'replica-1', timestamp: vendorNow.getTime() - age * 60_000, sequenceNumber: 1 },
      recoveryInfo: { recoveryState: words.recovery === undefined ? 'NOT_STARTED' : words.recovery },
      spaceRequirement: 1000,
    },
  }
}

const cloud = (site: string) => ({ site, org: 'Acme', vdcId: 'vdc', vdcName: `Acme ${site}` })

/** A replication in which all is well, except for what `words` say. */
export const aReplication = (words: Words = {}): VmReplicationWire =>
  vmReplication.parse({ ...toMember(words), id: vmId, source: cloud('east'), destination: cloud('west') })

export const aMember = (words: Words = {}, id = vmId): MemberReplicationWire =>
  memberReplication.parse({ ...toMember(words), id })

/** A group whose members differ from a healthy one in what `members` say. */
export const aGroup = (members: readonly Words[], more: object = {}): VappReplicationWire =>
  vappReplication.parse({
    id: vappId,
    source: cloud('east'),
    destination: cloud('west'),
    descriptor: { name: 'shop' },
    vmReplications: members.map((words, at) => aMember(words, at === 0 ? vmId : otherVmId)),
    ...more,
  })

/** A task that synchronises {@link vmId}, on the wire. */
export const replicationTask = (id: string, startTime: number) => ({
  id,
  state: 'RUNNING',
  progress: 5,
  startTime,
  endTime: -1,
  workflowInfo: { type: 'sync', resourceType: 'vmReplication', resourceId: vmId, resourceName: 'web-1' },
})

/** The problem that a call throws. */
export const thrownBy = (call: () => unknown): DomainError => {
  try {
    call()
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
  throw new Error('expected a DomainError')
}
