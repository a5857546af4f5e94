import type { Answer } from './gateway-error.ts'

/** Where keys outlive the page: `localStorage`, `sessionStorage`, or anything like them. */
export interface KeyStorage {
  readonly length: number
  key(index: number): string | null
  getItem(name: string): string | null
  setItem(name: string, value: string): void
  removeItem(name: string): void
}

/** 128 bits by chance, as 32 hexadecimal digits. Also on pages without TLS, where `crypto.randomUUID` is missing. */
export const newIdempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** A storage that lives as long as the process. */
export const createMemoryStorage = (): KeyStorage => {
  const values = new Map<string, string>()
  return {
    get length() {
      return values.size
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name),
  }
}

const prefix = 'dr-gateway.key.'

/**
 * Keys of what was asked for and is not answered yet, by the name of the intention, e.g. `failover GROUP_ID`. Pressing
 * again after a reload, a crash of the page or a lost answer sends the same key, so that it is done once.
 */
export interface PendingKeys {
  /** The key of an intention: the one that is pending, or else a new one, which is pending from now on. */
  keyOf(intention: string): string
  /** The answer is known: the next press is a new intention. */
  settle(intention: string): void
  /**
   * Sends with the intention's key, and settles it when an answer has come, be it a refusal. Where none has come, as
   * when the line broke, the key stays.
   */
  press<Data>(intention: string, send: (key: string) => Promise<Answer<Data>>): Promise<Answer<Data>>
  /** Intentions whose answer is not known. */
  list(): readonly string[]
}

/** @param storage Where it throws, because it is full or not allowed, keys live as long as the page. */
export const createPendingKeys = (storage: KeyStorage): PendingKeys => {
  const memory = createMemoryStorage()
  const read = (name: string): string | null => {
    try {
      return storage.getItem(name) ?? memory.getItem(name)
    } catch {
      return memory.getItem(name)
    }
  }
  const keyOf = (intention: string): string => {
    const name = `${prefix}${intention}`
    const pending = read(name)
    if (pending !== null) return pending
    const key = newIdempotencyKey()
    memory.setItem(name, key)
    try {
      storage.setItem(name, key)
    } catch {
      // Kept in memory.
    }
    return key
  }
  const settle = (intention: string): void => {
    memory.removeItem(`${prefix}${intention}`)
    try {
      storage.removeItem(`${prefix}${intention}`)
    } catch {
      // Was never there.
    }
  }
  return {
    keyOf,
    settle,
    press: async (intention, send) => {
      const answer = await send(keyOf(intention))
      if (answer.data !== null) settle(intention)
      return answer
    },
    list: () => {
      const names = new Set<string>()
      for (const place of [storage, memory]) {
        for (let index = 0; index < place.length; index++) names.add(place.key(index) ?? '')
      }
      return [...names].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length))
    },
  }
}
