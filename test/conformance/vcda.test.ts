import { createSimClock } from '../../src/simulator/clock.ts'
import { startVcdaSimulator } from '../../src/simulator/vcda/vcda-simulator.ts'
import { createVcdaAdapter } from '../../src/vendors/vcda/vcda-adapter.ts'
import { vcdaCapabilities } from '../../src/vendors/vcda/vcda-capabilities.ts'
import { testVendorAdapter, type Doubt } from './vendor-adapter.suite.ts'
import type { SimulatedVendor } from './vendor-rig.ts'

const free = { host: '127.0.0.1', port: 0 }

/** The oldest and the newest that are supported. */
const versions = ['4.2', '4.7'] as const

const start = async (version: (typeof versions)[number]): Promise<SimulatedVendor> => {
  const clock = createSimClock({ speed: 0 })
  const simulator = await startVcdaSimulator({ clock, version, fleetSize: 40, seed: 7, listen: [free, free] })
  const { world } = simulator
  const [east, west] = simulator.sites
  if (east === undefined || west === undefined) throw new Error('two sites were to start')
  const vapp = world.vapps.values().find(({ name }) => name === 'sandbox-east')
  const vdc = world.vdcs.values().find(({ site, org }) => site === west.name && org === vapp?.org)
  return {
    clock,
    services: [east.service, west.service],
    openAdapter: (site, dependencies) => {
      const { name, service, login } = site === 0 ? east : west
      const options = { name, url: service.url, tls: {}, login: { type: 'localUser', ...login } }
      return createVcdaAdapter(options, dependencies)
    },
    work: {
      kind: 'vcdaVapp',
      options: {
        vappId: vapp?.id,
        sourceSiteName: east.name,
        destination: { siteName: west.name, vdcId: vdc?.id },
      },
    },
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  }
}

const doubts: readonly Doubt[] = [
  {
    scenes: ['PAUSED', 'RESUMING', 'PAUSED_BEFORE_TEST'],
    actions: ['PAUSE', 'SYNC'],
    site: 'ACCEPTS',
    reason: 'clients name both as doing nothing on what is paused; a button that does nothing is not offered',
  },
  {
    scenes: ['HEALTHY', 'SYNCING', 'TEST_RUNNING', 'REVERSED', 'STARTED', 'BROKEN', 'LATE'],
    actions: ['RESUME'],
    site: 'ACCEPTS',
    reason: 'unknown: no source says that it is refused on what is not paused; it does nothing then',
  },
  {
    scenes: ['TEST_RUNNING', 'PAUSED_BEFORE_TEST'],
    actions: ['STOP'],
    site: 'ACCEPTS',
    reason: 'unknown: no source says what becomes of the machines of the test, so the gateway wants it ended first',
  },
  {
    scenes: ['FAILED_OVER', 'MOVED'],
    actions: ['UPDATE'],
    site: 'ACCEPTS',
    reason: 'unknown: no source says that settings of what no longer replicates cannot be changed',
  },
  {
    scenes: ['DELETING'],
    actions: ['UPDATE', 'PAUSE', 'SYNC', 'STOP', 'FAILOVER', 'TEST_FAILOVER', 'MOVE'],
    site: 'REFUSES',
    reason: 'the vendor has no state for it: only its task tells, which the journal of the gateway knows of',
  },
]

for (const version of versions) {
  testVendorAdapter({
    vendor: 'VCDA',
    label: version,
    capabilities: vcdaCapabilities,
    start: () => start(version),
    signInPath: /^\/sessions$/,
    skip: [],
    doubts,
    troubles: { ProtectionGroup: ['ERROR'], Replication: ['ERROR', 'NOT_MEETING_TARGET'] },
  })
}
