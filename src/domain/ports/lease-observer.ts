/** `WANTED` begins, and `LEFT` ends, that this gateway wants it; between them it may be `TAKEN` and be `LOST` again, several times. */
export type LeaseMoment = 'WANTED' | 'TAKEN' | 'LOST' | 'LEFT'

/** Is told of the leases of this gateway. Must not throw. */
export interface LeaseObserver {
  noteLease(name: string, moment: LeaseMoment): void
}
