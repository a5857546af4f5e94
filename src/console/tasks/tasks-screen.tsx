import { useMemo, useState } from 'react'
import { useConnection, useQuery } from '../app/gateway.tsx'
import { PageHeader } from '../app/page-header.tsx'
import { setSearch, useSearch } from '../app/router.tsx'
import { useFeedBeginning, useTasks } from '../app/task-feed.tsx'
import { formatPlural } from '../format.ts'
import { TasksDocument, type TaskRowFragment } from '../generated/graphql.ts'
import { toWords } from '../status.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Select } from '../ui/field.tsx'
import { Empty, Notice, Waiting } from '../ui/notice.tsx'
import { mergeTasks, parseTaskView, printTaskView, taskOperations, toTaskFilter, type TaskView } from './task-filter.ts'
import { TaskTable } from './task-table.tsx'
import './tasks.css'

const pageSize = 50
const mostShown = 500

interface FilterProps {
  readonly view: TaskView
  readonly siteNames: readonly string[]
}

const toStates = (text: string): TaskView['states'] => (text === 'open' || text === 'failed' ? text : 'all')

const Filters = ({ view, siteNames }: FilterProps) => {
  const show = (change: Partial<TaskView>): void => setSearch(printTaskView({ ...view, ...change }))
  return (
    <div className="filters" role="group" aria-label="Filters">
      <Select
        aria-label="State"
        value={view.states}
        onChange={(event) => show({ states: toStates(event.target.value) })}
        options={[
          { value: 'all', label: 'All states' },
          { value: 'open', label: 'Not ended' },
          { value: 'failed', label: 'Failed or unknown' },
        ]}
      />
      <Select
        aria-label="Kind of task"
        value={view.operation ?? ''}
        onChange={(event) => show({ operation: taskOperations.find((one) => one === event.target.value) ?? null })}
        options={[
          { value: '', label: 'Every kind' },
          ...taskOperations.map((operation) => ({ value: operation, label: toWords(operation) })),
        ]}
      />
      <Select
        aria-label="Site"
        value={view.siteName ?? ''}
        onChange={(event) => show({ siteName: event.target.value === '' ? null : event.target.value })}
        options={[{ value: '', label: 'Every site' }, ...siteNames.map((name) => ({ value: name, label: name }))]}
      />
    </div>
  )
}

/** Tasks of everybody, live. */
export const TasksScreen = () => {
  const search = useSearch().toString()
  const view = useMemo(() => parseTaskView(new URLSearchParams(search)), [search])
  const [first, setFirst] = useState(pageSize)
  const variables = useMemo(() => ({ filter: toTaskFilter(view), first }), [view, first])
  const { data, problem, errors, isAsking, refresh } = useQuery(TasksDocument, variables, { keepsFormer: true })
  useFeedBeginning(refresh)
  const heard = useTasks()
  const isLive = useConnection().kind === 'open'
  const tasks: readonly TaskRowFragment[] = useMemo(
    () => mergeTasks(view, data?.tasks.nodes ?? [], heard),
    [view, data, heard],
  )
  const coverage = data?.tasks.coverage ?? []
  const unseen = coverage.filter(({ completeness }) => completeness !== 'COMPLETE').map(({ siteName }) => siteName)
  return (
    <>
      <PageHeader title="Tasks">
        <Filters view={view} siteNames={coverage.map(({ siteName }) => siteName)} />
      </PageHeader>
      {unseen.length > 0 && (
        <Notice status="warn" title={`${unseen.join(', ')} cannot be asked for tasks just now.`}>
          What was begun there elsewhere may be missing.
        </Notice>
      )}
      {problem !== null && data === null && <Notice status="critical" title={problem} />}
      {problem === null && errors.length > 0 && <Notice status="warn" title={errors[0]?.message ?? ''} />}
      {data === null && problem === null && <Waiting what="Asking for the tasks …" />}
      {data !== null && (
        <Card
          title={formatPlural(Math.max(data.tasks.totalCount, tasks.length), 'task')}
          actions={<span className="muted">{isAsking ? 'Asking …' : isLive ? 'Live' : 'Not live'}</span>}
          isFlush
        >
          {tasks.length === 0 ? <Empty title="No task matches." /> : <TaskTable tasks={tasks} />}
          {data.tasks.pageInfo.hasNextPage && first < mostShown && (
            <div className="list-more">
              <Button onClick={() => setFirst(Math.min(mostShown, first + pageSize * 2))}>Show more</Button>
            </div>
          )}
        </Card>
      )}
    </>
  )
}
