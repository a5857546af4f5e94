import { join } from 'node:path'
import type { LoadJob, LoadResult } from '../load/load-worker.ts'
import { startNode } from './processes.ts'

const worker = join(import.meta.dirname, '../load/load-worker.ts')

/** Puts load on a server from a process of its own. @throws when an answer is not 200. */
export const putLoad = async (job: LoadJob): Promise<LoadResult> => {
  await using running = await startNode({ place: 'around', args: [worker, JSON.stringify(job)], ready: /\}\n/ })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own program
  return JSON.parse(running.said) as LoadResult
}
