import { afterEach, describe, expect, it } from 'vitest'
import { startApp } from '../../src/app.ts'
import { scopes } from '../../src/domain/viewer.ts'
import { createTokenAuthentication } from '../../src/server/authentication.ts'
import { startSimulator, type Simulator } from '../../src/simulator/main.ts'
import { createSelfSigned, type SelfSigned } from '../../src/simulator/self-signed.ts'
import { Secret } from '../../src/std/secret.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import type { TlsTrust } from '../../src/upstream/http-client.ts'
import { query } from '../support/graphql-client.ts'
import { everywhere } from '../support/viewer-of.ts'

const host = '127.0.0.1'
const free = { host, port: 0 }
const trustOf = (trust: readonly TlsTrust[], index: number): TlsTrust => trust[index] ?? {}

let owned = new AsyncDisposableStack()
afterEach(async () => {
  await owned.disposeAsync()
  owned = new AsyncDisposableStack()
})

const startSites = async (tls: SelfSigned): Promise<Simulator> =>
  owned.use(await startSimulator({ speed: 0, seed: 7, fleetSize: 12, vcda: free, zerto: free, tls }))

/** The sites as a configuration would have them, each with its own trust: both clouds, then both ZVMs. */
const toSites = ({ vcda, zerto }: Simulator, trust: readonly TlsTrust[]) => [
  ...vcda.sites.map(({ name, service, login }, index) => ({
    vendor: 'VCDA' as const,
    name,
    url: service.url,
    tls: trustOf(trust, index),
    login: { type: 'localUser', user: login.user, password: new Secret(login.password) },
  })),
  ...zerto.sites.map(({ name, service, login }, index) => ({
    vendor: 'ZERTO' as const,
    name,
    url: service.url,
    tls: trustOf(trust, index + 2),
    login: { type: 'password', username: login.username, password: new Secret(login.password) },
  })),
]

const document = `{
  protectionGroups(first: 500) {
    nodes { vendor }
    coverage { siteName completeness problem { code message } }
  }
}`

const endsDocument = '{ sites { connection { certificateExpiresAt } } }'

interface Seen {
  readonly protectionGroups: {
    readonly nodes: readonly { readonly vendor: string }[]
    readonly coverage: readonly {
      readonly completeness: string
      readonly problem: { readonly code: string; readonly message: string } | null
    }[]
  }
}

interface Known {
  readonly sites: readonly { readonly connection: { readonly certificateExpiresAt: string | null } | null }[]
}

/** What a client of a gateway over these sites sees, and how many requests each site has seen. */
const look = async (simulator: Simulator, trust: readonly TlsTrust[]) => {
  const app = owned.use(
    await startApp({
      ...free,
      store: { path: ':memory:' },
      sites: toSites(simulator, trust),
      logger: silentLogger,
      authenticate: createTokenAuthentication({
        tokens: [],
        anonymous: { name: 'tester', grants: everywhere(scopes) },
      }),
      isGraphiqlEnabled: false,
      maxAgeSeconds: 0,
      staleForSeconds: 60,
      pollIntervalMs: 20,
      settleAfterMs: 300_000,
      eventsKeptDays: 30,
      mostEventsKept: 1_000_000,
      mostQueuedEvents: 10_000,
    }),
  )
  const { body } = await query<Seen>(app.url, document)
  const groups = body.data?.protectionGroups
  if (groups === undefined) throw new Error(JSON.stringify(body))
  const known = await query<Known>(app.url, endsDocument)
  const services = [...simulator.vcda.sites, ...simulator.zerto.sites].map(({ service }) => service)
  return {
    vendors: new Set(groups.nodes.map(({ vendor }) => vendor)),
    completeness: groups.coverage.map(({ completeness }) => completeness),
    messages: groups.coverage.map(({ problem }) => problem?.message ?? ''),
    requests: services.map(({ exchanges }) => exchanges.length),
    ends: known.body.data?.sites.map(({ connection }) => connection?.certificateExpiresAt ?? null),
  }
}

const four = <T>(value: T): readonly T[] => Array.from({ length: 4 }, () => value)
const complete = { vendors: new Set(['VCDA', 'ZERTO']), completeness: four('COMPLETE'), messages: four('') }
const day = 86_400_000

describe('sites with certificates that no public authority has signed', () => {
  it('are read when their authority is configured', async () => {
    const tls = await createSelfSigned({ hosts: [host] })
    expect(await look(await startSites(tls), four({ ca: tls.cert }))).toMatchObject(complete)
  })

  it('are read when their certificate is pinned, whatever its name', async () => {
    const tls = await createSelfSigned({ hosts: ['appliance.example'] })
    expect(await look(await startSites(tls), four({ pin: tls.pin }))).toMatchObject(complete)
  })
})

const other = await createSelfSigned({ hosts: [host] })

describe('the end of a certificate', () => {
  it.each([
    ['pinned', ({ pin }: SelfSigned): TlsTrust => ({ pin })],
    ['signed by a configured authority', ({ cert }: SelfSigned): TlsTrust => ({ ca: cert })],
  ] as const)('is told of each site whose certificate is %s', async (_how, trust) => {
    const validTo = new Date('2030-01-02T03:04:05Z')
    const tls = await createSelfSigned({ hosts: [host], validTo })
    const { ends } = await look(await startSites(tls), four(trust(tls)))
    expect(ends).toEqual(four(validTo.toISOString()))
  })
})

describe('a certificate that is not trusted', () => {
  const past = { validFrom: new Date(Date.now() - 2 * day), validTo: new Date(Date.now() - day) }
  const cases: readonly {
    readonly why: string
    readonly shown: Parameters<typeof createSelfSigned>[0]
    readonly trust: (shown: SelfSigned) => TlsTrust
    readonly message: RegExp
  }[] = [
    {
      why: 'another one than the pinned',
      shown: { hosts: [host] },
      trust: () => ({ pin: other.pin }),
      message: /pinned/,
    },
    {
      why: 'of another authority',
      shown: { hosts: [host] },
      trust: () => ({ ca: other.cert }),
      message: /self-signed/,
    },
    { why: 'of no known authority', shown: { hosts: [host] }, trust: () => ({}), message: /self-signed/ },
    { why: 'expired', shown: { hosts: [host], ...past }, trust: ({ cert }) => ({ ca: cert }), message: /expired/ },
    { why: 'expired and pinned', shown: { hosts: [host], ...past }, trust: ({ pin }) => ({ pin }), message: /expired/ },
    {
      why: 'for another host',
      shown: { hosts: ['vcda.example'] },
      trust: ({ cert }) => ({ ca: cert }),
      message: /altnames/,
    },
  ]

  it.each(cases)('is refused before any credential leaves: $why', async ({ shown, trust, message }) => {
    // N12
    const tls = await createSelfSigned(shown)
    const { requests, vendors, completeness, messages } = await look(await startSites(tls), four(trust(tls)))
    expect(requests).toEqual([0, 0, 0, 0])
    expect(vendors).toEqual(new Set())
    expect(completeness).toEqual(four('UNAVAILABLE'))
    for (const text of messages) expect(text).toMatch(message)
    // How to start Node otherwise is no advice to who asks the gateway.
    for (const text of messages) expect(text).toMatch(/^site \S+: TLS refused: (?!.*Node)/)
  })

  it('costs only the part of its own site', async () => {
    // N12
    const tls = await createSelfSigned({ hosts: [host] })
    const trust = [{ pin: tls.pin }, { pin: other.pin }, { ca: tls.cert }, { ca: other.cert }]
    const { requests, vendors, completeness } = await look(await startSites(tls), trust)
    expect(vendors).toEqual(new Set(['VCDA', 'ZERTO']))
    expect(completeness).toEqual(['COMPLETE', 'UNAVAILABLE', 'COMPLETE', 'UNAVAILABLE'])
    expect(requests.map((count) => count > 0)).toEqual([true, false, true, false])
  })
})
