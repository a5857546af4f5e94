import type { Config } from './config.ts'
import { limitNames, limitsOfStart } from './server/limit-table.ts'
import { recordOf } from './std/record-of.ts'
import { isSameValue } from './std/same-value.ts'

/** What becomes of a configuration that was read while the gateway runs. */
export interface ConfigChange {
  /** What is in force from now on: of the one that was read, what can change without a restart. */
  readonly config: Config
  /** What has changed, by its names in the file: says nothing of what it was or is. */
  readonly changed: readonly string[]
  /** What differs from what runs and stays as it runs until a restart, by its names in the file. */
  readonly waiting: readonly string[]
}

/** What was added, removed or changed, in two lists whose items have names. One name may stand for several. */
const diffLists = <T>(
  path: string,
  before: readonly T[],
  after: readonly T[],
  nameOf: (item: T) => string,
): readonly string[] => {
  const [old, fresh] = [before, after].map((items) => Map.groupBy(items, nameOf))
  const names = new Set([...before, ...after].map(nameOf))
  return [...names].flatMap((name) => {
    const [was, is] = [old?.get(name), fresh?.get(name)]
    if (isSameValue(was, is)) return []
    return `${path} ${name} ${was === undefined ? 'added' : is === undefined ? 'removed' : 'changed'}`
  })
}

/** Which members differ, with their path before them. */
const diffMembers = (path: string, before: object | null, after: object | null): readonly string[] => {
  const [old, fresh] = [new Map(Object.entries(before ?? {})), new Map(Object.entries(after ?? {}))]
  const names = new Set([...old.keys(), ...fresh.keys()])
  return [...names].filter((name) => !isSameValue(old.get(name), fresh.get(name))).map((name) => `${path}.${name}`)
}

/** The sections that are looked at as they are: new ones need a restart until somebody makes them follow. */
const toSections = ({
  auth: _auth,
  server: _server,
  limits: _limits,
  sites: _sites,
  documents: _documents,
  readiness: _readiness,
  ...sections
}: Config) => new Map<string, object | null>(Object.entries(sections))

const diffFixed = (current: Config, next: Config): readonly string[] => {
  const others = toSections(next)
  return [...toSections(current)].flatMap(([name, section]) => diffMembers(name, section, others.get(name) ?? null))
}

const liveLimits = limitNames.filter((name) => !limitsOfStart.includes(name))

/** The mode decides what is served beside the API, and so do the documents by it: where it differs all of them wait. */
const toDocuments = (current: Config, next: Config): Config['documents'] =>
  next.documents.mode === current.documents.mode ? next.documents : current.documents

/**
 * Takes over from a configuration what can change while the gateway runs: the sites, who may call, what a caller may cost, whose
 * pages may read answers, the stored documents, and by what readiness is judged.
 */
export const changeConfig = (current: Config, next: Config): ConfigChange => {
  const limits = Object.freeze({ ...current.limits, ...recordOf(liveLimits, (name) => next.limits[name]) })
  const documents = toDocuments(current, next)
  const { sites, auth, server, readiness } = next
  return {
    config: Object.freeze({ ...current, sites, auth, server, limits, documents, readiness }),
    changed: [
      ...diffLists('sites', current.sites, sites, ({ name }) => name),
      ...diffLists('auth.tokens', current.auth.tokens, auth.tokens, ({ name }) => name),
      ...diffLists('auth.issuers', current.auth.issuers, auth.issuers, ({ issuer }) => issuer),
      ...diffMembers('limits', current.limits, limits),
      ...diffMembers('server', current.server, server),
      ...diffMembers('documents', current.documents, documents),
      ...diffMembers('readiness', current.readiness, readiness),
    ],
    waiting: [
      ...diffFixed(current, next),
      ...diffMembers('limits', limits, next.limits),
      ...diffMembers('documents', documents, next.documents),
    ],
  }
}
