import { DomainError, findProblem } from '../../domain/errors.ts'
import type { Clock } from '../../domain/ports/clock.ts'
import type { HealthFinding } from '../../domain/site-condition.ts'
import { toErrorText } from './vcda-details.ts'
import { toTaskProblem } from './vcda-errors.ts'
import type { VcdaReadClient } from './vcda-read-client.ts'
import type { HealthTaskWire, HealthWire } from './vcda-read-wire.ts'
import { toTaskState } from './vcda-states.ts'
import { isBefore, type ApiVersion } from './vcda-versions.ts'
import type { ApiErrorWire } from './vcda-wire.ts'

// The site gives percentages and no verdict; from here on a disk is called full (inferred).
const fullDiskPercent = 90

const firstWaitMs = 500
const longestWaitMs = 4000

/** Of the gateway's clock, from the first question to the last. */
const deadlineMs = 60_000

/** However the clock goes: no check is asked for more often. */
const mostPolls = 60

const toFinding = (part: string, error: ApiErrorWire | null | undefined): HealthFinding => ({
  part,
  isHealthy: error === null || error === undefined,
  message: toErrorText(error),
})

/** Parts that stand in the answer as an error or null; one that is left out was not checked. */
const errorParts = [
  ['lookup service', 'lsError'],
  ['database', 'dbError'],
  ['time service', 'ntpError'],
  ['Cloud Director', 'vcdError'],
  ['manager', 'managerError'],
  ['single sign-on administrator', 'ssoAdminError'],
] as const

type HealthBase = Omit<HealthWire, 'managerHealth'>

const toBaseFindings = (wire: HealthBase): readonly HealthFinding[] => [
  ...errorParts.flatMap(([part, member]) => (wire[member] === undefined ? [] : [toFinding(part, wire[member])])),
  ...(wire.tunnelConnectivity ?? []).map(({ tunnelService, error }) =>
    toFinding(`tunnel ${tunnelService?.url ?? tunnelService?.id ?? ''}`.trim(), error),
  ),
  ...Object.entries(wire.diskUsage ?? {}).flatMap(([mount, percent]) =>
    typeof percent === 'number'
      ? [{ part: `disk ${mount}`, isHealthy: percent < fullDiskPercent, message: `${percent}% used` }]
      : [],
  ),
  ...(wire.offlineReplicators ?? []).map(({ id, description }) => ({
    part: `replicator ${description || id}`,
    isHealthy: false,
    message: 'offline',
  })),
  ...(wire.onlineReplicators ?? []).map(({ id, description, state }) =>
    toFinding(`replicator ${description || id}`, state?.incomingCommError ?? state?.outgoingCommError),
  ),
  ...(wire.localReplicatorsHealth ?? []).map(({ instanceId, lwdError, hbrError, h4dmError }) =>
    toFinding(`local replicator ${instanceId ?? ''}`.trim(), lwdError ?? hbrError ?? h4dmError),
  ),
]

/** `CloudHealthInfo` as findings; those of the Manager service behind it begin with its name. */
export const toHealthFindings = (wire: HealthWire): readonly HealthFinding[] => [
  ...toBaseFindings(wire),
  ...(wire.managerHealth ? toBaseFindings(wire.managerHealth) : []).map((finding) => ({
    ...finding,
    part: `manager: ${finding.part}`,
  })),
]

/**
 * The site's own check of its parts, in each of its three forms: the answer itself (3.0), a task that `GET` begins (up
 * to 4.5), a task that `POST` begins (from 4.6 on). The task is asked for until it ends.
 */
export class VcdaHealthCheck {
  readonly #client: VcdaReadClient
  readonly #clock: Clock
  readonly #siteName: string

  constructor(options: { readonly client: VcdaReadClient; readonly clock: Clock; readonly siteName: string }) {
    this.#client = options.client
    this.#clock = options.clock
    this.#siteName = options.siteName
  }

  /**
   * @param version Of the site; null, where it is not known, asks in the form of the newest.
   * @throws VENDOR_REFUSED when the check fails, TIMEOUT when it takes longer than a minute, CANCELLED.
   */
  async run(version: ApiVersion | null, signal: AbortSignal): Promise<readonly HealthFinding[]> {
    const answer = await this.#begin(version, signal)
    if (answer.kind === 'HEALTH') return toHealthFindings(answer.wire)
    return this.#toFindings(await this.#untilOver(answer.wire, signal))
  }

  /** A site whose version is not known is asked in the newest form, and in the older one where it has none of that. */
  async #begin(version: ApiVersion | null, signal: AbortSignal): ReturnType<VcdaReadClient['beginHealthCheck']> {
    try {
      return await this.#client.beginHealthCheck(isBefore(version, '4.6') ? 'GET' : 'POST', { signal })
    } catch (error) {
      if (version !== null || !isUnknownForm(error)) throw error
      return this.#client.beginHealthCheck('GET', { signal })
    }
  }

  async #untilOver(first: HealthTaskWire, signal: AbortSignal): Promise<HealthTaskWire> {
    const startedAt = this.#clock.now().getTime()
    let wire = first
    let waitMs = firstWaitMs
    for (let polls = 0; !isOver(wire); polls += 1) {
      if (polls >= mostPolls || this.#clock.now().getTime() - startedAt > deadlineMs) throw this.#tooLong()
      await this.#clock.wait(waitMs, signal)
      if (signal.aborted) throw this.#cancelled()
      wire = await this.#client.getHealthTask(first.id, { signal })
      waitMs = Math.min(waitMs * 2, longestWaitMs)
    }
    return wire
  }

  #toFindings(wire: HealthTaskWire): readonly HealthFinding[] {
    if (toTaskState(wire.state) === 'FAILED') {
      throw new DomainError(toTaskProblem(wire.error, this.#siteName))
    }
    if (wire.result) return toHealthFindings(wire.result)
    const message = `site ${this.#siteName}: its health check ended without a result`
    throw DomainError.vendor({ code: 'VENDOR_PROTOCOL', message, siteName: this.#siteName })
  }

  #tooLong(): DomainError {
    const message = `site ${this.#siteName}: its health check is not over after ${deadlineMs / 1000} seconds`
    return DomainError.vendor({ code: 'TIMEOUT', message, siteName: this.#siteName })
  }

  #cancelled(): DomainError {
    const message = `site ${this.#siteName}: cancelled while its health was checked`
    return DomainError.vendor({ code: 'CANCELLED', message, siteName: this.#siteName, retry: 'never' })
  }
}

/** Refusals by which a site says that it has no such call, or not by this method. */
const noSuchCall: ReadonlySet<number | null> = new Set([404, 405])

const isUnknownForm = (error: unknown): boolean => {
  const problem = findProblem(error)
  return problem !== null && 'httpStatus' in problem && noSuchCall.has(problem.httpStatus)
}

const isOver = ({ state }: HealthTaskWire): boolean => {
  const word = toTaskState(state)
  return word === 'SUCCEEDED' || word === 'FAILED'
}
