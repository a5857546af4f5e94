import { describe, expect, it } from 'vitest'
import { auditKinds, type AuditDraft, type AuditQuery } from '../../src/domain/audit.ts'
import type { Journal } from '../../src/domain/ports/journal.ts'
import type { Task } from '../../src/domain/task.ts'
import { sampleDraft } from '../journal/sample-audit.ts'
import { later, sampleIntent, sampleRequest, sampleTargetId, sampleTaskId } from '../journal/sample-task.ts'
import type { StartJournal } from './journal.suite.ts'

const everything: AuditQuery = {
  sight: null,
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

/** The kinds of all entries, oldest first. */
const kindsOf = async (journal: Journal): Promise<readonly string[]> => {
  const { entries } = await journal.listAudit(everything)
  return entries.map(({ kind }) => kind).toReversed()
}

const problem = {
  code: 'VENDOR_REFUSED',
  message: 'no',
  siteName: 'zvm-a',
  vendorCode: null,
  vendorMessage: null,
  httpStatus: 409,
  retryAfterSeconds: null,
  operationId: 'operation-1',
} as const

type Change = Partial<Pick<Task, 'dispatch' | 'state' | 'stage' | 'reconciliation' | 'problem'>>

const found = (verdict: 'ADOPTED' | 'DID_NOT_HAPPEN') =>
  ({ verdict, evidence: ['looked at the tasks of the site'], at: later(9) }) as const

const courses: readonly { readonly title: string; readonly changes: readonly Change[]; readonly kinds: string[] }[] = [
  {
    title: 'one that is accepted, runs and succeeds',
    changes: [{ dispatch: 'ACCEPTED' }, { state: 'RUNNING' }, { state: 'SUCCEEDED' }],
    kinds: ['ACCEPTED', 'SUCCEEDED'],
  },
  {
    title: 'one that fails after a decision was awaited',
    changes: [{ dispatch: 'ACCEPTED' }, { state: 'AWAITING_DECISION' }, { state: 'FAILED', problem }],
    kinds: ['ACCEPTED', 'FAILED'],
  },
  {
    title: 'one that the vendor refuses',
    changes: [{ dispatch: 'NOT_SENT', state: 'FAILED', problem }],
    kinds: ['REFUSED_BY_VENDOR'],
  },
  {
    title: 'one whose answer is lost and whose work is found',
    changes: [
      { state: 'OUTCOME_UNKNOWN' },
      { state: 'RUNNING', dispatch: 'ACCEPTED', reconciliation: found('ADOPTED') },
      { state: 'SUCCEEDED' },
    ],
    kinds: ['OUTCOME_UNKNOWN', 'ADOPTED', 'SUCCEEDED'],
  },
  {
    title: 'one whose answer is lost and that did not happen',
    changes: [{ state: 'OUTCOME_UNKNOWN' }, { state: 'FAILED', reconciliation: found('DID_NOT_HAPPEN') }],
    kinds: ['OUTCOME_UNKNOWN', 'DID_NOT_HAPPEN'],
  },
]

const writing = (start: StartJournal): void => {
  it('says with the intent who asked for what and why, under which key, and as what it is sent', async () => {
    // A5
    await using gateway = await start()
    const { journal, clock } = gateway
    clock.turn(5_000)
    const request = sampleRequest({ reason: 'drill', overriddenRisks: ['it is protected twice'] })
    await journal.begin(sampleIntent(1, { request }))
    const { entries, totalCount, hasMore } = await journal.listAudit(everything)
    expect({ totalCount, hasMore }).toEqual({ totalCount: 1, hasMore: false })
    expect(entries).toEqual([
      {
        sequence: 1,
        at: later(5),
        kind: 'INTENDED',
        caller: 'alice',
        operation: 'FAILOVER',
        targetId: sampleTargetId,
        targetName: 'Payroll',
        siteName: 'zvm-a',
        places: [{ siteName: 'zvm-a', organization: null }],
        taskId: sampleTaskId(1),
        requestId: 'request-1',
        operationId: 'operation-1',
        idempotencyKey: 'key-1',
        reason: 'drill',
        input: { targetId: sampleTargetId },
        problem: null,
        overriddenRisks: ['it is protected twice'],
        evidence: [],
        hash: expect.stringMatching(/^[\da-f]{64}$/),
      },
    ])
  })

  it.each(courses)('tells the course of $title', async ({ changes, kinds }) => {
    // A5
    await using gateway = await start()
    const { journal } = gateway
    await journal.begin(sampleIntent(1))
    await journal.markSent(sampleTaskId(1))
    for (const [index, change] of changes.entries()) {
      await journal.update(sampleTaskId(1), { ...change, stage: `${index}` }, 'STATE_CHANGE', later(index + 1))
      await journal.update(sampleTaskId(1), { progressPercent: index + 1 }, 'PROGRESS', later(index + 1))
    }
    expect(await kindsOf(journal)).toEqual(['INTENDED', ...kinds])
    const [last] = (await journal.listAudit(everything)).entries
    expect(last).toMatchObject({
      at: later(changes.length),
      taskId: sampleTaskId(1),
      problem: changes.at(-1)?.problem ?? null,
    })
    const { reconciliation } = changes.findLast((change) => change.reconciliation !== undefined) ?? {}
    expect(last?.evidence).toEqual(reconciliation?.evidence ?? [])
  })

  it('tells of a task that was released, which is gone itself', async () => {
    await using gateway = await start()
    const { journal, clock } = gateway
    await journal.begin(sampleIntent(1))
    clock.turn(1_000)
    await journal.release(sampleTaskId(1), 'PREPARED', null)
    await journal.release(sampleTaskId(1), 'PREPARED', null)
    expect(await kindsOf(journal)).toEqual(['INTENDED', 'NOT_SENT'])
    const [last] = (await journal.listAudit(everything)).entries
    expect(last).toMatchObject({ at: later(1), taskId: sampleTaskId(1), targetId: sampleTargetId })
  })

  it('keeps every member of what made no task as it was given', async () => {
    // A5, V3
    await using gateway = await start()
    const { journal } = gateway
    const hostile = 'a\u0000b \ud83d\ude00 \u202e "\'; drop table audit_entries; -- \r\n'
    const draft = sampleDraft({
      caller: hostile,
      targetId: null,
      targetName: hostile,
      siteName: null,
      idempotencyKey: hostile,
      reason: hostile,
      input: { deep: [{ hostile }, null, 1.5] },
      problem: { ...problem, message: hostile },
      overriddenRisks: [hostile],
      evidence: [hostile],
    })
    await journal.appendAudit(draft)
    const [entry] = (await journal.listAudit(everything)).entries
    expect(entry).toEqual({ ...draft, sequence: 1, hash: expect.any(String) })
    expect(await journal.verifyAudit()).toMatchObject({ kind: 'WHOLE' })
  })

  it('writes nothing for a key that was seen before, a target that is taken, and progress', async () => {
    await using gateway = await start()
    const { journal } = gateway
    await journal.begin(sampleIntent(1))
    await journal.begin(sampleIntent(1))
    await journal.begin({ ...sampleIntent(2), exclusiveIds: [sampleTargetId] })
    await journal.update(sampleTaskId(1), { progressPercent: 5 }, 'PROGRESS', later(1))
    expect(await kindsOf(journal)).toEqual(['INTENDED'])
  })

  it('writes no entry where the intent itself cannot be written', async () => {
    await using gateway = await start()
    const { journal } = gateway
    await journal.begin(sampleIntent(1))
    const sameTask = sampleIntent(1, { request: sampleRequest({ idempotencyKey: 'key-2' }) })
    await expect(journal.begin(sameTask)).rejects.toThrow(/unique/i)
    expect(await kindsOf(journal)).toEqual(['INTENDED'])
    expect(await journal.verifyAudit()).toMatchObject({ kind: 'WHOLE', entryCount: 1 })
  })
}

const secrets = (start: StartJournal): void => {
  const canary = 'canary-4711'
  const hiding = {
    guest: { adminPassword: canary, needsPasswordReset: true, apiKey: canary, nested: [{ clientSecret: [canary] }] },
    script: { path: 'c:/run.cmd', parameters: `-User bob -Password ${canary} --token="${canary} 2" secret=${canary}` },
    planToken: 'plan-1',
  }
  const masked = {
    guest: {
      adminPassword: '[redacted]',
      needsPasswordReset: true,
      apiKey: '[redacted]',
      nested: [{ clientSecret: '[redacted]' }],
    },
    script: {
      path: 'c:/run.cmd',
      parameters: '-User bob -Password [redacted] --token=[redacted] secret=[redacted]',
    },
    planToken: 'plan-1',
  }
  const call = { method: 'POST', path: '/v1/things', body: hiding } as const

  it('masks the secrets of an input and of what is sent before it keeps them, in the task, its events and the log', async () => {
    // A4
    await using gateway = await start()
    const { journal, published } = gateway
    const request = sampleRequest({ input: hiding, options: hiding, sent: [call] })
    const intent = sampleIntent(1, { request })
    const begun = await journal.begin(intent)
    await journal.update(sampleTaskId(1), { sent: [call, call], stage: 'x' }, 'STATE_CHANGE', later(1))
    await journal.release(sampleTaskId(1), 'PREPARED', null)
    await journal.appendAudit(sampleDraft({ input: hiding }))

    expect(intent.task.request).toEqual(request)
    const kept = [begun, published, (await journal.listAudit(everything)).entries]
    expect(JSON.stringify(kept)).not.toContain('canary')
    expect(begun).toMatchObject({
      task: { request: { input: masked, options: masked, sent: [{ ...call, body: masked }] } },
    })
    expect(published[1]?.task.request?.sent).toEqual([
      { ...call, body: masked },
      { ...call, body: masked },
    ])
  })
}

const fill = async (journal: Journal, drafts: readonly Partial<AuditDraft>[]): Promise<void> => {
  for (const [index, draft] of drafts.entries()) await journal.appendAudit(sampleDraft({ at: later(index), ...draft }))
}

const listing = (start: StartJournal): void => {
  it.each([1, 2, 3, 7])('gives every entry once, newest first, in pages of %i', async (limit) => {
    await using gateway = await start()
    const { journal } = gateway
    await fill(
      journal,
      Array.from({ length: 7 }, () => ({})),
    )
    const seen: number[] = []
    for (let hasMore = true; hasMore;) {
      const page = await journal.listAudit({ ...everything, limit, beforeSequence: seen.at(-1) ?? null })
      expect(page.totalCount).toBe(7)
      seen.push(...page.entries.map(({ sequence }) => sequence))
      hasMore = page.hasMore
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1])
  })

  it.each([
    { filter: { kinds: ['REPLAYED', 'REFUSED'] }, expected: [4, 3, 2, 1] },
    { filter: { kinds: ['REPLAYED'] }, expected: [2] },
    { filter: { callers: ['bob'] }, expected: [3] },
    { filter: { operations: ['MOVE'] }, expected: [4] },
    { filter: { targetIds: ['elsewhere'] }, expected: [1] },
    { filter: { taskIds: [sampleTaskId(9)] }, expected: [2] },
    { filter: { from: later(1), to: later(2) }, expected: [3, 2] },
    { filter: { to: later(0) }, expected: [1] },
    { filter: { callers: ['alice'], operations: ['MOVE'] }, expected: [4] },
    { filter: { callers: ['bob'], operations: ['MOVE'] }, expected: [] },
    { filter: { callers: [] }, expected: [] },
  ] satisfies { filter: Partial<AuditQuery>; expected: number[] }[])(
    'filters by $filter',
    async ({ filter, expected }) => {
      await using gateway = await start()
      const { journal } = gateway
      await fill(journal, [
        { targetId: 'elsewhere' },
        { kind: 'REPLAYED', taskId: sampleTaskId(9) },
        { caller: 'bob' },
        { operation: 'MOVE' },
      ])
      const page = await journal.listAudit({ ...everything, ...filter })
      expect(page.entries.map(({ sequence }) => sequence)).toEqual(expected)
      expect(page).toMatchObject({ totalCount: expected.length, hasMore: false })
    },
  )

  it('does not repeat or skip when an entry is appended between two pages', async () => {
    await using gateway = await start()
    const { journal } = gateway
    await fill(journal, [{}, {}, {}, {}])
    const first = await journal.listAudit({ ...everything, limit: 2 })
    await fill(journal, [{}])
    const second = await journal.listAudit({ ...everything, limit: 2, beforeSequence: 3 })
    expect([...first.entries, ...second.entries].map(({ sequence }) => sequence)).toEqual([4, 3, 2, 1])
    expect(second).toMatchObject({ totalCount: 5, hasMore: false })
  })

  it('knows every kind of entry', async () => {
    await using gateway = await start()
    const { journal } = gateway
    await fill(
      journal,
      auditKinds.map((kind) => ({ kind })),
    )
    expect(await kindsOf(journal)).toEqual(auditKinds)
  })
}

const chaining = (start: StartJournal): void => {
  it('is whole from the start, and has no head before its first entry', async () => {
    await using gateway = await start()
    expect(await gateway.journal.verifyAudit()).toEqual({ kind: 'WHOLE', entryCount: 0, headHash: null })
  })

  it('is whole after 1,200 entries that came at once from all sides, and its head is the newest', async () => {
    // A5
    await using gateway = await start()
    const { journal } = gateway
    await Promise.all(
      Array.from({ length: 400 }, async (_, number) => {
        await journal.begin(sampleIntent(number))
        await Promise.all([
          journal.appendAudit(sampleDraft({ idempotencyKey: `key-${number}` })),
          journal.update(sampleTaskId(number), { state: 'SUCCEEDED' }, 'STATE_CHANGE', later(1)),
        ])
      }),
    )
    const [newest] = (await journal.listAudit({ ...everything, limit: 1 })).entries
    expect(newest?.sequence).toBe(1_200)
    expect(await journal.verifyAudit()).toEqual({ kind: 'WHOLE', entryCount: 1_200, headHash: newest?.hash })
  }, 120_000)

  it('gives two entries that say the same two hashes', async () => {
    await using gateway = await start()
    const { journal } = gateway
    for (let index = 0; index < 3; index += 1) await journal.appendAudit(sampleDraft())
    const { entries } = await journal.listAudit(everything)
    expect(new Set(entries.map(({ hash }) => hash)).size).toBe(3)
  })

  it('stays whole when entries are appended while it is checked', async () => {
    await using gateway = await start()
    const { journal } = gateway
    for (let index = 0; index < 600; index += 1) await journal.appendAudit(sampleDraft())
    const verdict = journal.verifyAudit()
    const appended = Promise.all(Array.from({ length: 20 }, () => journal.appendAudit(sampleDraft())))
    expect(await verdict).toMatchObject({ kind: 'WHOLE' })
    await appended
    expect(await journal.verifyAudit()).toMatchObject({ kind: 'WHOLE', entryCount: 620 })
  }, 60_000)
}

/** The audit log of every journal, whatever it keeps its rows in. */
export const auditBehaviour = (start: StartJournal): void => {
  describe('the audit log', () => {
    writing(start)
    secrets(start)
    listing(start)
    chaining(start)
  })
}
