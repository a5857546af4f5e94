import { execute, parse, type GraphQLSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { VendorAdapter } from '../../../src/domain/ports/vendor-adapter.ts'
import { builder, vendorParts } from '../../../src/graphql/builder.ts'
import '../../../src/graphql/scalars.ts'
import { registerVcdaSchema } from '../../../src/vendors/vcda/vcda-schema.ts'
import { aGroup, readFixture, vappId, vmId, aReplication } from './vcda-samples.ts'
import { never, startScriptedSite, type Answer } from './vcda-site.ts'

/** What of the context the resolvers of this vendor use. */
interface FewerContext {
  readonly inventory: {
    readTarget<T>(target: unknown, read: (adapter: VendorAdapter) => Promise<T>): Promise<T>
    findAdapterOfSite(siteId: string): VendorAdapter | null
  }
  readonly signal: AbortSignal
}

const makeSchema = (): GraphQLSchema => {
  registerVcdaSchema()
  const [part] = vendorParts()
  if (part === undefined) throw new Error('nothing was registered')
  const { Replication, ProtectionGroup, Site } = part.details
  builder.queryType({
    fields: (t) => ({
      replication: t.field({ type: Replication, nullable: true, resolve: () => null }),
      group: t.field({ type: ProtectionGroup, nullable: true, resolve: () => null }),
      site: t.field({ type: Site, nullable: true, resolve: () => null }),
    }),
  })
  return builder.toSchema()
}

const schema = makeSchema()

/** Takes a root field from the root value. */
const resolveMember = (value: unknown, _args: unknown, _context: unknown, { fieldName }: { fieldName: string }) =>
  typeof value === 'object' && value !== null ? Reflect.get(value, fieldName) : undefined

const ask = async (adapter: VendorAdapter, source: string) => {
  const context: FewerContext = {
    inventory: { readTarget: (_target, read) => read(adapter), findAdapterOfSite: () => adapter },
    signal: never,
  }
  const [report, group, replication] = await Promise.all([
    adapter.readSite(never),
    adapter.getGroup(vappId, never),
    adapter.getReplication(vmId, never),
  ])
  const rootValue = { site: report.details, group: group.details, replication: replication.details }
  for (const name of ['site', 'group', 'replication'] as const) {
    const field = schema.getQueryType()?.getFields()[name]
    if (field !== undefined) field.resolve = resolveMember
  }
  return execute({ schema, document: parse(source), rootValue, contextValue: context })
}

const bare = (body: unknown): Answer => ({ status: 200, body })

const answers: Readonly<Record<string, Answer>> = {
  '/sites': bare(readFixture('sites')),
  [`/vapp-replications/${vappId}`]: bare(aGroup([{}])),
  [`/vm-replications/${vmId}`]: bare({
    ...aReplication(),
    guestCustomization: { enabled: true, adminPassword: 'hidden-1' },
  }),
  [`/vapp-replications/${vappId}/network-settings`]: bare({
    failoverSettings: {
      vAppNetworkSettings: {
        bridgeOrgVdcNetworks: [{ id: 'n-1', name: 'network1' }],
        bulkConnectVmNics: true,
        copySourceNetworks: true,
        networkMappings: [
          {
            sourceNetworkName: 'ext_net',
            sourceOrgVdcNetwork: null,
            destinationOrgVdcNetwork: { id: 'n-2', name: 'b' },
          },
        ],
      },
      vmNetworkSettings: {
        'm-1': { primaryNicIndex: 0, nics: [{ nicIndex: 0, network: 'ext_net', ipAddressAllocationMode: 'POOL' }] },
      },
    },
    failoverTestSettings: { vAppNetworkSettings: null, vmNetworkSettings: null },
  }),
  [`/vm-replications/${vmId}/rt-traffic`]: bare(readFixture('traffic')),
  [`/vm-replications/${vmId}/instances/replica-1`]: bare({ key: 'replica-1', disksInfo: [{ diskKey: 2000 }, {}] }),
  '/policies': bare([{ id: 'p-1', displayName: 'Basic', minRpo: 15, maxIncoming: -1, allowIncoming: true, quota: 7 }]),
  '/vc-sites': bare([{ site: 'onprem', owner: 'Acme@site1' }]),
  '/recovery-plans': bare({
    items: [{ id: 'plan-1', displayName: 'Shop', executionInfo: { state: 'COMPLETE' } }],
    total: 1,
  }),
  '/recovery-plans/plan-1/steps': bare([
    { id: 's-2', name: 'web', sequence: 1, delay: 30_000, replications: [] },
    { id: 's-1', name: 'db', sequence: 0, replications: [{ id: vappId }] },
  ]),
  '/owner/Acme%40site1/traffic': bare(readFixture('traffic')),
}

const startSite = () =>
  startScriptedSite((request) => {
    const answer = answers[request.url.split('?')[0] ?? '']
    return answer === undefined
      ? null
      : { ...answer, headers: { 'content-type': 'application/vnd.vmware.h4-v4.7+json' } }
  })

describe('the details in the public schema', () => {
  it('ask the site for stored networks, disks and traffic when somebody asks', async () => {
    await using site = await startSite()
    const source = `{
      group { ... on VcdaProtectionGroupDetails { networkSettings {
        failover { copySourceNetworks bridgeNetworks { name } mappings { sourceNetworkName destinationNetwork { id } }
          vms { vmId nics { index networkName ipAllocationMode } } }
        testFailover { connectAllNics } } } }
      replication { ... on VcdaReplicationDetails {
        guestCustomization trafficNow { bytes } recoveryPointDiskKeys(recoveryPointVendorId: "replica-1") } }
    }`
    const { data, errors } = await ask(site.adapter, source)
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      group: {
        networkSettings: {
          failover: {
            copySourceNetworks: true,
            bridgeNetworks: [{ name: 'network1' }],
            mappings: [{ sourceNetworkName: 'ext_net', destinationNetwork: { id: 'n-2' } }],
            vms: [{ vmId: 'm-1', nics: [{ index: 0, networkName: 'ext_net', ipAllocationMode: 'POOL' }] }],
          },
          testFailover: null,
        },
      },
      replication: {
        guestCustomization: { enabled: true },
        trafficNow: [{ bytes: 52_236 }, { bytes: 52_236 }],
        recoveryPointDiskKeys: [2000],
      },
    })
    expect(JSON.stringify(data)).not.toContain('hidden-1')
  })

  it('ask the site for policies, plans, customers and the traffic of an owner when somebody asks', async () => {
    await using site = await startSite()
    const source = `{ site { ... on VcdaSiteDetails {
      policies { name minRpoSeconds maxIncoming allowsIncoming others }
      recoveryPlans { name state steps { name delaySeconds replicationIds } }
      customerSites { name owner }
      ownerTraffic(owner: "Acme@site1") { bytes }
    } } }`
    const { data, errors } = await ask(site.adapter, source)
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      site: {
        policies: [
          { name: 'Basic', minRpoSeconds: 900, maxIncoming: null, allowsIncoming: true, others: { quota: 7 } },
        ],
        recoveryPlans: [
          {
            name: 'Shop',
            state: 'COMPLETE',
            steps: [
              { name: 'db', delaySeconds: null, replicationIds: [vappId] },
              { name: 'web', delaySeconds: 30, replicationIds: [] },
            ],
          },
        ],
        customerSites: [{ name: 'onprem', owner: 'Acme@site1' }],
        ownerTraffic: [{ bytes: 52_236 }, { bytes: 52_236 }],
      },
    })
  })

  it.for([
    {
      why: 'an owner that is none',
      source: '{ site { ... on VcdaSiteDetails { ownerTraffic(owner: "x") { bytes } } } }',
    },
    {
      why: 'a recovery point that is none',
      source:
        '{ replication { ... on VcdaReplicationDetails { recoveryPointDiskKeys(recoveryPointVendorId: "../x") } } }',
    },
  ])('give null and an error for $why, and ask nobody', async ({ source }) => {
    // V1
    await using site = await startSite()
    const { errors } = await ask(site.adapter, source)
    expect(errors).toHaveLength(1)
    expect(site.calls.some(({ url }) => url.includes('owner') || url.includes('instances'))).toBe(false)
  })
})
