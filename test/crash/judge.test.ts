import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { readJournal, type JournalImage, type JournalledTask } from './journal-image.ts'
import { judge, type Evidence } from './judge.ts'
import type { Answer, Intent } from './press.ts'
import type { VendorCall } from './vendor-record.ts'

const intent: Intent = {
  key: 'k',
  caller: 'ci-one',
  operation: 'FAILOVER',
  input: {},
  targetNativeId: 'group-1',
  newName: null,
}
const call: VendorCall = {
  siteName: 'east',
  method: 'POST',
  path: '/groups/group-1/failover',
  body: '',
  status: 202,
  operationId: 'o',
}
const started: Answer = { kind: 'STARTED', taskId: 't', replayed: false }
const task: JournalledTask = {
  id: 't',
  operation: 'FAILOVER',
  dispatch: 'ACCEPTED',
  state: 'RUNNING',
  vendorTaskId: 'v',
  siteName: 'east',
  targetNativeId: 'group-1',
  request: { key: 'k', caller: 'ci-one', operationId: 'o' },
  unfinishedSend: null,
  verdict: null,
  isUnclear: false,
  document: 'as it is',
}
const audit: JournalImage['audit'] = [
  { sequence: 1, kind: 'INTENDED', caller: 'ci-one', key: 'k', taskId: 't' },
  { sequence: 2, kind: 'ACCEPTED', caller: 'ci-one', key: 'k', taskId: 't' },
]
const journal: JournalImage = {
  tasks: [task],
  keys: [{ caller: 'ci-one', operation: 'FAILOVER', key: 'k', taskId: 't' }],
  audit,
  faults: [],
}
const agreement: Evidence = {
  intents: [{ intent, answers: [started] }],
  calls: [call],
  vendorTasks: new Map([['v', { id: 'v', siteName: 'east', targetNativeId: 'group-1', operationId: 'o' }]]),
  journal,
  finals: new Map(),
  isSettled: true,
}

const withTask = (change: Partial<JournalledTask>): JournalImage => ({ ...journal, tasks: [{ ...task, ...change }] })
const lost = { dispatch: 'SENT', state: 'OUTCOME_UNKNOWN', vendorTaskId: null } as const

describe('the judge of a death', () => {
  it('finds nothing where the journal is the record of the vendor', () => {
    expect(judge(agreement)).toEqual([])
  })

  // A1: a harness that cannot see these would prove nothing.
  it.each<{ name: string; change: Partial<Evidence>; found: RegExp }>([
    { name: 'a second send', change: { calls: [call, call] }, found: /asked 2 times/ },
    { name: 'a refused second send', change: { calls: [call, { ...call, status: 409 }] }, found: /asked 2 times/ },
    {
      name: 'an accepted call that nobody knows',
      change: { journal: { ...journal, tasks: [], keys: [] } },
      found: /the journal does not know it/,
    },
    { name: 'a call that nobody asked for', change: { intents: [] }, found: /nobody has asked for POST/ },
    { name: 'an acceptance that never was', change: { calls: [] }, found: /the journal says so/ },
    {
      name: 'an accepted call that is said not to have happened',
      change: { journal: withTask({ dispatch: 'NOT_SENT', state: 'FAILED', vendorTaskId: null }) },
      found: /the vendor has accepted it, and the journal says NOT_SENT/,
    },
    {
      name: 'an intent that nobody works on',
      change: { journal: withTask({ dispatch: 'PREPARED', state: 'ACCEPTED', vendorTaskId: null }) },
      found: /still PREPARED/,
    },
    {
      name: 'a send that nobody looks for',
      change: { journal: withTask({ ...lost, state: 'ACCEPTED' }) },
      found: /it is SENT and ACCEPTED/,
    },
    {
      name: 'an outcome that is never found out',
      change: { journal: withTask(lost) },
      found: /outcome is still unknown/,
    },
    {
      name: 'an accepted call that is never found again',
      change: { journal: withTask({ ...lost, isUnclear: true }) },
      found: /outcome is still unknown/,
    },
    {
      name: 'the task of somebody else',
      change: { vendorTasks: new Map([['v', { id: 'v', siteName: 'east', targetNativeId: 'x', operationId: 'y' }]]) },
      found: /was begun for y/,
    },
    {
      name: 'a task that the vendor does not have',
      change: { vendorTasks: new Map() },
      found: /the vendor has no task v/,
    },
    {
      name: 'one vendor task for two of ours',
      change: { journal: { ...journal, tasks: [task, { ...task, id: 'other', request: null }] } },
      found: /2 tasks claim/,
    },
    {
      name: 'a final task that has changed',
      change: { finals: new Map([['t', 'as it was']]) },
      found: /the final task t was as it was/,
    },
    {
      name: 'an answer that the journal has lost',
      change: { intents: [{ intent, answers: [{ ...started, taskId: 'gone' }] }] },
      found: /an answer names the task gone/,
    },
    {
      name: 'two answers that both claim the start',
      change: { intents: [{ intent, answers: [started, started] }] },
      found: /2 answers say/,
    },
    {
      name: 'an intent without its audit entry',
      change: { journal: { ...journal, audit: audit.slice(1) } },
      found: /0 times as INTENDED/,
    },
    {
      name: 'a broken chain',
      change: { journal: { ...journal, faults: ['audit entry 7 does not fit'] } },
      found: /entry 7/,
    },
  ])('finds $name', ({ change, found }) => {
    expect(judge({ ...agreement, ...change }).join('\n')).toMatch(found)
  })

  it('takes an unknown outcome for what it is while there is still time', () => {
    const audited = { ...audit[1], sequence: 2, kind: 'OUTCOME_UNKNOWN', caller: '', key: 'k', taskId: 't' } as const
    const unknown = { ...withTask(lost), audit: [...audit.slice(0, 1), audited] }
    for (const calls of [[], [call]]) {
      expect(judge({ ...agreement, calls, journal: unknown, isSettled: false })).toEqual([])
    }
  })
})

/** A file with a chain of three entries, and what somebody has done to it. */
const toFile = (path: string, edit: string): void => {
  const database = new DatabaseSync(path)
  database.exec(`create table tasks (id, started_at, document); create table idempotency_keys (caller, operation, key, task_id);
    create table audit_entries (sequence, document, hash); create table audit_head (sequence, hash)`)
  let hash = ''
  for (const sequence of [1, 2, 3]) {
    const document = JSON.stringify({ sequence, kind: 'REFUSED', caller: 'c', idempotencyKey: 'k', taskId: null })
    hash = createHash('sha256').update(`${hash}\n${document}`).digest('hex')
    database.prepare('insert into audit_entries values (?, ?, ?)').run(sequence, document, hash)
  }
  database.prepare('insert into audit_head values (3, ?)').run(hash)
  database.exec(edit)
  database.close()
}

describe('the reader of the file', () => {
  // A5
  it.each([
    ['as it was written', '', /^$/],
    [
      'edited',
      `update audit_entries set document = replace(document, 'REFUSED', 'FAILED') where sequence = 2`,
      /entry 2/,
    ],
    ['with a row gone', 'delete from audit_entries where sequence = 2', /entry 3 stands in place 2/],
    ['cut off at its end', 'delete from audit_entries where sequence = 3', /another end/],
  ])('reads a log that is %s', (_name, edit, found) => {
    const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-judge-'))
    try {
      toFile(join(folder, 'journal.db'), edit)
      const { faults } = readJournal(join(folder, 'journal.db'))
      expect(faults.join('\n')).toMatch(found)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
