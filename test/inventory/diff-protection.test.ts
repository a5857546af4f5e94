import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toGlobalId } from '../../src/domain/global-id.ts'
import type { ProtectionState } from '../../src/domain/ports/protection-log.ts'
import { toGroupFields, toReplicationFields, type DecisiveFields } from '../../src/inventory/decisive-fields.ts'
import { diffProtection, type SiteLook } from '../../src/inventory/diff-protection.ts'
import { sampleEnd, sampleMachine } from '../operations/sample-survey.ts'
import { sampleGroup } from './sample-lists.ts'

const idOf = (name: string): string => toGlobalId('ProtectionGroup', 'ZERTO', name)
const siteOf = (name: string): string => toGlobalId('Site', 'ZERTO', name)
const endOf = (name: string, organization: string | null = null): string => JSON.stringify([siteOf(name), organization])
const now = new Date('2026-03-01T00:00:00Z')
const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1000)

/** One field that decides, at the ends that the samples have. */
const toFields = (state: string, given: DecisiveFields = {}): DecisiveFields => ({
  state,
  source: endOf('Boston'),
  destination: endOf('Denver'),
  ...given,
})

const look = (
  site: string,
  seconds: number,
  fields: Readonly<Record<string, DecisiveFields>>,
  given: Partial<SiteLook> = {},
): SiteLook => ({
  kind: 'ProtectionGroup',
  vendor: 'ZERTO',
  siteName: site,
  siteId: siteOf(site),
  isFresh: true,
  observedAt: at(seconds),
  fieldsById: new Map(Object.entries(fields).map(([name, of]) => [idOf(name), of])),
  ...given,
})

/** Follows looks one after the other. */
class History {
  readonly known = new Map<string, ProtectionState>()

  see(...looks: readonly SiteLook[]): readonly string[] {
    const { changes, states } = diffProtection(this.known, looks, now)
    for (const state of states) this.known.set(state.id, state)
    for (const { kind, id } of changes) if (kind === 'REMOVED') this.known.delete(id)
    return changes.map(({ kind, target, changedFields }) => [kind, target.nativeId, ...changedFields].join(' '))
  }
}

describe('the difference between two looks', () => {
  it('is empty when nothing has changed, and names what has', () => {
    const history = new History()
    expect(history.see(look('Boston', 0, { a: toFields('SYNCING'), b: toFields('PAUSED') }))).toEqual([
      'ADDED a',
      'ADDED b',
    ])
    expect(history.see(look('Boston', 5, { a: toFields('SYNCING'), b: toFields('PAUSED') }))).toEqual([])
    const changed = toFields('PROTECTED', { name: 'new' })
    expect(history.see(look('Boston', 10, { a: { ...changed, name: 'old' }, b: toFields('PAUSED') }))).toEqual([
      'CHANGED a state',
    ])
    expect(history.see(look('Boston', 15, { a: { ...changed, state: 'ERROR' }, b: toFields('PAUSED') }))).toEqual([
      'CHANGED a name state',
    ])
  })

  it('tells once of a change that one site shows before the other', () => {
    const history = new History()
    const [old, young] = [{ a: toFields('PROTECTED') }, { a: toFields('FAILING_OVER') }]
    history.see(look('Boston', 0, old), look('Denver', 1, old))
    expect(history.see(look('Boston', 5, young), look('Denver', 1, old))).toEqual(['CHANGED a state'])
    expect(history.see(look('Boston', 5, young), look('Denver', 6, young))).toEqual([])
    expect(history.see(look('Boston', 10, young), look('Denver', 11, young))).toEqual([])
  })

  it('tells once of a change that an answer shows which was longer on its way than one that does not', () => {
    // R6: Denver was asked last and has answered first.
    const history = new History()
    const [old, young] = [{ a: toFields('PROTECTED') }, { a: toFields('FAILING_OVER') }]
    history.see(look('Boston', 0, old), look('Denver', 1, old))
    expect(history.see(look('Boston', 5, young), look('Denver', 6, old))).toEqual([])
    expect(history.see(look('Boston', 10, young), look('Denver', 11, young))).toEqual(['CHANGED a state'])
    expect(history.see(look('Boston', 15, young), look('Denver', 16, young))).toEqual([])
  })

  // R4
  it('does not tell again and again of sites that go on disagreeing', () => {
    const history = new History()
    const [one, other] = [{ a: toFields('PROTECTED') }, { a: toFields('DISCONNECTED') }]
    history.see(look('Boston', 0, one), look('Denver', 0, one))
    expect(history.see(look('Boston', 0, one), look('Denver', 5, other))).toEqual(['CHANGED a state'])
    for (const seconds of [10, 20, 30]) {
      expect(history.see(look('Boston', seconds, one), look('Denver', seconds - 1, other))).toEqual([])
      expect(history.see(look('Boston', seconds, one), look('Denver', seconds + 1, other))).toEqual([])
    }
  })

  it('tells when a change is taken back that only one site had shown', () => {
    const history = new History()
    const [old, young] = [{ a: toFields('PROTECTED') }, { a: toFields('ERROR') }]
    history.see(look('Boston', 0, old), look('Denver', 0, old))
    history.see(look('Boston', 0, old), look('Denver', 5, young))
    expect(history.see(look('Boston', 0, old), look('Denver', 10, old))).toEqual(['CHANGED a state'])
  })

  it('takes over a field that was not looked at before without an event', () => {
    const history = new History()
    history.see(look('Boston', 0, { a: toFields('PROTECTED') }))
    expect(history.see(look('Boston', 5, { a: toFields('PROTECTED', { priority: 'HIGH' }) }))).toEqual([])
    expect(history.see(look('Boston', 9, { a: toFields('PROTECTED', { priority: 'LOW' }) }))).toEqual([
      'CHANGED a priority',
    ])
  })

  it('takes nothing from a site that does not know a field yet', () => {
    const history = new History()
    const [known, unknown] = [{ a: toFields('PAUSED', { replications: 'x' }) }, { a: toFields('PAUSED') }]
    history.see(look('Boston', 0, unknown), look('Denver', 0, unknown))
    expect(history.see(look('Boston', 5, known), look('Denver', 0, unknown))).toEqual([])
    expect(history.see(look('Boston', 5, known), look('Denver', 9, known))).toEqual([])
    // After a start: the groups are read, the machines not yet.
    expect(history.see(look('Boston', 15, unknown), look('Denver', 15, unknown))).toEqual([])
    expect(history.see(look('Boston', 15, { a: toFields('PAUSED', { replications: 'y' }) }))).toEqual([
      'CHANGED a replications',
    ])
  })

  it('is nothing while a site cannot be read', () => {
    const history = new History()
    const fields = { a: toFields('PROTECTED') }
    history.see(look('Boston', 0, fields), look('Denver', 0, fields))
    const silent = { isFresh: false }
    expect(history.see(look('Boston', 0, fields, silent), look('Denver', 0, fields, silent))).toEqual([])
    // What a former process knew, read back and not yet read anew.
    expect(history.see(look('Boston', 0, { a: toFields('ERROR') }, silent))).toEqual([])
  })
})

const between = (source: string, destination: string, organization: string): DecisiveFields =>
  toFields('PROTECTED', { source: endOf(source, organization), destination: endOf(destination, organization) })
const placesOf = (known: ReadonlyMap<string, ProtectionState>, ...looks: readonly SiteLook[]) =>
  diffProtection(known, looks, now).changes.map(({ places }) => places)

describe('where something stands', () => {
  it('is told by the configured names of its sites, and by whose it is', () => {
    const seen = { a: between('Boston', 'Perth', 'Acme') }
    expect(placesOf(new Map(), look('Boston', 0, seen, { siteName: 'configured' }))).toEqual([
      [
        { siteName: 'configured', organization: 'Acme' },
        { siteName: null, organization: 'Acme' },
      ],
    ])
  })

  it('is told of both when it has changed hands, so that who had it hears that it has left', () => {
    const history = new History()
    history.see(look('Boston', 0, { a: between('Boston', 'Boston', 'Acme') }))
    expect(placesOf(history.known, look('Boston', 5, { a: between('Boston', 'Boston', 'Umbrella') }))).toEqual([
      [
        { siteName: 'Boston', organization: 'Acme' },
        { siteName: 'Boston', organization: 'Umbrella' },
      ],
    ])
  })

  it('is only the name that lists it where one site is configured under two, each with a sign-in of its own', () => {
    const mine = look('Boston', 0, { a: between('Boston', 'Boston', 'Acme') }, { siteName: 'acme-in-boston' })
    const theirs = look('Boston', 0, { b: between('Boston', 'Boston', 'Umbrella') }, { siteName: 'umbrella-in-boston' })
    expect(placesOf(new Map(), mine, theirs)).toEqual([
      [{ siteName: 'acme-in-boston', organization: 'Acme' }],
      [{ siteName: 'umbrella-in-boston', organization: 'Umbrella' }],
    ])
  })
})

describe('an object that no site lists any more', () => {
  const fields = { a: toFields('PROTECTED') }
  const start = (): History => {
    const history = new History()
    history.see(look('Boston', 0, fields), look('Denver', 0, fields), look('Oslo', 0, {}))
    return history
  }

  it('is removed when both of its ends were read well', () => {
    const history = start()
    expect(history.see(look('Boston', 5, {}), look('Denver', 0, fields), look('Oslo', 5, {}))).toEqual([])
    const { changes } = diffProtection(history.known, [look('Boston', 5, {}), look('Denver', 6, {})], now)
    expect(changes).toEqual([
      {
        id: idOf('a'),
        target: { kind: 'ProtectionGroup', vendor: 'ZERTO', nativeId: 'a' },
        places: [
          { siteName: 'Boston', organization: null },
          { siteName: 'Denver', organization: null },
        ],
        kind: 'REMOVED',
        changedFields: [],
        at: at(6),
      },
    ])
    expect(history.see(look('Boston', 5, {}), look('Denver', 5, {}))).toEqual(['REMOVED a'])
    expect(history.see(look('Boston', 9, {}), look('Denver', 9, {}))).toEqual([])
  })

  it('is not removed while one of its ends does not answer, or has not said which site it is', () => {
    const silent = { isFresh: false }
    expect(start().see(look('Boston', 5, {}), look('Denver', 0, {}, silent))).toEqual([])
    expect(start().see(look('Boston', 5, {}), look('', 0, {}, { siteId: null, isFresh: false }))).toEqual([])
  })

  it('does not wait for a site that has nothing to do with it', () => {
    const silent = { isFresh: false }
    expect(start().see(look('Boston', 5, {}), look('Denver', 5, {}), look('Oslo', 0, {}, silent))).toEqual([
      'REMOVED a',
    ])
    const machines = look('Boston', 0, {}, { ...silent, kind: 'Replication' })
    expect(start().see(look('Boston', 5, {}), look('Denver', 5, {}), machines)).toEqual(['REMOVED a'])
  })

  it('waits for every site of the product when neither end is configured', () => {
    const oslo = look('Oslo', 5, {})
    expect(start().see(oslo, look('Rome', 5, {}, { isFresh: false }))).toEqual([])
    expect(start().see(oslo, look('Rome', 5, {}, { vendor: 'VCDA', isFresh: false }))).toEqual(['REMOVED a'])
    expect(start().see()).toEqual(['REMOVED a'])
  })
})

describe('the time of a change of configuration', () => {
  it('is that of the look that found one, and not of any other change', () => {
    const history = new History()
    const timeOf = () => history.known.get(idOf('a'))?.configurationChangedAt
    history.see(look('Boston', 0, { a: toFields('PROTECTED', { settings: '1' }) }))
    expect(timeOf()).toBeNull()
    history.see(look('Boston', 5, { a: toFields('SYNCING', { settings: '1' }) }))
    expect(timeOf()).toBeNull()
    history.see(look('Boston', 10, { a: toFields('SYNCING', { settings: '2' }) }))
    expect(timeOf()).toEqual(at(10))
    history.see(look('Boston', 15, { a: toFields('PROTECTED', { settings: '2' }) }))
    expect(timeOf()).toEqual(at(10))
  })
})

describe('what decides', () => {
  it('is not touched by figures that move all the time', () => {
    const group = sampleGroup()
    const moved = sampleGroup({
      rpo: { ...group.rpo, actualSeconds: 17, lastSyncedAt: now },
      sync: { ...noProgress, percent: 40 },
      storage: { provisionedBytes: 1, usedBytes: 2, journalUsedBytes: 3 },
      vendorState: 'DeltaSyncing',
      throughputBytesPerSecond: 5,
      iops: 6,
    })
    expect(toGroupFields(moved, ['x'])).toEqual(toGroupFields(group, ['x']))
  })

  it.each([
    ['state', sampleGroup({ state: 'ERROR' })],
    ['health', sampleGroup({ health: 'CRITICAL' })],
    ['rpo', sampleGroup({ rpo: { ...sampleGroup().rpo, verdict: 'VIOLATING' } })],
    ['recovery', sampleGroup({ recovery: { ...sampleGroup().recovery, isTestRunning: true } })],
    ['priority', sampleGroup({ priority: 'HIGH' })],
    ['vmCount', sampleGroup({ vmCount: 3 })],
    ['lastTestedAt', sampleGroup({ lastTestedAt: now })],
    ['isReversed', sampleGroup({ isReversed: true })],
    ['purpose', sampleGroup({ purpose: 'MIGRATION' })],
    ['name', sampleGroup({ name: 'other' })],
    ['destination', sampleGroup({ destination: sampleEnd('Oslo') })],
    ['source', sampleGroup({ source: sampleEnd('Boston', 'Umbrella') })],
  ])('of a group is its %s', (name, group) => {
    const [before, after] = [toGroupFields(sampleGroup(), []), toGroupFields(group, [])]
    expect(Object.keys(before).filter((field) => before[field] !== after[field])).toEqual([name])
  })

  it('of a group are its members, in any order', () => {
    expect(toGroupFields(sampleGroup(), ['b', 'a'])).toEqual(toGroupFields(sampleGroup(), ['a', 'b']))
    expect(toGroupFields(sampleGroup(), ['a'])['replications']).not.toBe(
      toGroupFields(sampleGroup(), [])['replications'],
    )
  })

  it('of a group are not its members while nobody knows the machines', () => {
    expect(Object.keys(toGroupFields(sampleGroup(), null))).not.toContain('replications')
  })

  it('of a machine are its settings and its group', () => {
    const machine = sampleMachine('web')
    const settings = { ...machine.settings, retentionRules: [{ count: 3, distanceSeconds: 60 }] }
    const before = toReplicationFields(machine)
    const after = toReplicationFields({ ...machine, settings, groupNativeId: null })
    expect(Object.keys(before).filter((field) => before[field] !== after[field])).toEqual(['group', 'settings'])
  })

  it("are the vendor's own words while they are all there is", () => {
    expect(toUnknown('Levitating')).not.toBe(toUnknown('Sinking'))
  })
})

const toUnknown = (vendorState: string): string | undefined =>
  toGroupFields(sampleGroup({ state: 'UNKNOWN', vendorState }), [])['vendorState']

const noProgress = {
  percent: null,
  bytesTransferred: null,
  bytesToTransfer: null,
  checksumComparedBytes: null,
  checksumTotalBytes: null,
  etaSeconds: null,
}

it('leads from any look to any other, by what it says', () => {
  const fleet = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('PROTECTED', 'PAUSED', 'ERROR'))
  fc.assert(
    fc.property(fc.array(fleet, { minLength: 1, maxLength: 6 }), (fleets) => {
      const history = new History()
      let shown: Readonly<Record<string, string>> = {}
      for (const [place, states] of fleets.entries()) {
        const fields = Object.fromEntries(Object.entries(states).map(([name, state]) => [name, toFields(state)]))
        const told = history.see(look('Boston', place, fields), look('Denver', place, fields))
        const names = new Set([...Object.keys(shown), ...Object.keys(states)])
        const before = shown
        const expected = [...names].flatMap((name) => {
          if (before[name] === states[name]) return []
          if (before[name] === undefined) return [`ADDED ${name}`]
          return states[name] === undefined ? [`REMOVED ${name}`] : [`CHANGED ${name} state`]
        })
        expect(told.toSorted()).toEqual(expected.toSorted())
        shown = states
      }
    }),
  )
})
