import { Link } from '../app/router.tsx'
import { toTargetPath } from '../app/target-path.ts'
import { formatShortDuration } from '../format.ts'
import type { OverviewTargetFragment } from '../generated/graphql.ts'
import { stateStatus, toWords, vendorWords, verdictStatus } from '../status.ts'
import { Card } from '../ui/card.tsx'
import { Meter } from '../ui/meter.tsx'
import { Empty } from '../ui/notice.tsx'
import { Badge, StatusBadge } from '../ui/status-badge.tsx'
import { Table, Td, Th } from '../ui/table.tsx'

const toSeconds = (seconds: number | null): string => (seconds === null ? '–' : formatShortDuration(seconds))

const Row = ({ target, most }: { readonly target: OverviewTargetFragment; readonly most: number }) => {
  const { name, vendor, state, rpo } = target
  return (
    <tr>
      <Td>
        <Link to={toTargetPath(target)} className="overview-name">
          {name}
        </Link>
      </Td>
      <Td className="wide-only">
        <Badge>{vendorWords(vendor)}</Badge>
      </Td>
      <Td className="wide-only">
        <StatusBadge status={stateStatus(state)}>{toWords(state)}</StatusBadge>
      </Td>
      <Td isNumeric>{toSeconds(rpo.actualSeconds)}</Td>
      <Td isNumeric className="muted wide-only">
        {toSeconds(rpo.targetSeconds)}
      </Td>
      <Td isNumeric>
        {rpo.violationSeconds === null ? (
          toWords(rpo.verdict)
        ) : (
          <Meter label={`${name}: late by`} value={rpo.violationSeconds} max={most} status={verdictStatus(rpo.verdict)}>
            <span className="overview-late">{toSeconds(rpo.violationSeconds)}</span>
          </Meter>
        )}
      </Td>
    </tr>
  )
}

/** Those that miss their objective by most. */
export const WorstGroups = ({ targets }: { readonly targets: readonly OverviewTargetFragment[] }) => {
  const late = targets.filter(({ rpo }) => rpo.verdict !== 'MEETING')
  const most = Math.max(1, ...late.map(({ rpo }) => rpo.violationSeconds ?? 0))
  return (
    <Card
      title="Furthest from their RPO target"
      isFlush
      actions={<Link to="/groups?sort=-RPO_VIOLATION">All groups</Link>}
    >
      {late.length === 0 ? (
        <Empty title="Every group meets its target." />
      ) : (
        <Table label="Furthest from their RPO target">
          <thead>
            <tr>
              <Th>Name</Th>
              <Th className="wide-only">Vendor</Th>
              <Th className="wide-only">State</Th>
              <Th isNumeric>RPO</Th>
              <Th isNumeric className="wide-only">
                Target
              </Th>
              <Th isNumeric>Late by</Th>
            </tr>
          </thead>
          <tbody>
            {late.map((target) => (
              <Row key={target.id} target={target} most={most} />
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  )
}
