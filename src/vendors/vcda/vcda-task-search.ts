import { DomainError, findProblem } from '../../domain/errors.ts'
import type { TaskSearch } from '../../domain/ports/vendor-adapter.ts'
import type { TaskReading } from '../../domain/task.ts'
import type { VcdaClient } from './vcda-client.ts'
import { toTaskReading } from './vcda-task-mapping.ts'
import type { TaskWire } from './vcda-wire.ts'

/** How much the site's clock may differ from what its newest answer told: that was seconds on its way. */
const clockMarginMs = 10_000

/**
 * The same where an operation id is asked for, which alone tells the task: the site's clock may have been set right
 * since. It only keeps a site that does not look at the id from giving all that it remembers.
 */
const operationIdMarginMs = 24 * 60 * 60 * 1000

/** By the site's clock. A task without a start has not begun, so it is not an old one. */
const isAfter = (afterMs: number, { startedAt }: TaskReading): boolean =>
  startedAt === null || startedAt.getTime() > afterMs

/** A task without a start, which has not begun, stands before all others. */
const newestFirst = (one: TaskReading, other: TaskReading): number =>
  (other.startedAt?.getTime() ?? Infinity) - (one.startedAt?.getTime() ?? Infinity) || 0

/**
 * Looks through the site's tasks. That tasks can be asked for by the `operationID` of their call is known from the
 * source of one public client and from no document. A site that does not know the filter would give every task of the
 * time, and the wrong one could be taken for the one that was lost: so what is found counts only when the same question
 * with an id that no call has finds nothing.
 */
export class VcdaTaskSearch {
  readonly #siteName: string
  readonly #client: VcdaClient
  readonly #clockSkewMs: () => number | null
  #knowsOperationIds = true

  constructor(options: {
    readonly siteName: string
    readonly client: VcdaClient
    /** The site's clock minus ours; null before the first answer. */
    readonly clockSkewMs: () => number | null
  }) {
    this.#siteName = options.siteName
    this.#client = options.client
    this.#clockSkewMs = options.clockSkewMs
  }

  /** False once the site has shown that it does not look at operation ids. */
  get knowsOperationIds(): boolean {
    return this.#knowsOperationIds
  }

  /**
   * `startedAt` of what it gives is by the site's clock.
   *
   * @throws CAPABILITY_UNSUPPORTED when the site turns out not to look at operation ids, besides what reads throw.
   */
  async list({ since, operationId }: TaskSearch, signal: AbortSignal): Promise<readonly TaskReading[]> {
    const marginMs = operationId === null ? clockMarginMs : operationIdMarginMs
    const afterMs = since.getTime() + (await this.#readClockSkewMs(since, signal)) - marginMs - 1
    const wires =
      operationId === null
        ? await this.#client.listTasksSince(afterMs, null, signal)
        : await this.#listByOperationId(afterMs, operationId, signal)
    return wires
      .map((wire) => toTaskReading(wire, this.#siteName))
      .filter((reading) => isAfter(afterMs, reading))
      .toSorted(newestFirst)
  }

  /**
   * Any answer tells the clock. It is asked anew, because it may have been set since; what began by the clock that the
   * site had before is found too.
   */
  async #readClockSkewMs(since: Date, signal: AbortSignal): Promise<number> {
    const before = this.#clockSkewMs()
    await this.#client.countTasksSince(since.getTime(), null, signal)
    const now = this.#clockSkewMs() ?? 0
    return Math.min(before ?? now, now)
  }

  async #listByOperationId(afterMs: number, operationId: string, signal: AbortSignal): Promise<readonly TaskWire[]> {
    try {
      const found = await this.#client.listTasksSince(afterMs, operationId, signal)
      if (found.length === 0) return found
      if ((await this.#client.countTasksSince(afterMs, `no-${operationId}`, signal)) === 0) return found
    } catch (error) {
      if (!isBadRequest(error)) throw error
    }
    this.#knowsOperationIds = false
    const message = `site ${this.#siteName} does not look at the operation id that its tasks are asked for by`
    throw DomainError.unsupported('OPERATION_IDS', 'VCDA', message)
  }
}

/** How a site could say that it does not know the filter. */
const isBadRequest = (error: unknown): boolean => {
  const problem = findProblem(error)
  return problem !== null && 'httpStatus' in problem && problem.httpStatus === 400
}
