import { Link } from '../app/router.tsx'
import { formatAgo, formatBytes, formatDuration, formatShortDuration } from '../format.ts'
import { healthStatus, toWords, vendorWords, verdictStatus } from '../status.ts'
import { Ago } from '../ui/clock.tsx'
import { Icon } from '../ui/icon.tsx'
import { Badge, StatusBadge, StatusIcon } from '../ui/status-badge.tsx'
import { findLastPointAt, findLastTestAt, type ColumnId, type TableRow } from './columns.ts'
import { toSparkShape, type SparkPart } from './sparkline.ts'

const sparkWidth = 56
const sparkHeight = 20

/** A picture only: the figures stand beside it. */
export const Sparkline = ({ parts }: { readonly parts: readonly SparkPart[] }) => {
  const { path, dots, targetY } = toSparkShape(parts, sparkWidth, sparkHeight)
  return (
    <svg className="groups-spark" width={sparkWidth} height={sparkHeight} aria-hidden="true">
      {targetY !== null && <line className="groups-spark-target" x1="0" x2={sparkWidth} y1={targetY} y2={targetY} />}
      {path !== '' && <path className="groups-spark-line" d={path} />}
      {dots.map(({ x, y }) => (
        <circle key={x} className="groups-spark-dot" cx={x} cy={y} r="1.5" />
      ))}
    </svg>
  )
}

const nothing = <span className="muted">–</span>

const RpoCell = ({ row: { rpo }, spark }: CellProps) => (
  <span className="groups-rpo">
    <StatusIcon status={verdictStatus(rpo.verdict)} label={toWords(rpo.verdict)} />
    <span className="groups-rpo-figures">
      {rpo.actualSeconds === null ? 'not measured' : formatShortDuration(rpo.actualSeconds)}
      {rpo.targetSeconds !== null && <span className="muted"> / {formatShortDuration(rpo.targetSeconds)}</span>}
    </span>
    {spark !== undefined && <Sparkline parts={spark} />}
  </span>
)

const DirectionCell = ({ row: { source, destination } }: CellProps) => (
  <span className="groups-direction">
    <span className="clip">{source.site.name}</span>
    <Icon name="arrowRight" size={12} label="to" />
    <span className="clip">{destination.site.name}</span>
  </span>
)

const NameCell = ({ row }: CellProps) => (
  <span className="groups-name">
    <Link className="groups-link" to={row.__typename === 'Replication' ? `/machines/${row.id}` : `/groups/${row.id}`}>
      {row.name}
    </Link>
    {row.isStale && <Badge>not current</Badge>}
    {row.recovery.isTestRunning && <Badge>test runs</Badge>}
  </span>
)

const MomentCell = ({ at }: { readonly at: string | null }) => (at === null ? nothing : <Ago at={at} />)

interface CellProps {
  readonly row: TableRow
  readonly spark?: readonly SparkPart[] | undefined
}

/** What stands in one column of one row. */
export const RowCell = ({ column, row, spark }: CellProps & { readonly column: ColumnId }) => {
  switch (column) {
    case 'name':
      return <NameCell row={row} />
    case 'health':
      return <StatusBadge status={healthStatus(row.health)}>{toWords(row.health)}</StatusBadge>
    case 'state':
      return <>{toWords(row.state)}</>
    case 'rpo':
      return <RpoCell row={row} spark={spark} />
    case 'lastPoint': {
      const at = findLastPointAt(row)
      if (at !== null || row.rpo.actualSeconds === null) return <MomentCell at={at} />
      // Where only the age is told, it is as old as that.
      return (
        <span title={`${formatDuration(row.rpo.actualSeconds)} old when it was measured`}>
          {formatAgo(new Date(0), new Date(row.rpo.actualSeconds * 1000))}
        </span>
      )
    }
    case 'lastTest': {
      const at = findLastTestAt(row)
      return at === null ? <span className="muted">never</span> : <Ago at={at} />
    }
    case 'direction':
      return <DirectionCell row={row} />
    case 'vendor':
      return <Badge>{vendorWords(row.vendor)}</Badge>
    case 'machines':
      return <>{row.__typename === 'ProtectionGroup' ? row.vmCount : ''}</>
    case 'group':
      return <>{row.__typename === 'Replication' ? (row.group?.name ?? nothing) : nothing}</>
    case 'storage': {
      const bytes = row.storage.usedBytes ?? row.storage.provisionedBytes
      return bytes === null ? nothing : <>{formatBytes(bytes)}</>
    }
    case 'organization':
      return <>{row.source.organization ?? row.destination.organization ?? nothing}</>
    case 'priority':
      return row.__typename === 'ProtectionGroup' && row.priority !== null ? <>{toWords(row.priority)}</> : nothing
    case 'purpose':
    default:
      return <>{toWords(row.purpose)}</>
  }
}
