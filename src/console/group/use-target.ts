import { useCallback, useEffect, useRef } from 'react'
import type { ActTarget } from '../actions/act-target.ts'
import { useEvery, useQuery, useWatch } from '../app/gateway.tsx'
import { useFeedBeginning, useTasks } from '../app/task-feed.tsx'
import {
  TargetEventsDocument,
  TargetPageDocument,
  type Capability,
  type GroupFactsFragment,
  type MachineFactsFragment,
  type TaskRowFragment,
} from '../generated/graphql.ts'

/** A group or machine, with all that the gateway has of it in memory. */
export type TargetFacts = GroupFactsFragment | MachineFactsFragment

/** Figures that move all the time make no events. */
const refreshMs = 15_000
/** Events that come together make one question. */
const gatherMs = 300

export interface TargetState {
  /** Null while it is asked for, and when there is none. */
  readonly facts: TargetFacts | null
  /** There is no such object, or not for this caller. */
  readonly isMissing: boolean
  readonly problem: string | null
  readonly refresh: () => void
}

/** One target, kept as it is now: by events, by its tasks, and every so often. */
export const useTarget = (id: string): TargetState => {
  const { data, problem, isAsking, refresh } = useQuery(TargetPageDocument, { id })
  const node = data?.node
  const facts = node?.__typename === 'ProtectionGroup' || node?.__typename === 'Replication' ? node : null
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const refreshSoon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      refresh()
    }, gatherMs)
  }, [refresh])
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = null
    },
    [refreshSoon],
  )
  useEvery(refreshMs, refresh)
  const variables =
    facts === null
      ? null
      : facts.__typename === 'ProtectionGroup'
        ? { filter: { nameContains: facts.name }, replicationFilter: { groupIds: [id] } }
        : { filter: { nameContains: facts.name }, replicationFilter: { nameContains: facts.name } }
  useWatch(TargetEventsDocument, variables, ({ protectionEvents: { kind } }) => {
    // What changed between the question and the snapshot is told by neither.
    if (kind !== 'DRAINING') refreshSoon()
  })
  useFeedBeginning(refreshSoon)
  const tasks = useTasks().filter(({ target }) => target?.id === id)
  const turns = tasks.map(({ id: taskId, state }) => `${taskId} ${state}`).join()
  const seen = useRef(turns)
  useEffect(() => {
    if (seen.current !== turns) refreshSoon()
    seen.current = turns
  }, [turns, refreshSoon])
  return { facts, isMissing: data !== null && facts === null && !isAsking, problem, refresh }
}

/** Whom to ask what there is at the destination: that one itself if it lists the target, else whoever does. */
const findAskedSite = ({ observations }: TargetFacts): string | null =>
  (observations.find(({ role }) => role === 'DESTINATION') ?? observations[0])?.site.id ?? null

/** What a dialogue has to know of it. A capability counts when some site that knows the target has it. */
export const toActTarget = (facts: TargetFacts): ActTarget => ({
  id: facts.id,
  name: facts.name,
  vendor: facts.vendor,
  isGroup: facts.__typename === 'ProtectionGroup',
  actions: facts.actions,
  members: facts.__typename === 'ProtectionGroup' ? facts.replications.nodes.map(({ id, name }) => ({ id, name })) : [],
  siteId: findAskedSite(facts),
  sourceSiteId: facts.source.site.id,
  destinationSiteId: facts.destination.site.id,
  capabilities: new Set<Capability>(facts.observations.flatMap(({ site }) => site.capabilities)),
})

/** The tasks of a target, those of the feed in place of older ones, newest first. */
export const joinTasks = (
  listed: readonly TaskRowFragment[],
  live: readonly TaskRowFragment[],
): readonly TaskRowFragment[] => {
  const byId = new Map(listed.map((task) => [task.id, task]))
  for (const task of live) {
    const known = byId.get(task.id)
    if (known === undefined || known.updatedAt <= task.updatedAt) byId.set(task.id, task)
  }
  return [...byId.values()].toSorted((one, other) => other.startedAt.localeCompare(one.startedAt))
}
