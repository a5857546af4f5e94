import type { Viewer } from '../domain/viewer.ts'
import { keptBy } from '../std/kept-by.ts'

/**
 * The same text for all who have the same rights, and so get the same answers to what does not ask who they are. Made from
 * everything that a grant says, so that what is kept never goes to somebody with other bounds.
 */
export const toViewerKey = keptBy(({ grants }: Pick<Viewer, 'grants'>): string =>
  JSON.stringify(
    grants
      .map(({ scopes, siteNames, organizations }) =>
        JSON.stringify([scopes.toSorted(), siteNames?.toSorted() ?? null, organizations?.toSorted() ?? null]),
      )
      .toSorted(),
  ),
)
