import { GraphQLError, type GraphQLResolveInfo } from 'graphql'
import type { SiteCoverage, Completeness } from '../inventory/inventory.ts'
import { builder } from './builder.ts'
import { lastingWith } from './lasting.ts'
import type { GatewayContext } from './context.ts'
import { describedEnum } from './described-enum.ts'
import { ProblemRef } from './problem/problem-interface.ts'
import { SiteRef } from './site/site-type.ts'

const CompletenessEnum = describedEnum<Completeness>('Completeness', 'How much of a site is in a list.', {
  COMPLETE: 'All of it, as it is now.',
  STALE: 'All of it, as it was at `observedAt`: the site does not answer.',
  UNAVAILABLE: 'Nothing of it.',
})

export const SiteCoverageRef = builder.objectRef<SiteCoverage>('SiteCoverage')
SiteCoverageRef.implement({
  description: 'What a list could see of one configured site. A short list can never look complete.',
  fields: (t) => ({
    site: t.field({
      type: SiteRef,
      nullable: true,
      description: 'The site; null when it has been taken out of the configuration meanwhile.',
      extensions: lastingWith(),
      resolve: ({ siteName }, _args, { loaders }) => loaders.findSiteByName(siteName),
    }),
    siteName: t.exposeString('siteName', { description: 'Its name in the configuration.' }),
    completeness: t.expose('completeness', { type: CompletenessEnum, description: 'How much of it is in the list.' }),
    observedAt: t.expose('observedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When what is in the list was read; null when nothing has been read yet.',
    }),
    problem: t.expose('problem', {
      type: ProblemRef,
      nullable: true,
      description: 'Why it is not complete; null when it is.',
    }),
  }),
})

const pathOf = ({ path }: GraphQLResolveInfo): readonly (string | number)[] => {
  const keys: (string | number)[] = []
  for (let step: GraphQLResolveInfo['path'] | undefined = path; step !== undefined; step = step.prev)
    keys.unshift(step.key)
  return keys
}

/** Adds to the `errors` of the answer what a list could not see, with the list's path (R1). Its data stays whole. */
export const noteGaps = (
  coverage: readonly SiteCoverage[],
  { gaps }: Pick<GatewayContext, 'gaps'>,
  info: GraphQLResolveInfo,
): void => {
  for (const { siteName, completeness, problem } of coverage) {
    if (problem === null) continue
    const extensions = { code: problem.code, siteName, completeness }
    gaps.push(new GraphQLError(`${siteName}: ${problem.message}`, { path: pathOf(info), extensions }))
  }
}
