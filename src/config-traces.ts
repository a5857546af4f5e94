import { z } from 'zod'
import { Secret } from './std/secret.ts'

/** Where traces go; null where there are none. */
export type TracesPlace = {
  /** Of the collector, with the path that takes traces. */
  readonly url: string
  readonly headers: Readonly<Record<string, Secret>>
  /** From 0 to 1. */
  readonly sampleRatio: number
} | null

const usualPath = '/v1/traces'

const isCollector = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, search, hash } = new URL(text)
  return ['http:', 'https:'].includes(protocol) && [username, password, search, hash].every((part) => part === '')
}

const withPath = (text: string): string => {
  const url = URL.parse(text)
  if (url === null) return text
  return url.pathname === '/' ? new URL(usualPath, url).href : url.href
}

const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'must be the name of a header')
const headerValue = z
  .union([z.string(), z.instanceof(Secret)], 'must be a text')
  .transform((value) => (value instanceof Secret ? value : new Secret(value)))
  .refine((value) => /^[\t\u{20}-\u{7e}]+$/u.test(value.reveal()), 'must be a text of ASCII, in one line')

/** The section `traces` of the configuration. */
export const tracesSection = z
  .strictObject({
    url: z
      .string()
      .refine(isCollector, 'must be http:// or https:// with a host, without user, password, ? and #')
      .transform(withPath),
    headers: z.record(headerName, headerValue).prefault({}),
    sampleRatio: z
      .preprocess(
        (value) => (typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value),
        z.number().min(0).max(1),
      )
      .prefault(1),
  })
  .optional()

const secretHeader = /authori[sz]ation|key|token|secret|password|cookie/i

const findMember = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)).get(name) : undefined

/**
 * Headers by whose names somebody is let in, with values that stand in the file itself.
 *
 * @param file With its references resolved: what came by one is a {@link Secret}.
 * @returns The place of each in the file.
 */
export const findOpenHeaders = (file: unknown): readonly string[] => {
  const headers = findMember(findMember(file, 'traces'), 'headers')
  if (typeof headers !== 'object' || headers === null) return []
  return Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && secretHeader.test(name) ? [`traces.headers.${name}`] : [],
  )
}
