import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { stringify } from 'yaml'
import { startSimulator, type Simulator } from '../../src/simulator/main.ts'
import { createSelfSigned, type SelfSigned } from '../../src/simulator/self-signed.ts'
import { startRepeatingSite, type RepeatingSite } from './repeating-site.ts'
import { findCanaries, readFolder } from '../support/canaries.ts'
import { runCommand, type CommandEnd, type RunningCommand } from '../support/run-command.ts'
import { startTokenIssuer, type TokenIssuer } from '../support/token-issuer.ts'

// S3, A4: the whole process, with real logins at both vendors, and whatever can go wrong with them.

const host = '127.0.0.1'
const free = { host, port: 0 }
const staticToken = 'caller-c4n4ry-token.0815'
const wrong = {
  VCDA_WRONG: 'wr0ng-c4n4ry&pass"word<1>+/',
  ZERTO_WRONG: 'c4n4ry+of/a&wrong"zvm<2>',
  ELSE_PASSWORD: 'else-c4n4ry:pass/word+3',
}

let folder: string
let certificate: SelfSigned
let simulator: Simulator
let issuer: TokenIssuer
/** What callers have shown, valid or not. */
const shown: string[] = [staticToken]
/** Every answer that a caller got. */
let answers = ''

/** What stands before each configured site, by the site's name. */
const fronts = new Map<string, RepeatingSite>()

const lieAll = (answer: Parameters<RepeatingSite['lie']>[0]): void => {
  for (const front of fronts.values()) front.lie(answer)
}

const env = (): Record<string, string> => ({
  ...wrong,
  VCDA_PASSWORD: simulator.vcda.sites[0]?.login.password ?? '',
  TENANT_PASSWORD: simulator.vcda.sites[1]?.tenantLogin.password ?? '',
  ZERTO_PASSWORD: simulator.zerto.sites[0]?.login.password ?? '',
  ZERTO_SECRET: simulator.zerto.sites[1]?.clientLogin.clientSecret ?? '',
  // The process ends in the middle of a call to a vendor, by an error that nobody catches, and reports itself.
  NODE_OPTIONS: [
    `--import ${join(folder, 'preload/crash.mjs')}`,
    '--report-uncaught-exception',
    `--report-directory=${join(folder, 'reports')}`,
  ].join(' '),
})

const crash = `import { subscribe } from 'node:diagnostics_channel'
process.on('SIGUSR2', () => {
  subscribe('undici:request:create', ({ request }) => {
    Promise.reject(new Error('nobody catches this', { cause: new AggregateError([new Error('inner')], 'outer') }))
  })
})
`

/** The logins that the vendors take, those that they refuse, and one whose site is not who it should be. */
const listLogins = () => {
  const root = { type: 'localUser', user: 'root' }
  const [vcda, otherVcda] = simulator.vcda.sites
  const [zerto, otherZerto] = simulator.zerto.sites
  return [
    { name: 'cloud-a', site: vcda, login: { ...root, password: '${env:VCDA_PASSWORD}' } },
    {
      name: 'cloud-b',
      site: otherVcda,
      login: { type: 'vcdCredentials', user: otherVcda?.tenantLogin.user, password: '${env:TENANT_PASSWORD}' },
    },
    {
      name: 'zvm-a',
      site: zerto,
      login: { type: 'password', username: zerto?.login.username, password: '${env:ZERTO_PASSWORD}' },
    },
    {
      name: 'zvm-b',
      site: otherZerto,
      login: { type: 'clientCredentials', clientId: otherZerto?.clientLogin.clientId, secret: '${env:ZERTO_SECRET}' },
    },
    { name: 'cloud-wrong', site: vcda, login: { ...root, password: '${env:VCDA_WRONG}' } },
    { name: 'zvm-wrong', site: zerto, login: { type: 'password', username: 'admin', password: '${env:ZERTO_WRONG}' } },
    { name: 'cloud-else', site: vcda, login: { ...root, password: '${env:ELSE_PASSWORD}' } },
  ]
}

const otherPin = `SHA-256:${Array.from({ length: 32 }, () => 'AB').join(':')}`

const toSites = (): readonly object[] =>
  listLogins().map(({ name, login }) => ({
    name,
    vendor: name.startsWith('cloud') ? 'vcda' : 'zerto',
    url: fronts.get(name)?.url,
    tls: { pin: name === 'cloud-else' ? otherPin : certificate.pin },
    login,
  }))

const writeConfig = (name: string, sites: readonly object[]): void => {
  const sha256 = createHash('sha256').update(staticToken).digest('hex')
  const scopes = ['dr:read', 'dr:operate', 'dr:recover', 'dr:audit', 'dr:introspect']
  const { issuer: iss, audience, jwksUrl } = issuer.trusted
  const auth = { tokens: [{ name: 'portal', sha256, scopes }], issuers: [{ issuer: iss, audience, jwksUrl }] }
  const text = stringify({ listen: { port: 0 }, store: { url: 'sqlite:store/gateway.db' }, auth, sites })
  writeFileSync(join(folder, name), text)
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dr-gateway-secrets-'))
  for (const name of ['preload', 'reports', 'store']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'preload/crash.mjs'), crash)
  certificate = await createSelfSigned({ hosts: [host] })
  simulator = await startSimulator({ speed: 1, seed: 7, fleetSize: 12, vcda: free, zerto: free })
  for (const { name, site } of listLogins()) {
    fronts.set(name, await startRepeatingSite(site?.service.url ?? '', certificate))
  }
  issuer = await startTokenIssuer()
  writeConfig('gateway.yaml', toSites())
})
afterAll(async () => {
  await issuer[Symbol.asyncDispose]()
  for (const front of fronts.values()) await front[Symbol.asyncDispose]()
  await simulator[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

/** Passwords, and every session and token that a vendor has given or was shown. */
const vendorSecrets = (): readonly string[] => {
  const { NODE_OPTIONS: _options, ...passwords } = env()
  return [...new Set([...Object.values(passwords), ...[...fronts.values()].flatMap(({ told }) => [...told])])]
}

const ask = async (url: string, token: string | null, document: string, variables: object = {}): Promise<string> => {
  if (token !== null && !shown.includes(token)) shown.push(token)
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: document, variables }),
  })
  const text = `${JSON.stringify([...response.headers])}${await response.text()}`
  answers += text
  return text
}

/** What a socket is told that begins with this token and asks to go on with another one. */
const openSocket = async (url: string, token: string, fresh: string): Promise<void> => {
  shown.push(token, fresh)
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws', {
    headers: { authorization: `Bearer ${token}` },
  })
  await once(socket, 'open')
  const closed = once(socket, 'close')
  socket.on('message', (data: Buffer) => {
    const text = data.toString()
    answers += text
    const { type } = JSON.parse(text)
    const query = 'mutation ($token: String!) { refreshSession(token: $token) { name } }'
    const payload = { query, variables: { token: fresh } }
    if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }))
    if (type === 'next' || type === 'error') socket.close()
  })
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }))
  const [code, reason] = await closed
  answers += `${String(code)} ${String(reason)}`
}

const readEverything = `{
  sites { name vendor connection { state } license { key } health { state } }
  replications(first: 500, maxAgeSeconds: 0) {
    nodes { id name state recoveryPoints(first: 1) { nodes { id } } } coverage { siteName problem { code message } }
  }
  protectionGroups(first: 500, maxAgeSeconds: 0) {
    nodes { id vendor name actions { action available } } coverage { siteName problem { code message } }
  }
  tasks(first: 100) { nodes { id state problem { code message } } }
  alerts { nodes { id message } }
  auditLog(first: 100) { nodes { caller outcome problem { code message } } }
}`

const lists = `{
  replications(first: 5, maxAgeSeconds: 0) { totalCount coverage { siteName problem { code message } } }
  protectionGroups(first: 500, maxAgeSeconds: 0) {
    nodes { id } coverage { siteName problem { code message ... on VendorProblem { vendorMessage } } }
  }
}`

const plainLists = `{
  protectionGroups(first: 500) { nodes { id } coverage { siteName problem { code message } } }
  replications(first: 5, maxAgeSeconds: 0) { totalCount coverage { siteName problem { code message } } }
}`

const pause = `mutation ($id: ID!, $key: String!) {
  pauseReplication(input: { targetId: $id, idempotencyKey: $key, reason: "to see" }) {
    __typename ... on Problem { code message }
  }
}`

/** What a site may say, and repeat. */
const lies = [401, 403, 400, 404, 409, 500, 502, 200].flatMap((status) =>
  [
    (said: string) => JSON.stringify({ code: 'AuthenticationFailed', msg: said, args: [said], stacktrace: said }),
    (said: string) => JSON.stringify({ Message: said, error: 'invalid_grant', error_description: said }),
    (said: string) => `<html><pre>${said}</pre></html>`,
  ].map((toBody) => (repeated: string) => ({ status, body: toBody(`no such login: ${repeated}`) })),
)

const urlOf = async (serving: RunningCommand): Promise<string> =>
  /serves (\S+)/.exec(await serving.saying(/serves \S+/))?.[1] ?? ''

/** Whoever searches finds nothing where nothing is searched: each place has to hold what belongs there. */
const expectClean = (places: Readonly<Record<string, string>>): void => {
  // However often a text was escaped, this stays as it is.
  const secrets = [...vendorSecrets(), ...shown, 'c4n4ry']
  expect(secrets.length).toBeGreaterThan(12)
  expect(findCanaries(places, secrets)).toEqual([])
}

const toPlaces = ({ stdout, stderr }: CommandEnd) => ({ stdout, stderr })

describe('no secret', () => {
  it('is in what the search would miss: it finds each form in which they travel', () => {
    const secret = 'p&ss"w<rd/c4n4ry+1'
    const forms = [
      secret,
      JSON.stringify({ secret }),
      encodeURIComponent(secret),
      new URLSearchParams({ secret }).toString(),
      ...['', 'r', 'ro', 'root:'].map((before) => Buffer.from(`${before}${secret}`).toString('base64')),
      Buffer.from(`root:${secret}`).toString('base64url'),
      Buffer.from(secret).toString('hex'),
    ]
    for (const form of forms) expect(findCanaries({ place: `x ${form} y` }, [secret])).not.toEqual([])
  })

  it('leaves a process that serves, is refused, is lied to, is attacked and is told to end', async () => {
    await using serving = runCommand(['serve', '--config', 'gateway.yaml'], { cwd: folder, env: env() })
    const url = await urlOf(serving)
    const whole = await ask(url, staticToken, readEverything)
    if (!whole.includes('"data":{')) await ask(url, staticToken, plainLists)
    const token = await issuer.sign({ scope: 'dr:read dr:operate dr:audit' })
    const listed = await ask(url, token, plainLists)
    const ids = [...listed.matchAll(/"id":"([^"]+)"/g)].map((match) => match[1] ?? '')
    expect(ids.length).toBeGreaterThan(4)
    await ask(url, token, pause, { id: ids[0], key: 'well' })

    for (const [index, lie] of lies.entries()) {
      lieAll(lie)
      await ask(url, staticToken, lists)
      await ask(url, staticToken, plainLists)
      for (const id of ids.slice(0, 4)) await ask(url, staticToken, pause, { id, key: `${index}-${id}` })
      lieAll(null)
    }

    await using stranger = await startTokenIssuer()
    const forged = await stranger.sign({ sub: 'c4n4ry-of-a-claim' })
    for (const wrongToken of ['c4n4ry-wrong-token', forged, await issuer.sign({ exp: 1 })]) {
      await ask(url, wrongToken, '{ viewer { name } }')
      await openSocket(url, wrongToken, staticToken)
    }
    await openSocket(url, token, forged)
    await openSocket(url, staticToken, 'c4n4ry of no token')
    await ask(url, null, '{ viewer { name } }')
    serving.stop()
    const end = await serving.ended
    expect(end.exitCode).toBe(0)
    expect(end.stdout).toContain('sign-in refused')
    expect(end.stdout).toContain('A token was refused')
    expect(answers).toContain('[redacted]')
    const { 'gateway.db, unpacked': store = '', ...files } = readFolder(join(folder, 'store'))
    expect(store).toContain(ids[0])
    expectClean({ ...toPlaces(end), ...files, store, answers })
  }, 120_000)

  it('leaves a process that crashes in the middle of a call to a vendor', async () => {
    await using serving = runCommand(['serve', '--config', 'gateway.yaml'], { cwd: folder, env: env() })
    const url = await urlOf(serving)
    await ask(url, staticToken, plainLists)
    serving.stop('SIGUSR2')
    await ask(url, staticToken, lists).catch(() => undefined)
    const end = await serving.ended
    expect(end.exitCode).toBe(70)
    expect(end.stdout).toContain('nobody catches this')
    const reports = readFolder(join(folder, 'reports'))
    expect(Object.values(reports).join('')).toContain('nobody catches this')
    expectClean({ ...toPlaces(end), ...reports, ...readFolder(join(folder, 'store')), answers })
  }, 120_000)

  it('is told by check, whether the sites let it in or not', async () => {
    const { ended } = runCommand(['check', '--config', 'gateway.yaml'], { cwd: folder, env: env() })
    const end = await ended
    expect(end.exitCode).toBe(69)
    expect(end.stdout).toContain('zvm-wrong')
    for (const front of fronts.values()) front.forget()
    lieAll(lies[0] ?? null)
    const { ended: lied } = runCommand(['check', '--config', 'gateway.yaml'], { cwd: folder, env: env() })
    const worse = await lied
    lieAll(null)
    expect(worse.stdout).toContain('[redacted]')
    expectClean({ ...toPlaces(end), lied: worse.stdout, liedErrors: worse.stderr })
  }, 120_000)

  it('is repeated by a configuration that is refused, or by the audit command', async () => {
    const [site] = toSites()
    const clear = {
      ...site,
      login: { type: 'localUser', user: 'root', password: wrong.VCDA_WRONG, token: wrong.ZERTO_WRONG },
    }
    writeConfig('clear.yaml', [clear])
    const refused = await runCommand(['check', '--config', 'clear.yaml'], { cwd: folder, env: env() }).ended
    expect(refused.exitCode).toBe(78)
    const audited = await runCommand(['audit', 'verify', '--config', 'gateway.yaml'], { cwd: folder, env: env() }).ended
    expect(audited.exitCode).toBe(0)
    expectClean({ ...toPlaces(refused), audited: audited.stdout, auditedErrors: audited.stderr })
  })
})
