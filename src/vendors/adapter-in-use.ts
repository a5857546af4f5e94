import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { VendorReads } from '../domain/ports/vendor-reads.ts'

type Method = (...given: readonly unknown[]) => unknown

const isMethod = (member: unknown): member is Method => typeof member === 'function'

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** The same object, of which each call is one use. */
const countCalls = <T extends object>(counted: T, use: (call: () => unknown) => unknown): T =>
  new Proxy(counted, {
    get: (target, name): unknown => {
      const member: unknown = Reflect.get(target, name, target)
      if (!isMethod(member)) return member
      return (...given: readonly unknown[]) => use(() => Reflect.apply(member, target, given))
    },
  })

/** One adapter, and what is under way on it: once it is let go, it is disposed of when the last use has ended. */
export class AdapterInUse implements AsyncDisposable {
  readonly adapter: VendorAdapter
  /** The adapter's own; each call is a use. */
  readonly reads: VendorReads
  /** The adapter's own; each call is a use. */
  readonly specifics: unknown
  readonly #gone = Promise.withResolvers<void>()
  #uses = 0
  #isLetGo = false
  #isGone = false

  constructor(adapter: VendorAdapter) {
    this.adapter = adapter
    const use = (call: () => unknown): unknown => this.#count(call)
    this.reads = countCalls(adapter.reads, use)
    this.specifics = isObject(adapter.specifics) ? countCalls(adapter.specifics, use) : null
  }

  /** True when it can be used no more. */
  get isGone(): boolean {
    return this.#isGone
  }

  /** One use until the result is disposed of. */
  hold(): Disposable {
    this.#uses += 1
    let isHeld = true
    return {
      [Symbol.dispose]: () => {
        if (!isHeld) return
        isHeld = false
        this.#uses -= 1
        this.#endWhenIdle()
      },
    }
  }

  /** One use until the work has come to its end. */
  async run<T>(work: (adapter: VendorAdapter) => Promise<T>): Promise<T> {
    const use = this.hold()
    try {
      return await work(this.adapter)
    } finally {
      use[Symbol.dispose]()
    }
  }

  /** No more uses come. Resolves when the last one has ended and the adapter is disposed of. Never rejects. */
  letGo(): Promise<void> {
    this.#isLetGo = true
    this.#endWhenIdle()
    return this.#gone.promise
  }

  /** Disposes of the adapter, whatever is under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#end()
    await this.#gone.promise
  }

  #count(call: () => unknown): unknown {
    const use = this.hold()
    try {
      const result = call()
      if (result instanceof Promise) return result.finally(() => use[Symbol.dispose]())
      use[Symbol.dispose]()
      return result
    } catch (error) {
      use[Symbol.dispose]()
      throw error
    }
  }

  #endWhenIdle(): void {
    if (this.#isLetGo && this.#uses === 0) this.#end()
  }

  #end(): void {
    if (this.#isGone) return
    this.#isGone = true
    // Whatever could not be ended properly ends by itself at the site.
    void Promise.allSettled([this.adapter[Symbol.asyncDispose]()]).then(() => this.#gone.resolve())
  }
}
