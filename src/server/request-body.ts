import type { IncomingMessage } from 'node:http'

/** Why a body is not looked at. */
export type BodyProblem = 'TYPE' | 'CHARSET'

const jsonType = /^application\/json(?:\s*;\s*charset="?(?<charset>[\w-]+)"?)?\s*$/i

/**
 * Why the body of a POST is not looked at; null for JSON in UTF-8 that is not compressed. What a page of another origin
 * could send without asking first is never read: a form, plain text or multipart.
 *
 * @param contentType The header, as is the other one; null where there is none.
 */
export const findBodyProblem = (contentType: string | null, contentEncoding: string | null): BodyProblem | null => {
  // What nearly everybody sends.
  if (contentType === 'application/json' && contentEncoding === null) return null
  const type = jsonType.exec(contentType ?? '')
  if (type === null || (contentEncoding ?? 'identity') !== 'identity') return 'TYPE'
  return /^utf-?8$/i.test(type.groups?.['charset'] ?? 'utf-8') ? null : 'CHARSET'
}

/** A body as it came. */
export type GivenBody = Buffer | 'TOO_LARGE'

const collect = (request: IncomingMessage, mostBytes: number): Promise<GivenBody | null> => {
  const { promise, resolve } = Promise.withResolvers<GivenBody | null>()
  const chunks: Buffer[] = []
  let size = 0
  const settle = (body: GivenBody | null): void => {
    request.off('data', take).off('end', finish).off('close', leave)
    resolve(body)
  }
  const take = (chunk: Buffer): void => {
    size += chunk.length
    chunks.push(chunk)
    if (size <= mostBytes) return
    request.pause()
    settle('TOO_LARGE')
  }
  const finish = (): void => settle(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks))
  const leave = (): void => settle(null)
  request.on('data', take).on('end', finish).on('close', leave)
  return promise
}

/**
 * Reads a body that nobody has read. One that is announced as too large is not read at all, one that turns out to be is
 * not read to its end.
 *
 * @returns Null when the caller has left before its end.
 */
export const readBody = async (request: IncomingMessage, mostBytes: number): Promise<GivenBody | null> => {
  if (request.destroyed) return null
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return 'TOO_LARGE'
  return collect(request, mostBytes)
}
