import { optimizedReverseMs } from './vcda-inferred.ts'
import type { SimReplication } from './vcda-sim-model.ts'
import { toApiError } from './vcda-sim-refusal.ts'
import type { VcdaWorld } from './vcda-world.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

type SpecialCase = (world: VcdaWorld, replication: SimReplication, now: number) => void

const recover: SpecialCase = (world, replication, now) => {
  const recoveredAt = now - 3 * hourMs
  const { destination } = replication
  const vm = world.vms.get(replication.vmId)
  if (vm === undefined) return
  const ids = { vmId: world.random.uuid(), vappId: world.random.uuid() }
  const recovered = { ...ids, optimizeUntil: recoveredAt + optimizedReverseMs }
  const place = { site: destination.site, vdcId: destination.vdcId, vappId: recovered.vappId }
  world.vms.set(recovered.vmId, { ...vm, ...place, id: recovered.vmId })
  replication.timeline.close(recoveredAt)
  replication.recoveryState = 'COMPLETE'
  replication.recovered = recovered
  replication.lastUpdated = recoveredAt
}

/** The first copy has been running for half an hour and will take six more. */
const neverSynced: SpecialCase = (_world, replication, now) => {
  replication.timeline.close(0)
  replication.timeline.open({
    transferFrom: now - hourMs / 2,
    firstAt: now + 6 * hourMs,
    periodMs: replication.settings.rpo * minuteMs,
    isFull: true,
  })
  replication.lastUpdated = now - hourMs / 2
}

const migrate: SpecialCase = (world, replication, now) => {
  const settings = { ...replication.settings, rpo: 1_440, rules: [], slaProfileId: null }
  const firstAt = now + 22 * hourMs
  replication.timeline.close(now - 2 * hourMs)
  replication.timeline.open({ transferFrom: firstAt - hourMs, firstAt, periodMs: 24 * hourMs })
  world.replications.set(replication.id, { ...replication, settings, isMigration: true })
}

/** Forty minutes late, and the next instance is two hours away. */
const fallBehind: SpecialCase = (_world, replication, now) => {
  const { timeline, settings } = replication
  timeline.close(now - (settings.rpo + 40) * minuteMs)
  timeline.open({
    transferFrom: now + 2 * hourMs - timeline.transferMs,
    firstAt: now + 2 * hourMs,
    periodMs: settings.rpo * minuteMs,
  })
}

const powerOff: SpecialCase = (_world, replication, now) => {
  replication.timeline.close(now - 5 * hourMs)
  replication.isPoweredOff = true
}

const pause: SpecialCase = (_world, replication, now) => {
  replication.timeline.close(now - hourMs)
  replication.isPaused = true
  replication.lastUpdated = now - hourMs
}

const fail: SpecialCase = (world, replication, now) => {
  const error = toApiError('DatastoreFull', 'There is not enough space on the destination datastore.', ['vsan-7'])
  world.setError(replication.id, error, now - 10 * minuteMs)
}

/** In order of how much a small fleet would miss them. */
const aloneCases: readonly SpecialCase[] = [neverSynced, fallBehind, recover, pause, migrate, powerOff]

/**
 * Gives a young fleet its sorrows: one VM never synced, one late, one recovered, a few paused, one migration, one
 * powered off, one in error, one whole vApp paused. The first vApp and at least half of what is in none stay healthy.
 */
export const applySpecialCases = (world: VcdaWorld, now: number): void => {
  const alone = [...world.replications.values()].filter((replication) => replication.vappReplicationId === null)
  const cloudOnly = alone.filter((replication) => replication.source.org !== null)
  const affordable = Math.floor(cloudOnly.length / 2)
  for (const [index, specialCase] of aloneCases.slice(0, affordable).entries()) {
    const replication = cloudOnly[index]
    if (replication !== undefined) specialCase(world, replication, now)
  }
  for (const replication of cloudOnly.filter((_, index) => index >= 40 && index % 40 === 0)) {
    pause(world, replication, now)
  }
  const [, troubled, ...others] = world.groups.values()
  for (const member of troubled === undefined ? [] : world.membersOf(troubled).slice(-1)) fail(world, member, now)
  const [smallest] = others.length < 3 ? [] : others.sort((a, b) => a.memberIds.length - b.memberIds.length)
  for (const member of smallest === undefined ? [] : world.membersOf(smallest)) pause(world, member, now)
}
