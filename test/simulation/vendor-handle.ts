import { type Command, type CommandOf } from '../../src/domain/command.ts'
import { DomainError, type VendorProblemCode } from '../../src/domain/errors.ts'
import type {
  Acceptance,
  ConnectionStatus,
  PreparedCall,
  SendOptions,
  TaskSearch,
  VendorAdapter,
} from '../../src/domain/ports/vendor-adapter.ts'
import type { ProtectionGroup } from '../../src/domain/protection-group.ts'
import type { Replication } from '../../src/domain/replication.ts'
import type { SiteReport } from '../../src/domain/site.ts'
import type { DecisionPolicy, TaskReading } from '../../src/domain/task.ts'
import { toCapabilities, toGroup } from './sample-group.ts'
import type { ReadFault, SendFault } from './scenario.ts'
import type { Answer, SimulatedVendor, VendorWork } from './simulated-vendor.ts'
import type { Actor, StepScheduler } from './step-scheduler.ts'

/** What a process needs to speak to the vendor. */
export interface VendorHandleOptions {
  readonly vendor: SimulatedVendor
  /** The process that asks. */
  readonly actor: Actor
  readonly scheduler: StepScheduler
  /** Decides what becomes of the next call. */
  readonly nextSendFault: () => SendFault
  readonly nextReadFault: () => ReadFault
  readonly now: () => number
}

/** The vendor acts whoever lives: what has left a process arrives although the process dies. */
const site: Actor = { name: 'zvm-a', isAlive: true }

const notAsked = (): never => {
  throw new Error('Nothing that is simulated asks for this')
}

const failure = (code: VendorProblemCode, message: string): DomainError =>
  DomainError.vendor({ code, message, siteName: site.name })

const wordsOf = (command: Command): string =>
  'target' in command ? `${command.operation} of ${command.target.nativeId}` : command.operation

const nameOf = (command: CommandOf<'START_REPLICATION'>): string => String(command.work['name'])

const requireAccepted = (answer: Answer): Acceptance => {
  if (answer.kind === 'REFUSED') throw failure('VENDOR_REFUSED', answer.words)
  const { vendorTaskId } = answer.accepted
  return vendorTaskId === null ? { kind: 'DONE' } : { kind: 'TASK', vendorTaskId }
}

/** The way of one process to the simulated vendor: every call leaves, arrives and is answered in steps of their own. */
export class VendorHandle implements VendorAdapter {
  readonly vendor = 'ZERTO'
  readonly siteName = site.name
  readonly reads = {
    listAlerts: notAsked,
    listHistory: notAsked,
    listRecoveryReports: notAsked,
    listProfiles: notAsked,
    listResources: notAsked,
    listAppliances: notAsked,
    readLicense: notAsked,
    readHealth: notAsked,
    listUsage: notAsked,
  }
  readonly #options: VendorHandleOptions
  #readCount = 0

  constructor(options: VendorHandleOptions) {
    this.#options = options
  }

  ownsId(): boolean {
    return true
  }

  capabilities() {
    return toCapabilities(this.#options.vendor.traits)
  }

  connection(): ConnectionStatus {
    return { url: 'http://site', breaker: 'CLOSED', lastSuccessAt: null, certificateExpiresAt: null }
  }

  readSite(): Promise<SiteReport> {
    return this.#read('reads the site', ({ traits }) => {
      const facts = { description: null, location: null, productVersion: null }
      const { vendor, siteName } = this
      const clockSkewMs = traits.skewSeconds * 1_000
      return {
        local: { id: 'site', vendor, nativeId: 'site', name: siteName, ...facts },
        peers: [],
        capabilities: this.capabilities(),
        clockSkewMs,
        details: { vendor },
      }
    })
  }

  listGroups(): Promise<readonly ProtectionGroup[]> {
    return this.#read('lists all groups', ({ groups }) => [...groups.values()].map(toGroup))
  }

  async listReplications(): Promise<readonly Replication[]> {
    return []
  }

  getGroup(nativeId: string): Promise<ProtectionGroup> {
    return this.#read(`reads ${nativeId}`, ({ groups }) => {
      const group = groups.get(nativeId)
      if (group === undefined) throw DomainError.notFound(nativeId)
      return toGroup(group)
    })
  }

  readTasks(vendorTaskIds: readonly string[]): Promise<ReadonlyMap<string, TaskReading>> {
    return this.#read(`reads ${vendorTaskIds.join(', ')}`, (_vendor, isHidden) => {
      const works = this.#listWorks().filter(({ id }) => !isHidden && vendorTaskIds.includes(id))
      return new Map(works.map((work) => [work.id, this.#toReading(work)]))
    })
  }

  listTasks({ since, operationId }: TaskSearch): Promise<readonly TaskReading[]> {
    return this.#read('lists all tasks', ({ traits }) => {
      if (operationId !== null && !traits.keepsOperationIds) throw new Error('It keeps no operation ids')
      const works = this.#listWorks().filter(
        ({ startedAt, accepted }) =>
          startedAt >= since.getTime() && (operationId === null || accepted.operationId === operationId),
      )
      return works.map((work) => this.#toReading(work)).toReversed()
    })
  }

  cleanUp(handle: string): Promise<void> {
    return this.#read(`takes ${handle} away`, ({ openStarts }) => {
      openStarts.delete(handle)
    })
  }

  async prepare(command: Command): Promise<PreparedCall> {
    const { traits } = this.#options.vendor
    const { commitsAfterSeconds } = traits
    const decision: DecisionPolicy | null =
      command.operation === 'FAILOVER' && traits.decides
        ? { policy: commitsAfterSeconds === null ? 'MANUAL' : 'COMMIT', afterSeconds: commitsAfterSeconds }
        : null
    return {
      calls: [{ method: 'POST', path: `/${wordsOf(command)}`, body: null }],
      decision,
      newName: command.operation === 'START_REPLICATION' ? nameOf(command) : null,
      send: (options) => this.#send(command, options),
    }
  }

  listRecoveryPoints = notAsked

  getReplication(): Promise<Replication> {
    return notAsked()
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  async #send(command: Command, { operationId, remember }: SendOptions): Promise<Acceptance> {
    const { vendor } = this.#options
    const fault = this.#options.nextSendFault()
    if (fault === 'UNREACHABLE') {
      await this.#turn('finds no way to the site')
      throw failure('VENDOR_UNAVAILABLE', 'nothing has left')
    }
    const given = { isRefused: fault === 'REFUSED', fails: fault === 'WORK_FAILS' }
    if (command.operation !== 'START_REPLICATION') {
      const targetNativeId = 'target' in command ? command.target.nativeId : null
      const arrival = { operation: command.operation, operationId, targetNativeId, targetName: targetNativeId ?? '' }
      return this.#exchange(wordsOf(command), fault, () => vendor.take(arrival, given))
    }
    const targetName = nameOf(command)
    const handle = await this.#call(`opening of ${targetName}`, () => vendor.openStart(targetName))
    await remember(handle)
    await remember(null)
    const arrival = { operation: command.operation, operationId, targetNativeId: null, targetName }
    return this.#exchange(`start of ${targetName}`, fault, () => vendor.start(handle, arrival, given))
  }

  /** The call that counts. */
  async #exchange(words: string, fault: SendFault, take: () => Answer): Promise<Acceptance> {
    if (fault === 'REQUEST_LOST') {
      await this.#turn(`sends ${words}, which gets lost`)
      throw failure('OUTCOME_UNKNOWN', 'no answer')
    }
    const heard = fault === 'ANSWER_LOST' || fault === 'ANSWER_GARBLED' ? 'gets no proper answer' : 'is answered'
    const answer = await this.#call(words, take, heard)
    if (fault === 'ANSWER_LOST') throw failure('OUTCOME_UNKNOWN', 'the answer was lost')
    if (fault === 'ANSWER_GARBLED') throw failure('VENDOR_PROTOCOL', 'the answer is not to be read')
    return requireAccepted(answer)
  }

  async #call<T>(words: string, take: () => T, heard = 'is answered'): Promise<T> {
    await this.#turn(`sends ${words}`)
    const answer = this.#options.scheduler.turn(site, `receives ${words}`).then(take)
    const taken = await answer
    await this.#turn(`${heard} about ${words}`)
    return taken
  }

  async #read<T>(words: string, look: (vendor: SimulatedVendor, isHidden: boolean) => T): Promise<T> {
    const fault = this.#options.nextReadFault()
    await this.#turn(fault === 'NONE' ? words : `${words} (${fault})`)
    if (fault === 'DOWN') throw failure('VENDOR_UNAVAILABLE', 'the site is down')
    const { vendor } = this.#options
    vendor.catchUp()
    const seen = look(vendor, fault === 'HIDDEN')
    await this.#turn('has read it')
    return seen
  }

  #turn(words: string): Promise<void> {
    return this.#options.scheduler.turn(this.#options.actor, words)
  }

  #listWorks(): readonly VendorWork[] {
    const { vendor, now } = this.#options
    const newest = now() - vendor.traits.listedAfterSeconds * 1_000
    return vendor.works.filter(({ startedAt }) => startedAt <= newest)
  }

  /** Its progress goes back now and then, as that of real tasks does. */
  #toReading(work: VendorWork): TaskReading {
    const { accepted, startedAt, endsAt, isOver, fails, targetNativeId } = work
    const skewMs = this.#options.vendor.traits.skewSeconds * 1_000
    this.#readCount += 1
    const done = Math.round(((this.#options.now() - startedAt) / (endsAt - startedAt)) * 100)
    const progressPercent = isOver ? 100 : Math.max(0, done - (this.#readCount % 3) * 10)
    return {
      vendorTaskId: work.id,
      operation: accepted.operation,
      vendorOperation: accepted.operation,
      state: isOver ? (fails ? 'FAILED' : 'SUCCEEDED') : 'RUNNING',
      progressPercent,
      stage: null,
      startedAt: new Date(startedAt + skewMs),
      endedAt: isOver ? new Date(endsAt + skewMs) : null,
      startedBy: 'gateway',
      target: { kind: 'ProtectionGroup', vendor: 'ZERTO', nativeId: targetNativeId },
      targetName: accepted.targetName,
      problem: isOver && fails ? failure('VENDOR_REFUSED', 'the work has failed').problem : null,
      warnings: [],
    }
  }
}
