import { createContext, use, type ReactNode } from 'react'
import { ViewerDocument, type ViewerQuery } from '../generated/graphql.ts'
import { useQuery } from './gateway.tsx'

type Viewer = ViewerQuery['viewer']

const ViewerContext = createContext<Viewer | null>(null)

/** Asks once who is signed in. */
export const ViewerProvider = ({ children }: { readonly children: ReactNode }) => {
  const { data } = useQuery(ViewerDocument, {}, { policy: 'cache-first' })
  return <ViewerContext value={data?.viewer ?? null}>{children}</ViewerContext>
}

/** Who is signed in; null until the gateway has said it. */
export const useViewer = (): Viewer | null => use(ViewerContext)

export const useHasScope = (scope: string): boolean => useViewer()?.scopes.includes(scope) ?? false
