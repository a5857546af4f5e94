import type { Config, SiteConfig } from '../../src/config.ts'
import { usualLimits } from '../../src/server/limit-table.ts'
import { Secret } from '../../src/std/secret.ts'
import { everywhere } from './viewer-of.ts'

/** The only site of {@link sampleConfig}. */
export const sampleSite: SiteConfig = {
  name: 'zvm-a',
  vendor: 'ZERTO',
  url: 'https://zvm.example',
  tls: {},
  allowLocalAddresses: false,
  login: { type: 'password', username: 'x', password: new Secret('canary-1') },
}

/** The only token of {@link sampleConfig}. */
export const sampleToken = { name: 'ci', sha256: 'ab'.repeat(32), grants: everywhere(['dr:read']) }

/** A configuration with its defaults, but for what is given. */
export const sampleConfig = (given: Partial<Config> = {}): Config => ({
  listen: { host: '127.0.0.1', port: 4000 },
  server: { corsOrigins: [] },
  store: { path: ':memory:' },
  auth: { issuers: [], tokens: [sampleToken] },
  documents: { mode: 'open', texts: {}, path: null },
  console: { login: { kind: 'token' } },
  metrics: null,
  traces: null,
  sites: [sampleSite],
  limits: {
    ...usualLimits,
    maxAgeSeconds: 5,
    staleForSeconds: 86_400,
    pollIntervalMs: 1_000,
    settleAfterMs: 300_000,
    eventsKeptDays: 30,
    mostEventsKept: 1_000_000,
    mostQueuedEvents: 10_000,
  },
  readiness: { testIntervalDays: 182, oldestPointFactor: 4, expiryWarningDays: 14 },
  ...given,
})
