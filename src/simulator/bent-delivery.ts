import { Readable } from 'node:stream'
import { createGzip, gzipSync } from 'node:zlib'
import type { Delivery, MadeContent } from './delivery.ts'
import type { FaultEffect, Strike } from './faults.ts'
import type { ServiceReply, ServiceRequest } from './http-service.ts'
import { bendJson } from './json-faults.ts'

const toDelivery = ({ status, headers = {}, body }: ServiceReply): Delivery => ({
  status,
  headers,
  content: body === undefined ? null : Buffer.from(body),
  delayMs: 0,
  cutAfterBytes: null,
  pace: null,
})

/** What a request names its place in a list by, and what the first page is called there. */
const pageNames: ReadonlyMap<string, string> = new Map([
  ['offset', '0'],
  ['pagenumber', '1'],
])

/** The request that is handled in place of the one that came: for a list that never gets on, its first page. */
export const bendRequest = (request: ServiceRequest, effect: FaultEffect): ServiceRequest => {
  if (effect.kind !== 'PAGING' || effect.how === 'TOTAL_CHANGES') return request
  const query = new URLSearchParams(
    [...request.query].map(([name, value]) => [name, pageNames.get(name.toLowerCase()) ?? value]),
  )
  return { ...request, query }
}

/** Vendors tell by different members that something is not there; this has those of each. */
const notFound: ServiceReply = {
  status: 404,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ code: 'NotFound', msg: 'Not found.', args: [], Message: 'Not found.' }),
}

const findJson = ({ status, body }: ServiceReply): { readonly value: unknown } | null => {
  if (body === undefined || body === '' || status < 200 || status > 299) return null
  try {
    return { value: JSON.parse(body) }
  } catch {
    return null
  }
}

const bendBody = (reply: ServiceReply, request: ServiceRequest, { effect, number }: Strike): ServiceReply => {
  const json = findJson(reply)
  if (json === null) return reply
  const bent = bendJson(json.value, effect, { asked: Number(request.query.get('offset') ?? 0), strike: number })
  if (bent === json.value) return reply
  return bent === undefined ? notFound : { ...reply, body: JSON.stringify(bent) }
}

const blockBytes = 65_536

const fillJson = function* (sizeBytes: number): Generator<Buffer> {
  const block = Buffer.alloc(blockBytes, 'a')
  yield Buffer.from('["')
  for (let left = sizeBytes - 4; left > 0; left -= blockBytes) yield block.subarray(0, left)
  yield Buffer.from('"]')
}

const huge = (sizeBytes: number): MadeContent => ({ lengthBytes: sizeBytes, chunks: fillJson(sizeBytes) })

const bomb = (sizeBytes: number): MadeContent => ({
  lengthBytes: null,
  chunks: Readable.from(fillJson(sizeBytes)).pipe(createGzip()),
})

const firstHalf = (bytes: Buffer): Buffer => bytes.subarray(0, Math.floor(bytes.length / 2))

const bendContent = (delivery: Delivery, effect: FaultEffect): Delivery => {
  const { content, headers } = delivery
  const json = { ...headers, 'Content-Type': 'application/json' }
  const gzip = { 'Content-Encoding': 'gzip' }
  if (effect.kind === 'HUGE_BODY') return { ...delivery, headers: json, content: huge(effect.sizeBytes) }
  if (effect.kind === 'GZIP_BOMB') {
    return { ...delivery, headers: { ...json, ...gzip }, content: bomb(effect.sizeBytes) }
  }
  if (!Buffer.isBuffer(content) || content.length === 0) return delivery
  switch (effect.kind) {
    case 'TRUNCATED_BODY':
      return { ...delivery, cutAfterBytes: Math.floor(content.length / 2) }
    case 'MALFORMED_BODY':
      return { ...delivery, content: firstHalf(content) }
    case 'TRUNCATED_GZIP':
      return { ...delivery, headers: { ...headers, ...gzip }, content: firstHalf(gzipSync(content)) }
    default:
      return delivery
  }
}

/**
 * How an answer leaves when a fault strikes.
 *
 * @param reply The proper answer, to the request that {@link bendRequest} gave.
 */
export const bendReply = (reply: ServiceReply, request: ServiceRequest, strike: Strike | null): Delivery => {
  if (strike === null) return toDelivery(reply)
  const { effect } = strike
  const delivery = bendContent(toDelivery(bendBody(reply, request, strike)), effect)
  if (effect.kind === 'DELAY') return { ...delivery, delayMs: effect.delayMs }
  return effect.kind === 'SLOW_DRIP' ? { ...delivery, pace: effect } : delivery
}
