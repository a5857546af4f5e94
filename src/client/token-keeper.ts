/** Why a token is asked for: the first time, before the present one ends, or because it was not taken. */
export type TokenOccasion = 'first' | 'expiring' | 'refused'

/** A token, or what gives one: read from a store, or fetched from the identity provider. Null for none. */
export type TokenSource = string | ((occasion: TokenOccasion) => string | null | Promise<string | null>)

/** Keeps the token in use, and asks for a fresh one at most once at a time. In memory only. */
export class TokenKeeper {
  readonly #source: TokenSource | null
  #token: string | null = null
  #hasAsked = false
  #renewing: Promise<string | null> | null = null

  constructor(source: TokenSource | null) {
    this.#source = source
  }

  /** False for a token that is what it is. */
  get canRenew(): boolean {
    return typeof this.#source === 'function'
  }

  /** The token in use. */
  async get(): Promise<string | null> {
    if (this.#renewing !== null) return this.#renewing
    if (typeof this.#source !== 'function') return this.#source
    if (this.#hasAsked) return this.#token
    return this.renew('first')
  }

  /** A fresh token, which is in use from then on. */
  renew(occasion: TokenOccasion = 'refused'): Promise<string | null> {
    this.#renewing ??= this.#fetch(occasion).finally(() => {
      this.#renewing = null
    })
    return this.#renewing
  }

  async #fetch(occasion: TokenOccasion): Promise<string | null> {
    if (typeof this.#source !== 'function') return this.#source
    this.#token = await this.#source(occasion)
    this.#hasAsked = true
    return this.#token
  }
}
