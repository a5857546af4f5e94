import { isDeepStrictEqual } from 'node:util'
import { toProbe, type Operation, type PageStarts } from './documents.ts'

type Json = Readonly<Record<string, unknown>>

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Asks once. @param token Empty for none. @throws for an answer with errors, or none. */
export const ask = async (url: string, token: string, operation: Operation): Promise<Json> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(operation),
  })
  const text = await response.text()
  const answer: unknown = response.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : null
  if (!isJson(answer) || answer['errors'] !== undefined || !isJson(answer['data'])) {
    const said = isJson(answer) ? JSON.stringify(answer['errors'] ?? answer) : text
    throw new Error(`${url} answers ${response.status}: ${said.slice(0, 1000)}`)
  }
  return answer['data']
}

/** A member by its path. */
export const dig = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((at, member) => (isJson(at) ? at[member] : undefined), value)

const findStarts = async (
  url: string,
  token: string,
  list: 'replications' | 'protectionGroups',
): Promise<(string | null)[]> => {
  const starts: (string | null)[] = []
  for (let after: string | null = null; ;) {
    starts.push(after)
    const data: Json = await ask(url, token, toProbe(list, after))
    const [connection] = Object.values(data)
    if (dig(connection, 'pageInfo', 'hasNextPage') !== true) return starts
    after = String(dig(connection, 'pageInfo', 'endCursor'))
  }
}

/** Where the pages of the gateway's two lists begin. */
export const findPageStarts = async (url: string, token: string): Promise<PageStarts> => ({
  replications: await findStarts(url, token, 'replications'),
  protectionGroups: await findStarts(url, token, 'protectionGroups'),
})

/** The objects of an answer to the main query, the pages of each list put together. */
export const toObjects = (data: Json): { readonly replications: readonly Json[]; readonly groups: readonly Json[] } => {
  const collect = (letter: string): Json[] =>
    Object.entries(data)
      .filter(([alias]) => new RegExp(`^${letter}\\d+$`).test(alias))
      .flatMap(([, connection]) => dig(connection, 'nodes'))
      .filter(isJson)
  return { replications: collect('r'), groups: collect('g') }
}

/** @throws with the first difference, unless both say the same of the same objects in the same order. */
export const requireEqual = (name: string, given: Json, expected: Json, count: number): void => {
  const [a, b] = [toObjects(given), toObjects(expected)]
  for (const list of ['replications', 'groups'] as const) {
    if (a[list].length !== count) throw new Error(`${name} gives ${a[list].length} ${list}, not ${count}`)
    for (const [place, object] of a[list].entries()) {
      if (isDeepStrictEqual(object, b[list][place])) continue
      throw new Error(`${name} differs: ${JSON.stringify(object)} instead of ${JSON.stringify(b[list][place])}`)
    }
  }
}
