import type { SiteCoverage } from '../inventory/inventory.ts'
import type { Page } from '../inventory/paging.ts'
import { builder } from './builder.ts'
import { SiteCoverageRef } from './coverage.ts'

/** A page of a list, and what the list could not see. */
export interface Connection<T> extends Page<T> {
  readonly coverage: readonly SiteCoverage[]
}

const PageInfoRef = builder.objectRef<Page<unknown>['pageInfo']>('PageInfo')
PageInfoRef.implement({
  description: 'Where a page stands in its list, as Relay defines it.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'There is more behind `endCursor`.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', { description: 'There is more before `startCursor`.' }),
    startCursor: t.exposeString('startCursor', { nullable: true, description: 'Cursor of the first edge.' }),
    endCursor: t.exposeString('endCursor', {
      nullable: true,
      description: 'Cursor of the last edge: give it as `after` to get the next page.',
    }),
  }),
})

/**
 * `<name>Connection` and `<name>Edge` for a type, as Relay defines them, with `totalCount`, `nodes` and `coverage`. Its
 * values are {@link Connection}s.
 */
export const connectionType = <T>(
  name: string,
  nodeRef: ReturnType<typeof builder.objectRef<T>>,
  descriptions: { readonly list: string; readonly coverage?: string },
) => {
  // Pothos cannot tell the shape of a generic type's ref; nodeRef is T's own by the signature.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const toShape = (value: T | readonly T[]): never => value as never
  const edgeRef = builder.objectRef<{ readonly cursor: string; readonly node: T }>(`${name}Edge`)
  edgeRef.implement({
    description: 'An object and its place in the list.',
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        description: 'The place. It stays good when the list changes; it is refused in another order.',
      }),
      node: t.field({ type: nodeRef, description: 'The object.', resolve: ({ node }) => toShape(node) }),
    }),
  })
  const connectionRef = builder.objectRef<Connection<T>>(`${name}Connection`)
  connectionRef.implement({
    description: descriptions.list,
    fields: (t) => ({
      edges: t.field({
        type: [edgeRef],
        description: 'The page.',
        resolve: ({ nodes, cursorOf }) => nodes.map((node) => ({ cursor: cursorOf(node), node })),
      }),
      nodes: t.field({
        type: [nodeRef],
        description: 'The objects of the page, without their cursors.',
        resolve: ({ nodes }) => toShape(nodes),
      }),
      pageInfo: t.expose('pageInfo', { type: PageInfoRef, description: 'Where the page stands in the list.' }),
      totalCount: t.exposeInt('totalCount', { description: 'Number of matching objects, whatever the page.' }),
      coverage: t.field({
        type: [SiteCoverageRef],
        description: descriptions.coverage ?? 'What the list could see of each configured site.',
        resolve: ({ coverage }) => [...coverage],
      }),
    }),
  })
  return connectionRef
}
