import type { LineWatcher, Passage } from './tcp-line.ts'

/** What a gateway is doing, as can be seen from outside: what goes over its lines to the store and to the sites. */
export type Moment =
  /** The commit of a new intent leaves the gateway; it is known there. */
  | 'INTENT_LEAVES'
  | 'INTENT_STANDS'
  /** The commit of the mark that something is sent now leaves; it is known. */
  | 'MARK_LEAVES'
  | 'MARK_STANDS'
  /** A call that changes something leaves; its answer is on its way back. */
  | 'CALL_LEAVES'
  | 'CALL_ANSWERED'
  /** The commit of what a site has said leaves, of the answer to a call or of a look; it is known. */
  | 'NEWS_LEAVE'
  | 'NEWS_STAND'
  /** The target of what is asked for is looked at before it is sent. */
  | 'READ_LEAVES'
  /** A site is asked for its tasks; its answer is on its way back. */
  | 'LOOK_LEAVES'
  | 'LOOK_ANSWERED'

export const moments: readonly Moment[] = [
  'INTENT_LEAVES',
  'INTENT_STANDS',
  'MARK_LEAVES',
  'MARK_STANDS',
  'CALL_LEAVES',
  'CALL_ANSWERED',
  'NEWS_LEAVE',
  'NEWS_STAND',
  'READ_LEAVES',
  'LOOK_LEAVES',
  'LOOK_ANSWERED',
]

/** Is told of a moment while it is there. @returns whether, or when, the bytes that make it pass. */
export type OnMoment = (moment: Moment) => Passage

type Write = 'INTENT' | 'MARK' | 'NEWS'

const findWrite = (text: string): Write | null => {
  if (text.includes('insert into "idempotency_keys"')) return 'INTENT'
  if (text.includes('"dispatch":"SENT"')) return 'MARK'
  return text.includes('"dispatch":"ACCEPTED"') ? 'NEWS' : null
}

const leaving = { INTENT: 'INTENT_LEAVES', MARK: 'MARK_LEAVES', NEWS: 'NEWS_LEAVE' } as const
const standing = { INTENT: 'INTENT_STANDS', MARK: 'MARK_STANDS', NEWS: 'NEWS_STAND' } as const

/**
 * Looks at PostgreSQL's protocol as far as it has to.
 *
 * @param about.onName Hears the name under which the gateway has leases.
 * @param about.isDeaf Whether nothing that is told at the database reaches the gateway.
 */
export const watchStore = (
  onMoment: OnMoment,
  about: { readonly onName: (name: string) => void; readonly isDeaf: () => boolean },
): LineWatcher => {
  let isListener = false
  let write: Write | null = null
  let committed: Write | null = null
  return {
    sent: (bytes) => {
      const text = bytes.toString('latin1')
      const name = /life ([\da-f]{8}-[\da-f-]{27})/.exec(text)?.[1]
      if (name !== undefined) about.onName(name)
      isListener ||= text.includes('listen "dr_gateway')
      // The intent is written together with its task, whichever comes first.
      if (write !== 'INTENT') write = findWrite(text) ?? write
      if (!/(?:commit|rollback)\0/.test(text)) return true
      committed = text.includes('commit\0') ? write : null
      write = null
      return committed === null || onMoment(leaving[committed])
    },
    answered: () => {
      if (isListener && about.isDeaf()) return false
      const known = committed
      committed = null
      return known === null || onMoment(standing[known])
    },
  }
}

const head = /^(GET|POST|PUT|DELETE|PATCH) ([^\s?]+)\S* HTTP\/1\.1\r\n/
const oneGroup = /^\/v1\/vpgs\/[\da-f-]{36}$/
const signIns = /^\/(sessions|auth\/|v1\/session)/

/** Looks at HTTP. @param onLook Is told whenever the site is asked for its tasks. */
export const watchSite = (onMoment: OnMoment, onLook: () => void): LineWatcher => {
  let call: 'CHANGE' | 'LOOK' | null = null
  return {
    sent: (bytes) => {
      const [, method = '', path = ''] = head.exec(bytes.toString('latin1', 0, 2_000)) ?? []
      if (method === '') return true
      if (method !== 'GET') call = signIns.test(path) ? null : 'CHANGE'
      else call = path === '/v1/tasks' ? 'LOOK' : null
      if (method === 'GET' && oneGroup.test(path)) return onMoment('READ_LEAVES')
      if (call === 'LOOK') onLook()
      if (call === null) return true
      return onMoment(call === 'LOOK' ? 'LOOK_LEAVES' : 'CALL_LEAVES')
    },
    answered: () => {
      const answered = call
      call = null
      if (answered === null) return true
      return onMoment(answered === 'LOOK' ? 'LOOK_ANSWERED' : 'CALL_ANSWERED')
    },
  }
}
