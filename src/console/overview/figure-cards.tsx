import { formatCount } from '../format.ts'
import type { OverviewAskedQuery, OverviewQuery, ReadinessVerdict } from '../generated/graphql.ts'
import { readinessStatus, toWords } from '../status.ts'
import { Card, Figure } from '../ui/card.tsx'
import { StackedBar } from '../ui/meter.tsx'
import { Waiting } from '../ui/notice.tsx'
import { countOf } from './picture.ts'

type Overview = OverviewQuery['overview']
type Asked = OverviewAskedQuery['overview']

/** How recovery point objectives are kept. */
export const RpoCard = ({ rpo }: { readonly rpo: Overview['rpo'] }) => {
  const percent = rpo.percentMeeting
  return (
    <Card title="RPO compliance">
      <Figure
        value={percent === null ? '–' : (Math.floor(percent * 10) / 10).toFixed(percent === 100 ? 0 : 1)}
        unit="%"
        label="meet their target"
      />
      <StackedBar
        label="Recovery point objectives"
        parts={[
          { label: 'Meeting', value: rpo.meeting, status: 'ok', to: '/groups?rpo=MEETING' },
          { label: 'Violating', value: rpo.violating, status: 'critical', to: '/groups?rpo=VIOLATING' },
          { label: 'Never synced', value: rpo.neverSynced, status: 'warn', to: '/groups?rpo=NEVER_SYNCED' },
          { label: 'Not measured', value: rpo.notMeasured, status: 'unknown', to: '/groups?rpo=NOT_MEASURED' },
        ]}
      />
    </Card>
  )
}

/** How many need attention, and how much there is. */
export const HealthCard = ({ overview: { totals, byHealth } }: { readonly overview: Overview }) => {
  const count = (wanted: string): number => countOf(byHealth, ({ health }) => health === wanted)
  const attention = count('CRITICAL') + count('WARNING')
  return (
    <Card title="Health">
      <Figure value={formatCount(attention)} label={`of ${formatCount(totals.targetCount)} need attention`} />
      <StackedBar
        label="Health"
        parts={[
          { label: 'Healthy', value: count('HEALTHY'), status: 'ok', to: '/groups?health=HEALTHY' },
          { label: 'Critical', value: count('CRITICAL'), status: 'critical', to: '/groups?health=CRITICAL' },
          { label: 'Warning', value: count('WARNING'), status: 'warn', to: '/groups?health=WARNING' },
          { label: 'Unknown', value: count('UNKNOWN'), status: 'unknown', to: '/groups?health=UNKNOWN' },
        ]}
      />
    </Card>
  )
}

const verdicts: readonly ReadinessVerdict[] = ['READY', 'NOT_READY', 'AT_RISK', 'NOT_VERIFIED']

/** How many could be failed over now; null while the sites are asked about their licences. */
export const ReadinessCard = ({ readiness }: { readonly readiness: Asked['readiness'] | null }) => {
  const count = (wanted: string): number => countOf(readiness ?? [], ({ verdict }) => verdict === wanted)
  return (
    <Card title="Ready to fail over">
      {readiness === null ? (
        <Waiting what="Asking the sites …" />
      ) : (
        <>
          <Figure value={formatCount(count('READY'))} label="proved by a recent test" />
          <StackedBar
            label="Readiness"
            parts={verdicts.map((verdict) => ({
              label: toWords(verdict),
              value: count(verdict),
              status: readinessStatus(verdict),
            }))}
          />
        </>
      )}
    </Card>
  )
}

/** How tests are kept. */
export const TestCard = ({ tests }: { readonly tests: Overview['tests'] }) => (
  <Card title="Tests">
    <Figure
      value={formatCount(tests.overdue + tests.never)}
      label={`of ${formatCount(tests.inTime + tests.overdue + tests.never)} are due for a test`}
    />
    <StackedBar
      label="Tests"
      parts={[
        { label: 'In time', value: tests.inTime, status: 'ok' },
        { label: 'Overdue', value: tests.overdue, status: 'warn', to: '/groups?sort=LAST_TEST' },
        { label: 'Never tested', value: tests.never, status: 'unknown', to: '/groups?only=untested' },
      ]}
    />
  </Card>
)
