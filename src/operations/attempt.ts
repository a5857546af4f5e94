import type { DomainError } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { Journal } from '../domain/ports/journal.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { TargetDirectory } from '../domain/ports/target-directory.ts'
import type { Tracer } from '../domain/ports/tracer.ts'
import type { Task } from '../domain/task.ts'
import type { CallerView } from './caller-view.ts'
import type { Ready, Request } from './request.ts'

/** What every operation needs from outside. */
export interface OperationDependencies {
  readonly directory: TargetDirectory
  readonly journal: Journal
  readonly clock: Clock
  readonly logger: Logger
  /** Until the result is disposed of, a site that was asked can be sent what it was asked for. @default nothing changes meanwhile */
  readonly holdSites?: () => Disposable
  /** @default null // nobody traces */
  readonly tracer?: Tracer | null
  /** False when others may take this gateway for dead: see `Leases.isAlive`. */
  readonly isAlive: () => boolean
}

/** Who asks, and by which request. */
export type Asking = Pick<Request, 'viewer' | 'requestId'>

/** What an open task on the same target means for a request. */
interface Exclusion {
  readonly ids: readonly string[]
  readonly isHindrance: (open: Task) => boolean
  readonly toRefusal: (open: Task) => DomainError
}

/** What is left to do of a request whose input makes sense. */
export interface Steps {
  /** How what is not there is refused; what the caller may not see is refused the same. */
  readonly toAbsent: () => DomainError
  /** Refuses what is out of the reach of a bound caller, before any vendor is asked for it. */
  readonly admit: () => Promise<void>
  /** One run at a time under this word, so that a second press finds the first one in the journal. */
  readonly lockKey: string
  /** Everything up to the call. */
  readonly getReady: (signal: AbortSignal) => Promise<Ready & { readonly exclusion: Exclusion | null }>
}

/** A request, and how it is carried out. */
export interface Attempt {
  readonly request: Request
  readonly view: CallerView
  /** Checks scope and input. @throws what the request is refused with. */
  readonly toSteps: () => Steps
}

/** Of what acts on no replication or group. */
export const withoutTarget = {
  target: null,
  targetName: null,
  options: null,
  overriddenRisks: [],
  warnings: [],
  exclusion: null,
} as const
