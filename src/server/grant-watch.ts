import type { Viewer } from '../domain/viewer.ts'

/** Knows when somebody may no longer do all that he could do when he came. */
export interface GrantWatch {
  /**
   * Calls `onWithdrawn` once, when less is granted than the caller came with, nothing included: before this returns where
   * that is so already. What holds something open for him has to let go of it. Dispose when it is no longer of interest.
   */
  watch(viewer: Viewer, onWithdrawn: () => void): Disposable
}

const nothing: Disposable = { [Symbol.dispose]: () => undefined }

/** For callers whose grants stay as they are for as long as the server runs. */
export const lastingGrants: GrantWatch = { watch: () => nothing }
