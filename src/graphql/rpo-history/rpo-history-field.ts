import { DomainError } from '../../domain/errors.ts'
import { rpoKeptMs } from '../../domain/ports/rpo-history.ts'
import type { ProtectionGroup } from '../../domain/protection-group.ts'
import type { Seen } from '../../inventory/merge-observations.ts'
import { builder } from '../builder.ts'
import { RpoVerdictEnum } from '../protection/protection-enums.ts'
import { toRpoSpans, type RpoSpan } from './rpo-buckets.ts'

const defaultBuckets = 60
const mostBuckets = 1000
const dayMs = 24 * 60 * 60 * 1000
/** A day more than is kept, so that `now` may be a little off. */
const longestSpanMs = rpoKeptMs + dayMs

const RpoBucketRef = builder.objectRef<RpoSpan>('RpoBucket')
RpoBucketRef.implement({
  description:
    'How the objective was kept in one part of a span of time. Figures are seconds. A gap has no samples and no figures: the gateway did not run, or no site answered.',
  fields: (t) => ({
    from: t.expose('from', { type: 'DateTime', description: 'When the part begins.' }),
    to: t.expose('to', { type: 'DateTime', description: 'When the next one begins.' }),
    sampleCount: t.exposeInt('sampleCount', { description: 'How many samples are in it; 0 is a gap.' }),
    minSeconds: t.exposeFloat('minSeconds', { nullable: true, description: 'The best; null when not measured.' }),
    maxSeconds: t.exposeFloat('maxSeconds', { nullable: true, description: 'The worst; null when not measured.' }),
    averageSeconds: t.exposeFloat('averageSeconds', {
      nullable: true,
      description: 'The average of the samples; null when not measured.',
    }),
    targetSeconds: t.exposeFloat('targetSeconds', {
      nullable: true,
      description: 'What was promised, as of the last sample; null in a gap or without a promise.',
    }),
    verdict: t.expose('verdict', {
      type: RpoVerdictEnum,
      nullable: true,
      description: 'The worst verdict in it; null in a gap.',
    }),
  }),
})

const requireSpan = (from: Date, to: Date, buckets: number): void => {
  if (buckets < 1 || buckets > mostBuckets)
    throw DomainError.invalidInput('buckets', `${buckets} is not a whole number from 1 to ${mostBuckets}`)
  const spanMs = to.getTime() - from.getTime()
  if (spanMs <= 0) throw DomainError.invalidInput('to', 'is not later than `from`')
  if (spanMs > longestSpanMs)
    throw DomainError.invalidInput('from', `is more than ${longestSpanMs / dayMs} days before \`to\``)
}

type FieldBuilder = Parameters<
  NonNullable<Parameters<ReturnType<typeof builder.objectRef<Seen<ProtectionGroup>>>['implement']>[0]['fields']>
>[0]

/** How a group has kept its objective, from the gateway's own samples. */
export const rpoHistoryFields = (t: FieldBuilder) => ({
  rpoHistory: t.field({
    type: [RpoBucketRef],
    extensions: { listSize: ({ buckets }: { readonly buckets?: unknown }) => Number(buckets) || defaultBuckets },
    description: `How its objective was kept, in equal parts of a span of time, the oldest first. Sampled by this gateway whenever the list is read, at most once a minute, and kept for ${rpoKeptMs / dayMs} days: older than a day by quarter hours, older than a week by hours.`,
    args: {
      from: t.arg({ type: 'DateTime', required: true, description: 'Where the span begins.' }),
      to: t.arg({
        type: 'DateTime',
        required: true,
        description: `Where it ends: at most ${longestSpanMs / dayMs} days later.`,
      }),
      buckets: t.arg.int({
        defaultValue: defaultBuckets,
        description: `How many parts, up to ${mostBuckets}. Parts shorter than what is kept leave gaps.`,
      }),
    },
    resolve: async ({ id }, { from, to, buckets }, { rpoHistory }) => {
      const count = buckets ?? defaultBuckets
      requireSpan(from, to, count)
      return [...toRpoSpans(await rpoHistory.read(id, from, to), from, to, count)]
    },
  }),
})
