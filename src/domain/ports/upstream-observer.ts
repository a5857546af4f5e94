/**
 * What became of one request to a site, of one try of it: `OK` is an answer below 400, `REFUSED` one from 400 to 499, `FAILED`
 * one from 500 on, `LOST` none, `NOT_SENT` a request that was held back because the site fails.
 */
export const vendorCallOutcomes = ['OK', 'REFUSED', 'FAILED', 'LOST', 'NOT_SENT'] as const
export type VendorCallOutcome = (typeof vendorCallOutcomes)[number]

export interface VendorCall {
  /** The configured name. */
  readonly siteName: string
  readonly method: string
  /** The path with `{id}` in the place of whatever is not a word of the vendor's interface, without parameters. */
  readonly endpoint: string
  readonly outcome: VendorCallOutcome
  /** Null where no answer came. */
  readonly status: number | null
  /** From the first byte out to the last byte in; 0 for what was not sent. */
  readonly seconds: number
}

/** Is told of every call to a site. Must not throw. */
export interface UpstreamObserver {
  noteCall(call: VendorCall): void
}
