import type { Clock } from '../domain/ports/clock.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { Tracer } from '../domain/ports/tracer.ts'
import type { UpstreamObserver } from '../domain/ports/upstream-observer.ts'
import type { Secret } from '../std/secret.ts'
import type { TlsTrust } from './http-client.ts'

/** A value of a login: a text, a secret, or lists and records of them. */
export type LoginValue = string | Secret | readonly LoginValue[] | { readonly [name: string]: LoginValue }

/** One configured site, as its vendor's adapter is given it. */
export interface SiteOptions {
  readonly name: string
  readonly url: string
  readonly tls: TlsTrust
  /** Whether a name may stand for this machine, and an address be link-local. @default false */
  readonly allowLocalAddresses?: boolean
  /** Checked by the vendor's own login schema. What came by reference is a {@link Secret}. */
  readonly login: Readonly<Record<string, LoginValue>>
}

/** What every adapter needs besides its site. */
export interface AdapterDependencies {
  readonly clock: Clock
  readonly logger: Logger
  /** Is told of every call. @default nobody */
  readonly observer?: UpstreamObserver | null
  /** Writes each call down as a part of what it is made for. @default nobody */
  readonly tracer?: Tracer | null
}
