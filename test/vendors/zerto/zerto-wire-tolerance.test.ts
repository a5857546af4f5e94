/**
 * Recorded bodies, mutated: members dropped, null, of another type, under another name, in another form, and more of
 * them. Whatever comes, a body is either refused as no answer of this API, or read without inventing a state.
 */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ProtectionState } from '../../../src/domain/protection.ts'
import type { TaskState } from '../../../src/domain/task.ts'
import { toLocalSiteFacts, toPeerFacts, toSiteDetails } from '../../../src/vendors/zerto/zerto-details-mapping.ts'
import { toProtectionGroup, toRecoveryPoint, toReplication } from '../../../src/vendors/zerto/zerto-mapping.ts'
import {
  toAlert,
  toAppliance,
  toEventGroups,
  toHistoryEvent,
  toRecoveryReport,
} from '../../../src/vendors/zerto/zerto-reads-mapping.ts'
import { readsWire } from '../../../src/vendors/zerto/zerto-reads-wire.ts'
import { toTaskReading } from '../../../src/vendors/zerto/zerto-task-mapping.ts'
import { parseWire, WireFormatError } from '../../../src/vendors/zerto/zerto-wire-shapes.ts'
import { wire } from '../../../src/vendors/zerto/zerto-wire.ts'
import { failureOf, neverAborted, startScriptedZvm, vpgId } from './scripted-zvm.ts'

const runs = 1500

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
type Path = readonly (string | number)[]

const bodyOf = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`../../fixtures/zerto/${name}.json`, import.meta.url), 'utf8'))

const pathsOf = (value: Json, path: Path = []): readonly Path[] => {
  if (typeof value !== 'object' || value === null) return [path]
  const members = Array.isArray(value) ? value.entries() : Object.entries(value)
  const inner = [...members].flatMap(([name, member]: readonly [string | number, Json]) =>
    pathsOf(member, [...path, name]),
  )
  return path.length === 0 ? inner : [path, ...inner]
}

/** What becomes of one member: nothing is "dropped", several are "renamed" or "added". */
type Change = (name: string, value: Json) => readonly (readonly [string, Json])[]

const changeAt = (value: Json, path: Path, change: Change): Json => {
  const [head, ...rest] = path
  if (head === undefined || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index): readonly Json[] => {
      if (index !== head) return [item]
      return rest.length > 0 ? [changeAt(item, rest, change)] : change('', item).map(([, changed]) => changed)
    })
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]: readonly [string, Json]) => {
      if (name !== head) return [[name, member] as const]
      return rest.length > 0 ? [[name, changeAt(member, rest, change)] as const] : change(name, member)
    }),
  )
}

const dates = [
  '2024-05-01T10:00:00Z',
  '2024-05-01T10:00:00',
  '2024-05-01T10:00:00.1234567+05:30',
  '2024-05-01',
  '/Date(1714557600000)/',
  '/Date(1714557600000-0400)/',
  '/Date(0)/',
  '1970-01-01T00:00:00',
  '0001-01-01T00:00:00',
  '9999-12-31T23:59:59.9999999',
  '10/09/2019 12:55 PM',
  '2024-13-45T99:99:99Z',
] as const

const otherValue: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(...dates),
  fc.constantFrom<Json>(null, true, false, '', ' ', 'true', 'None', 'Error', -1, 0, 0.5, 1e21, 2 ** 53, '__proto__'),
  fc.constantFrom<Json>([], {}, [null], [[]], { identifier: null }, { identifier: 7 }, { constructor: 1 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ maxLength: 20 }),
  fc.integer({ min: -3, max: 60 }).map(String),
)

const swapCase = (name: string): string =>
  name.replaceAll(/[a-z]|[A-Z]/g, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>(() => []),
  fc.constant<Change>((name) => [[name, null]]),
  otherValue.map((value): Change => (name) => [[name, value]]),
  fc.constant<Change>((name, value) => [[swapCase(name), value]]),
  fc.constant<Change>((name, value) => [[`${name}Api`, value]]),
  otherValue.map((added): Change => (name, value) => [
    [name, value],
    [`New${name}`, added],
  ]),
  // The same number in quotes, and the same text without.
  fc.constant<Change>((name, value) => {
    if (typeof value === 'number') return [[name, String(value)]]
    return [[name, typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value]]
  }),
)

const mutated = (body: Json): fc.Arbitrary<Json> =>
  fc
    .array(fc.record({ path: fc.constantFrom(...pathsOf(body)), change: changes }), { minLength: 1, maxLength: 4 })
    .map((steps) => steps.reduce((value, { path, change }) => changeAt(value, path, change), body))

const offsets = fc.constantFrom(-720, -240, 0, 330, 840)

/** Reads a mutated body; null where it was refused. Anything else that is thrown fails the test. */
const readOrRefuse = <T>(read: () => T): T | null => {
  try {
    return read()
  } catch (error) {
    if (error instanceof WireFormatError) return null
    throw error
  }
}

/** How many mutants were read. A reader that refused everything would pass the rest, so each test wants many. */
const countReadable = <T>(
  body: Json,
  read: (text: string, utcOffsetMinutes: number) => readonly T[],
  isTrue: (row: T, raw: unknown) => boolean = () => true,
): number => {
  let readCount = 0
  fc.assert(
    fc.property(mutated(body), offsets, (value, offset) => {
      const rows = readOrRefuse(() => read(JSON.stringify(value), offset))
      if (rows === null) return true
      readCount += 1
      const raw: readonly unknown[] = Array.isArray(value) ? value : [value]
      return rows.every((row, index) => isTrue(row, raw[index]))
    }),
    { numRuns: runs },
  )
  return readCount
}

const many = runs / 10

const memberOf = (raw: unknown, name: string): unknown => {
  if (typeof raw !== 'object' || raw === null) return undefined
  return Object.entries(raw).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}

/** A word as it is compared: nothing that is no word says anything. */
const toWord = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim().toLowerCase()
    : ''

/** Number or name of an enum, as a test knows it: null for what says nothing. */
const toNumber = (word: unknown, names: readonly string[], max: number): number | null => {
  const text = toWord(word)
  const number = /^\d+$/.test(text) ? Number(text) : names.findIndex((name) => name.toLowerCase() === text)
  return number >= 0 && number <= max ? number : null
}

const statusNames =
  'Initializing MeetingSLA NotMeetingSLA RpoNotMeetingSLA HistoryNotMeetingSLA FailingOver Moving Deleting Recovered'.split(
    ' ',
  )
/** The states that a status may stand for, by itself. */
const byStatus: readonly ProtectionState[] = [
  ...(['INITIALIZING', 'PROTECTED', 'NOT_MEETING_TARGET', 'NOT_MEETING_TARGET', 'NOT_MEETING_TARGET'] as const),
  ...(['FAILING_OVER', 'MOVING', 'DELETING', 'RECOVERED'] as const),
]

/** A state may come from the status, or from a sub-status that says more than "None"; from nothing else. */
const isSaid = (state: ProtectionState, raw: unknown): boolean => {
  if (state === 'UNKNOWN') return true
  const status = toNumber(memberOf(raw, 'Status'), statusNames, 8)
  const word = memberOf(raw, 'SubStatus')
  const saysMore = word !== undefined && word !== null && !['0', 'none'].includes(toWord(word))
  return saysMore || (status !== null && byStatus[status] === state)
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null
const isDate = (date: Date): boolean => !Number.isNaN(date.getTime())

test.each(['vpgs-7.0', 'vpgs-10.0'])(
  'reads or refuses every mutant of %s, and invents no state and no test',
  (name) => {
    // R5, N1
    const readable = countReadable(
      bodyOf(name),
      (text, offset) => parseWire(wire.vpgs, text).map((row) => toProtectionGroup(row, offset)),
      ({ state, recovery }, raw) =>
        isSaid(state, raw) && (!recovery.isTestRunning || isObject(memberOf(raw, 'ActiveProcessesApi'))),
    )
    expect(readable).toBeGreaterThan(many)
  },
)

test.each(['vms-7.0', 'vms-10.0'])('reads or refuses every mutant of %s, and invents no state', (name) => {
  const readable = countReadable(
    bodyOf(name),
    (text, offset) => parseWire(wire.vms, text).map((row) => toReplication(row, offset)),
    ({ state }, raw) => isSaid(state, raw),
  )
  expect(readable).toBeGreaterThan(many)
})

const taskStates: readonly (TaskState | null)[] = [
  ...([null, 'RUNNING', 'AWAITING_DECISION', 'RUNNING', 'FAILED', 'CANCELLED', 'SUCCEEDED', 'RUNNING'] as const),
]
const taskStateNames =
  'FirstUnusedValue InProgress WaitingForUserInput Paused Failed Stopped Completed Cancelling'.split(' ')

test.each(['tasks-7.0', 'tasks-10.0'])('reads or refuses every mutant of %s, and invents no state', (name) => {
  const readable = countReadable(
    bodyOf(name),
    (text, offset) => parseWire(wire.tasks, text).map((row) => toTaskReading(row, 'zvm-a', offset)),
    ({ state, progressPercent }, raw) => {
      const number = toNumber(memberOf(memberOf(raw, 'Status'), 'State'), taskStateNames, 7)
      const said = (number === null ? null : taskStates[number]) ?? 'UNKNOWN'
      return state === said && (progressPercent === null || (progressPercent >= 0 && progressPercent <= 100))
    },
  )
  expect(readable).toBeGreaterThan(many)
})

test('reads or refuses every mutant of checkpoints, each with a number and a date', () => {
  const readable = countReadable(
    bodyOf('checkpoints'),
    (text, offset) => parseWire(wire.checkpoints, text).map((row) => toRecoveryPoint(row, vpgId, offset)),
    ({ takenAt, vendorId }) => isDate(takenAt) && /^\d+$/.test(vendorId),
  )
  expect(readable).toBeGreaterThan(many)
})

test('reads or refuses every mutant of alerts, and invents no level', () => {
  const readable = countReadable(
    bodyOf('alerts-10.0'),
    (text, offset) => parseWire(readsWire.alerts, text).map((row) => toAlert(row, vpgId, offset)),
    ({ level }, raw) => {
      const number = toNumber(memberOf(raw, 'Level'), ['Warning', 'Error'], 1)
      return level === (number === null ? 'UNKNOWN' : number === 0 ? 'WARNING' : 'ERROR')
    },
  )
  expect(readable).toBeGreaterThan(many)
})

test.each(['events-7.0', 'events-10.0'])('reads or refuses every mutant of %s, and invents no success', (name) => {
  const readable = countReadable(
    bodyOf(name),
    (text, offset) =>
      parseWire(readsWire.events, text).map((row) => ({ groups: toEventGroups(row), ...toHistoryEvent(row, offset) })),
    ({ at, wasSuccessful }, raw) => {
      const word = toWord(memberOf(raw, 'EventCompletedSuccessfully'))
      return isDate(at) && wasSuccessful === (word === 'true' ? true : word === 'false' ? false : null)
    },
  )
  expect(readable).toBeGreaterThan(many)
})

test('reads or refuses every mutant of recovery reports, and invents no verdict and no kind', () => {
  const readable = countReadable(
    bodyOf('recovery-reports-10.0'),
    (text, offset) => parseWire(readsWire.recoveryReports, text).map((row) => toRecoveryReport(row, offset)),
    ({ wasSuccessful, kind, rtoSeconds }, raw) => {
      const general = memberOf(raw, 'General')
      const said = ['success', 'succeeded'].includes(toWord(memberOf(general, 'Status')))
      return (
        wasSuccessful === (said ? true : null) && (kind === 'UNKNOWN' || isObject(general)) && (rtoSeconds ?? 0) >= 0
      )
    },
  )
  expect(readable).toBeGreaterThan(many)
})

test('reads or refuses every mutant of the site, of its peers and of its appliances', () => {
  const sites = countReadable(bodyOf('localsite-10.0'), (text) => {
    const site = parseWire(wire.localSite, text)
    return [{ ...toLocalSiteFacts(site), ...toSiteDetails(site, [], null) }]
  })
  const peers = countReadable(bodyOf('peersites-10.0'), (text) => parseWire(wire.peerSites, text).map(toPeerFacts))
  const appliances = countReadable(
    bodyOf('vras-7.0'),
    (text) => parseWire(readsWire.vras, text).map(toAppliance),
    ({ vendorId, name }) => vendorId !== '' || name === '',
  )
  expect(Math.min(sites, peers, appliances)).toBeGreaterThan(many)
})

test('turns a body that it refuses into VENDOR_PROTOCOL, whatever was asked', async () => {
  // N1
  await using zvm = await startScriptedZvm({ answer: () => ({ status: 200, body: '[{"a":' }) })
  const { adapter } = zvm
  const query = { kind: 'ProtectionGroup', nativeId: vpgId, from: null, to: null } as const
  const asked = [
    () => adapter.readSite(neverAborted),
    () => adapter.listGroups(neverAborted),
    () => adapter.reads.listAlerts(neverAborted),
    () => adapter.reads.listHistory(query, neverAborted),
  ]
  for (const ask of asked) expect(await failureOf(ask())).toMatchObject({ code: 'VENDOR_PROTOCOL' })
})
