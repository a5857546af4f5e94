import { setTimeout as wait } from 'node:timers/promises'
import { ask } from './answers.ts'
import { tokens, type Gateway } from './gateway.ts'
import { readCpuMs } from './processes.ts'
import type { Upstream } from './upstream.ts'

/** Asks for next to nothing, but freshly: both kinds of lists are read again. */
const refreshQuery = {
  query: `query Refresh {
    replications(first: 1, maxAgeSeconds: 0) { totalCount }
    protectionGroups(first: 1, maxAgeSeconds: 0) { totalCount }
  }`,
  variables: {},
}

/** Refreshes everything once. */
export const refresh = async (gateway: Gateway): Promise<void> => {
  await ask(gateway.url, tokens[0] ?? '', refreshQuery)
}

/**
 * CPU of one refresh with all that follows from it (journal, history), in milliseconds, as the mean of some.
 *
 * @param percent How much has changed each time.
 */
export const measureRefresh = async (
  gateway: Gateway,
  upstream: Upstream,
  options: { readonly percent: number; readonly rounds: number; readonly restMs: number },
): Promise<number> => {
  const { percent, rounds, restMs } = options
  const { pid } = gateway.process
  const once = async (): Promise<void> => {
    if (percent > 0) await upstream.churn(percent)
    await refresh(gateway)
  }
  for (let round = 0; round < Math.ceil(rounds / 4); round += 1) await once()
  await wait(restMs)
  const beforeMs = readCpuMs(pid)
  for (let round = 0; round < rounds; round += 1) await once()
  // What is written after the answer belongs to it.
  await wait(restMs)
  return (readCpuMs(pid) - beforeMs) / rounds
}
