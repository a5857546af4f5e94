import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { taskStates } from '../../../src/domain/task.ts'
import { protectionStates, type ProtectionState } from '../../../src/domain/protection.ts'
import { toProtectionGroup } from '../../../src/vendors/vcda/vcda-group-mapping.ts'
import { findRecoveryPoint, toReplication, toSiteFacts } from '../../../src/vendors/vcda/vcda-mapping.ts'
import { toSiteDetails } from '../../../src/vendors/vcda/vcda-details.ts'
import { toHealthFindings } from '../../../src/vendors/vcda/vcda-health.ts'
import { toUsageSamples } from '../../../src/vendors/vcda/vcda-read-mapping.ts'
import { dataPoints, executionReport, health } from '../../../src/vendors/vcda/vcda-read-wire.ts'
import { toRecoveryReport } from '../../../src/vendors/vcda/vcda-report-mapping.ts'
import { toRunningOperations, toTaskReading } from '../../../src/vendors/vcda/vcda-task-mapping.ts'
import { instance, site, task, vappReplication, vmReplication } from '../../../src/vendors/vcda/vcda-wire.ts'
import { aReplication, emptyContext, readFixture, vmId } from './vcda-samples.ts'
import { never, problemOf, startScriptedSite } from './vcda-site.ts'

/** One way in which a body differs from the recorded one. `seed` chooses where. */
const mutation = fc.oneof(
  fc.record({ kind: fc.constant('drop' as const), seed: fc.nat() }),
  fc.record({ kind: fc.constant('null' as const), seed: fc.nat() }),
  fc.record({ kind: fc.constant('rename' as const), seed: fc.nat(), name: fc.string() }),
  fc.record({ kind: fc.constant('add' as const), seed: fc.nat(), name: fc.string(), value: fc.jsonValue() }),
  fc.record({
    kind: fc.constant('retype' as const),
    seed: fc.nat(),
    value: fc.oneof(fc.jsonValue(), fc.constantFrom('IN_PROGRESS', 'COMPLETE', 'OK', 'NEW_WORD', -1, 1e300, '12')),
  }),
)
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const memberOf = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined)

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined)

type Holder = Exclude<Json, null | boolean | number | string>

/** Every place of a body, the holder and the name in it. */
const placesIn = (value: Json): { readonly holder: Holder; readonly name: string }[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => [{ holder: value, name }, ...placesIn(member)])
}

const read = (holder: Holder, name: string): Json =>
  (Array.isArray(holder) ? holder[Number(name)] : holder[name]) ?? null

const write = (holder: Holder, name: string, value: Json): void => {
  if (Array.isArray(holder)) holder[Number(name)] = value
  else Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true })
}

const remove = (holder: Holder, name: string): void => {
  if (Array.isArray(holder)) holder.splice(Number(name), 1)
  else delete holder[name]
}

const toJson = (value: unknown): Json => {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') {
    return value
  }
  if (Array.isArray(value)) return value.map(toJson)
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toJson(member)]))
    : null
}

const mutate = (recorded: unknown, mutations: readonly Mutation[]): Json => {
  const body = toJson(recorded)
  for (const change of mutations) {
    const places = placesIn(body)
    const place = places[change.seed % Math.max(1, places.length)]
    if (place === undefined) break
    const { holder, name } = place
    if (change.kind === 'null') write(holder, name, null)
    else if (change.kind === 'drop') remove(holder, name)
    else if (change.kind === 'retype') write(holder, name, toJson(change.value))
    else if (change.kind === 'add') write(holder, Array.isArray(holder) ? name : change.name, toJson(change.value))
    else {
      const value = read(holder, name)
      remove(holder, name)
      write(holder, Array.isArray(holder) ? name : change.name, value)
    }
  }
  return body
}

const mutations = fc.array(mutation, { minLength: 1, maxLength: 5 })
const runs = { numRuns: 400 }

/** The parsed body, or undefined for one that is refused: that refusal is the only one there is. */
const parsed = <T>(schema: z.ZodType<T>, body: Json): T | undefined => schema.safeParse(body).data

const textAt = (value: unknown, ...names: readonly string[]): string | null => {
  let found: unknown = value
  for (const name of names) {
    found = memberOf(found, name)
  }
  return typeof found === 'string' ? found : null
}

/** What has to stand in a body, word for word, before a replication may be in a state. Written anew, from the manual. */
const isJustified = (state: ProtectionState, body: unknown): boolean => {
  const data = textAt(body, 'dataConnectionState')
  const source = textAt(body, 'sourceState', 'state')
  const destination = textAt(body, 'destinationState', 'state')
  const recovery = textAt(body, 'destinationState', 'recoveryInfo', 'recoveryState')
  const isHealthy = data === 'OK' || data === 'PRUNING' || data === 'POWERED_OFF'
  switch (state) {
    case 'UNKNOWN':
      return true
    case 'FAILING_OVER':
      return recovery === 'IN_PROGRESS'
    case 'TESTING':
      return recovery === 'TEST'
    case 'RECOVERED':
      return recovery === 'COMPLETE' || data === 'FINISHED'
    case 'PAUSED':
      return JSON.stringify(body).includes('"isPaused":true') || data === 'PAUSED'
    case 'ERROR':
      return data === 'ERROR' || source === 'error'
    case 'INITIALIZING':
      return data === 'INITIAL_SYNCING' || destination === 'fullsync'
    case 'SYNCING':
      return data === 'SYNCING' || source === 'syncing' || source === 'active'
    case 'NOT_MEETING_TARGET':
    case 'PROTECTED':
      return isHealthy
    default:
      return false
  }
}

const recordedTask = readFixture('start-vm-replication-task')
const recordedVm = memberOf(recordedTask, 'result')
const recordedGroup = readFixture('vapp-replication')

describe('whatever becomes of a recorded body', () => {
  it('a replication is refused as none, or is in no state that its words do not say', () => {
    // R5, R6
    fc.assert(
      fc.property(mutations, (changes) => {
        const body = mutate(recordedVm, changes)
        const wire = parsed(vmReplication, body)
        if (wire === undefined) return
        const { state, rpo, nativeId } = toReplication(wire, emptyContext)
        expect(protectionStates).toContain(state)
        expect(isJustified(state, body)).toBe(true)
        expect(nativeId).toBe(textAt(body, 'id'))
        expect(rpo.verdict === 'MEETING' && rpo.lastSyncedAt === null).toBe(false)
      }),
      runs,
    )
  })

  it('a group is refused as none, or is in no state that none of its members is in', () => {
    fc.assert(
      fc.property(mutations, (changes) => {
        const body = mutate(recordedGroup, changes)
        const wire = parsed(vappReplication, body)
        if (wire === undefined) return
        const { state, vmCount } = toProtectionGroup(wire, emptyContext)
        const members = memberOf(body, 'vmReplications')
        const list: readonly unknown[] = Array.isArray(members) ? members : []
        expect(vmCount).toBe(list.length)
        expect(state === 'UNKNOWN' || list.some((member) => isJustified(state, member))).toBe(true)
      }),
      runs,
    )
  })

  it('a task is refused as none, or ends only with a word that says so', () => {
    fc.assert(
      fc.property(mutations, (changes) => {
        const body = mutate(recordedTask, changes)
        const wire = parsed(task, body)
        if (wire === undefined) return
        const reading = toTaskReading(wire, 'cloud-a')
        expect(taskStates).toContain(reading.state)
        const word = textAt(body, 'state')
        const own = reading.state === 'RUNNING' && word === 'QUEUED' ? 'RUNNING' : word
        expect(reading.state === 'UNKNOWN' || reading.state === own).toBe(true)
        expect(reading.problem !== null).toBe(reading.state === 'FAILED')
        toRunningOperations([wire])
      }),
      runs,
    )
  })

  it('a recovery point is refused, left out, or has a key and a time', () => {
    const recorded = firstOf(readFixture('instances'))
    fc.assert(
      fc.property(mutations, (changes) => {
        const body = mutate(recorded, changes)
        const wire = parsed(instance, body)
        const point = wire === undefined ? null : findRecoveryPoint(wire, vmId)
        if (point === null) return
        expect(point.vendorId).toBe(textAt(body, 'key'))
        expect(Number.isNaN(point.takenAt.getTime())).toBe(false)
      }),
      runs,
    )
  })

  it('a site is refused as none, or has the name that it gave', () => {
    const recorded = firstOf(readFixture('sites'))
    fc.assert(
      fc.property(mutations, (changes) => {
        const body = mutate(recorded, changes)
        const wire = parsed(site, body)
        if (wire === undefined) return
        expect(toSiteFacts(wire).name).toBe(textAt(body, 'site'))
        toSiteDetails({ local: wire, peers: [wire], slaProfiles: null, about: null })
      }),
      runs,
    )
  })

  it('a report is refused as none, or has no verdict and no kind that it did not give', () => {
    const recorded = readFixture('execution-report')
    fc.assert(
      fc.property(mutations, (changes) => {
        const body = mutate(recorded, changes)
        const wire = parsed(executionReport, body)
        if (wire === undefined) return
        const { kind, wasSuccessful } = toRecoveryReport(wire, 'plan-1', 'exec-1')
        expect(kind === 'UNKNOWN' || textAt(body, 'operation') === 'TEST').toBe(true)
        expect(wasSuccessful === null || textAt(body, 'result') === (wasSuccessful ? 'SUCCEEDED' : 'FAILED')).toBe(true)
      }),
      runs,
    )
  })

  it('a health check is refused as none, or finds nothing in a part that the body does not name', () => {
    const recorded = memberOf(readFixture('health-task'), 'result')
    fc.assert(
      fc.property(mutations, (changes) => {
        const body = mutate(recorded, changes)
        const wire = parsed(health, body)
        if (wire === undefined) return
        const database = toHealthFindings(wire).filter(({ part }) => part === 'database')
        expect(database.length > 0).toBe(isRecord(body) && 'dbError' in body)
      }),
      runs,
    )
  })

  it('a series of usage is refused as none, or is in order and holds numbers only', () => {
    const recorded = readFixture('traffic')
    fc.assert(
      fc.property(mutations, (changes) => {
        const wire = parsed(dataPoints, mutate(recorded, changes))
        const samples = wire === undefined ? [] : toUsageSamples(wire)
        expect(samples.every(({ at, bytes }) => bytes >= 0 && !Number.isNaN(at.getTime()))).toBe(true)
        expect(samples.toSorted((one, other) => one.at.getTime() - other.at.getTime())).toEqual(samples)
      }),
      runs,
    )
  })

  it('the adapter says VENDOR_PROTOCOL or gives a replication, over the wire as well', async () => {
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        const body = mutate(aReplication(), changes)
        // A site for each body: nonsense opens the breaker, as it should.
        await using scripted = await startScriptedSite(({ url }) => {
          if (url.startsWith('/tasks?')) return { status: 200, body: { items: [], total: 0 } }
          return url.startsWith('/vm-replications/') ? { status: 200, body } : null
        })
        const outcome = await scripted.adapter.getReplication(vmId, never).then(
          ({ state }) => state,
          (error: unknown) => problemOf(Promise.reject(error)).then(({ code }) => code),
        )
        expect([...protectionStates, 'VENDOR_PROTOCOL']).toContain(outcome)
      }),
      { numRuns: 50 },
    )
  })
})
