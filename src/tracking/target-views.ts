import { toGlobalId } from '../domain/global-id.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { TaskTarget } from '../domain/task.ts'
import { type TargetView, viewTarget } from './target-view.ts'

/** What one round has read of the targets of its tasks: each is read at most once, and only when somebody asks. */
export class TargetViews {
  readonly #adapter: VendorAdapter
  readonly #signal: AbortSignal
  readonly #views = new Map<string, Promise<TargetView>>()

  /** @param signal Ends the reads; those that are asked for then reject. */
  constructor(adapter: VendorAdapter, signal: AbortSignal) {
    this.#adapter = adapter
    this.#signal = signal
  }

  view(target: TaskTarget): Promise<TargetView> {
    const key = toGlobalId(target.kind, target.vendor, target.nativeId)
    const pending = this.#views.get(key) ?? viewTarget(this.#adapter, target, this.#signal)
    this.#views.set(key, pending)
    return pending
  }
}
