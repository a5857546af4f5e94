import { expect, it } from 'vitest'
import { makeSeenAlone, mergeObservations } from '../../src/inventory/merge-observations.ts'
import { sampleEnd } from '../operations/sample-survey.ts'
import { sampleGroup, sampleListing } from './sample-lists.ts'

const later = new Date('2026-01-01T00:00:05Z')

// R4
it('makes one object of what two sites list, the freshest first, and says on what they do not agree', () => {
  const [seen] = mergeObservations([
    sampleListing('Boston', [sampleGroup({ state: 'PROTECTED' })]),
    sampleListing('Denver', [sampleGroup({ state: 'DISCONNECTED' })], { observedAt: later }),
  ]).values()
  expect(seen?.state).toBe('DISCONNECTED')
  expect(seen?.observations.map(({ siteName, role }) => [siteName, role])).toEqual([
    ['denver', 'DESTINATION'],
    ['boston', 'SOURCE'],
  ])
  expect(seen?.conflicts).toEqual([
    {
      field: 'state',
      values: [
        { siteId: sampleEnd('Denver').siteId, value: 'DISCONNECTED' },
        { siteId: sampleEnd('Boston').siteId, value: 'PROTECTED' },
      ],
    },
  ])
})

it('says which end a site is, as it sees the ends itself', () => {
  const local = sampleGroup({ nativeId: 'local', destination: sampleEnd('Boston') })
  const reversed = sampleGroup({ source: sampleEnd('Denver'), destination: sampleEnd('Boston') })
  const listed = mergeObservations([
    sampleListing('Boston', [local, reversed]),
    sampleListing('Denver', [sampleGroup()], { observedAt: later }),
    sampleListing('Oslo', [sampleGroup()], { observedAt: later }),
  ])
  const rolesOf = (id: string) => listed.get(id)?.observations.map(({ siteName, role }) => [siteName, role])
  expect(rolesOf(local.id)).toEqual([['boston', 'BOTH']])
  expect(rolesOf(reversed.id)).toEqual([
    ['denver', 'DESTINATION'],
    ['oslo', 'OTHER'],
    ['boston', 'DESTINATION'],
  ])
})

it('is stale only when no site that lists it could be read, and takes no conflict from one that could not', () => {
  const [seen] = mergeObservations([
    sampleListing('Boston', [sampleGroup({ state: 'PROTECTED' })], { isStale: true }),
    sampleListing('Denver', [sampleGroup({ state: 'ERROR' })], { observedAt: later }),
  ]).values()
  expect([seen?.isStale, seen?.conflicts]).toEqual([false, []])
  const [unseen] = mergeObservations([sampleListing('Boston', [sampleGroup()], { isStale: true })]).values()
  expect(unseen?.isStale).toBe(true)
})

it('sees what one site alone lists once, however often its listing is merged with others', () => {
  const listing = sampleListing('Boston', [sampleGroup()])
  const alone = makeSeenAlone(listing)
  const [first] = mergeObservations([listing], () => alone).values()
  const [second] = mergeObservations([listing], () => alone).values()
  expect(second).toBe(first)
  const [together] = mergeObservations([listing, sampleListing('Denver', [sampleGroup()])], (each) =>
    each === listing ? alone : makeSeenAlone(each),
  ).values()
  expect(together?.observations).toHaveLength(2)
  expect(first?.observations).toHaveLength(1)
})
