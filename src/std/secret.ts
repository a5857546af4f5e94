import { inspect } from 'node:util'

const mask = '[redacted]'

/** A secret that cannot be printed by accident: only {@link Secret.reveal} gives it, at the place where it is used. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return mask
  }

  toJSON(): string {
    return mask
  }

  [inspect.custom](): string {
    return mask
  }
}
