import { Counter, Gauge, type Registry } from 'prom-client'
import type { LeaseMoment } from '../domain/ports/lease-observer.ts'

/** Which leases this gateway has. None are told of where a gateway has its store for itself. */
export class LeaseFigures {
  readonly #held: Gauge<'lease'>
  readonly #since: Gauge<'lease'>
  readonly #taken: Counter<'lease'>

  constructor(registers: Registry[]) {
    const labelNames = ['lease'] as const
    this.#held = new Gauge({
      name: 'dr_gateway_lease_held',
      help: '1 when this gateway has the lease, 0 when it only wants it.',
      labelNames,
      registers,
    })
    this.#since = new Gauge({
      name: 'dr_gateway_lease_since_timestamp_seconds',
      help: 'Since when this gateway has the lease; left out when it has not.',
      labelNames,
      registers,
    })
    this.#taken = new Counter({
      name: 'dr_gateway_lease_takeovers_total',
      help: 'How often this gateway has got the lease.',
      labelNames,
      registers,
    })
  }

  note(lease: string, moment: LeaseMoment): void {
    if (moment === 'LEFT') {
      this.#held.remove({ lease })
      this.#since.remove({ lease })
      return
    }
    this.#held.set({ lease }, moment === 'TAKEN' ? 1 : 0)
    if (moment === 'TAKEN') this.#since.set({ lease }, Date.now() / 1000)
    else this.#since.remove({ lease })
    this.#taken.inc({ lease }, moment === 'TAKEN' ? 1 : 0)
  }
}
