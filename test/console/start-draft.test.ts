import { readFileSync } from 'node:fs'
import { buildSchema, isInputObjectType, validateInputValue } from 'graphql'
import { describe, expect, test } from 'vitest'
import { toObjectiveInput, type StartDraft, type StartSite } from '../../src/console/start/start-draft.ts'
import {
  emptyVcdaStart,
  findVcdaObstacle,
  toVcdaDraft,
  type VcdaStartEntry,
} from '../../src/console/vendors/vcda/vcda-start-draft.ts'
import {
  emptyZertoStart,
  findZertoObstacle,
  toZertoDraft,
  type ZertoStartEntry,
} from '../../src/console/vendors/zerto/zerto-start-draft.ts'

const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'))

/** What the contract has against a draft with a key. */
const problemsOf = (draft: StartDraft | null): readonly string[] => {
  const type = schema.getType('StartReplicationInput')
  if (!isInputObjectType(type) || draft === null) return ['there is nothing to send']
  const problems: string[] = []
  validateInputValue({ ...draft, idempotencyKey: 'key' }, type, (error) => problems.push(error.message))
  return problems
}

const site: StartSite = {
  id: 'east',
  name: 'cloud-east',
  vendor: 'VCDA',
  isConfigured: true,
  configuredName: 'cloud-east',
  capabilities: ['START_REPLICATION'],
  connection: { state: 'UP' },
  peers: [{ id: 'west', name: 'cloud-west' }],
}

const customers = [{ id: 'branch', name: 'acme-branch' }]

describe('a machine of Cloud Director', () => {
  const entry: VcdaStartEntry = {
    ...emptyVcdaStart(site),
    workIds: ['vm-1'],
    vdcId: 'vdc-1',
    objective: { profileId: '', minutes: 15 },
  }

  test('is sent with what was chosen, and nothing that was not', () => {
    expect(toVcdaDraft(site, entry, customers)).toEqual({
      siteId: 'east',
      rpoSeconds: 900,
      work: {
        vcdaVm: {
          sourceSiteName: 'cloud-east',
          vmId: 'vm-1',
          destination: { siteName: 'cloud-west', vdcId: 'vdc-1' },
        },
      },
    })
    expect(problemsOf(toVcdaDraft(site, entry, customers))).toEqual([])
  })

  test('fits the contract with everything said, as a machine and as a vApp', () => {
    const full: VcdaStartEntry = {
      ...entry,
      storageProfileId: 'sp',
      connection: 'PLAIN',
      isQuiesced: true,
      description: 'why',
    }
    expect(problemsOf(toVcdaDraft(site, full, customers))).toEqual([])
    expect(problemsOf(toVcdaDraft(site, { ...full, what: 'VAPP' }, customers))).toEqual([])
  })

  test('has no objective when it is migrated: both together are refused', () => {
    const draft = toVcdaDraft(site, { ...entry, isMigration: true }, customers)
    expect(draft).not.toHaveProperty('rpoSeconds')
    expect(draft?.work.vcdaVm?.isMigration).toBe(true)
  })

  test('is not sent before all is chosen, and it is said what is missing', () => {
    const missing: readonly (readonly [Partial<VcdaStartEntry>, string])[] = [
      [{ workIds: [] }, 'Choose a machine'],
      [{ vdcId: '' }, 'Choose a virtual data center'],
      [{ objective: { profileId: '', minutes: null } }, 'Choose a profile, or say the objective'],
      [{ objective: { profileId: '', minutes: 0 } }, 'The objective has to be 1 to 1,440 whole minutes'],
    ]
    for (const [change, words] of missing) {
      expect(findVcdaObstacle({ ...entry, ...change })).toBe(words)
      expect(toVcdaDraft(site, { ...entry, ...change }, customers)).toBeNull()
    }
  })
})

describe('machines of a vCenter', () => {
  const entry: VcdaStartEntry = {
    ...emptyVcdaStart(site),
    what: 'VCENTER_VMS',
    workIds: ['vm-15', 'vm-16'],
    vcenterId: 'vc',
    vcenterSiteName: 'acme-branch',
    vappName: ' branch ',
    destinationId: 'east',
    vdcId: 'vdc-1',
    objective: { profileId: 'gold', minutes: null },
  }

  test('go to the cloud that is asked, from the site of the customer', () => {
    expect(toVcdaDraft(site, entry, customers)).toEqual({
      siteId: 'east',
      slaProfileId: 'gold',
      work: {
        vcdaVcenterVapp: {
          sourceSiteName: 'acme-branch',
          vcenterId: 'vc',
          vappName: 'branch',
          vms: [{ vmId: 'vm-15' }, { vmId: 'vm-16' }],
          destination: { siteName: 'cloud-east', vdcId: 'vdc-1' },
        },
      },
    })
    expect(problemsOf(toVcdaDraft(site, entry, customers))).toEqual([])
    const one: VcdaStartEntry = { ...entry, what: 'VCENTER_VM', workIds: ['vm-15'] }
    expect(toVcdaDraft(site, one, customers)?.work.vcdaVcenterVm).toMatchObject({ vmId: 'vm-15', vcenterId: 'vc' })
    expect(problemsOf(toVcdaDraft(site, one, customers))).toEqual([])
  })

  test('are not sent before all is chosen', () => {
    const changes: readonly Partial<VcdaStartEntry>[] = [
      { vcenterId: '' },
      { workIds: [] },
      { vappName: ' ' },
      { vdcId: '' },
    ]
    const words = changes.map((change) => findVcdaObstacle({ ...entry, ...change }))
    expect(new Set(words).size).toBe(changes.length)
    expect(words).not.toContain(null)
  })

  test('a vCenter as destination has no virtual data center', () => {
    const draft = toVcdaDraft(
      site,
      {
        ...entry,
        what: 'VM',
        workIds: ['vm-1'],
        destinationId: 'branch',
        isToVcenter: true,
        storageProfileId: 'left from before',
      },
      customers,
    )
    expect(draft?.work.vcdaVm?.destination).toEqual({ siteName: 'acme-branch' })
    expect(problemsOf(draft)).toEqual([])
  })
})

describe('a new group', () => {
  const entry: ZertoStartEntry = {
    ...emptyZertoStart(site),
    name: ' payroll ',
    vmIds: ['a', 'b'],
    hostId: 'host',
    datastoreId: 'ds',
    folderId: 'f',
    failoverNetworkId: 'n1',
    testNetworkId: 'n2',
  }

  test('is sent with what was chosen, and leaves the rest to the vendor', () => {
    expect(toZertoDraft(site, entry)?.work.zertoGroup).toEqual({
      name: 'payroll',
      protectedSiteId: 'east',
      recoverySiteId: 'west',
      vms: [{ vmId: 'a' }, { vmId: 'b' }],
      defaultHostId: 'host',
      defaultDatastoreId: 'ds',
      defaultFolderId: 'f',
      failoverNetworkId: 'n1',
      testNetworkId: 'n2',
    })
    expect(problemsOf(toZertoDraft(site, entry))).toEqual([])
  })

  test('fits the contract with everything said, on a cluster and with a profile', () => {
    const full: ZertoStartEntry = { ...entry, journalHistoryHours: 48, priority: 'HIGH' }
    expect(problemsOf(toZertoDraft(site, full))).toEqual([])
    const onCluster = toZertoDraft(site, {
      ...full,
      hostId: '',
      clusterId: 'c',
      objective: { profileId: 'gold', minutes: 3 },
    })
    expect(problemsOf(onCluster)).toEqual([])
    expect(onCluster).toMatchObject({ slaProfileId: 'gold', work: { zertoGroup: { defaultHostClusterId: 'c' } } })
    expect(onCluster).not.toHaveProperty('rpoSeconds')
  })

  test('that goes to Cloud Director says its data center, and no host', () => {
    const draft = toZertoDraft(site, { ...entry, isToCloud: true, vdcId: 'vdc', storagePolicyId: 'gold' })
    expect(problemsOf(draft)).toEqual([])
    expect(draft?.work.zertoGroup).toEqual({
      name: 'payroll',
      protectedSiteId: 'east',
      recoverySiteId: 'west',
      vms: [
        { vmId: 'a', storagePolicyId: 'gold' },
        { vmId: 'b', storagePolicyId: 'gold' },
      ],
      orgVdcId: 'vdc',
      failoverVcdNetwork: { defaultNetworkId: 'n1' },
      testVcdNetwork: { defaultNetworkId: 'n2' },
    })
    expect(findZertoObstacle({ ...entry, isToCloud: true })).toBe('Choose a data center')
  })

  test('is not sent before all is chosen', () => {
    const changes: readonly Partial<ZertoStartEntry>[] = [
      { name: ' ' },
      { vmIds: [] },
      { hostId: '' },
      { datastoreId: '' },
      { folderId: '' },
      { testNetworkId: '' },
      { journalHistoryHours: 0.5 },
    ]
    const words = changes.map((change) => findZertoObstacle({ ...entry, ...change }))
    expect(new Set(words).size).toBe(changes.length)
    expect(words).not.toContain(null)
  })
})

test('an objective is a profile or minutes, never both', () => {
  expect(toObjectiveInput({ profileId: 'gold', minutes: 5 })).toEqual({ slaProfileId: 'gold' })
  expect(toObjectiveInput({ profileId: '', minutes: 5 })).toEqual({ rpoSeconds: 300 })
  expect(toObjectiveInput({ profileId: '', minutes: null })).toEqual({})
})
