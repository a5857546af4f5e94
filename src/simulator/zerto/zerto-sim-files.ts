import { filterRows } from './zerto-sim-filters.ts'
import { seconds } from './zerto-sim-inferred.ts'
import { emptyReply, jsonReply, memberOf, RequestBody, toWireDate, ZvmRefusal } from './zerto-sim-request.ts'
import { get, type Call, type Route } from './zerto-sim-router.ts'
import { requireCheckpoint, requireVms, requireVpg } from './zerto-sim-rules.ts'
import type { FlrSession } from './zerto-world.ts'

const requireSession = (call: Call): FlrSession => {
  const session = call.world.flrSessions.get(call.param('session').toLowerCase())
  if (session === undefined || session.siteIndex !== call.site.index) {
    throw ZvmRefusal.unknown('FLR session', call.param('session'))
  }
  return session
}

const toSessionApi = (call: Call, session: FlrSession): object => ({
  FlrSessionStatus: call.now - session.mountedAt < seconds.fileMount * 1000 ? 'Mounting' : 'Mounted',
  FlrSessionIdentifier: session.id,
  FlrSessionType: 'Journal',
  VmIdentifier: session.vmIdentifier,
  VmVolumeIdentifier: 'scsi:0:0',
  VpgIdentifier: session.vpgId,
  CheckpointIdentifier: session.checkpointId,
  MountTime: toWireDate(session.mountedAt),
  SelectedPath: '',
  NumberOfRelatedRunningTasks: 0,
  RepositoryIdentifier: null,
  RetentionSetIdentifier: null,
  SiteIdentifier: call.site.siteIdentifier,
})

/** Mounts the journal of one machine at a checkpoint. Only journals: nothing is kept in repositories. */
const mount = (call: Call): FlrSession => {
  const { world, site, now, user } = call
  const journal = memberOf(call.body().value, 'Jflr') ?? null
  if (journal === null) throw ZvmRefusal.rule('Only a journal can be mounted: there are no retention sets.')
  const body = new RequestBody(JSON.stringify(journal))
  const vpg = requireVpg(world, body.text('VpgIdentifier') ?? '')
  const vmIdentifier = body.text('VmIdentifier') ?? ''
  if (vmIdentifier === '') throw ZvmRefusal.rule('VmIdentifier is mandatory.')
  requireVms(vpg, [vmIdentifier])
  const checkpoint = requireCheckpoint(vpg, body.text('CheckpointIdentifier'), now)
  const session: FlrSession = {
    vmIdentifier,
    id: world.random.uuid(),
    siteIndex: site.index,
    vpgId: vpg.id,
    checkpointId: checkpoint.id,
    mountedAt: now,
  }
  world.flrSessions.set(session.id, session)
  const start = { site, user, vpgId: vpg.id, at: now, durationSeconds: seconds.fileMount } as const
  world.runTask({ ...start, type: 'FlrJournalMount' })
  return session
}

const unmount = (call: Call): void => {
  const { world, site, now, user } = call
  const { id, vpgId } = requireSession(call)
  world.flrSessions.delete(id)
  const start = { site, user, vpgId, at: now, durationSeconds: seconds.fileMount } as const
  world.runTask({ ...start, type: 'FlrJournalUnmount' })
}

/** Recovery of single files, as far as the sessions: what is in the machines is not simulated. */
export const fileRoutes: readonly Route[] = [
  get('/flrs', (call) => {
    const own = [...call.world.flrSessions.values()].filter(({ siteIndex }) => siteIndex === call.site.index)
    const rows = filterRows(own, call.request, { vmIdentifier: ({ vmIdentifier }) => [vmIdentifier] })
    return rows.map((session) => toSessionApi(call, session))
  }),
  { method: 'POST', path: '/flrs', handle: (call) => jsonReply(mount(call).id) },
  get('/flrs/:session', (call) => toSessionApi(call, requireSession(call))),
  {
    method: 'DELETE',
    path: '/flrs/:session',
    handle: (call) => {
      unmount(call)
      return emptyReply
    },
  },
  ...['browse', 'download'].map((word): Route => ({
    method: 'POST',
    path: `/flrs/:session/${word}`,
    handle: (call) => {
      requireSession(call)
      throw ZvmRefusal.rule('The simulated machines have no files.')
    },
  })),
]
