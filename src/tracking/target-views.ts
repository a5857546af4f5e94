import { toGlobalId } from '../domain/global-id.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { TaskTarget } from '../domain/task.ts'
import { type TargetView, viewTarget } from './target-view.ts'

// Half of what a site is asked at a time: whoever presses something while hundreds of failovers run does not wait behind
// the looks at all of them.
const mostAtOnce = 4

/**
 * What one round has read of the targets of its tasks: each is read at most once, and only when somebody asks, a few at a
 * time.
 */
export class TargetViews {
  readonly #adapter: VendorAdapter
  readonly #signal: AbortSignal
  readonly #views = new Map<string, Promise<TargetView>>()
  readonly #waiting: (() => void)[] = []
  #underWay = 0

  /** @param signal Ends the reads; those that are asked for then reject. */
  constructor(adapter: VendorAdapter, signal: AbortSignal) {
    this.#adapter = adapter
    this.#signal = signal
  }

  view(target: TaskTarget): Promise<TargetView> {
    const key = toGlobalId(target.kind, target.vendor, target.nativeId)
    const pending = this.#views.get(key) ?? this.#look(target)
    this.#views.set(key, pending)
    return pending
  }

  async #look(target: TaskTarget): Promise<TargetView> {
    if (this.#underWay >= mostAtOnce) await new Promise<void>((resolve) => void this.#waiting.push(resolve))
    else this.#underWay += 1
    try {
      this.#signal.throwIfAborted()
      return await viewTarget(this.#adapter, target, this.#signal)
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#underWay -= 1
      else next()
    }
  }
}
