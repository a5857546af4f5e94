import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { authSection, findUnknownSites } from './config-auth.ts'
import { consoleSection, toConsoleSettings, type ConsoleSettings } from './config-console.ts'
import { documentsSection, parseDocumentsFile } from './config-documents.ts'
import { holdsStorePassword, storeSection, toStorePlace, type StorePlace } from './config-store.ts'
import { metricsSection, type MetricsPlace } from './config-metrics.ts'
import { findOpenHeaders, tracesSection, type TracesPlace } from './config-traces.ts'
import type { ReadinessThresholds } from './domain/readiness.ts'
import { defaultReadinessThresholds } from './domain/readiness-rules.ts'
import { vendors, type Vendor } from './domain/vendor.ts'
import { limitNames, limitTable, type ServerLimits } from './server/limit-table.ts'
import type { StaticToken } from './server/authentication.ts'
import type { TrustedIssuer } from './server/oidc-authentication.ts'
import type { DocumentSettings } from './server/stored-documents.ts'
import { recordOf } from './std/record-of.ts'
import { Secret } from './std/secret.ts'
import type { TlsTrust } from './upstream/http-client.ts'
import { findAddressRefusal } from './upstream/site-address.ts'
import type { LoginValue } from './upstream/site-options.ts'

/** One configured site of one vendor. */
export interface SiteConfig {
  readonly name: string
  readonly vendor: Vendor
  /** Scheme, host and port. */
  readonly url: string
  readonly tls: TlsTrust
  /** Whether its name may stand for this machine, and its address be link-local. @default false */
  readonly allowLocalAddresses: boolean
  /** Fits the vendor's login schema. What came by reference is a {@link Secret}. */
  readonly login: Readonly<Record<string, LoginValue>>
}

/** Everything a gateway is told before it starts. Frozen, through and through. */
export interface Config {
  readonly listen: {
    /** @default '127.0.0.1' */
    readonly host: string
    /** @default 4000 */
    readonly port: number
  }
  readonly server: {
    /** Whose pages may read answers: scheme, host and port of each. @default none */
    readonly corsOrigins: readonly string[]
  }
  /** @default { path: data/dr-gateway.db beside the configuration } */
  readonly store: StorePlace
  readonly auth: {
    /** Whose access tokens are taken. */
    readonly issuers: readonly TrustedIssuer[]
    readonly tokens: readonly StaticToken[]
  }
  /** Which documents are run. @default any */
  readonly documents: DocumentSettings & {
    /** Absolute path of the file with the stored ones; null without one. */
    readonly path: string | null
  }
  /** How people sign in at the console; null where it is not served. @default by a token that they paste */
  readonly console: ConsoleSettings
  /** Where figures are served; null where they are not. @default null */
  readonly metrics: MetricsPlace
  /** Where traces go; null where there are none. @default null */
  readonly traces: TracesPlace
  readonly sites: readonly SiteConfig[]
  /** What a caller may cost has its defaults in `limitTable`. */
  readonly limits: ServerLimits & {
    /** How old an answer may be. @default 5 */
    readonly maxAgeSeconds: number
    /** How long the last known answer of a silent site is served. @default 86_400 // 24 hours */
    readonly staleForSeconds: number
    /** Time between two looks at the running tasks of a site. @default 1_000 // 1 second */
    readonly pollIntervalMs: number
    /** How long a lost answer is looked for before it is said that nothing happened. @default 300_000 // 5 minutes */
    readonly settleAfterMs: number
    /** How long the events of tasks are kept, so that a subscription can resume. @default 30 */
    readonly eventsKeptDays: number
    /** How many of them are kept at most. @default 1_000_000 */
    readonly mostEventsKept: number
    /** How many changes of state may wait for one subscription before it ends with SLOW_CONSUMER. @default 10_000 */
    readonly mostQueuedEvents: number
  }
  readonly readiness: ReadinessThresholds
}

export interface ConfigProblem {
  /** Where, e.g. `sites.0.url`; empty for the file as a whole. */
  readonly path: string
  readonly message: string
}

/** Says everything that is wrong with a configuration, and repeats nothing of what may be a secret in it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly ConfigProblem[]

  constructor(file: string, problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ path, message }) => `  ${path === '' ? '' : `${path}: `}${message}`)
    super([`${file} cannot be used:`, ...lines].join('\n'))
    this.problems = problems
  }
}

/** What a reader of the file needs: where it lies, what surrounds it, and where problems go. */
interface Reading {
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly problems: ConfigProblem[]
  readonly onFile: (path: string) => void
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret)

const at = (parent: string, member: string | number): string => (parent === '' ? String(member) : `${parent}.${member}`)

const report = ({ problems }: Reading, path: string, message: string): void => {
  problems.push({ path, message })
}

const findFile = (reading: Reading, file: string, path: string): string | null => {
  const absolute = resolve(reading.folder, file)
  reading.onFile(absolute)
  try {
    return readFileSync(absolute, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    report(reading, path, `the file ${file} cannot be read (${code})`)
    return null
  }
}

const parseYaml = (reading: Reading, text: string): unknown => {
  const lines = new LineCounter()
  // The library's own messages quote the line, which may hold a secret.
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines })
  for (const { code, pos } of document.errors) {
    report(reading, '', `line ${lines.linePos(pos[0]).line} is not valid YAML (${code})`)
  }
  return document.errors.length === 0 ? document.toJS() : null
}

const reference = /\$\{(?<source>[^:}]*):?(?<name>[^}]*)\}/g

const resolveReference = (reading: Reading, source: string, name: string, path: string): string => {
  if (source === 'file') return findFile(reading, name, path)?.replace(/\r?\n$/, '') ?? ''
  if (source !== 'env') {
    report(reading, path, 'a reference is ${env:NAME} or ${file:PATH}')
    return ''
  }
  const value = reading.env[name] ?? ''
  if (value === '') report(reading, path, `the environment variable ${name} is not set`)
  return value
}

/** What came by reference is a secret there. */
const secretPath = /^(?:sites\.\d+\.login|traces\.headers)\./
const secretName = /password|secret|token/i

const resolveText = (reading: Reading, text: string, path: string): string | Secret => {
  let found = false
  const resolved = text.replaceAll(reference, (_whole, source: string, name: string) => {
    found = true
    return resolveReference(reading, source, name, path)
  })
  return found && secretPath.test(path) ? new Secret(resolved) : resolved
}

/** The same values with every reference resolved, in a login and a header as a {@link Secret}. */
const resolveReferences = (reading: Reading, value: unknown, path: string): unknown => {
  if (typeof value === 'string') return resolveText(reading, value, path)
  if (Array.isArray(value)) return value.map((item, index) => resolveReferences(reading, item, at(path, index)))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, resolveReferences(reading, item, at(path, name))]),
  )
}

/** A whole number, also as the text that a reference gives. */
const wholeNumber = (least: number, most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
    z.int().min(least).max(most),
  )

const isOrigin = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, origin, href } = new URL(text)
  return ['http:', 'https:'].includes(protocol) && href === `${origin}/`
}

const toVendor = (word: string): Vendor => {
  const vendor = vendors.find((name) => name.toLowerCase() === word)
  if (vendor === undefined) throw new Error(`${word} is no vendor`)
  return vendor
}

const loginValue: z.ZodType<LoginValue> = z.lazy(() =>
  z.union([z.string(), z.instanceof(Secret), z.array(loginValue), z.record(z.string(), loginValue)]),
)

const origin = z
  .string()
  .refine(isOrigin, 'must be http:// or https:// with a host and a port, and nothing behind it')
  .transform((text) => (URL.canParse(text) ? new URL(text).origin : text))

const siteMembers = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,64}$/, 'a name is 1 to 64 letters, digits, dots, hyphens and underscores'),
  vendor: z.enum(vendors.map((name) => name.toLowerCase())).transform(toVendor),
  url: origin,
  tls: z
    .union(
      [
        z.strictObject({ ca: z.string().min(1) }),
        z.strictObject({ pin: z.string().regex(/^SHA-256(?::[\dA-F]{2}){32}$/i) }),
        z.strictObject({}),
      ],
      'must hold `ca`, the path of a PEM file, or `pin`, SHA-256:AA:BB:… of 32 bytes',
    )
    .prefault({}),
  allowLocalAddresses: z.boolean().prefault(false),
  login: z.record(z.string(), loginValue),
})

const site = siteMembers.superRefine(({ url, allowLocalAddresses }, context) => {
  const refusal = URL.canParse(url) ? findAddressRefusal(new URL(url), allowLocalAddresses) : null
  if (refusal !== null) context.addIssue({ code: 'custom', path: ['url'], message: refusal })
})

const configFile = z.strictObject({
  listen: z
    .strictObject({ host: z.string().min(1).prefault('127.0.0.1'), port: wholeNumber(0, 65_535).prefault(4000) })
    .prefault({}),
  server: z.strictObject({ corsOrigins: z.array(origin).prefault([]) }).prefault({}),
  store: storeSection,
  auth: authSection,
  documents: documentsSection,
  console: consoleSection,
  metrics: metricsSection,
  traces: tracesSection,
  sites: z.array(site).min(1),
  limits: z
    .strictObject({
      maxAgeSeconds: wholeNumber(0, 3600).prefault(5),
      staleForSeconds: wholeNumber(0, 31_536_000).prefault(86_400),
      pollIntervalMs: wholeNumber(100, 600_000).prefault(1000),
      settleAfterMs: wholeNumber(1000, 86_400_000).prefault(300_000),
      eventsKeptDays: wholeNumber(1, 3650).prefault(30),
      mostEventsKept: wholeNumber(1000, 100_000_000).prefault(1_000_000),
      // A round may change every task of a large site before a healthy client gets a turn.
      mostQueuedEvents: wholeNumber(100, 1_000_000).prefault(10_000),
      ...recordOf(limitNames, (name) => {
        const { least, most, usual } = limitTable[name]
        return wholeNumber(least, most).prefault(usual)
      }),
    })
    .refine(({ headersTimeoutMs, bodyTimeoutMs }) => headersTimeoutMs <= bodyTimeoutMs, {
      path: ['headersTimeoutMs'],
      message: 'must not be more than limits.bodyTimeoutMs, which the headers are a part of',
    })
    .prefault({}),
  readiness: z
    .strictObject({
      testIntervalDays: wholeNumber(1, 3650).prefault(defaultReadinessThresholds.testIntervalDays),
      oldestPointFactor: wholeNumber(1, 1000).prefault(defaultReadinessThresholds.oldestPointFactor),
      expiryWarningDays: wholeNumber(0, 3650).prefault(defaultReadinessThresholds.expiryWarningDays),
    })
    .prefault({}),
})

const reportIssues = (reading: Reading, parent: string, error: z.ZodError): void => {
  for (const issue of error.issues) {
    const path = [...(parent === '' ? [] : [parent]), ...issue.path.map(String)].join('.')
    report(reading, path, issue.message)
  }
}

const inClear = 'must not stand in the file: use ${env:NAME} or ${file:PATH}'

/** A secret in the file itself is refused, however deep in a login it stands. */
const refuseCleartext = (reading: Reading, login: object, path: string): void => {
  for (const [name, value] of Object.entries(login)) {
    const place = at(path, name)
    if (typeof value === 'object' && value !== null && !(value instanceof Secret))
      refuseCleartext(reading, value, place)
    else if (typeof value === 'string' && secretName.test(name)) {
      report(reading, place, inClear)
    }
  }
}

/** The rules about sites that no shape can say, looked at even where the shape is wrong, so that nothing comes late. */
const checkSites = (reading: Reading, file: unknown, loginSchemas: Readonly<Record<Vendor, z.ZodType>>): void => {
  const given: unknown = isRecord(file) ? file['sites'] : null
  const sites: readonly unknown[] = Array.isArray(given) ? given : []
  const firstOf = new Map<unknown, number>()
  for (const [index, item] of sites.entries()) {
    if (!isRecord(item)) continue
    const path = `sites.${index}`
    const first = firstOf.get(item['name'])
    if (first !== undefined) report(reading, `${path}.name`, `is already the name of sites.${first}`)
    else firstOf.set(item['name'], index)
    const login = isRecord(item['login']) ? item['login'] : {}
    refuseCleartext(reading, login, `${path}.login`)
    const vendor = vendors.find((name) => name.toLowerCase() === item['vendor'])
    const checked = vendor === undefined ? null : loginSchemas[vendor].safeParse(login)
    if (checked?.success === false) reportIssues(reading, `${path}.login`, checked.error)
  }
}

const toTlsTrust = (reading: Reading, tls: z.infer<typeof site>['tls'], path: string): TlsTrust => {
  if (!('ca' in tls)) return tls
  const ca = findFile(reading, tls.ca, path)
  if (ca !== null && !ca.includes('-----BEGIN CERTIFICATE-----'))
    report(reading, path, 'the file holds no PEM certificate')
  return ca === null ? {} : { ca }
}

const toDocuments = (reading: Reading, { mode, path }: z.infer<typeof documentsSection>): Config['documents'] => {
  if (path === undefined) return { mode, path: null, texts: {} }
  const text = findFile(reading, path, 'documents.path')
  const texts = text === null ? {} : parseDocumentsFile(text)
  if (texts === null) {
    report(reading, 'documents.path', 'the file must be a JSON object with the text of each document by its id')
  }
  return { mode, path: resolve(reading.folder, path), texts: texts ?? {} }
}

const toConfig = (reading: Reading, file: z.infer<typeof configFile>): Config => {
  const { listen, server, store, auth, limits, readiness } = file
  return {
    listen,
    server,
    store: toStorePlace(store.url, reading.folder),
    auth,
    documents: toDocuments(reading, file.documents),
    console: toConsoleSettings(file.console),
    metrics: file.metrics ?? null,
    traces: file.traces ?? null,
    sites: file.sites.map((given, index) => ({
      ...given,
      tls: toTlsTrust(reading, given.tls, `sites.${index}.tls.ca`),
    })),
    limits,
    readiness,
  }
}

const freeze = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value
  for (const item of Object.values(value)) freeze(item)
  return Object.freeze(value)
}

/**
 * Reads `gateway.yaml`. Paths in it are relative to its own folder. `${env:NAME}` and `${file:PATH}` stand for what is
 * there, alone or inside a text; in a login that makes a {@link Secret}, and a password can come in no other way.
 *
 * @param options.loginSchemas What each vendor's `login` looks like.
 * @param options.onFile Called with the absolute path of each file that is read, or would be if it was there.
 * @throws ConfigError with every problem at once.
 */
export const loadConfig = (options: {
  readonly path: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly loginSchemas: Readonly<Record<Vendor, z.ZodType>>
  readonly onFile?: (path: string) => void
}): Config => {
  const path = resolve(options.path)
  const { env, onFile = () => undefined } = options
  const reading: Reading = { folder: dirname(path), env, problems: [], onFile }
  const stopOnProblems = (): void => {
    if (reading.problems.length > 0) throw new ConfigError(options.path, reading.problems)
  }

  const text = findFile(reading, path, '')
  const given = text === null ? null : parseYaml(reading, text)
  stopOnProblems()

  if (holdsStorePassword(given)) {
    report(reading, 'store.url', 'must not hold a password in the file: use ${env:NAME} or ${file:PATH}')
  }
  const file = resolveReferences(reading, given, '')
  checkSites(reading, file, options.loginSchemas)
  for (const place of findUnknownSites(file)) report(reading, place, 'is the name of no configured site')
  for (const place of findOpenHeaders(file)) report(reading, place, inClear)
  const parsed = configFile.safeParse(file)
  if (!parsed.success) reportIssues(reading, '', parsed.error)
  const config = parsed.success ? toConfig(reading, parsed.data) : null
  stopOnProblems()
  if (config === null) throw new ConfigError(options.path, [{ path: '', message: 'cannot be understood' }])
  return freeze(config)
}
