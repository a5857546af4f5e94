import type { GraphQLResolveInfo } from 'graphql'
import { findProblem } from '../domain/errors.ts'
import { requirePageSize, toPage, type Ordering } from '../inventory/paging.ts'
import type { Connection } from './connection-type.ts'
import type { GatewayContext } from './context.ts'
import { noteGaps } from './coverage.ts'

/** The arguments of a page, as GraphQL gives them. */
export interface PageArgs {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

export const defaultPage = 50

/**
 * A page of a list that one site is asked for. A site that cannot give it costs this list only: it is empty then, and its
 * `coverage` and the `errors` of the answer say why.
 */
export const loadVendorPage = async <T>(
  read: () => Promise<readonly T[]>,
  ordering: Ordering<T>,
  args: PageArgs,
  context: Pick<GatewayContext, 'gaps'>,
  info: GraphQLResolveInfo,
): Promise<Connection<T>> => {
  const page = { first: requirePageSize(args.first ?? defaultPage), after: args.after ?? null }
  try {
    return { ...toPage(await read(), ordering, page), coverage: [] }
  } catch (error) {
    const problem = findProblem(error)
    if (problem === null || problem.code === 'INVALID_INPUT') throw error
    const siteName = 'siteName' in problem ? problem.siteName : 'vendor' in problem ? problem.vendor : ''
    const coverage = [{ siteName, completeness: 'UNAVAILABLE', observedAt: null, problem } as const]
    noteGaps(coverage, context, info)
    return { ...toPage([], ordering, page), coverage }
  }
}

/**
 * One value that a site is asked for. Null where the site has no such thing; null with an entry in the `errors` of the
 * answer when it could not be read.
 */
export const loadVendorValue = async <T>(
  read: () => Promise<T>,
  context: Pick<GatewayContext, 'gaps'>,
  info: GraphQLResolveInfo,
): Promise<T | null> => {
  try {
    return await read()
  } catch (error) {
    const problem = findProblem(error)
    if (problem === null) throw error
    if (problem.code === 'CAPABILITY_UNSUPPORTED') return null
    const siteName = 'siteName' in problem ? problem.siteName : ''
    noteGaps([{ siteName, completeness: 'UNAVAILABLE', observedAt: null, problem }], context, info)
    return null
  }
}
