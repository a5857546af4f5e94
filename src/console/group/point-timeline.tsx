import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { ActTarget } from '../actions/act-target.ts'
import { findAction } from '../actions/act-target.ts'
import { listPoints, pointInWords } from '../actions/point-field.tsx'
import { recoveringActions } from '../actions/operation-input.ts'
import { operationWords } from '../actions/operation-words.ts'
import { useQuery } from '../app/gateway.tsx'
import { formatAgo, formatBytes, formatDateTime, formatPlural } from '../format.ts'
import { TargetPointsDocument, type Action, type PointOfTargetFragment } from '../generated/graphql.ts'
import { toWords } from '../status.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { useNow } from '../ui/clock.tsx'
import { Empty, Waiting } from '../ui/notice.tsx'
import { Badge } from '../ui/status-badge.tsx'
import { findNearest, stepOnTimeline, toPlaces } from './timeline.ts'

/** The most that the gateway gives at once. */
const mostPoints = 500

interface LineProps {
  readonly points: readonly PointOfTargetFragment[]
  readonly index: number
  readonly onIndex: (index: number) => void
}

/** A slider whose stops are where the points are in time. */
const Line = ({ points, index, onIndex }: LineProps) => {
  const places = toPlaces(points)
  const pick = (event: PointerEvent<HTMLDivElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const nearest = findNearest(places, (event.clientX - left) / width)
    if (nearest !== -1) onIndex(nearest)
  }
  const walk = (event: KeyboardEvent): void => {
    const next = stepOnTimeline(event.key, index, points.length)
    if (next === null) return
    event.preventDefault()
    onIndex(next)
  }
  const point = points[index]
  return (
    <div
      className="group-line"
      role="slider"
      tabIndex={0}
      aria-label="Recovery point"
      aria-orientation="horizontal"
      aria-valuemin={1}
      aria-valuemax={points.length}
      aria-valuenow={points.length - index}
      aria-valuetext={point === undefined ? 'None' : pointInWords(point)}
      onPointerDown={pick}
      onPointerMove={(event) => {
        if (event.buttons === 1) pick(event)
      }}
      onKeyDown={walk}
    >
      <svg className="group-line-picture" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 1000 40">
        <line className="group-line-base" x1="0" x2="1000" y1="20" y2="20" />
        {points.map(({ id, tag, isPinned }, at) => {
          const isMarked = (tag !== null && tag !== '') || isPinned === true
          const x = (places[at] ?? 0) * 1000
          return (
            <line
              key={id}
              className={isMarked ? 'group-line-mark' : 'group-line-point'}
              x1={x}
              x2={x}
              y1={isMarked ? 6 : 12}
              y2={isMarked ? 34 : 28}
            />
          )
        })}
      </svg>
      <span className="group-line-thumb" style={{ left: `${(places[index] ?? 1) * 100}%` }} />
    </div>
  )
}

interface PointTimelineProps {
  readonly target: ActTarget
  /** Begins an action at a point. */
  readonly onAct: (action: Action, recoveryPointId: string) => void
}

const PickedPoint = ({ target, onAct, point }: PointTimelineProps & { readonly point: PointOfTargetFragment }) => {
  const now = useNow(15_000)
  return (
    <div className="group-picked">
      <p>
        <strong>{pointInWords(point)}</strong> <span className="muted">{formatAgo(point.takenAt, now)}</span>{' '}
        {point.isPinned === true && <Badge>pinned</Badge>}
        {point.quiesced !== null && point.quiesced !== 'NONE' && point.quiesced !== 'UNKNOWN' && (
          <Badge>quiesced: {toWords(point.quiesced).toLowerCase()}</Badge>
        )}
        {point.transferBytes !== null && <span className="muted"> {formatBytes(point.transferBytes)} transferred</span>}
      </p>
      <span className="actions-buttons">
        {recoveringActions.map((action) => {
          const found = findAction(target, action)
          if (found === null || (!found.available && action === 'START_CLONE')) return null
          return (
            <Button
              key={action}
              size="small"
              reason={found.available ? null : (found.reason ?? 'Not possible now')}
              onClick={() => onAct(action, point.id)}
            >
              {operationWords[action].label} from here
            </Button>
          )
        })}
      </span>
    </div>
  )
}

const Points = ({
  points,
  total,
  target,
  onAct,
}: PointTimelineProps & { readonly points: readonly PointOfTargetFragment[]; readonly total: number }) => {
  const [pickedId, setPickedId] = useState<string | null>(null)
  const found = points.findIndex(({ id }) => id === pickedId)
  const index = Math.max(0, found)
  const point = points[index]
  const oldest = points.at(-1)
  const newest = points[0]
  if (point === undefined || oldest === undefined || newest === undefined) {
    return <Empty title="No recovery point">There is nothing to recover from yet.</Empty>
  }
  return (
    <>
      <Line points={points} index={index} onIndex={(next) => setPickedId(points[next]?.id ?? null)} />
      <p className="group-line-ends muted">
        <span>{formatDateTime(oldest.takenAt)}</span>
        <span>
          {total > points.length
            ? `the newest ${points.length} of ${formatPlural(total, 'point')}`
            : formatPlural(total, 'point')}
        </span>
        <span>{formatDateTime(newest.takenAt)}</span>
      </p>
      <PickedPoint target={target} onAct={onAct} point={point} />
    </>
  )
}

/** The moments one can go back to, on a line, to begin a recovery at one of them. */
export const PointTimeline = ({ target, onAct }: PointTimelineProps) => {
  const hasPoints = !target.isGroup || target.capabilities.has('GROUP_RECOVERY_POINTS')
  const { data, problem, errors, refresh } = useQuery(
    TargetPointsDocument,
    { id: target.id, first: mostPoints },
    { isPaused: !hasPoints },
  )
  const node = data?.node
  const total =
    node?.__typename === 'ProtectionGroup' || node?.__typename === 'Replication' ? node.recoveryPoints.totalCount : 0
  const words = problem ?? (data === null || errors.length === 0 ? null : (errors[0]?.message ?? null))
  return (
    <Card
      title="Recovery points"
      actions={
        hasPoints && (
          <Button
            size="small"
            variant="quiet"
            icon="refresh"
            aria-label="Read the recovery points again"
            onClick={refresh}
          />
        )
      }
    >
      {!hasPoints && (
        <Empty title="Each machine has its own">
          <p>This site keeps no recovery points of the group: open a machine to see them.</p>
        </Empty>
      )}
      {hasPoints && data === null && words === null && <Waiting what="Asking the site for its recovery points…" />}
      {words !== null && <Empty title="The recovery points did not come">{words}</Empty>}
      {hasPoints && data !== null && words === null && (
        <Points points={listPoints(data)} total={total} target={target} onAct={onAct} />
      )}
    </Card>
  )
}
