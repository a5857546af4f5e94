import type { TargetDirectory } from '../../src/domain/ports/target-directory.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { toGlobalId } from '../../src/domain/global-id.ts'
import type { VendorAdapter } from '../../src/domain/ports/vendor-adapter.ts'
import type { EventBus } from '../../src/domain/ports/event-bus.ts'
import type { Logger } from '../../src/domain/ports/logger.ts'
import type { Journal } from '../../src/domain/ports/journal.ts'
import type { TaskEvent } from '../../src/domain/task.ts'
import { scopes } from '../../src/domain/viewer.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { createOwnLeases } from '../../src/journal/own-leases.ts'
import type { OperationResult } from '../../src/operations/operation.ts'
import { createOperations, type Operations } from '../../src/operations/operations.ts'
import { startTaskTracker } from '../../src/tracking/task-tracker.ts'
import { type JournalOperation, type MemoryJournalOptions, type MemoryStore } from '../support/memory-journal.ts'
import { viewerOf } from '../support/viewer-of.ts'
import type { Press, ReadFault, SendFault } from './scenario.ts'
import type { SimulatedVendor } from './simulated-vendor.ts'
import type { Actor, StepScheduler } from './step-scheduler.ts'
import type { VendorHandleOptions } from './vendor-handle.ts'
import type { VirtualTime } from './virtual-time.ts'

/** What stays when a process dies, and what decides how it fares. */
export interface World {
  readonly store: MemoryStore
  readonly vendor: SimulatedVendor
  readonly scheduler: StepScheduler
  readonly time: VirtualTime
  readonly nextSendFault: () => SendFault
  readonly nextReadFault: () => ReadFault
  /** True when the next write of the journal is refused. */
  readonly nextStoreFault: () => boolean
  readonly openJournal: (options: MemoryJournalOptions) => Journal
  readonly openSite: (options: VendorHandleOptions) => VendorAdapter
}

const quiet = (): void => {}

const pollIntervalMs = 10_000

const settleAfterMs = 5 * 60_000

const writes: ReadonlySet<JournalOperation> = new Set([
  'begin',
  'markSent',
  'release',
  'update',
  'updateAll',
  'loseAnswer',
  'appendAudit',
])

const createDirectory = (handle: VendorAdapter): TargetDirectory => ({
  adaptersFor: () => [handle],
  findAdapterOfSite: () => handle,
  reachAdapterOfSite: async () => handle,
  toPlaces: () => [],
  placesOf: () => [],
  findPlaces: async () => [],
  findAlert: async () => null,
  listMachines: async () => [],
  listOtherProtections: async () => ({ found: [], unseenSites: [] }),
  listAlertsAbout: async () => [],
  askSite: async (siteId) => ({ siteId, name: siteId, isReachable: true, problem: null }),
  forget: () => {},
})

/** One life of a gateway: from its start to the kill. */
export class GatewayProcess {
  readonly actor: Actor
  /** In the order in which its subscribers hear of them. */
  readonly heard: TaskEvent[] = []
  readonly #world: World
  readonly #bus: EventBus
  readonly #handle: VendorAdapter
  readonly #journal: Journal
  #operations: Operations | null = null

  constructor(world: World, name: string) {
    this.#world = world
    this.actor = { name, isAlive: true }
    this.#bus = createMemoryEventBus()
    this.#bus.subscribe((event) => this.heard.push(event))
    const { scheduler, vendor, time, nextSendFault, nextReadFault } = world
    const now = () => time.now()
    this.#handle = world.openSite({ vendor, actor: this.actor, scheduler, nextSendFault, nextReadFault, now })
    this.#journal = this.#openJournal()
  }

  /** Resolves when it takes operations. */
  async start(hasTracker: boolean): Promise<void> {
    const clock = this.#world.time.clockOf(this.actor)
    const journal = this.#journal
    const logger = this.#openLogger()
    if (hasTracker) {
      const adapters = [this.#handle]
      await startTaskTracker({
        adapters,
        journal,
        leases: createOwnLeases(),
        bus: this.#bus,
        clock,
        logger,
        pollIntervalMs,
        settleAfterMs,
        foreignMaxAgeMs: 0,
        placesOf: () => [],
        // Each pause is as long as it should be, so that a seed gives the same schedule again.
        random: () => 0.5,
      })
    }
    this.#operations = createOperations({
      directory: createDirectory(this.#handle),
      journal,
      clock,
      logger,
      isAlive: () => true,
    })(null)
  }

  /** Null when it does not listen yet. */
  press(press: Press): Promise<OperationResult> | null {
    if (this.#operations === null) return null
    const { caller, operation, target, key, reason } = press
    const targetId = toGlobalId('ProtectionGroup', 'ZERTO', target)
    const base = { idempotencyKey: key, reason, options: [], given: { idempotencyKey: key, targetId, reason } }
    const viewer = viewerOf(caller, scopes)
    if (operation === 'startReplication') {
      const work = {
        vendor: 'ZERTO',
        path: 'input.work',
        value: { name: target.replace('vpg', 'new') },
        kind: 'group',
      } as const
      const input = { ...base, siteId: 'site', description: null, rpoSeconds: null, slaProfileId: null, work }
      return this.#operations.startReplication(input, viewer)
    }
    if (operation === 'failover') {
      const guard = { planToken: null, allowSplitBrainRisk: false }
      const input = { ...base, targetId, recoveryPointId: null, replicationIds: null, ...guard }
      return this.#operations.failover(input, viewer)
    }
    return this.#operations[operation]({ ...base, targetId }, viewer)
  }

  /** The target that a press is about. */
  static targetIdOf({ target }: Press): string {
    return toGlobalId('ProtectionGroup', 'ZERTO', target)
  }

  /** kill -9: nothing that it was about to do is done. */
  kill(): void {
    this.actor.isAlive = false
  }

  #openLogger(): Logger {
    const note = (message: string): void => this.#world.scheduler.note(`${this.actor.name} logs: ${message}`)
    return { debug: quiet, info: quiet, warn: note, error: note }
  }

  #openJournal(): Journal {
    const { store, scheduler, time, nextStoreFault, openJournal } = this.#world
    const pause = async (operation: JournalOperation, moment: 'BEFORE' | 'AFTER'): Promise<void> => {
      const isRefused = moment === 'BEFORE' && writes.has(operation) && nextStoreFault()
      const words = moment === 'BEFORE' ? `journal ${operation}` : `journal ${operation} is done`
      await scheduler.turn(this.actor, isRefused ? `${words} (refused: busy)` : words)
      if (isRefused) throw DomainError.store('STORE_BUSY', 'The store is locked', null)
    }
    const clock = time.clockOf(this.actor)
    return openJournal({ store, bus: this.#bus, clock, pause })
  }
}
