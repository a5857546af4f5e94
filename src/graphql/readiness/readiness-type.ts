import type { Readiness, ReadinessCheck, ReadinessCheckName, ReadinessVerdict } from '../../domain/readiness.ts'
import { builder } from '../builder.ts'
import { describedEnum } from '../described-enum.ts'

export const ReadinessVerdictEnum = describedEnum<ReadinessVerdict>(
  'ReadinessVerdict',
  'Whether a failover could be done now, the best first.',
  {
    READY: 'Nothing speaks against it, and a recent test has proved it.',
    NOT_VERIFIED: 'Nothing speaks against it, and nobody has proved it: never tested, not lately, or changed since.',
    AT_RISK: 'It can be expected to work, with less or later than promised.',
    NOT_READY: 'It would be refused, or would fail.',
  },
)

const ReadinessCheckNameEnum = describedEnum<ReadinessCheckName>('ReadinessCheckName', 'What readiness is judged by.', {
  RPO: 'The recovery point objective.',
  RECOVERY_POINTS:
    'Whether there is a recovery point, and how old the newest one is. How many there are is not judged: that costs a call for each target, see `recoveryPoints`.',
  STATE: 'Where it stands, and whether `failover` would be refused.',
  LAST_TEST: 'The newest test failover, of the vendor or from here, and what has changed since.',
  SITES: 'Whether the site it is recovered to answers, and the one it runs at.',
  ALERTS:
    'Alerts of the vendor about it, its machines and, errors only, its sites. Derived ones say what the other checks say, and do not count.',
  LICENSE: 'The licences of both sites, read once an hour. Left out where neither site tells of one.',
  CERTIFICATES: 'The certificates that both sites show. Left out where none has been seen.',
})

const ReadinessCheckRef = builder.objectRef<ReadinessCheck>('ReadinessCheck')
ReadinessCheckRef.implement({
  description: 'One thing that readiness is judged by.',
  fields: (t) => ({
    name: t.expose('name', { type: ReadinessCheckNameEnum, description: 'What was looked at.' }),
    verdict: t.expose('verdict', { type: ReadinessVerdictEnum, description: 'What it says about a failover.' }),
    detail: t.exposeString('detail', { description: 'Why, in a sentence for an operator.' }),
  }),
})

export const ReadinessRef = builder.objectRef<Readiness>('Readiness')
ReadinessRef.implement({
  description:
    'Whether it could be failed over now. Judged as it was when it was last listed, see `observations`; a mutation looks again, freshly.',
  fields: (t) => ({
    verdict: t.expose('verdict', { type: ReadinessVerdictEnum, description: 'The worst of the checks.' }),
    checks: t.field({
      type: [ReadinessCheckRef],
      description: 'What was looked at. What nobody can tell anything about is left out.',
      resolve: ({ checks }) => [...checks],
    }),
  }),
})
