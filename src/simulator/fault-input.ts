import { z } from 'zod'
import type { FaultEffect } from './faults.ts'

const status = z.int().min(200).max(599)
const headers = z.record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is no header name'), z.string().regex(/^[\t -ÿ]*$/))
const member = z.string().min(1).max(200)
/** A minute is longer than anybody waits for an answer. */
const waitMs = z.int().min(0).max(600_000)
const hugeBytes = 100_000_000
const sizeBytes = z.int().min(4).max(10_000_000_000).default(hugeBytes)

const effect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ANSWER'), status, body: z.string().default(''), headers: headers.default({}) }),
  z.strictObject({
    kind: z.literal('REDIRECT'),
    status: z.int().min(300).max(399).default(302),
    location: z.string().regex(/^[!-~]+$/, 'must be an address without spaces'),
  }),
  z.strictObject({ kind: z.literal('RESET_BEFORE') }),
  z.strictObject({ kind: z.literal('RESET_AFTER') }),
  z.strictObject({ kind: z.literal('HANG') }),
  z.strictObject({ kind: z.literal('DELAY'), delayMs: waitMs }),
  z.strictObject({
    kind: z.literal('SLOW_DRIP'),
    bytes: z.int().min(1).max(1_000_000).default(1),
    intervalMs: waitMs.min(1).default(200),
  }),
  z.strictObject({ kind: z.literal('TRUNCATED_BODY') }),
  z.strictObject({ kind: z.literal('MALFORMED_BODY') }),
  z.strictObject({ kind: z.literal('HUGE_BODY'), sizeBytes }),
  z.strictObject({ kind: z.literal('GZIP_BOMB'), sizeBytes }),
  z.strictObject({ kind: z.literal('TRUNCATED_GZIP') }),
  z.strictObject({ kind: z.literal('WRONG_TYPES'), members: z.array(member).default([]) }),
  z.strictObject({ kind: z.literal('UNKNOWN_WORD'), member, word: z.string().default('SIMULATED_UNKNOWN') }),
  z.strictObject({ kind: z.literal('MISSING_MEMBER'), member }),
  z.strictObject({ kind: z.literal('SET_MEMBER'), member, value: z.json() }),
  z.strictObject({ kind: z.literal('CLOCK_SKEW'), seconds: z.int().min(-31_536_000).max(31_536_000) }),
  z.strictObject({ kind: z.literal('PAGING'), how: z.enum(['LOOP', 'REPEAT', 'TOTAL_CHANGES']) }),
  z.strictObject({ kind: z.literal('VANISHED'), text: z.string().default('') }),
  z.strictObject({ kind: z.literal('DISORDER'), how: z.enum(['DUPLICATED', 'REVERSED']) }),
]) satisfies z.ZodType<FaultEffect>

const toPattern = (text: string, context: z.RefinementCtx): RegExp => {
  try {
    return new RegExp(text, 'i')
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is no regular expression' })
    return z.NEVER
  }
}

/** The body of `POST /_simulator/faults`. `pathPattern` is a regular expression in which case does not matter. */
export const faultInput = z.strictObject({
  site: z.string(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  pathPattern: z.string().max(500).default('').transform(toPattern),
  effect,
  times: z.int().min(1).optional(),
  forSeconds: z.number().positive().optional(),
})

/** The body of `POST /_simulator/clock`: one of the two. */
export const clockInput = z.union(
  [
    z.strictObject({ turnSeconds: z.number().min(0).max(31_536_000) }),
    z.strictObject({ speed: z.number().min(0).max(10_000) }),
  ],
  'must be {"turnSeconds": 0 to 31536000} or {"speed": 0 to 10000}',
)
