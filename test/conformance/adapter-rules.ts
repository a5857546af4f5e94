import { expect } from 'vitest'
import { findRefusal } from '../../src/domain/action-rules.ts'
import { actions, type Action } from '../../src/domain/actions.ts'
import type { Capability, TargetKind } from '../../src/domain/capabilities.ts'
import { findProblem } from '../../src/domain/errors.ts'
import type { ProtectionState } from '../../src/domain/protection.ts'
import type { Acceptance } from '../../src/domain/ports/vendor-adapter.ts'
import { isFinal, type TaskState, type TaskTarget } from '../../src/domain/task.ts'
import { bringTo, nouns, targetKinds, toStepCommand } from './adapter-actions.ts'
import type { VendorSuite } from './vendor-adapter.suite.ts'
import {
  findHealthyTarget,
  never,
  readTarget,
  readTask,
  send,
  settle,
  toCommand,
  toStartCommand,
  toTarget,
  type VendorRig,
} from './vendor-rig.ts'

interface Scene {
  /** In words, behind "a group that". */
  readonly words: string
  /** What was done to a healthy target, each to its end. */
  readonly done?: readonly Action[]
  /** What has just been accepted and is not over. */
  readonly underWay?: Action
  /** The trouble that it has in the fleet from the start: it is no healthy target to which something is done. */
  readonly found?: ProtectionState
  /** A scene that a vendor without this capability does not have either, besides the first thing done and what is under way. */
  readonly needs?: Capability
}

/** The states in which each action is judged and tried. */
const scenes = {
  HEALTHY: { words: 'is healthy' },
  SYNCING: { words: 'is synchronised', underWay: 'SYNC' },
  PAUSED: { words: 'is paused', done: ['PAUSE'] },
  RESUMING: { words: 'is resumed', done: ['PAUSE'], underWay: 'RESUME' },
  PAUSED_BEFORE_TEST: { words: 'is paused and tested', done: ['PAUSE', 'TEST_FAILOVER'] },
  TEST_STARTING: { words: 'begins to be tested', underWay: 'TEST_FAILOVER' },
  TEST_RUNNING: { words: 'is tested', done: ['TEST_FAILOVER'] },
  TEST_STOPPING: { words: 'ceases to be tested', done: ['TEST_FAILOVER'], underWay: 'END_TEST_FAILOVER' },
  FAILING_OVER: { words: 'is failing over', underWay: 'FAILOVER' },
  FAILOVER_AWAITS_COMMIT: { words: 'has failed over and waits', done: ['FAILOVER'], needs: 'COMMIT_FAILOVER' },
  FAILOVER_ROLLING_BACK: {
    words: 'is rolled back from a failover',
    done: ['FAILOVER'],
    underWay: 'ROLLBACK_FAILOVER',
  },
  FAILOVER_COMMITTING: { words: 'is committed after a failover', done: ['FAILOVER'], underWay: 'COMMIT_FAILOVER' },
  FAILED_OVER: { words: 'has failed over', done: ['FAILOVER', 'COMMIT_FAILOVER'] },
  MOVING: { words: 'is moving', underWay: 'MOVE' },
  MOVE_AWAITS_COMMIT: { words: 'has moved and waits', done: ['MOVE'], needs: 'COMMIT_MOVE' },
  MOVE_ROLLING_BACK: { words: 'is rolled back from a move', done: ['MOVE'], underWay: 'ROLLBACK_MOVE' },
  MOVE_COMMITTING: { words: 'is committed after a move', done: ['MOVE'], underWay: 'COMMIT_MOVE' },
  MOVED: { words: 'has moved', done: ['MOVE', 'COMMIT_MOVE'] },
  REVERSED: { words: 'was reversed', done: ['FAILOVER', 'REVERSE'], needs: 'REVERSE' },
  CLONING: { words: 'is cloned', underWay: 'START_CLONE' },
  DELETING: { words: 'is deleted', underWay: 'STOP' },
  /** Never synchronised: the first copy is under way. */
  STARTED: { words: 'has just been started', needs: 'START_REPLICATION' },
  LATE: { words: 'misses its objective', found: 'NOT_MEETING_TARGET' },
  BROKEN: { words: 'is in error', found: 'ERROR' },
  CUT_OFF: { words: 'is cut off from its other site', found: 'DISCONNECTED' },
  UNCONFIGURED: { words: 'needs configuration', found: 'NEEDS_CONFIGURATION' },
} as const satisfies Record<string, Scene>

export type SceneName = keyof typeof scenes

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets the keys of a record
const sceneNames = Object.keys(scenes) as SceneName[]

const getScene = (name: SceneName): Scene => scenes[name]

/** A new group, or a machine of one, whose first copy is under way. */
const startNew = async (rig: VendorRig, kind: TargetKind): Promise<TaskTarget> => {
  const { target } = await settle(rig, await send(rig.first, toStartCommand(rig)))
  if (target === null) throw new Error('the task of a start names nothing')
  if (kind === 'ProtectionGroup') return target
  const member = (await rig.first.listReplications(never)).find((one) => one.groupNativeId === target.nativeId)
  if (member === undefined) throw new Error('a new group has no member')
  return { ...target, kind, nativeId: member.nativeId }
}

/** What the fleet has in this state. */
const findTroubled = async ({ first }: VendorRig, kind: TargetKind, state: ProtectionState): Promise<TaskTarget> => {
  const all = kind === 'ProtectionGroup' ? await first.listGroups(never) : await first.listReplications(never)
  const found = all.find((one) => one.state === state && one.purpose === 'PROTECTION')
  if (found === undefined) throw new Error(`nothing in the fleet is ${state}`)
  return toTarget(kind, found)
}

const enter = async (rig: VendorRig, name: SceneName, kind: TargetKind): Promise<TaskTarget> => {
  if (name === 'STARTED') return startNew(rig, kind)
  const { done = [], underWay, found } = getScene(name)
  if (found !== undefined) return findTroubled(rig, kind, found)
  const target = await findHealthyTarget(rig.first, kind)
  const groupId = kind === 'Replication' ? (await rig.first.getReplication(target.nativeId, never)).groupNativeId : null
  await bringTo(rig, target, done)
  if (underWay !== undefined) await send(rig.first, await toStepCommand(rig, underWay, target))
  const all = kind === 'Replication' ? await rig.first.listReplications(never) : []
  if (kind === 'ProtectionGroup' || all.some(({ nativeId }) => nativeId === target.nativeId)) return target
  // A machine that has gone to the other site may have another id there.
  const [member] = all.filter(({ groupNativeId }) => groupNativeId === groupId)
  return member === undefined ? target : toTarget(kind, member)
}

/** Sends what the gateway itself would not, once. Null where the site refuses. */
const attempt = async (rig: VendorRig, action: Action, target: TaskTarget): Promise<Acceptance | null> => {
  try {
    return await send(rig.first, toCommand(action, target))
  } catch (error) {
    if (findProblem(error)?.code !== 'VENDOR_REFUSED') throw error
    return null
  }
}

/** Longer than the first copy of a machine, for which some work waits. */
const longestMinutes = 30

/** How the work on a target ends. */
const finish = async (rig: VendorRig, acceptance: Acceptance): Promise<TaskState> => {
  if (acceptance.kind === 'DONE') return 'SUCCEEDED'
  for (let minute = 0; minute < longestMinutes; minute += 1) {
    rig.turn(60)
    const { state } = await readTask(rig.first, acceptance)
    if (isFinal(state)) return state
  }
  throw new Error('a task does not end')
}

interface Verdict {
  readonly action: Action
  readonly isAvailable: boolean
  readonly site: 'ACCEPTS' | 'REFUSES'
}

/** The two verdicts on each action. A site that has taken one is left, because its target is another one then. */
const judgeAll = async (suite: VendorSuite, name: SceneName, kind: TargetKind): Promise<readonly Verdict[]> => {
  const { capabilities } = suite
  const verdicts: Verdict[] = []
  let rig = await suite.start()
  try {
    let target = await enter(rig, name, kind)
    for (const action of actions.filter((candidate) => capabilities.actsOn[candidate].includes(kind))) {
      const before = await readTarget(rig.first, target)
      const refusal = findRefusal(action, { kind, state: before.state, recovery: before.recovery, capabilities })
      const acceptance = await attempt(rig, action, target)
      verdicts.push({ action, isAvailable: refusal === null, site: acceptance === null ? 'REFUSES' : 'ACCEPTS' })
      if (acceptance !== null) {
        if (refusal === null) expect([action, await finish(rig, acceptance)]).toEqual([action, 'SUCCEEDED'])
        await rig[Symbol.asyncDispose]()
        rig = await suite.start()
        target = await enter(rig, name, kind)
      } else {
        const { state, recovery } = await readTarget(rig.first, target)
        expect({ state, recovery }).toEqual({ state: before.state, recovery: before.recovery })
      }
    }
  } finally {
    await rig[Symbol.asyncDispose]()
  }
  return verdicts
}

const isAgreed = ({ isAvailable, site }: Verdict): boolean => isAvailable === (site === 'ACCEPTS')

/** The judgement of the domain, which makes the buttons, against what the site does when it is asked all the same. */
export const addRules = (suite: VendorSuite): void => {
  const { capabilities, doubts, test, troubles = {} } = suite
  const { supports, actsOn } = capabilities
  const isPossible = (name: SceneName, kind: TargetKind): boolean => {
    const { done = [], underWay, needs, found } = getScene(name)
    if (!actions.some((action) => actsOn[action].includes(kind))) return false
    if (found !== undefined) return troubles[kind]?.includes(found) ?? false
    return [done[0], underWay, needs].every((one) => one === undefined || supports[one])
  }
  const possible = sceneNames.filter((name) => targetKinds.some((kind) => isPossible(name, kind)))
  const idle = doubts.filter(
    ({ scenes: listed, actions: doubted, kind }) =>
      listed.some((name) => !possible.includes(name)) ||
      doubted.some((action) => !actsOn[action].some((taken) => (kind ?? taken) === taken)),
  )
  if (idle.length > 0) throw new Error(`A doubt about what cannot be: ${JSON.stringify(idle)}`)
  const pairs = possible.flatMap((scene) => targetKinds.map((taken) => [scene, taken] as const))
  for (const [name, kind] of pairs.filter((pair) => isPossible(...pair))) {
    const { words } = getScene(name)
    test(`judges every action on a ${nouns[kind]} that ${words} as the site does`, async () => {
      const verdicts = await judgeAll(suite, name, kind)
      expect(verdicts.length).toBeGreaterThan(0)
      const listed = doubts.filter((doubt) => doubt.scenes.includes(name) && (doubt.kind ?? kind) === kind)
      const expected = listed.flatMap((doubt) =>
        doubt.actions
          .filter((action) => actsOn[action].includes(kind))
          .map((action) => `the site ${doubt.site} ${action}`),
      )
      const found = verdicts.filter((verdict) => !isAgreed(verdict))
      expect(found.map(({ action, site }) => `the site ${site} ${action}`).sort()).toEqual(expected.sort())
    })
  }
}
