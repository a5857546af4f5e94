import { Agenda, type SimClock } from '../clock.ts'
import { createRandom, type Random } from '../random.ts'
import { phaseAlert } from './zerto-sim-alert-rules.ts'
import type { TaskType } from './zerto-sim-enums.ts'
import { EventLog, eventOfTask, eventsOfEndedAlert } from './zerto-sim-event-log.ts'
import { defaultLicense } from './zerto-sim-inferred.ts'
import type { SiteInfrastructure } from './zerto-sim-infrastructure.ts'
import type { ZertoProfile } from './zerto-sim-profile.ts'
import type { RecoveryReport } from './zerto-sim-recovery-report.ts'
import type { SimTask, TaskLog } from './zerto-sim-tasks.ts'
import type { SiteIndex, SimVm, SimVpg, SyncKind, VpgPhase } from './zerto-sim-vpg.ts'

/** An organisation. */
export interface SimZorg {
  readonly id: string
  readonly name: string
}

/** A service profile: the same on both sites. */
export interface SimServiceProfile {
  readonly id: string
  readonly name: string
  readonly rpoSeconds: number
  readonly historyHours: number
  readonly testIntervalDays: number
  readonly maxJournalPercent: number
}

/** A licence; the same on both sites. */
export interface SimLicense {
  readonly key: string
  readonly type: string
  readonly expiresAt: number
  readonly maxVms: number
}

/** A mount of a machine's journal for the recovery of files. */
export interface FlrSession {
  readonly id: string
  readonly siteIndex: SiteIndex
  readonly vpgId: string
  readonly vmIdentifier: string
  readonly checkpointId: string
  readonly mountedAt: number
}

/** One ZVM with its vCenter. */
export interface ZertoSite {
  readonly index: SiteIndex
  readonly name: string
  readonly siteIdentifier: string
  readonly ipAddress: string
  readonly location: string
  readonly utcOffsetMinutes: number
  readonly infrastructure: SiteInfrastructure
  /** The machines that run here and are in no group, by identifier. */
  readonly unprotected: Map<string, SimVm>
  readonly tasks: TaskLog
  /** Hosts whose replication appliance is switched off, with the moment since which it is; tests may change it. */
  readonly vraOffSince: Map<string, number>
  /** What its links begin with. */
  url: string
}

/** What an action needs to know about who asks and where. */
export interface Caller {
  readonly site: ZertoSite
  readonly user: string
  /** What the settings that the caller opens belong to: a session of a Windows ZVM; null on an appliance. */
  readonly session: string | null
  readonly now: number
}

/** What a task is and how long it should take. */
export interface TaskStart {
  readonly site: ZertoSite
  readonly type: TaskType
  readonly vpgId: string
  /** The name of a group that is not listed yet. @default the listed group's name */
  readonly vpgName?: string
  readonly user: string
  readonly at: number
  readonly durationSeconds: number
  readonly isCancellable?: boolean
}

/**
 * Two paired sites and what they protect. Both ZVMs show the same groups, so there is one world. Nothing happens in
 * it but through {@link ZertoWorld.advance}, which plays what has come due since the last time.
 */
export class ZertoWorld {
  readonly clock: SimClock
  readonly profile: ZertoProfile
  readonly random: Random
  readonly agenda = new Agenda()
  readonly sites: readonly [ZertoSite, ZertoSite]
  readonly vpgs = new Map<string, SimVpg>()
  readonly zorgs: SimZorg[] = []
  readonly serviceProfiles: SimServiceProfile[] = []
  /** Names, in lower case, of groups that are being created and not listed yet. */
  readonly reservedNames = new Set<string>()
  /** Alerts that somebody dismissed, by alert identifier and the moment they were turned on. */
  readonly dismissedAlerts = new Set<string>()
  readonly events = new EventLog()
  /** Recovery operations that have ended, oldest first. */
  readonly reports: RecoveryReport[] = []
  readonly flrSessions = new Map<string, FlrSession>()
  /** How suspicious the encryption of a group's data looks, by its identifier; a group that is not named is not. */
  readonly suspicionLevels = new Map<string, number>()
  isEncryptionDetectionOn = true
  /** Null when there is none. */
  license: SimLicense | null = defaultLicense

  constructor(options: {
    readonly clock: SimClock
    readonly seed: number
    readonly profile: ZertoProfile
    readonly sites: readonly [ZertoSite, ZertoSite]
  }) {
    this.clock = options.clock
    this.profile = options.profile
    this.random = createRandom(options.seed)
    this.sites = options.sites
  }

  /** Plays everything that is due. Resolves the present moment, in milliseconds since 1970. */
  advance(): number {
    const now = this.clock.now()
    this.agenda.runUntil(now)
    return now
  }

  /** The group of this name; for tests. @throws Error when there is none. */
  requireVpg(name: string): SimVpg {
    for (const vpg of this.vpgs.values()) if (vpg.name === name) return vpg
    throw new Error(`no VPG is named ${name}`)
  }

  startTask(start: TaskStart): SimTask {
    const task: SimTask = {
      id: `${this.random.uuid()}.${start.site.siteIdentifier}`,
      type: start.type,
      vpgId: start.vpgId,
      vpgName: start.vpgName ?? this.vpgs.get(start.vpgId)?.name ?? '',
      siteIndex: start.site.index,
      initiatedBy: start.user,
      startedAt: start.at,
      dueAt: start.at + start.durationSeconds * 1000,
      isCancellable: start.isCancellable ?? false,
      state: 1,
      completedAt: null,
      completeReason: '',
      generation: 1,
    }
    start.site.tasks.add(task)
    return task
  }

  /** Ends a task, and writes the event of it. Does nothing to a task that has ended. */
  finishTask(task: SimTask, at: number, state: 4 | 5 | 6, completeReason = ''): void {
    if (task.completedAt !== null) return
    this.sites[task.siteIndex].tasks.finish(task, at, state, completeReason)
    this.events.add(eventOfTask(task, at, this.vpgs.get(task.vpgId)?.zorgId ?? null))
  }

  /** Starts a task that completes when its time is over, and then calls `done`. */
  runTask(start: TaskStart, done: (at: number) => void = () => {}): SimTask {
    const task = this.startTask(start)
    this.agenda.at(task.dueAt, (at) => {
      if (task.completedAt !== null) return
      this.finishTask(task, at, 6)
      done(at)
    })
    return task
  }

  /** Puts a group into a phase, and calls `then` after `durationSeconds` unless another phase came meanwhile. */
  enter(vpg: SimVpg, phase: VpgPhase, durationSeconds?: number, then?: (at: number) => void): void {
    const ended = phaseAlert(vpg)
    vpg.phase = phase
    if (ended !== null) for (const event of eventsOfEndedAlert(vpg, ended, phase.since)) this.events.add(event)
    if (durationSeconds === undefined || then === undefined) return
    this.agenda.at(phase.since + durationSeconds * 1000, (at) => {
      if (vpg.phase === phase) then(at)
    })
  }

  /** Lets a group protect: checkpoints are written again. */
  protect(vpg: SimVpg, at: number): void {
    vpg.journal.open(at)
    this.enter(vpg, { kind: 'PROTECTING', since: at })
  }

  /** Lets a group synchronise; no checkpoint is written meanwhile. Protects afterwards, then calls `done`. */
  synchronise(vpg: SimVpg, sync: SyncKind, at: number, durationSeconds: number, done?: (at: number) => void): void {
    vpg.journal.close(at)
    const phase: VpgPhase = { kind: 'SYNCING', since: at, sync, until: at + durationSeconds * 1000 }
    this.enter(vpg, phase, durationSeconds, (end) => {
      this.protect(vpg, end)
      done?.(end)
    })
  }

  /** Takes a machine out of one group; in no group any more, it is unprotected at `siteIndex`. */
  release(vm: SimVm, siteIndex: SiteIndex): void {
    vm.protectedBy -= 1
    if (vm.protectedBy === 0) this.sites[siteIndex].unprotected.set(vm.identifiers[siteIndex], vm)
  }

  /** Puts a machine into one group. */
  engage(vm: SimVm): void {
    vm.protectedBy += 1
    for (const site of this.sites) site.unprotected.delete(vm.identifiers[site.index])
  }
}
