import { useQuery } from '../app/gateway.tsx'
import { formatDateTime, formatTime } from '../format.ts'
import { TargetPointsDocument, type PointOfTargetFragment, type TargetPointsQuery } from '../generated/graphql.ts'
import { Field, Select } from '../ui/field.tsx'
import type { ActTarget } from './act-target.ts'

/** How many of the newest a dialogue offers; the timeline of the group reaches further. */
const offered = 100

/** The points of an answer; empty where there is no target any more. */
export const listPoints = (data: TargetPointsQuery | null): readonly PointOfTargetFragment[] => {
  const node = data?.node
  return node?.__typename === 'ProtectionGroup' || node?.__typename === 'Replication' ? node.recoveryPoints.nodes : []
}

/** A moment to the second, with its tag. */
export const pointInWords = ({ takenAt, tag }: Pick<PointOfTargetFragment, 'takenAt' | 'tag'>): string => {
  const moment = `${formatDateTime(takenAt)}:${formatTime(takenAt).slice(-2)}`
  return tag === null || tag === '' ? moment : `${moment}, ${tag}`
}

interface PointFieldProps {
  readonly target: ActTarget
  /** Empty is the newest. */
  readonly value: string
  readonly onChange: (recoveryPointId: string) => void
}

/** From which moment. A group whose site keeps no points of it takes the newest of each machine. */
export const PointField = ({ target, value, onChange }: PointFieldProps) => {
  const hasPoints = !target.isGroup || target.capabilities.has('GROUP_RECOVERY_POINTS')
  const { data, isAsking, problem } = useQuery(
    TargetPointsDocument,
    { id: target.id, first: offered },
    { isPaused: !hasPoints },
  )
  if (!hasPoints) {
    return (
      <p className="muted">
        This site keeps no recovery points of the group. Each machine starts from its newest, unless another is chosen.
      </p>
    )
  }
  const points = listPoints(data)
  const isElsewhere = value !== '' && !points.some(({ id }) => id === value)
  const hint = isAsking && data === null ? 'Asking the site for its recovery points…' : 'Default: the newest.'
  return (
    <Field label="Recovery point" hint={hint} error={problem}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          options={[
            { value: '', label: 'The newest' },
            ...(isElsewhere ? [{ value, label: 'The chosen one' }] : []),
            ...points.map((point) => ({ value: point.id, label: pointInWords(point) })),
          ]}
        />
      )}
    </Field>
  )
}
