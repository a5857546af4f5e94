/** What a service does instead of, or around, its proper answer. */
export type FaultEffect =
  /** Answers with this and does nothing. */
  | {
      readonly kind: 'ANSWER'
      readonly status: number
      readonly body: string
      readonly headers?: Record<string, string>
    }
  /** Cuts the connection before the request is looked at. */
  | { readonly kind: 'RESET_BEFORE' }
  /** Does what was asked, then cuts the connection instead of answering. */
  | { readonly kind: 'RESET_AFTER' }
  /** Does what was asked and never answers. */
  | { readonly kind: 'HANG' }

export interface Fault {
  /** Only this method; left out means every one. */
  readonly method?: string
  /** Tested against the path without its query, as it was sent. */
  readonly path: RegExp
  readonly effect: FaultEffect
  /** How often it strikes before it is used up. @default for ever */
  readonly times?: number
}

/** The faults of one service, taken in the order in which they were added. */
export class FaultList {
  #faults: { fault: Fault; left: number }[] = []

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY })
  }

  clear(): void {
    this.#faults = []
  }

  /** The effect for this request, or null; counts it as used. */
  take(method: string, path: string): FaultEffect | null {
    const hit = this.#faults.find(
      ({ fault, left }) => left > 0 && (fault.method ?? method) === method && fault.path.test(path),
    )
    if (hit === undefined) return null
    hit.left -= 1
    return hit.fault.effect
  }
}
