import { isDeepStrictEqual } from 'node:util'
import type { Config } from './config.ts'
import { limitNames, limitsOfStart } from './server/limit-table.ts'
import { recordOf } from './std/record-of.ts'
import { Secret } from './std/secret.ts'

/** What becomes of a configuration that was read while the gateway runs. */
export interface ConfigChange {
  /** What is in force from now on: of the one that was read, what can change without a restart. */
  readonly config: Config
  /** What has changed, by its names in the file: says nothing of what it was or is. */
  readonly changed: readonly string[]
  /** What differs from what runs and stays as it runs until a restart, by its names in the file. */
  readonly waiting: readonly string[]
}

/** The same value with what two secrets hold to be compared; it goes nowhere but there. */
const unveil = (value: unknown): unknown => {
  if (value instanceof Secret) return ['secret', value.reveal()]
  if (Array.isArray(value)) return value.map(unveil)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, unveil(item)]))
}

const isSame = (one: unknown, other: unknown): boolean => isDeepStrictEqual(unveil(one), unveil(other))

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
    if (isSame(was, is)) return []
    return `${path} ${name} ${was === undefined ? 'added' : is === undefined ? 'removed' : 'changed'}`
  })
}

/** Which members differ, with their path before them. */
const diffMembers = (path: string, before: object | null, after: object | null): readonly string[] => {
  const [old, fresh] = [new Map(Object.entries(before ?? {})), new Map(Object.entries(after ?? {}))]
  const names = new Set([...old.keys(), ...fresh.keys()])
  return [...names].filter((name) => !isSame(old.get(name), fresh.get(name))).map((name) => `${path}.${name}`)
}

/** The sections that are looked at as they are: new ones need a restart until somebody makes them follow. */
const toSections = ({ auth: _auth, server: _server, limits: _limits, sites: _sites, ...sections }: Config) =>
  new Map<string, object | null>(Object.entries(sections))

const diffFixed = (current: Config, next: Config): readonly string[] => {
  const others = toSections(next)
  return [
    ...diffLists('sites', current.sites, next.sites, ({ name }) => name),
    ...[...toSections(current)].flatMap(([name, section]) => diffMembers(name, section, others.get(name) ?? null)),
  ]
}

const liveLimits = limitNames.filter((name) => !limitsOfStart.includes(name))

/**
 * Takes over from a configuration what can change while the gateway runs: who may call, what a caller may cost, and whose
 * pages may read answers.
 */
export const changeConfig = (current: Config, next: Config): ConfigChange => {
  const limits = { ...current.limits, ...recordOf(liveLimits, (name) => next.limits[name]) }
  return {
    config: Object.freeze({ ...current, auth: next.auth, server: next.server, limits: Object.freeze(limits) }),
    changed: [
      ...diffLists('auth.tokens', current.auth.tokens, next.auth.tokens, ({ name }) => name),
      ...diffLists('auth.issuers', current.auth.issuers, next.auth.issuers, ({ issuer }) => issuer),
      ...diffMembers('limits', current.limits, limits),
      ...diffMembers('server', current.server, next.server),
    ],
    waiting: [...diffFixed(current, next), ...diffMembers('limits', limits, next.limits)],
  }
}
