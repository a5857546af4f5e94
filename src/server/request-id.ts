import { randomUUID } from 'node:crypto'

const acceptable = /^[\w.:-]{1,64}$/

/** The id under which a request is logged: the caller's own where it is short and plain, else a new one. */
export const toRequestId = (given: string | readonly string[] | undefined): string =>
  typeof given === 'string' && acceptable.test(given) ? given : randomUUID()
