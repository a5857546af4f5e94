import { lazy, type ReactNode } from 'react'
import { ButtonLink } from '../ui/button.tsx'
import { Empty } from '../ui/notice.tsx'
import { PageHeader } from './page-header.tsx'
import { toRoute, usePath, type Route } from './router.tsx'

const OverviewScreen = lazy(async () => ({ default: (await import('../overview/overview-screen.tsx')).OverviewScreen }))
const GroupsScreen = lazy(async () => ({ default: (await import('../groups/groups-screen.tsx')).GroupsScreen }))
const MachinesScreen = lazy(async () => ({ default: (await import('../groups/machines-screen.tsx')).MachinesScreen }))
const GroupScreen = lazy(async () => ({ default: (await import('../group/group-screen.tsx')).GroupScreen }))
const MachineScreen = lazy(async () => ({ default: (await import('../group/machine-screen.tsx')).MachineScreen }))
const StartScreen = lazy(async () => ({ default: (await import('../start/start-screen.tsx')).StartScreen }))
const TasksScreen = lazy(async () => ({ default: (await import('../tasks/tasks-screen.tsx')).TasksScreen }))
const TaskScreen = lazy(async () => ({ default: (await import('../tasks/task-screen.tsx')).TaskScreen }))
const AuditScreen = lazy(async () => ({ default: (await import('../audit/audit-screen.tsx')).AuditScreen }))

const Nowhere = () => (
  <>
    <PageHeader title="Nothing is here" />
    <Empty title="There is no such page.">
      <ButtonLink to="/">To the overview</ButtonLink>
    </Empty>
  </>
)

const toScreen = (route: Route): ReactNode => {
  switch (route.screen) {
    case 'overview':
      return <OverviewScreen />
    case 'groups':
      return <GroupsScreen />
    case 'machines':
      return <MachinesScreen />
    case 'group':
      return <GroupScreen key={route.id} id={route.id} />
    case 'machine':
      return <MachineScreen key={route.id} id={route.id} />
    case 'start':
      return <StartScreen />
    case 'tasks':
      return <TasksScreen />
    case 'task':
      return <TaskScreen key={route.id} id={route.id} />
    case 'audit':
      return <AuditScreen />
    case 'nowhere':
      return <Nowhere />
    default:
      return route satisfies never
  }
}

/** The screen of the present path. */
export const CurrentScreen = () => toScreen(toRoute(usePath()))
