import type { UsageMetric, UsageSample } from '../../domain/usage.ts'
import { builder } from '../builder.ts'
import { describedEnum } from '../described-enum.ts'

export const UsageMetricEnum = describedEnum<UsageMetric>('UsageMetric', 'What a series measures.', {
  TRAFFIC: 'Bytes sent since the sample before.',
  DISK_USAGE: 'Bytes in use at the moment of the sample.',
})

export const UsageSampleRef = builder.objectRef<UsageSample>('UsageSample')
UsageSampleRef.implement({
  description: 'One point of a series.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'The moment.' }),
    bytes: t.expose('bytes', { type: 'ByteCount', description: 'The figure, in bytes.' }),
  }),
})
