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

/** The password in a URL, as it stands there and as it is meant. */
const listPasswords = (text: string): readonly string[] => {
  const { password = '' } = URL.parse(text) ?? {}
  return password === '' ? [] : [password, decodeURIComponent(password)]
}

/** What every {@link Secret} inside a value holds, and the passwords of those that are URLs. It goes nowhere but to what masks. */
export const listSecrets = (value: unknown): readonly string[] => {
  if (value instanceof Secret) return [value.reveal(), ...listPasswords(value.reveal())]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(listSecrets)
}
