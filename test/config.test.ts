import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { ConfigError, loadConfig, type Config } from '../src/config.ts'
import { usualLimits } from '../src/server/limit-table.ts'
import { Secret } from '../src/std/secret.ts'
import { loginSchemas } from '../src/vendors/registry.ts'
import { everywhere } from './support/viewer-of.ts'

const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const sha256 = 'ab'.repeat(32)
const env = { VCDA_PASSWORD: 'canary-4711', GATEWAY_PORT: '4100', VCDA_HOST: 'vcda.example' }

const complete = `
listen: { host: 0.0.0.0, port: "\${env:GATEWAY_PORT}" }
store: { url: "sqlite:./data/dr.db" }
auth:
  tokens:
    - { name: ci, sha256: "${sha256.toUpperCase()}", scopes: [dr:read, dr:operate] }
sites:
  - name: cloud-a
    vendor: vcda
    url: https://\${env:VCDA_HOST}:8443/
    tls: { pin: "SHA-256:${Array.from({ length: 32 }, () => 'AB').join(':')}" }
    login: { type: localUser, user: root, password: "\${env:VCDA_PASSWORD}" }
  - name: zvm-a
    vendor: zerto
    url: https://zvm.example
    tls: { ca: ca.pem }
    login: { type: clientCredentials, clientId: zerto-api, secret: "\${file:zvm.secret}" }
limits: { maxAgeSeconds: 10, staleForSeconds: 3600, pollIntervalMs: 500, settleAfterMs: 60000, eventsKeptDays: 7, mostEventsKept: 5000, mostQueuedEvents: 500 }
readiness: { testIntervalDays: 90, oldestPointFactor: 2, expiryWarningDays: 30 }
`

const smallest = `
auth: { tokens: [{ name: ci, sha256: "${sha256}", scopes: [dr:read] }] }
sites:
  - { name: a, vendor: vcda, url: https://a.example, login: { type: localUser, user: root, password: "\${env:VCDA_PASSWORD}" } }
`

const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'

let count = 0
const load = (text: string): Config => {
  const path = join(folder, `gateway-${(count += 1)}.yaml`)
  writeFileSync(path, text)
  writeFileSync(join(folder, 'ca.pem'), certificate)
  writeFileSync(join(folder, 'zvm.secret'), 'canary-0815\n')
  return loadConfig({ path, env, loginSchemas })
}

const failureOf = (text: string): ConfigError => {
  try {
    load(text)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error('the configuration was taken')
}
const problemsOf = (text: string): readonly string[] =>
  failureOf(text).problems.map(({ path, message }) => `${path}: ${message}`)

test('takes a complete file, with its references resolved', () => {
  const config = load(complete)
  expect(config).toMatchObject({
    listen: { host: '0.0.0.0', port: 4100 },
    store: { path: join(folder, 'data/dr.db') },
    auth: { tokens: [{ name: 'ci', sha256, grants: everywhere(['dr:read', 'dr:operate']) }] },
    limits: {
      maxAgeSeconds: 10,
      staleForSeconds: 3600,
      pollIntervalMs: 500,
      settleAfterMs: 60_000,
      eventsKeptDays: 7,
      mostEventsKept: 5_000,
      mostQueuedEvents: 500,
    },
    readiness: { testIntervalDays: 90, oldestPointFactor: 2, expiryWarningDays: 30 },
  })
  expect(config.sites.map(({ name, vendor, url }) => [name, vendor, url])).toEqual([
    ['cloud-a', 'VCDA', 'https://vcda.example:8443'],
    ['zvm-a', 'ZERTO', 'https://zvm.example'],
  ])
  expect(config.sites[0]?.tls.pin).toMatch(/^SHA-256:AB:/)
  expect(config.sites[1]?.tls).toEqual({ ca: certificate })
})

test('fills in what is left out', () => {
  const { listen, store, sites, limits, readiness } = load(smallest)
  expect({ listen, store, limits, readiness }).toEqual({
    listen: { host: '127.0.0.1', port: 4000 },
    store: { path: join(folder, 'data/dr-gateway.db') },
    limits: {
      ...usualLimits,
      maxAgeSeconds: 5,
      staleForSeconds: 86_400,
      pollIntervalMs: 1000,
      settleAfterMs: 300_000,
      eventsKeptDays: 30,
      mostEventsKept: 1_000_000,
      mostQueuedEvents: 10_000,
    },
    readiness: { testIntervalDays: 182, oldestPointFactor: 4, expiryWarningDays: 14 },
  })
  expect(sites[0]?.tls).toEqual({})
})

test('takes limits within their bounds, and lists those that are not', () => {
  const { limits } = load(`${smallest}\nlimits: { maxDepth: 9, maxVendorCalls: "40", responseDeadlineMs: 2000 }`)
  expect(limits).toMatchObject({ maxDepth: 9, maxVendorCalls: 40, responseDeadlineMs: 2000, maxTokens: 2000 })
  const wrong = 'limits: { maxDepth: 0, maxCost: -1, headersTimeoutMs: 1.5, maxSockets: 3 }'
  expect(problemsOf(`${smallest}\n${wrong}`).map((problem) => problem.split(':', 1)[0])).toEqual([
    'limits.maxDepth',
    'limits.maxCost',
    'limits.headersTimeoutMs',
    'limits',
  ])
  expect(problemsOf(`${smallest}\nlimits: { headersTimeoutMs: 9000, bodyTimeoutMs: 8000 }`)).toEqual([
    expect.stringContaining('limits.headersTimeoutMs: must not be more than'),
  ])
})

test('takes origins whose pages may read answers, none by itself', () => {
  expect(load(smallest).server).toEqual({ corsOrigins: [] })
  expect(load(`${smallest}\nserver: { corsOrigins: ["https://portal.example/"] }`).server).toEqual({
    corsOrigins: ['https://portal.example'],
  })
  const wrong = 'server: { corsOrigins: ["*", "https://portal.example/app", "null"] }'
  expect(problemsOf(`${smallest}\n${wrong}`)).toHaveLength(3)
})

test('takes a site on this machine that is written as such, and a link-local one where that is allowed', () => {
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
    expect(load(smallest.replace('https://a.example', `"https://${host}"`)).sites[0]).toMatchObject({
      allowLocalAddresses: false,
    })
  }
  const allowed = smallest
    .replace('https://a.example', '"https://[fe80::1]"')
    .replace('login:', 'allowLocalAddresses: true, login:')
  expect(load(allowed).sites[0]).toMatchObject({ url: 'https://[fe80::1]', allowLocalAddresses: true })
})

test('makes a secret of what a login refers to, from the environment and from a file', () => {
  const [cloud, zvm] = load(complete).sites
  const { password, user } = cloud?.login ?? {}
  const secret = zvm?.login['secret']
  expect(user).toBe('root')
  expect(password instanceof Secret && password.reveal()).toBe('canary-4711')
  expect(secret instanceof Secret && secret.reveal()).toBe('canary-0815')
})

test('prints no secret, however it is printed', () => {
  // A4, S3
  const config = load(complete)
  const password = config.sites[0]?.login['password']
  expect(password).toBeInstanceOf(Secret)
  expect(
    JSON.stringify(config) + inspect(config, { depth: 9 }) + String(password instanceof Secret ? password : ''),
  ).not.toMatch(/canary/)
})

test('is frozen through and through', () => {
  const config = load(complete)
  expect([config, config.sites, config.sites[0], config.sites[0]?.login, config.limits].every(Object.isFrozen)).toBe(
    true,
  )
})

test('takes a PostgreSQL database as a store, and prints its password nowhere', () => {
  // A4, S3
  const { store } = load(`store: { url: "postgres://gateway:\${env:VCDA_PASSWORD}@db.example:5432/dr" }\n${smallest}`)
  if (!('url' in store)) throw new Error('it is a file')
  expect(store.url.reveal()).toBe(`postgres://gateway:${env.VCDA_PASSWORD}@db.example:5432/dr`)
  expect(JSON.stringify(store) + inspect(store)).toBe('{"url":"[redacted]"}{ url: [redacted] }')
})

test.each(['postgres://gateway:canary-1@db.example/dr', 'postgresql://db.example/dr?user=gateway&password=canary-1'])(
  'refuses the password of a store that stands in the file, without repeating it: %s',
  (url) => {
    const failure = failureOf(`store: { url: "${url}" }\n${smallest}`)
    expect(failure.problems).toEqual([
      {
        path: 'store.url',
        message: 'must not hold a password in the file: use ${env:NAME} or ${file:PATH}',
      },
    ])
    expect(failure.message).not.toContain('canary')
  },
)

test('takes a collector of traces, and prints what lets it in nowhere', () => {
  // A4
  const headers = '{ authorization: "Bearer ${env:VCDA_PASSWORD}", x-scope: dr }'
  const { traces } = load(`traces: { url: "http://collector.example:4318", headers: ${headers} }\n${smallest}`)
  expect(traces).toMatchObject({ url: 'http://collector.example:4318/v1/traces', sampleRatio: 1 })
  expect(traces?.headers['authorization']?.reveal()).toBe(`Bearer ${env.VCDA_PASSWORD}`)
  expect(JSON.stringify(traces) + inspect(traces)).not.toContain('canary')
  expect(load(smallest).traces).toBeNull()
})

test('refuses what lets in at a collector and stands in the file, without repeating it', () => {
  const failure = failureOf(`traces: { url: ftp://x, headers: { Api-Key: canary-1 } }\n${smallest}`)
  expect(failure.problems).toEqual([
    { path: 'traces.headers.Api-Key', message: 'must not stand in the file: use ${env:NAME} or ${file:PATH}' },
    { path: 'traces.url', message: 'must be http:// or https:// with a host, without user, password, ? and #' },
  ])
  expect(failure.message).not.toContain('canary')
})

test('takes :memory: as a store', () => {
  expect(load(`store: { url: "sqlite::memory:" }\n${smallest}`).store).toEqual({ path: ':memory:' })
})

test('lists every problem at once, each with its path', () => {
  const problems = problemsOf(`
listen: { port: 99999, hots: x }
sites:
  - { name: a, vendor: acme, url: https://a.example, login: {} }
  - { name: a, vendor: vcda, url: ftp://b.example, login: { type: guest, user: root, password: "\${env:MISSING}" } }
limits: { maxAgeSeconds: -1 }
`)
  expect(problems.map((problem) => problem.replace(/: .*/, '')).toSorted()).toEqual([
    'auth.tokens',
    'limits.maxAgeSeconds',
    'listen',
    'listen.port',
    'sites.0.vendor',
    'sites.1.login.password',
    'sites.1.login.type',
    'sites.1.name',
    'sites.1.url',
  ])
})

test.each([
  ['no token at all', smallest.replace(/tokens: .*\]\s*\}/, 'tokens: [] }'), 'auth.tokens: at least one token'],
  ['a token hash that is none', smallest.replace(sha256, 'abc'), 'auth.tokens.0.sha256: must be the SHA-256'],
  ['an unknown scope', smallest.replace('dr:read', 'dr:everything'), 'auth.tokens.0.scopes.0: '],
  ['no site', smallest.replace(/sites:[^]*/, 'sites: []'), 'sites: '],
  ['a site with a path in its url', smallest.replace('a.example', 'a.example/api'), 'sites.0.url: must be http'],
  ['credentials in a url', smallest.replace('a.example', 'root:x@a.example'), 'sites.0.url: must be http'],
  [
    'a link-local address that nobody has allowed',
    smallest.replace('a.example', '169.254.7.7'),
    'sites.0.url: 169.254.7.7 is a link-local address, which is refused unless the site has allowLocalAddresses: true',
  ],
  [
    'the metadata service of a cloud, allowed or not',
    smallest.replace('a.example', '169.254.169.254').replace('login:', 'allowLocalAddresses: true, login:'),
    'sites.0.url: 169.254.169.254 is the metadata service of a cloud, where no site can be',
  ],
  [
    'an address of no host, however it is written',
    smallest.replace('https://a.example', '"https://[::ffff:0:0]"'),
    'sites.0.url: ::ffff:0:0 is no address of a host',
  ],
  ['an unset variable', smallest.replace('VCDA_PASSWORD', 'NOBODY_SET_THIS'), 'variable NOBODY_SET_THIS is not set'],
  [
    'a file that is not there',
    smallest.replace('env:VCDA_PASSWORD', 'file:nowhere'),
    'file nowhere cannot be read (ENOENT)',
  ],
  [
    'an unknown kind of reference',
    smallest.replace('env:VCDA_PASSWORD', 'vault:x'),
    'a reference is ${env:NAME} or ${file:PATH}',
  ],
  [
    'a store that is neither SQLite nor PostgreSQL',
    `store: { url: "mysql://db/gateway" }\n${smallest}`,
    'store.url: must be sqlite: and a path, or postgres:// with a host',
  ],
  [
    'a PostgreSQL server without the name of a database',
    `store: { url: "postgres://db" }\n${smallest}`,
    'store.url: must be sqlite: and a path, or postgres:// with a host and the name of a database',
  ],
  [
    'an authority that is no PEM',
    smallest.replace('login:', 'tls: { ca: zvm.secret }, login:'),
    'tls.ca: the file holds no PEM',
  ],
  ['a pin that is none', smallest.replace('login:', 'tls: { pin: "AB" }, login:'), 'sites.0.tls: must hold `ca`'],
  [
    'an authority and a pin',
    smallest.replace('login:', 'tls: { ca: ca.pem, pin: x }, login:'),
    'sites.0.tls: must hold `ca`',
  ],
  ['an empty file', '', ': Invalid input: expected object'],
])('refuses %s', (_what, text, problem) => {
  expect(problemsOf(text)).toEqual(expect.arrayContaining([expect.stringContaining(problem)]))
})

test('refuses a password that stands in the file, without repeating it', () => {
  const failure = failureOf(smallest.replace('${env:VCDA_PASSWORD}', 'canary-4711'))
  expect(failure.problems).toEqual([
    { path: 'sites.0.login.password', message: 'must not stand in the file: use ${env:NAME} or ${file:PATH}' },
  ])
  expect(failure.message).not.toContain('canary')
})

test('says in which line the YAML is broken, without repeating it', () => {
  const failure = failureOf(`${smallest}\n  password: canary-4711: }`)
  expect(failure.problems[0]?.message).toMatch(/^line \d+ is not valid YAML \(\w+\)$/)
  expect(failure.message).not.toContain('canary')
})

test('refuses a member that is given twice', () => {
  expect(problemsOf(`${smallest}\nsites: []`)).toEqual([expect.stringContaining('DUPLICATE_KEY')])
})

test('says that the file is not there', () => {
  expect(() => loadConfig({ path: join(folder, 'none.yaml'), env, loginSchemas })).toThrow(/none\.yaml.*ENOENT/s)
})

const issuers = (...lines: readonly string[]): string =>
  smallest.replace(/tokens: .*\]/, `issuers: [${lines.map((line) => `{ ${line} }`).join(', ')}]`)
const corp = 'issuer: https://idp.example/realms/dr, audience: dr-gateway, jwksUrl: https://idp.example/keys'

test('takes issuers of access tokens, without any static token, and fills in the rest', () => {
  const other = 'issuer: other, audience: x, jwksUrl: "http://[::1]:8080/k", scopeClaim: roles, nameClaim: upn'
  expect(load(issuers(corp)).auth).toEqual({
    tokens: [],
    issuers: [
      {
        issuer: 'https://idp.example/realms/dr',
        audience: 'dr-gateway',
        jwksUrl: 'https://idp.example/keys',
        algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
        scopeClaim: 'scope',
        siteClaim: null,
        organizationClaim: null,
        grants: [],
        nameClaim: 'sub',
        namePrefix: '',
      },
    ],
  })
  const { auth } = load(issuers(`${corp}, namePrefix: "corp:"`, `${other}, namePrefix: "o:", algorithms: [ES384]`))
  expect(auth.issuers[1]).toEqual({
    issuer: 'other',
    audience: 'x',
    jwksUrl: 'http://[::1]:8080/k',
    algorithms: ['ES384'],
    scopeClaim: 'roles',
    siteClaim: null,
    organizationClaim: null,
    grants: [],
    nameClaim: 'upn',
    namePrefix: 'o:',
  })
})

test.each([
  [
    'keys over a network without TLS',
    [corp.replace('https://idp.example/keys', 'http://idp.example/keys')],
    '0.jwksUrl',
  ],
  ['a password in the address of keys', [corp.replace('//idp.example/keys', '//u:p@idp.example/keys')], '0.jwksUrl'],
  ['keys in a file', [corp.replace('https://idp.example/keys', 'file:///keys')], '0.jwksUrl'],
  ['an issuer without an audience', [corp.replace('audience: dr-gateway, ', '')], '0.audience'],
  // A1: with a shared secret whoever knows the public key could sign
  ['signatures by a shared secret', [`${corp}, algorithms: [HS256]`], '0.algorithms.0'],
  ['unsigned tokens', [`${corp}, algorithms: [none]`], '0.algorithms.0'],
  ['no algorithm', [`${corp}, algorithms: []`], '0.algorithms'],
  ['one issuer twice', [corp, `${corp}, namePrefix: "x"`], '1.issuer'],
  ['two issuers whose callers may have one name', [corp, corp.replace('/realms/dr', '/2')], '1.namePrefix'],
  [
    'prefixes of which one begins with the other',
    [`${corp}, namePrefix: "a:b:"`, `${corp.replace('/realms/dr', '/2')}, namePrefix: "a:"`],
    '1.namePrefix',
  ],
])('refuses %s', (_what, lines, path) => {
  expect(failureOf(issuers(...lines)).problems.map((problem) => problem.path)).toEqual([`auth.issuers.${path}`])
})

const storedDocuments = (text: string): string => {
  writeFileSync(join(folder, 'documents.json'), text)
  return smallest
}

test('runs any document where it says nothing of documents', () => {
  expect(load(smallest).documents).toEqual({ mode: 'open', path: null, texts: {} })
})

test('takes the stored documents from the file, beside itself', () => {
  const texts = { [`sha256:${sha256}`]: '{ viewer { name } }', bare: '{ viewer { scopes } }' }
  const text = storedDocuments(JSON.stringify(texts))
  expect(load(`${text}\ndocuments: { mode: only, path: documents.json }`).documents).toEqual({
    mode: 'only',
    path: join(folder, 'documents.json'),
    texts,
  })
  expect(load(`${text}\ndocuments: { path: documents.json }`).documents).toMatchObject({ mode: 'open', texts })
})

test.each(['known', 'only'])('needs the file of the stored documents with the mode %s', (mode) => {
  expect(problemsOf(`${smallest}\ndocuments: { mode: ${mode} }`)).toEqual([
    'documents.path: is needed: with this mode nothing but the documents of that file is run',
  ])
})

test.each(['[]', '{}', '"text"', '{"id":7}', '{"id":""}', '{"":"{ a }"}', '{', ''])(
  'refuses %s as stored documents',
  (text) => {
    expect(problemsOf(`${storedDocuments(text)}\ndocuments: { mode: only, path: documents.json }`)).toEqual([
      'documents.path: the file must be a JSON object with the text of each document by its id',
    ])
  },
)
