import { useId, useState } from 'react'
import type { ActTarget } from '../../actions/act-target.ts'
import { listPoints, pointInWords } from '../../actions/point-field.tsx'
import { useQuery } from '../../app/gateway.tsx'
import { TargetPointsDocument } from '../../generated/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/field.tsx'

/** How many of the newest are offered; the page of the machine reaches further. */
const offered = 100

interface PointsProps {
  readonly target: ActTarget
  /** The recovery point of each machine that does not start from its newest, by the machine's id. */
  readonly points: Readonly<Record<string, string>>
  readonly onPoints: (points: Readonly<Record<string, string>>) => void
}

interface PointSelectProps {
  readonly id: string
  readonly machineId: string
  readonly value: string
  readonly onChange: (pointId: string) => void
}

/** Asks for the points of its machine as soon as it is there. */
const PointSelect = ({ id, machineId, value, onChange }: PointSelectProps) => {
  const { data, isAsking } = useQuery(TargetPointsDocument, { id: machineId, first: offered })
  const points = listPoints(data)
  return (
    <Select
      id={id}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      options={[
        { value: '', label: isAsking && data === null ? 'Asking the site…' : 'The newest' },
        ...points.map((point) => ({ value: point.id, label: pointInWords(point) })),
      ]}
    />
  )
}

/** The recovery point of each machine of a group: this vendor keeps them machine by machine. */
export const VcdaPointRows = ({ target, points, onPoints }: PointsProps) => {
  const id = useId()
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set(Object.keys(points)))
  const choose = (machineId: string, pointId: string): void => {
    const { [machineId]: _former, ...others } = points
    onPoints(pointId === '' ? others : { ...others, [machineId]: pointId })
  }
  const count = Object.keys(points).length
  return (
    <details className="actions-own" open={count > 0}>
      <summary>
        Recovery points, machine by machine{count > 0 && `: ${count} of ${target.members.length} not the newest`}
      </summary>
      <ul className="actions-rows" aria-label="Recovery points of the machines">
        {target.members.map(({ id: machineId, name }) => (
          <li key={machineId}>
            <label htmlFor={`${id}-${machineId}`}>{name}</label>
            {opened.has(machineId) ? (
              <PointSelect
                id={`${id}-${machineId}`}
                machineId={machineId}
                value={points[machineId] ?? ''}
                onChange={(pointId) => choose(machineId, pointId)}
              />
            ) : (
              <span className="actions-newest">
                <span className="muted">the newest</span>
                <Button
                  id={`${id}-${machineId}`}
                  size="small"
                  aria-label={`Choose the recovery point of ${name}`}
                  onClick={() => setOpened(new Set([...opened, machineId]))}
                >
                  Choose
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
