import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { cacheExchange, Client, Provider, useQuery as useUrqlQuery, type AnyVariables, type CombinedError } from 'urql'
import {
  createGatewayClient,
  GatewayError,
  type Connection,
  type GatewayClient,
  type GatewayDocument,
  type GatewayErrorItem,
} from '../../client/gateway-client.ts'
import { gatewayExchange, toUrqlContext, toUrqlDocument } from '../../client/urql.ts'
import { RefreshSessionDocument, SessionEndDocument } from '../generated/graphql.ts'
import type { Session } from './session.ts'

interface Link extends Disposable {
  readonly gateway: GatewayClient
  readonly urql: Client
  readonly subscribe: (listener: () => void) => () => void
}

const openLink = ({ config, findToken }: Session): Link => {
  const listeners = new Set<() => void>()
  const gateway = createGatewayClient({
    url: `${location.origin}/graphql`,
    ...(config.login.kind === 'none' ? {} : { token: findToken }),
    documents: config.documents,
    sessionDocuments: { viewer: SessionEndDocument, refreshSession: RefreshSessionDocument },
    storage: localStorage,
    onConnection: () => {
      for (const listener of listeners) listener()
    },
  })
  const urql = new Client({
    url: gateway.url,
    exchanges: [cacheExchange, gatewayExchange(gateway)],
    preferGetMethod: false,
  })
  return {
    gateway,
    urql,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    [Symbol.dispose]: () => gateway.dispose(),
  }
}

const LinkContext = createContext<Link | null>(null)

/** Connects everything inside with the gateway, for as long as somebody is signed in. */
export const GatewayProvider = ({ session, children }: { readonly session: Session; readonly children: ReactNode }) => {
  const [link] = useState(() => openLink(session))
  return (
    <LinkContext value={link}>
      <Provider value={link.urql}>{children}</Provider>
    </LinkContext>
  )
}

const useLink = (): Link => {
  const link = use(LinkContext)
  if (link === null) throw new Error('There is no GatewayProvider around this')
  return link
}

export const useGateway = (): GatewayClient => useLink().gateway

/** How the socket is doing. */
export const useConnection = (): Connection => {
  const { gateway, subscribe } = useLink()
  return useSyncExternalStore(subscribe, () => gateway.connection)
}

/** What a query has answered so far. */
export interface QueryState<Data> {
  readonly data: Data | null
  /** Errors of single fields, beside the data. */
  readonly errors: readonly GatewayErrorItem[]
  /** Why the newest answer did not come, in words; `data` is of the one before, if there was one. */
  readonly problem: string | null
  readonly isAsking: boolean
  /** Asks again; the answer so far stays until the next one. */
  readonly refresh: () => void
}

export interface QueryOptions {
  readonly isPaused?: boolean
  readonly policy?: 'cache-and-network' | 'network-only' | 'cache-first'
  /** Keeps the answer for former variables until the one for the present ones is there. */
  readonly keepsFormer?: boolean
}

const toItems = (error: CombinedError | undefined): readonly GatewayErrorItem[] =>
  (error?.graphQLErrors ?? []).map(({ message, path, extensions }) => ({
    message,
    code: typeof extensions['code'] === 'string' ? extensions['code'] : null,
    path: path ?? null,
    extensions,
  }))

export const useQuery = <Data, Variables extends AnyVariables>(
  document: GatewayDocument<Data, Variables>,
  variables: Variables,
  { isPaused = false, policy = 'cache-and-network', keepsFormer = false }: QueryOptions = {},
): QueryState<Data> => {
  const context = useMemo(() => toUrqlContext(document), [document])
  const [{ data, error, fetching, stale }, execute] = useUrqlQuery<Data>({
    query: toUrqlDocument(document),
    variables: variables ?? {},
    pause: isPaused,
    requestPolicy: policy,
    context,
  })
  const key = JSON.stringify(variables)
  // What is known stays on the screen when the next answer fails.
  const former = useRef<{ readonly key: string; readonly data: Data } | null>(null)
  useEffect(() => {
    if (data !== undefined) former.current = { key, data }
  }, [data, key])
  const refresh = useCallback(() => execute({ ...context, requestPolicy: 'network-only' }), [execute, context])
  const errors = useMemo(() => toItems(error), [error])
  const isUsable = keepsFormer || former.current?.key === key
  const shown = data ?? (isUsable ? (former.current?.data ?? null) : null)
  const failure = error?.networkError?.message ?? errors[0]?.message ?? null
  return { data: shown, errors, problem: data === undefined ? failure : null, isAsking: fetching || stale, refresh }
}

/**
 * The same for variables that are new each time, such as moments: no answer is kept for later, or a page that is open for
 * a day would hold a day of them. The former answer stays until the next one.
 */
export const useUnkeptQuery = <Data, Variables extends object>(
  document: GatewayDocument<Data, Variables>,
  variables: Variables,
): Pick<QueryState<Data>, 'data' | 'problem'> => {
  const gateway = useGateway()
  const [answer, setAnswer] = useState<{ readonly data: Data | null; readonly problem: string | null }>({
    data: null,
    problem: null,
  })
  const key = JSON.stringify(variables)
  useEffect(() => {
    const left = new AbortController()
    const ask = async (): Promise<void> => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made from variables, by which it is compared
      const given = JSON.parse(key) as Variables
      const { data, errors } = await gateway.query(document, given, { signal: left.signal })
      if (data === null) throw new Error(errors[0]?.message ?? 'The gateway gave no answer')
      if (!left.signal.aborted) setAnswer({ data, problem: null })
    }
    ask().catch((error: unknown) => {
      if (left.signal.aborted) return
      const problem = error instanceof Error ? error.message : String(error)
      setAnswer((former) => ({ data: former.data, problem: former.data === null ? problem : null }))
    })
    return () => left.abort()
  }, [gateway, document, key])
  return answer
}

/** Asks again every so often, for as long as the page is looked at. */
export const useEvery = (intervalMs: number, ask: () => void): void => {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') ask()
    }, intervalMs)
    return () => clearInterval(timer)
  }, [intervalMs, ask])
}

/**
 * Hands every event of a subscription to `onEvent`; nothing while `variables` is null. It goes on by itself after a cut.
 *
 * @returns Why it has ended for good; null while it goes on.
 */
export const useWatch = <Data, Variables>(
  document: GatewayDocument<Data, Variables>,
  variables: Variables | null,
  onEvent: (data: Data) => void,
): string | null => {
  const gateway = useGateway()
  const [problem, setProblem] = useState<string | null>(null)
  const latest = useRef(onEvent)
  useEffect(() => {
    latest.current = onEvent
  }, [onEvent])
  const key = variables === null ? null : JSON.stringify(variables)
  useEffect(() => {
    if (key === null) return undefined
    const left = new AbortController()
    const watch = async (): Promise<void> => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made from variables, by which it is compared
      const given = JSON.parse(key) as Variables
      for await (const data of gateway.watch(document, given, { signal: left.signal })) latest.current(data)
    }
    setProblem(null)
    watch().catch((error: unknown) => {
      setProblem(error instanceof GatewayError ? error.message : String(error))
    })
    return () => left.abort()
  }, [gateway, document, key])
  return problem
}
