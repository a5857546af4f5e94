import type { KillOrder } from './kill-order.ts'

/** What a process that dies there leaves behind. */
export type Aftermath =
  /** Nothing has left, and nobody remembers it: the key is free, and the same press begins anew. */
  | 'FREE'
  /** It may have left: it is never sent again, and what became of it is found out. */
  | 'LOST'
  /** The answer is known. */
  | 'KNOWN'
  /** Something was opened at the vendor and nothing begun: it is taken away again. */
  | 'CLEANED_UP'

/** One moment at which the process is killed. */
export interface NamedKill {
  readonly name: string
  readonly order: KillOrder
  /** How often the vendor has been asked to begin when the process is dead. */
  readonly asked: 0 | 1
  readonly aftermath: Aftermath
}

type WriteOrder = Extract<KillOrder, { on: 'WRITE' }>
type CallOrder = Extract<KillOrder, { on: 'CALL' }>

const write = (journalWrite: WriteOrder['write'], moment: WriteOrder['moment']): KillOrder => ({
  on: 'WRITE',
  write: journalWrite,
  moment,
})

/**
 * The life of a call from the press to its progress, cut at every moment at which something has just become true.
 *
 * @param path Source of a regular expression for the path of the call that begins the work.
 */
export const listKillsOfCall = (path: string): readonly NamedKill[] => {
  const call = (moment: CallOrder['moment']): KillOrder => ({ on: 'CALL', method: 'POST', path, moment })
  return [
    {
      name: 'before the journal: in the append of the intent to the audit log',
      order: write('INTENT', 'AUDIT_INSERTED'),
      asked: 0,
      aftermath: 'FREE',
    },
    {
      name: 'before the journal: before the commit of the intent',
      order: write('INTENT', 'BEFORE_COMMIT'),
      asked: 0,
      aftermath: 'FREE',
    },
    {
      name: 'between journal and send: the intent is PREPARED',
      order: write('INTENT', 'AFTER_COMMIT'),
      asked: 0,
      aftermath: 'FREE',
    },
    {
      name: 'between journal and send: before the commit of SENT',
      order: write('MARK_SENT', 'BEFORE_COMMIT'),
      asked: 0,
      aftermath: 'FREE',
    },
    {
      name: 'between journal and send: the intent is SENT',
      order: write('MARK_SENT', 'AFTER_COMMIT'),
      asked: 0,
      aftermath: 'LOST',
    },
    {
      name: 'between journal and send: before the first byte',
      order: call('BEFORE_FIRST_BYTE'),
      asked: 0,
      aftermath: 'LOST',
    },
    {
      name: 'between send and answer: after the last byte',
      order: call('AFTER_LAST_BYTE'),
      asked: 1,
      aftermath: 'LOST',
    },
    {
      name: 'between send and answer: the answer begins',
      order: call('ANSWER_BEGINS'),
      asked: 1,
      aftermath: 'LOST',
    },
    {
      name: 'between answer and journal: the answer is there',
      order: call('ANSWER_WHOLE'),
      asked: 1,
      aftermath: 'LOST',
    },
    {
      name: 'between answer and journal: in the append of the answer to the audit log',
      order: write('ANSWER', 'AUDIT_INSERTED'),
      asked: 1,
      aftermath: 'LOST',
    },
    {
      name: 'between answer and journal: before the commit of the answer',
      order: write('ANSWER', 'BEFORE_COMMIT'),
      asked: 1,
      aftermath: 'LOST',
    },
    {
      name: 'after the commit of the answer, before the caller has it',
      order: write('ANSWER', 'AFTER_COMMIT'),
      asked: 1,
      aftermath: 'KNOWN',
    },
    {
      name: 'during tracking: before the commit of what was seen',
      order: write('TRACKING', 'BEFORE_COMMIT'),
      asked: 1,
      aftermath: 'KNOWN',
    },
    {
      name: 'during tracking: after the commit of what was seen',
      order: write('TRACKING', 'AFTER_COMMIT'),
      asked: 1,
      aftermath: 'KNOWN',
    },
  ]
}

const settings = '^/v1/vpgSettings'

const settingsCall = (method: string, part: string, moment: CallOrder['moment']): KillOrder => ({
  on: 'CALL',
  method,
  path: `${settings}${part}$`,
  moment,
})

/** The start that is several calls at its vendor, of which only the last one begins anything. */
export const killsOfSettings: readonly NamedKill[] = [
  {
    name: 'after the open, before its answer',
    order: settingsCall('POST', '', 'AFTER_LAST_BYTE'),
    asked: 0,
    aftermath: 'LOST',
  },
  {
    name: 'after the open, before the commit of its handle',
    order: write('HANDLE', 'BEFORE_COMMIT'),
    asked: 0,
    aftermath: 'LOST',
  },
  {
    name: 'after the open, when its handle is known',
    order: write('HANDLE', 'AFTER_COMMIT'),
    asked: 0,
    aftermath: 'CLEANED_UP',
  },
  {
    name: 'between two parts: before the first byte of one',
    order: settingsCall('PUT', '/[^/]+/recovery', 'BEFORE_FIRST_BYTE'),
    asked: 0,
    aftermath: 'CLEANED_UP',
  },
  {
    name: 'between two parts: after the last byte of one',
    order: settingsCall('PUT', '/[^/]+/recovery', 'AFTER_LAST_BYTE'),
    asked: 0,
    aftermath: 'CLEANED_UP',
  },
  {
    name: 'before the last step: it is not yet written that it will leave',
    order: write('HANDLE_CLEARED', 'BEFORE_COMMIT'),
    asked: 0,
    aftermath: 'CLEANED_UP',
  },
  {
    name: 'before the last step: it is written that it will leave',
    order: write('HANDLE_CLEARED', 'AFTER_COMMIT'),
    asked: 0,
    aftermath: 'LOST',
  },
  {
    name: 'before the last step: before its first byte',
    order: settingsCall('POST', '/[^/]+/commit', 'BEFORE_FIRST_BYTE'),
    asked: 0,
    aftermath: 'LOST',
  },
  {
    name: 'after the last step, before its answer',
    order: settingsCall('POST', '/[^/]+/commit', 'AFTER_LAST_BYTE'),
    asked: 1,
    aftermath: 'LOST',
  },
  {
    name: 'after the last step, when its answer begins',
    order: settingsCall('POST', '/[^/]+/commit', 'ANSWER_BEGINS'),
    asked: 1,
    aftermath: 'LOST',
  },
  {
    name: 'after the last step, before the commit of its answer',
    order: write('ANSWER', 'BEFORE_COMMIT'),
    asked: 1,
    aftermath: 'LOST',
  },
  {
    name: 'after the last step, after the commit of its answer',
    order: write('ANSWER', 'AFTER_COMMIT'),
    asked: 1,
    aftermath: 'KNOWN',
  },
]
