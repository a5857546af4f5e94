import { linkTo, linkToSite, linkToVpg, type View } from './zerto-sim-links.ts'
import { asProfile, toLogDate } from './zerto-sim-profile.ts'
import { taskProgress, type SimTask } from './zerto-sim-tasks.ts'

/** A task as `GET /v1/tasks` lists it: the type a string, the state a number. */
export const toTaskApi = (view: View, task: SimTask): object =>
  asProfile(view.world.profile, 'task', {
    CompleteReason: task.completeReason,
    Completed: task.completedAt === null ? null : toLogDate(view.world.profile, task.completedAt),
    Generation: task.generation,
    InitiatedBy: task.initiatedBy,
    IsCancellable: task.isCancellable && task.completedAt === null,
    Link: linkTo(view, 'tasks', task.id, 'TaskApi'),
    RelatedEntities: {
      FlrSessions: [],
      Hosts: [],
      Sites: [linkToSite(view, view.site.index)],
      Vpgs: [linkToVpg(view, task.vpgId)],
    },
    Started: toLogDate(view.world.profile, task.startedAt),
    Status: { Progress: taskProgress(task, view.now), State: task.state },
    TaskIdentifier: task.id,
    Type: task.type,
  })
