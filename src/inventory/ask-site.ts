import { DomainError, findProblem, type Problem, type ProblemCode } from '../domain/errors.ts'
import { parseGlobalId } from '../domain/global-id.ts'
import type { SiteSight } from '../domain/ports/target-directory.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { SiteFeed } from './site-feed.ts'
import { toSites } from './site-view.ts'

/** How long the answer of a site is waited for. Who asks stands before a decision, often because the site is down. */
const patienceMs = 5_000

/** It said something that makes sense, if only no. */
const saidNo: ReadonlySet<ProblemCode> = new Set(['VENDOR_REFUSED', 'RATE_LIMITED'])

const ask = async (
  adapter: VendorAdapter,
  signal: AbortSignal,
): Promise<{ id: string | null; problem: Problem | null }> => {
  try {
    const { local } = await adapter.readSite(AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]))
    return { id: local.id, problem: null }
  } catch (error) {
    const { siteName } = adapter
    const message = `The answer of ${siteName} could not be read`
    const unexpected = DomainError.vendor({ code: 'VENDOR_PROTOCOL', message, siteName, cause: error })
    return { id: null, problem: findProblem(error) ?? unexpected.problem }
  }
}

/**
 * Asks a site itself, now.
 *
 * A configured site that has not answered since this process began cannot be told from the one that is asked about. It is
 * asked too; when it is silent it is taken for that site, because a silence that is overlooked is the worse mistake.
 *
 * @param adapter The configured site with this id; null when none is known to have it.
 */
export const askSite = async (
  siteId: string,
  adapter: VendorAdapter | null,
  feeds: readonly SiteFeed[],
  signal: AbortSignal,
): Promise<SiteSight> => {
  if (adapter !== null) {
    const { problem } = await ask(adapter, signal)
    return { siteId, name: adapter.siteName, isReachable: problem === null || saidNo.has(problem.code), problem }
  }
  const vendor = parseGlobalId(siteId)?.vendor
  const strangers = feeds.filter((feed) => feed.adapter.vendor === vendor && feed.report.last.value === null)
  const answers = await Promise.all(
    strangers.map(async (feed) => ({ name: feed.adapter.siteName, ...(await ask(feed.adapter, signal)) })),
  )
  const found = answers.find(({ id }) => id === siteId)
  if (found !== undefined) return { siteId, name: found.name, isReachable: true, problem: null }
  const silent = answers.find(({ problem }) => problem !== null)
  if (silent !== undefined) return { siteId, name: silent.name, isReachable: false, problem: silent.problem }
  const name = toSites(feeds).find(({ id }) => id === siteId)?.name ?? siteId
  return { siteId, name, isReachable: null, problem: null }
}
