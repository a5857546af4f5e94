import { describe, expect, it } from 'vitest'
import type { AuditQuery } from '../../src/domain/audit.ts'
import type { Journal } from '../../src/domain/ports/journal.ts'
import type { Bounds, Place, Reach } from '../../src/domain/reach.ts'
import { isInSight, isTaskInSight, type Sight } from '../../src/domain/sight.ts'
import { sampleDraft } from '../journal/sample-audit.ts'
import { everyTask, later, sampleIntent, sampleRequest, sampleTask, sampleTaskId } from '../journal/sample-task.ts'
import type { StartJournal } from './journal.suite.ts'

const everyEntry: Omit<AuditQuery, 'sight'> = {
  kinds: null,
  callers: null,
  operations: null,
  targetIds: null,
  taskIds: null,
  from: null,
  to: null,
  limit: 100,
  beforeSequence: null,
}

const place = (siteName: string | null, organization: string | null = null): Place => ({ siteName, organization })

/** Where each sample stands, who asked for it, and the site that was asked. */
const samples: readonly { readonly places: readonly Place[]; readonly askedBy: string; readonly siteName: string }[] = [
  { places: [place('zvm-a', 'Acme'), place('zvm-b', 'Acme')], askedBy: 'alice', siteName: 'zvm-a' },
  { places: [place('zvm-a', 'Globex'), place('zvm-a', 'GLOBEX')], askedBy: 'alice', siteName: 'zvm-a' },
  { places: [place('zvm-b', 'globex')], askedBy: 'bob', siteName: 'zvm-b' },
  { places: [place('zvm-b')], askedBy: 'bob', siteName: 'zvm-b' },
  { places: [place(null, 'ACME')], askedBy: 'carol', siteName: 'zvm-c' },
  { places: [place(null)], askedBy: 'carol', siteName: 'zvm-c' },
  { places: [], askedBy: 'alice', siteName: 'zvm-b' },
  { places: [], askedBy: 'bob', siteName: 'zvm-a' },
]

const bounds = (siteNames: readonly string[] | null, organizations: readonly string[] | null): Bounds => ({
  siteNames,
  organizations,
})

const reaches: readonly { readonly who: string; readonly reach: Reach; readonly found: readonly number[] }[] = [
  { who: 'everything', reach: null, found: [0, 1, 2, 3, 4, 5, 6, 7] },
  { who: 'one site', reach: [bounds(['zvm-a'], null)], found: [0, 1] },
  { who: 'one organisation', reach: [bounds(null, ['acme'])], found: [0, 1, 4, 6] },
  { who: 'one organisation at one site', reach: [bounds(['zvm-a'], ['globex'])], found: [0, 1] },
  { who: 'two grants', reach: [bounds(['zvm-b'], ['globex']), bounds(null, ['acme'])], found: [0, 1, 2, 4, 6] },
  { who: 'a site that is not there', reach: [bounds(['zvm-z'], null)], found: [] },
  { who: 'no site', reach: [bounds([], ['acme'])], found: [] },
  { who: 'no organisation', reach: [bounds(['zvm-b'], [])], found: [6] },
  { who: 'nothing', reach: [], found: [] },
]

/** Alice looks. */
const sightOf = (reach: Reach): Sight => ({ reach, viewerName: 'alice' })

const fillTasks = async (journal: Journal): Promise<void> => {
  for (const [number, { askedBy, ...given }] of samples.entries()) {
    const request = sampleRequest({ requestedBy: askedBy, idempotencyKey: `key-${number}` })
    await journal.begin(sampleIntent(number, { ...given, request, startedAt: later(number) }))
  }
}

const fillAudit = async (journal: Journal): Promise<void> => {
  for (const [number, { askedBy, ...given }] of samples.entries()) {
    await journal.appendAudit(sampleDraft({ ...given, caller: askedBy, idempotencyKey: `key-${number}` }))
  }
}

/** What a journal lets see whom. */
export const sightBehaviour = (start: StartJournal): void => {
  describe('who sees what', () => {
    it.each(reaches)('lists and counts the tasks in sight of $who, on every page', async ({ reach, found }) => {
      // W12
      await using gateway = await start()
      const { journal } = gateway
      await fillTasks(journal)
      const ids: string[] = []
      for (let hasMore = true; hasMore;) {
        const page = await journal.listTasks({
          ...everyTask,
          sight: sightOf(reach),
          limit: 2,
          olderThan: ids.at(-1) ?? null,
        })
        expect(page.totalCount).toBe(found.length)
        // What a page shows is what the rule of the domain lets through.
        expect(page.tasks.every((task) => isTaskInSight(sightOf(reach), task))).toBe(true)
        ids.push(...page.tasks.map(({ id }) => id))
        hasMore = page.hasMore
      }
      expect(ids).toEqual(found.map(sampleTaskId).toReversed())
    })

    it.each(reaches)('lists and counts the entries of the audit log in sight of $who', async ({ reach, found }) => {
      // W12, A5
      await using gateway = await start()
      const { journal } = gateway
      await fillAudit(journal)
      const page = await journal.listAudit({ ...everyEntry, sight: sightOf(reach), limit: 1 })
      const all = await journal.listAudit({ ...everyEntry, sight: sightOf(reach) })
      expect(page).toMatchObject({ totalCount: found.length, hasMore: found.length > 1 })
      expect(all.entries.map(({ idempotencyKey }) => idempotencyKey)).toEqual(
        found.map((number) => `key-${number}`).toReversed(),
      )
      for (const entry of all.entries) {
        expect(isInSight(sightOf(reach), { ...entry, askedBy: entry.caller })).toBe(true)
      }
    })

    it('takes the other filters together with the sight', async () => {
      // W12
      await using gateway = await start()
      const { journal } = gateway
      await fillTasks(journal)
      const sight = sightOf([bounds(null, ['acme'])])
      const page = await journal.listTasks({ ...everyTask, sight, siteNames: ['zvm-a'] })
      expect(page.tasks.map(({ id }) => id)).toEqual([1, 0].map(sampleTaskId))
      expect(page.totalCount).toBe(2)
    })

    it('lets a task be seen where its target turns out to stand, and no longer where it stood before', async () => {
      // W12
      await using gateway = await start()
      const { journal } = gateway
      const seen = async (organization: string): Promise<number> =>
        (await journal.listTasks({ ...everyTask, sight: sightOf([bounds(null, [organization])]) })).totalCount
      const request = sampleRequest({ requestedBy: 'bob' })
      await journal.begin(sampleIntent(1, { places: [], request }))
      expect([await seen('acme'), await seen('globex')]).toEqual([0, 0])
      const at = later(1)
      const places = [place('zvm-b', 'Acme')]
      expect(await journal.update(sampleTaskId(1), { places }, 'STATE_CHANGE', at)).toMatchObject({ places })
      expect([await seen('acme'), await seen('globex')]).toEqual([1, 0])
      await journal.update(sampleTaskId(1), { places: [place('zvm-b', 'Globex')] }, 'STATE_CHANGE', at)
      expect([await seen('acme'), await seen('globex')]).toEqual([0, 1])
      // A change that says nothing of it leaves it as it is.
      await journal.update(sampleTaskId(1), { state: 'RUNNING' }, 'STATE_CHANGE', at)
      expect([await seen('acme'), await seen('globex')]).toEqual([0, 1])
    })

    it('lets the work of others be seen where its target stands', async () => {
      // W12
      await using gateway = await start()
      const { journal } = gateway
      const foreign = { vendorTaskId: 'task-1', dispatch: 'FOREIGN', request: null } as const
      await journal.adoptForeign(sampleTask({ ...foreign, places: [place('zvm-a', 'Acme')] }))
      const sights = [sightOf([bounds(null, ['acme'])]), sightOf([bounds(null, ['globex'])]), sightOf(null)]
      const counts = await Promise.all(
        sights.map(async (sight) => (await journal.listTasks({ ...everyTask, sight })).totalCount),
      )
      expect(counts).toEqual([1, 0, 1])
    })

    it('writes into the audit log where the target of a task stood at that moment', async () => {
      // W12, A5
      await using gateway = await start()
      const { journal } = gateway
      const places = [place('zvm-a', 'Acme')]
      await journal.begin(sampleIntent(1, { places }))
      await journal.markSent(sampleTaskId(1))
      await journal.update(sampleTaskId(1), { dispatch: 'ACCEPTED' }, 'STATE_CHANGE', later(1))
      const sight: Sight = { reach: [bounds(null, ['acme'])], viewerName: 'an auditor' }
      const { entries } = await journal.listAudit({ ...everyEntry, sight })
      expect(entries.map(({ kind, places: told }) => [kind, told])).toEqual([
        ['ACCEPTED', places],
        ['INTENDED', places],
      ])
      const elsewhere: Sight = { reach: [bounds(null, ['globex'])], viewerName: 'an auditor' }
      expect(await journal.listAudit({ ...everyEntry, sight: elsewhere })).toEqual({
        entries: [],
        totalCount: 0,
        hasMore: false,
      })
      expect(await journal.verifyAudit()).toMatchObject({ kind: 'WHOLE', entryCount: 2 })
    })

    it('takes back an intent together with its places', async () => {
      await using gateway = await start()
      const { journal } = gateway
      await journal.begin(sampleIntent(1, { places: [place('zvm-a', 'Acme')] }))
      await journal.release(sampleTaskId(1), 'PREPARED', null)
      await journal.begin(sampleIntent(1, { places: [place('zvm-a', 'Globex')] }))
      const sight: Sight = { reach: [bounds(null, ['acme'])], viewerName: 'nobody' }
      expect(await journal.listTasks({ ...everyTask, sight })).toMatchObject({ tasks: [], totalCount: 0 })
    })
  })
}
