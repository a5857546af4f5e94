import { DomainError } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { Journal } from '../domain/ports/journal.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { Task, TaskReading, TaskTarget } from '../domain/task.ts'
import { type Candidate, clockMarginMs, type Fit, isUnanswered, sendWindowMs } from './match-readings.ts'
import { toTaskKey } from './foreign-task.ts'
import { type TargetView, viewTarget } from './target-view.ts'

const pageSize = 200

// Where more was asked for since the oldest lost call than this many pages hold, nothing is concluded.
const mostPages = 25

const isSame = (one: TaskTarget, other: TaskTarget): boolean =>
  one.kind === other.kind && one.vendor === other.vendor && one.nativeId === other.nativeId

/** The ids of the vendor's tasks that tasks here are known by, as far back as matters. */
const listTaken = async (journal: Journal, sinceMs: number, siteName: string): Promise<ReadonlySet<string>> => {
  const taken = new Set<string>()
  const everything = { sight: null, siteNames: null, states: null, operations: null, targetIds: null, limit: pageSize }
  let last: Task | undefined
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await journal.listTasks({ ...everything, olderThan: last?.id ?? null })
    for (const { vendorTaskId, dispatch } of page.tasks) {
      // What was taken for somebody else's may be the lost one all the same.
      if (vendorTaskId !== null && dispatch !== 'FOREIGN') taken.add(toTaskKey(vendorTaskId))
    }
    last = page.tasks.at(-1)
    if (!page.hasMore || last === undefined || last.startedAt.getTime() < sinceMs) return taken
  }
  const message = `More than ${mostPages * pageSize} tasks were started here since a call to ${siteName} was lost`
  throw DomainError.vendor({ code: 'VENDOR_PROTOCOL', message, siteName })
}

/** What the site lists under the operation id of each task, by the id. Empty where the site does not go by it. */
const listNamed = async (
  adapter: VendorAdapter,
  lost: readonly Task[],
  {
    plain,
    since,
    signal,
  }: { readonly plain: readonly TaskReading[]; readonly since: Date; readonly signal: AbortSignal },
): Promise<ReadonlyMap<string, readonly TaskReading[]>> => {
  const named = new Map<string, readonly TaskReading[]>()
  if (!adapter.capabilities().supports.OPERATION_IDS) return named
  for (const { request } of lost) {
    if (request === null) continue
    const { operationId } = request
    named.set(operationId, await adapter.listTasks({ since, operationId }, signal))
  }
  const lists = [...named.values()]
  const isLeftOut = (list: readonly TaskReading[]): boolean =>
    plain.some(({ vendorTaskId }) => list.every((one) => one.vendorTaskId !== vendorTaskId))
  if (lists.every((list) => list.length === 0) || lists.some(isLeftOut)) return named
  // A site that takes no notice of the operation id would list the same under one that nobody has sent.
  const unused = await adapter.listTasks({ since, operationId: `${[...named.keys()][0] ?? ''}-unused` }, signal)
  return unused.length === 0 ? named : new Map()
}

interface ListingInput {
  readonly adapter: VendorAdapter
  readonly readAt: Date
  readonly skewMs: number
  readonly unanswered: readonly Task[]
  readonly plain: readonly TaskReading[]
  readonly named: ReadonlyMap<string, readonly TaskReading[]>
  readonly taken: ReadonlySet<string>
}

/** A site's own tasks since the oldest lost call, without those that tasks here are known by. */
export class TaskListing {
  readonly readAt: Date
  /** Vendor clock minus ours; 0 where the site does not tell. */
  readonly skewMs: number
  /** Everything of this site that has no answer yet, lost or on its way. */
  readonly unanswered: readonly Task[]
  readonly #input: ListingInput
  readonly #views = new Map<string, Promise<TargetView>>()

  constructor(input: ListingInput) {
    this.readAt = input.readAt
    this.skewMs = input.skewMs
    this.unanswered = input.unanswered
    this.#input = input
  }

  /** What an unanswered task could be: the readings of its kind, or of an unknown kind. Throws what reads throw. */
  async listCandidates(task: Task, signal: AbortSignal): Promise<readonly Candidate[]> {
    const { plain, named, taken } = this.#input
    const own = named.get(task.request?.operationId ?? '') ?? []
    const all = new Map([...plain, ...own].map((reading) => [toTaskKey(reading.vendorTaskId), reading]))
    const kin = [...all].filter(
      ([key, { operation }]) => !taken.has(key) && (operation === task.operation || operation === 'OTHER'),
    )
    return Promise.all(
      kin.map(async ([key, reading]) => {
        const isNamedById = own.some(({ vendorTaskId }) => toTaskKey(vendorTaskId) === key)
        return { reading, isNamedById, fit: await this.#fit(task, reading, isNamedById, signal) }
      }),
    )
  }

  async #fit(task: Task, reading: TaskReading, isNamedById: boolean, signal: AbortSignal): Promise<Fit> {
    if (task.operation === 'START_REPLICATION') return isNamedById ? 'YES' : this.#fitStart(task, reading, signal)
    if (task.target === null) return 'NO'
    if (reading.target === null) return 'UNTOLD'
    if (isSame(task.target, reading.target)) return 'YES'
    // Some vendors name the group of the machine that was asked for.
    if (task.target.kind !== 'Replication' || reading.target.kind !== 'ProtectionGroup') return 'NO'
    const machine = await this.#view(task.target, signal)
    if (machine.kind !== 'SEEN') return 'UNTOLD'
    return machine.groupNativeId === reading.target.nativeId ? 'YES' : 'NO'
  }

  /** What a start makes has an id only afterwards: its name is all that is known before. */
  async #fitStart(task: Task, reading: TaskReading, signal: AbortSignal): Promise<Fit> {
    if (reading.operation !== task.operation) return 'NO'
    if (task.targetName === null) return 'UNTOLD'
    const name = reading.targetName ?? (await this.#findName(reading.target, signal))
    if (name === null) return 'UNTOLD'
    return name === task.targetName ? 'YES' : 'NO'
  }

  async #findName(target: TaskTarget | null, signal: AbortSignal): Promise<string | null> {
    const view = target && (await this.#view(target, signal))
    return view?.kind === 'SEEN' ? view.object.name : null
  }

  #view(target: TaskTarget, signal: AbortSignal): Promise<TargetView> {
    const key = `${target.kind}/${target.nativeId}`
    const pending = this.#views.get(key) ?? viewTarget(this.#input.adapter, target, signal)
    this.#views.set(key, pending)
    return pending
  }
}

/**
 * Asks a site for its tasks since the oldest of these lost calls: one call for all, and one more for each operation id
 * where the site goes by them. The journal is read last, so that a task which the site lists and whose answer has come in
 * the meantime is known as taken. Throws what reads throw.
 */
export const openTaskListing = async (
  adapter: VendorAdapter,
  { journal, clock }: { readonly journal: Journal; readonly clock: Clock },
  lost: readonly Task[],
  signal: AbortSignal,
): Promise<TaskListing> => {
  const oldestMs = Math.min(...lost.map(({ startedAt }) => startedAt.getTime()))
  const since = new Date(oldestMs - clockMarginMs)
  const readAt = clock.now()
  const { clockSkewMs } = await adapter.readSite(signal)
  const plain = await adapter.listTasks({ since, operationId: null }, signal)
  const named = await listNamed(adapter, lost, { plain, since, signal })
  const { siteName } = adapter
  const unanswered = (await journal.listOpenTasks(siteName)).filter(isUnanswered)
  const taken = await listTaken(journal, oldestMs - sendWindowMs - 2 * clockMarginMs, siteName)
  return new TaskListing({ adapter, readAt, skewMs: clockSkewMs ?? 0, unanswered, plain, named, taken })
}
