import { createSimClock } from '../../src/simulator/clock.ts'
import { startZertoSimulator } from '../../src/simulator/zerto/zerto-simulator.ts'
import { createZertoAdapter } from '../../src/vendors/zerto/zerto-adapter.ts'
import { zertoCapabilities } from '../../src/vendors/zerto/zerto-capabilities.ts'
import { testVendorAdapter } from './vendor-adapter.suite.ts'
import type { SimulatedVendor } from './vendor-rig.ts'

const free = { host: '127.0.0.1', port: 0 }

const start = async (): Promise<SimulatedVendor> => {
  const clock = createSimClock({ speed: 0 })
  const simulator = await startZertoSimulator({ clock, fleetSize: 40, seed: 7, listen: [free, free] })
  const { sites, world } = simulator
  const [boston, london] = sites
  if (boston === undefined || london === undefined) throw new Error('two sites were to start')
  const [{ unprotected }, { infrastructure }] = world.sites
  const [vmId] = unprotected.keys()
  const { hosts, datastores, folders, networks } = infrastructure
  return {
    clock,
    services: [boston.service, london.service],
    openAdapter: (site, dependencies) => {
      const { name, service, login } = site === 0 ? boston : london
      const options = { name, url: service.url, tls: {}, login: { type: 'password', ...login } }
      return createZertoAdapter(options, dependencies)
    },
    work: {
      kind: 'zertoGroup',
      options: {
        name: 'a-new-group',
        protectedSiteId: boston.siteIdentifier,
        recoverySiteId: london.siteIdentifier,
        vms: [{ vmId }],
        defaultHostId: hosts[0]?.identifier,
        defaultDatastoreId: datastores[0]?.identifier,
        defaultFolderId: folders[0]?.identifier,
        failoverNetworkId: networks[0]?.identifier,
        testNetworkId: networks[1]?.identifier,
      },
    },
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  }
}

testVendorAdapter({
  vendor: 'ZERTO',
  capabilities: zertoCapabilities,
  start,
  signInPath: /^\/auth\//,
  skip: [],
  doubts: [],
})
