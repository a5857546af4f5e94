import { useState } from 'react'
import { useQuery } from '../app/gateway.tsx'
import { Link } from '../app/router.tsx'
import { formatDateTime, formatDuration, formatTime } from '../format.ts'
import { TargetHistoryDocument, type TaskRowFragment, type Vendor } from '../generated/graphql.ts'
import { taskStatus, toWords, vendorWords } from '../status.ts'
import { Button } from '../ui/button.tsx'
import { Card, Fact, Facts } from '../ui/card.tsx'
import { Empty, Waiting } from '../ui/notice.tsx'
import { StatusBadge, StatusIcon } from '../ui/status-badge.tsx'
import { Table, Td, Th } from '../ui/table.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { vendorParts } from '../vendors/registry.ts'
import { toDetailEntries } from './detail-words.ts'

const TaskLines = ({ tasks }: { readonly tasks: readonly TaskRowFragment[] }) =>
  tasks.length === 0 ? (
    <Empty title="Nothing was done with it yet" />
  ) : (
    <Table label="Tasks">
      <thead>
        <tr>
          <Th>Operation</Th>
          <Th>State</Th>
          <Th>Begun</Th>
          <Th>Took</Th>
          <Th>By</Th>
        </tr>
      </thead>
      <tbody>
        {tasks.map(({ id, operation, state, startedAt, endedAt, startedBy }) => (
          <tr key={id}>
            <Td>
              <Link to={`/tasks/${id}`}>{toWords(operation)}</Link>
            </Td>
            <Td>
              <StatusBadge status={taskStatus(state)}>{toWords(state)}</StatusBadge>
            </Td>
            <Td>{formatDateTime(startedAt)}</Td>
            <Td>
              {endedAt === null ? (
                <span className="muted">goes on</span>
              ) : (
                formatDuration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000)
              )}
            </Td>
            <Td>{startedBy ?? <span className="muted">the vendor</span>}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )

const HistoryLines = ({ id }: { readonly id: string }) => {
  const { data, problem, errors } = useQuery(TargetHistoryDocument, { id, first: 50 })
  const node = data?.node
  const words = problem ?? errors[0]?.message ?? null
  if (words !== null) return <Empty title="The history did not come">{words}</Empty>
  if (data === null) return <Waiting what="Asking the site for its history…" />
  const events = node?.__typename === 'ProtectionGroup' || node?.__typename === 'Replication' ? node.history.nodes : []
  if (events.length === 0) return <Empty title="The site has written nothing down" />
  return (
    <Table label="History at the vendor">
      <thead>
        <tr>
          <Th>When</Th>
          <Th>What</Th>
          <Th>By</Th>
          <Th>Result</Th>
        </tr>
      </thead>
      <tbody>
        {events.map(({ vendorId, at, description, user, wasSuccessful }) => (
          <tr key={vendorId}>
            <Td>
              {formatDateTime(at)}:{formatTime(at).slice(-2)}
            </Td>
            <Td className="group-wrap">{description}</Td>
            <Td>{user ?? <span className="muted">–</span>}</Td>
            <Td>
              {wasSuccessful === null ? (
                <span className="muted">–</span>
              ) : (
                <StatusIcon
                  status={wasSuccessful ? 'ok' : 'critical'}
                  label={wasSuccessful ? 'It worked' : 'It failed'}
                />
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

interface PastCardProps {
  readonly id: string
  readonly tasks: readonly TaskRowFragment[]
  readonly vendor: Vendor
}

/** What was done with it: as the gateway has seen it, and as the vendor has written it down. */
export const PastCard = ({ id, tasks, vendor }: PastCardProps) => {
  const [tab, setTab] = useState('tasks')
  return (
    <Card title="Tasks and history" className="group-past" isFlush>
      <Tabs
        label="Tasks and history"
        tabs={[
          { id: 'tasks', label: 'Tasks', count: tasks.length },
          { id: 'history', label: `History at ${vendorWords(vendor)}` },
        ]}
        value={tab}
        onChange={setTab}
      >
        {tab === 'tasks' ? <TaskLines tasks={tasks} /> : <HistoryLines id={id} />}
      </Tabs>
    </Card>
  )
}

const Details = ({ id, vendor }: { readonly id: string; readonly vendor: Vendor }) => {
  const { data, problem, errors } = useQuery(vendorParts[vendor].detailsDocument, { id })
  const details = data?.node?.groupDetails ?? data?.node?.machineDetails ?? null
  const words = problem ?? errors[0]?.message ?? null
  if (details === null) return words === null ? <Waiting what="Asking for the details…" /> : <Empty title={words} />
  return (
    <Facts>
      {toDetailEntries(details).map(({ label, text }) => (
        <Fact key={label} label={label}>
          {text}
        </Fact>
      ))}
    </Facts>
  )
}

/** What only this vendor tells, in its own words; asked for when somebody wants to see it. */
export const DetailsCard = ({ id, vendor }: { readonly id: string; readonly vendor: Vendor }) => {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Card
      title={`Details from ${vendorWords(vendor)}`}
      actions={
        <Button size="small" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? 'Hide' : 'Show'}
        </Button>
      }
    >
      {isOpen ? (
        <Details id={id} vendor={vendor} />
      ) : (
        <p className="muted">Identifiers, settings and states in the vendor’s own words.</p>
      )}
    </Card>
  )
}
