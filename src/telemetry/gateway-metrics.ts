import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { DoorObserver } from '../domain/ports/door-observer.ts'
import type { JournalObserver, WriteOutcome } from '../domain/ports/journal-observer.ts'
import type { LeaseMoment, LeaseObserver } from '../domain/ports/lease-observer.ts'
import type { AnsweredOperation, OperationObserver } from '../domain/ports/operation-observer.ts'
import type { StreamMoment, StreamObserver } from '../domain/ports/stream-observer.ts'
import type { UpstreamObserver, VendorCall } from '../domain/ports/upstream-observer.ts'
import { BoundedNames, otherName } from './bounded-names.ts'
import { KnownFigures, type FigureSources } from './known-figures.ts'
import { LeaseFigures } from './lease-figures.ts'

/** Names of operations that are told apart; the others count as `other`. */
export const mostOperationNames = 200
/** Endpoints that are told apart at one site; the others count as `other`. */
const mostEndpointsPerSite = 100
const anonymousName = 'anonymous'

const operationSeconds = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 15]
const vendorSeconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15]
const journalSeconds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10]

/** Answers that say that a login or a session is not taken. */
const refusedSession = 401

/** Told from the start, so that the first refusal is seen as one. Others come with the first of their kind. */
const usualRefusals = [400, 401, 404, 408, 413, 415, 429, 431] as const

const toLabel = (word: string): string => word.toLowerCase()

/**
 * The figures of one gateway in a registry of its own: what was told to its observers since the start, and, at each scrape, what is
 * known at that moment. Labels hold names of the configuration, of sites and groups, and of operations; never an id of a
 * request, a caller or a secret.
 */
export class GatewayMetrics
  implements OperationObserver, DoorObserver, UpstreamObserver, StreamObserver, JournalObserver, LeaseObserver
{
  readonly #registry = new Registry()
  readonly #registers = [this.#registry]
  readonly #names = new BoundedNames(mostOperationNames)
  readonly #endpoints = new Map<string, Set<string>>()
  readonly #sessionSites = new Set<string>()
  readonly #figures = new KnownFigures(this.#registers)
  readonly #leases = new LeaseFigures(this.#registers)
  #scrape: Promise<string> | null = null
  #hasBegun = false

  readonly #build = new Gauge({
    name: 'dr_gateway_build_info',
    help: 'Always 1; its labels say what runs.',
    labelNames: ['version', 'node'],
    registers: this.#registers,
  })
  readonly #started = new Gauge({
    name: 'dr_gateway_started',
    help: '1 once the gateway serves, 0 before.',
    registers: this.#registers,
  })
  readonly #operations = new Counter({
    name: 'dr_gateway_operations_total',
    help: 'GraphQL operations that were answered; a subscription counts when it stands.',
    labelNames: ['operation', 'transport', 'outcome'],
    registers: this.#registers,
  })
  readonly #operationSeconds = new Histogram({
    name: 'dr_gateway_operation_seconds',
    help: 'From the coming of an operation to its answer; for a subscription until it stands.',
    labelNames: ['operation', 'transport'],
    buckets: operationSeconds,
    registers: this.#registers,
  })
  readonly #vendorCalls = new Counter({
    name: 'dr_gateway_vendor_calls_total',
    help: 'Requests to sites, each try of them.',
    labelNames: ['site', 'method', 'endpoint', 'outcome'],
    registers: this.#registers,
  })
  readonly #vendorSeconds = new Histogram({
    name: 'dr_gateway_vendor_call_seconds',
    help: 'How long a site took for an answer, or until it was given up.',
    labelNames: ['site', 'method', 'endpoint'],
    buckets: vendorSeconds,
    registers: this.#registers,
  })
  readonly #session = new Gauge({
    name: 'dr_gateway_site_session_accepted',
    help: '1 when the site took our session or login at its last answer, 0 when it refused it (401).',
    labelNames: ['site'],
    registers: this.#registers,
  })
  readonly #subscriptions = new Gauge({
    name: 'dr_gateway_subscriptions',
    help: 'Streams of subscriptions that are open.',
    registers: this.#registers,
  })
  readonly #drops = new Counter({
    name: 'dr_gateway_subscription_queue_drops_total',
    help: 'What was ended because its client left too much waiting: a subscription (SLOW_CONSUMER), or a socket (4450).',
    labelNames: ['kind'],
    registers: this.#registers,
  })
  readonly #refusals = new Counter({
    name: 'dr_gateway_http_refusals_total',
    help: 'Requests over HTTP that were answered with an error before they were read as GraphQL, by the status.',
    labelNames: ['status'],
    registers: this.#registers,
  })
  readonly #journalWrites = new Counter({
    name: 'dr_gateway_journal_writes_total',
    help: 'Writes to the journal.',
    labelNames: ['write', 'outcome'],
    registers: this.#registers,
  })
  readonly #journalSeconds = new Histogram({
    name: 'dr_gateway_journal_write_seconds',
    help: 'How long a write to the journal took, also one that failed.',
    labelNames: ['write'],
    buckets: journalSeconds,
    registers: this.#registers,
  })

  /** @param build.version Of the gateway. */
  constructor(build: { readonly version: string }) {
    collectDefaultMetrics({ register: this.#registry })
    this.#build.set({ version: build.version, node: process.version }, 1)
    this.#started.set(0)
    // A figure that comes into being with its first event would not be seen to grow by it.
    for (const kind of ['subscription', 'socket'] as const) this.#drops.inc({ kind }, 0)
    for (const status of usualRefusals) this.#refusals.inc({ status }, 0)
  }

  /** False until the gateway serves. */
  get hasBegun(): boolean {
    return this.#hasBegun
  }

  /** The media type of {@link GatewayMetrics.scrape}. */
  get contentType(): string {
    return this.#registry.contentType
  }

  /** From now on the gateway serves, and this is what it knows. */
  begin(sources: FigureSources): void {
    this.#hasBegun = true
    this.#started.set(1)
    this.#figures.begin(sources)
  }

  /** All figures in Prometheus' text format. Whoever asks meanwhile joins. Never asks a site. */
  scrape(): Promise<string> {
    this.#scrape ??= this.#read().finally(() => {
      this.#scrape = null
    })
    return this.#scrape
  }

  noteOperation({ name, transport, outcome, seconds }: AnsweredOperation): void {
    const operation = name === null ? anonymousName : this.#names.toName(name, outcome !== 'FAILED')
    this.#operations.inc({ operation, transport: toLabel(transport), outcome: toLabel(outcome) })
    this.#operationSeconds.observe({ operation, transport: toLabel(transport) }, seconds)
  }

  noteCall({ siteName: site, method, outcome, status, seconds, ...call }: VendorCall): void {
    const endpoint = this.#boundEndpoint(site, call.endpoint)
    this.#vendorCalls.inc({ site, method, endpoint, outcome: toLabel(outcome) })
    if (outcome !== 'NOT_SENT') this.#vendorSeconds.observe({ site, method, endpoint }, seconds)
    if (status === null) return
    this.#session.set({ site }, status === refusedSession ? 0 : 1)
    this.#sessionSites.add(site)
  }

  noteStream(moment: StreamMoment): void {
    if (moment === 'OPENED') this.#subscriptions.inc()
    else if (moment === 'CLOSED') this.#subscriptions.dec()
    else this.#drops.inc({ kind: 'subscription' })
  }

  noteSlowSocket(): void {
    this.#drops.inc({ kind: 'socket' })
  }

  noteRefusal(status: number): void {
    this.#refusals.inc({ status })
  }

  noteLease(name: string, moment: LeaseMoment): void {
    this.#leases.note(name, moment)
  }

  noteWrite(write: string, outcome: WriteOutcome, seconds: number): void {
    this.#journalWrites.inc({ write, outcome: toLabel(outcome) })
    this.#journalSeconds.observe({ write }, seconds)
  }

  #boundEndpoint(site: string, endpoint: string): string {
    const known = this.#endpoints.get(site) ?? new Set()
    this.#endpoints.set(site, known)
    if (!known.has(endpoint) && known.size >= mostEndpointsPerSite) return otherName
    known.add(endpoint)
    return endpoint
  }

  async #read(): Promise<string> {
    await this.#figures.refresh()
    for (const site of this.#sessionSites) {
      if (this.#figures.hasSite(site)) continue
      this.#session.remove({ site })
      this.#sessionSites.delete(site)
    }
    return this.#registry.metrics()
  }
}
