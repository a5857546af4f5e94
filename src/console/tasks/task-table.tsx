import { Link } from '../app/router.tsx'
import { toTargetPath, toTaskPath } from '../app/target-path.ts'
import { formatDuration } from '../format.ts'
import type { TaskRowFragment } from '../generated/graphql.ts'
import { toWords, vendorWords } from '../status.ts'
import { Ago } from '../ui/clock.tsx'
import { Badge } from '../ui/status-badge.tsx'
import { Table, Td, Th } from '../ui/table.tsx'
import { TaskProgress } from './task-progress.tsx'
import './task-table.css'

const toTook = ({ startedAt, endedAt }: TaskRowFragment): string =>
  endedAt === null ? '–' : formatDuration((new Date(endedAt).getTime() - new Date(startedAt).getTime()) / 1000)

const Row = ({ task }: { readonly task: TaskRowFragment }) => (
  <tr>
    <Td>
      <Link to={toTaskPath(task.id)} className="task-name">
        {toWords(task.operation)}
      </Link>
      {task.operation === 'OTHER' && task.vendorOperation !== null && (
        <div className="task-sub">{task.vendorOperation}</div>
      )}
    </Td>
    <Td>
      {task.target === null ? (
        <span>{task.targetName ?? '–'}</span>
      ) : (
        <Link to={toTargetPath(task.target)}>{task.target.name}</Link>
      )}
      <div className="task-sub">
        <Badge>{vendorWords(task.vendor)}</Badge> {task.site?.configuredName ?? task.site?.name ?? ''}
      </div>
    </Td>
    <Td className="task-cell-progress">
      <TaskProgress task={task} />
    </Td>
    <Td isNumeric>
      <Ago at={task.startedAt} />
      <div className="task-sub">{task.request?.requestedBy ?? task.startedBy ?? 'not told'}</div>
    </Td>
    <Td isNumeric>{toTook(task)}</Td>
  </tr>
)

/** Tasks, with what each of them is at. */
export const TaskTable = ({ tasks }: { readonly tasks: readonly TaskRowFragment[] }) => (
  <Table label="Tasks" className="task-table">
    <thead>
      <tr>
        <Th>Task</Th>
        <Th>On</Th>
        <Th>Progress</Th>
        <Th isNumeric>Started</Th>
        <Th isNumeric>Took</Th>
      </tr>
    </thead>
    <tbody>
      {tasks.map((task) => (
        <Row key={task.id} task={task} />
      ))}
    </tbody>
  </Table>
)
