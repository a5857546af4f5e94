import { describe, expect, it } from 'vitest'
import { toGlobalId } from '../../../src/domain/global-id.ts'
import type { ResourceKind, ResourceQuery } from '../../../src/domain/site-resource.ts'
import type { SeenRequest } from '../../upstream/tiny-server.ts'
import { aGroup, readFixture, vappId, vmId, otherVmId } from './vcda-samples.ts'
import { never, problemOf, startScriptedSite, type Answer } from './vcda-site.ts'

const everything = { from: null, to: null }
const ofVm = { kind: 'Replication', nativeId: vmId, ...everything } as const
const ofGroup = { kind: 'ProtectionGroup', nativeId: vappId, ...everything } as const

const newest = { 'content-type': 'application/vnd.vmware.h4-v4.7+json;charset=UTF-8' }
const older = { 'content-type': 'application/vnd.vmware.h4-v4.5+json;charset=UTF-8' }

const page = (items: readonly unknown[]): Answer => ({ status: 200, body: { items, total: items.length } })
const bare = (body: unknown): Answer => ({ status: 200, body })

const queryOf = ({ url }: SeenRequest): URLSearchParams => new URLSearchParams(url.split('?')[1])
const pathOf = ({ url }: SeenRequest): string => url.split('?')[0] ?? ''

/** A site that answers by path. */
const answering = (answers: Readonly<Record<string, Answer>>, headers: Readonly<Record<string, string>> = newest) =>
  startScriptedSite((request) => {
    const answer = answers[pathOf(request)]
    return answer === undefined ? null : { headers, ...answer }
  })

describe('what this vendor has not', () => {
  it('are alerts: nothing is asked', async () => {
    await using site = await answering({})
    expect(await problemOf(site.adapter.reads.listAlerts(never))).toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
      capability: 'ALERTS',
    })
    for (const operation of ['DISMISS_ALERT', 'UNDISMISS_ALERT'] as const) {
      const problem = await problemOf(site.adapter.prepare({ operation, alertNativeId: `rpo/${vmId}` }, never))
      expect(problem).toMatchObject({ code: 'CAPABILITY_UNSUPPORTED', capability: operation })
    }
    expect(site.server.requests).toEqual([])
    expect(site.adapter.ownsId('Alert', `rpo/${vmId}`)).toBe(true)
    expect(site.adapter.ownsId('Alert', '../x')).toBe(false)
  })
})

const historyTask = (id: string, startTime: number, more: object = {}) => ({
  id,
  user: 'admin@Acme',
  state: 'SUCCEEDED',
  startTime,
  endTime: startTime + 1000,
  workflowInfo: { type: 'sync', resourceId: vmId, resourceName: 'web-1' },
  ...more,
})

describe('the history of a target', () => {
  it('is its tasks, the newest first, with how each ended', async () => {
    const tasks = [
      historyTask('t-1', 1_700_000_000_000),
      historyTask('t-3', 1_700_000_003_000, { state: 'FAILED', error: { code: 'Full', msg: 'No space left.' } }),
      historyTask('t-2', 1_700_000_002_000, { state: 'RUNNING' }),
      historyTask('t-4', 1_700_000_004_000, { state: 'DREAMING' }),
      historyTask('other', 1_700_000_005_000, { workflowInfo: { type: 'sync', resourceId: otherVmId } }),
      { id: 'timeless', state: 'SUCCEEDED', workflowInfo: { resourceId: vmId } },
    ]
    await using site = await answering({ '/tasks': page(tasks) })
    const events = await site.adapter.reads.listHistory(ofVm, never)
    expect(events.map(({ vendorId, wasSuccessful }) => [vendorId, wasSuccessful])).toEqual([
      ['t-4', null],
      ['t-3', false],
      ['t-2', null],
      ['t-1', true],
    ])
    expect(events[1]).toEqual({
      vendorId: 't-3',
      at: new Date(1_700_000_003_000),
      vendorOperation: 'sync',
      description: 'sync of web-1: No space left.',
      user: 'admin@Acme',
      wasSuccessful: false,
    })
    const [request] = site.calls
    expect(request === undefined ? null : queryOf(request).get('resourceId')).toBe(vmId)
  })

  it('of a span asks for that span, and its ends belong to it', async () => {
    const [from, to] = [new Date(1_700_000_000_000), new Date(1_700_000_009_000)]
    const tasks = [
      historyTask('first', from.getTime()),
      historyTask('last', to.getTime()),
      historyTask('after', to.getTime() + 1),
    ]
    await using site = await answering({ '/tasks': page(tasks) })
    const events = await site.adapter.reads.listHistory({ ...ofVm, from, to }, never)
    expect(events.map(({ vendorId }) => vendorId)).toEqual(['last', 'first'])
    const query = queryOf(site.calls[0] ?? { url: '', method: '', headers: {}, body: '' })
    // The vendor leaves both bounds out.
    expect(query.get('startTimeAfter')).toBe('1699999999999')
    expect(query.get('startTimeBefore')).toBe('1700000009001')
  })

  it('is not asked for an id that cannot be one', async () => {
    // V1
    await using site = await answering({})
    const problem = await problemOf(site.adapter.reads.listHistory({ ...ofVm, nativeId: '../tasks' }, never))
    expect(problem.code).toBe('NOT_FOUND')
    expect(site.server.requests).toEqual([])
  })
})

describe('recovery reports', () => {
  const plans = [
    { id: 'plan-1', displayName: 'Shop', executionInfo: { state: 'COMPLETE', lastOperation: 'TEST' } },
    { id: 'plan-2', displayName: 'Never run', executionInfo: { state: 'NOT_STARTED', lastOperation: null } },
  ]
  const answers = {
    '/diagnostics/about': bare({}),
    '/sites': bare([{ site: 'east', isLocal: true }]),
    '/recovery-plans': page(plans),
    '/recovery-plans/plan-1/executions': bare([{ id: 'exec-1' }]),
    '/recovery-plans/plan-1/executions/exec-1/report': bare(readFixture('execution-report')),
  }

  it('say what was recovered, when, and how each step and machine went', async () => {
    await using site = await answering(answers)
    await site.adapter.readSite(never)
    const reports = await site.adapter.reads.listRecoveryReports(everything, never)
    expect(reports).toEqual([
      {
        id: toGlobalId('RecoveryReport', 'VCDA', 'plan-1/exec-1'),
        vendor: 'VCDA',
        nativeId: 'plan-1/exec-1',
        kind: 'TEST_FAILOVER',
        name: 'Shop',
        groupId: toGlobalId('ProtectionGroup', 'VCDA', vappId),
        protectedSiteName: 'site1',
        recoverySiteName: 'site2',
        startedAt: new Date(1_700_000_000_000),
        endedAt: new Date(1_700_000_600_000),
        rtoSeconds: null,
        recoveredTo: null,
        wasSuccessful: true,
        initiatedBy: null,
        notes: 'the shop in its order',
        vmNames: ['db-1'],
        steps: [
          { description: 'databases', result: null, startedAt: null, endedAt: null },
          {
            description: 'shop: db-1',
            result: 'SUCCEEDED',
            startedAt: new Date(1_700_000_010_000),
            endedAt: new Date(1_700_000_300_000),
          },
          { description: 'web', result: 'NOT_EXECUTED', startedAt: null, endedAt: null },
        ],
      },
    ])
    expect(reports.every(({ nativeId }) => site.adapter.ownsId('RecoveryReport', nativeId))).toBe(true)
    const before = { from: null, to: new Date(1_600_000_000_000) }
    expect(await site.adapter.reads.listRecoveryReports(before, never)).toEqual([])
  })

  it('are nothing that a site before 4.6 could give: it is not asked', async () => {
    await using site = await answering(answers, older)
    await site.adapter.readSite(never)
    const asked = site.calls.length
    const problem = await problemOf(site.adapter.reads.listRecoveryReports(everything, never))
    expect(problem).toMatchObject({ code: 'CAPABILITY_UNSUPPORTED', capability: 'RECOVERY_REPORTS' })
    expect(site.calls).toHaveLength(asked)
  })

  it('keep an operation and a result that nobody knows as UNKNOWN', async () => {
    const report = { ...Object(readFixture('execution-report')), operation: 'REHEARSE', result: 'MAYBE' }
    await using site = await answering({
      ...answers,
      '/recovery-plans/plan-1/executions/exec-1/report': bare(report),
    })
    await site.adapter.readSite(never)
    const [only] = await site.adapter.reads.listRecoveryReports(everything, never)
    expect(only).toMatchObject({ kind: 'UNKNOWN', wasSuccessful: null })
  })
})

describe('profiles', () => {
  it('have periods in seconds and come by name', async () => {
    const gold = {
      id: 'p-2',
      displayName: 'Gold',
      description: 'best',
      rpo: 30,
      quiesced: true,
      retentionPolicy: { rules: [{ numberOfInstances: 14, distance: 60 }, { distance: 5 }] },
    }
    await using site = await answering({ '/sla-profiles': bare([{ id: 'p-3', displayName: 'Silver' }, gold]) })
    expect(await site.adapter.reads.listProfiles(never)).toEqual([
      {
        vendor: 'VCDA',
        vendorId: 'p-2',
        name: 'Gold',
        description: 'best',
        rpoSeconds: 1800,
        journalHistorySeconds: null,
        retentionRules: [{ count: 14, distanceSeconds: 3600 }],
        isQuiesced: true,
        testIntervalSeconds: null,
      },
      expect.objectContaining({ name: 'Silver', rpoSeconds: null, retentionRules: [], isQuiesced: null }),
    ])
  })
})

const query = (kind: ResourceKind, parentVendorId: string | null = null): ResourceQuery => ({
  kind,
  parentVendorId,
  siteNativeId: null,
})

describe('resources', () => {
  const local = [
    { site: 'east', isLocal: true },
    { site: 'west', isLocal: false },
  ]
  const answers = {
    '/sites': bare(local),
    '/vc-sites': bare([{ site: 'onprem', owner: 'Acme@east' }]),
    '/vc-sites/onprem/vcenters': bare([{ vcId: 'vc-1', name: 'vcenter.example' }]),
    '/vc-sites/onprem/vc-1/vms': page([
      { id: 'vm-1', name: 'taken' },
      { id: 'vm-2', name: 'free' },
    ]),
    '/inventory/vms': page([
      { id: 'b', name: 'web-2', vappId: 'va-2', org: 'Acme' },
      { id: 'a', name: 'web-1', vappId: 'va-1', org: 'Acme' },
      { id: 'c', name: 'web-3', vappId: 'va-1', org: 'Acme' },
    ]),
    '/inventory/vapps': page([{ id: 'va-1', name: 'shop', vdcId: 'vdc-1' }]),
    '/inventory/orgs': page([{ id: 'o-1', name: 'Acme' }]),
    '/inventory/vdcs': page([
      { id: 'vdc-1', name: 'East', org: 'Acme' },
      { id: 'vdc-2', name: 'East', org: 'Other' },
    ]),
    '/inventory/vdcs/vdc-1/networks': page([{ id: 'n-1', name: 'net' }]),
    '/inventory/vdcs/vdc-1/storage-profiles': page([{ id: 's-1', name: 'Fast' }]),
    '/inventory/datastores': bare([{ id: 'ds-1', name: 'lun-1', capacity: '1000', freeSpace: 400 }]),
    '/vm-replications': page([
      { id: vmId, vmId: 'a', source: { site: 'east' } },
      { id: otherVmId, vmId: 'vm-1', source: { site: 'onprem' } },
    ]),
  }
  it('of the kind VM are those that are not replicated yet', async () => {
    await using site = await answering(answers)
    const list = await site.adapter.reads.listResources(query('VM'), never)
    expect(list.map(({ name }) => name)).toEqual(['web-2', 'web-3'])
    expect(list[0]).toEqual({
      kind: 'VM',
      vendorId: 'b',
      name: 'web-2',
      parentVendorId: 'va-2',
      organization: 'Acme',
      capacityBytes: null,
      freeBytes: null,
      status: null,
    })
    const ofShop = await site.adapter.reads.listResources(query('VM', 'va-1'), never)
    expect(ofShop.map(({ name }) => name)).toEqual(['web-3'])
  })

  it('of another cloud are asked of that cloud, also where nothing is known of the sites', async () => {
    const { '/sites': _sites, ...others } = answers
    await using site = await answering(others)
    const atWest = { ...query('VM'), siteNativeId: 'west' }
    await site.adapter.reads.listResources(atWest, never)
    const asked = site.calls.filter((request) => /^\/(inventory|vm-replications)/.test(request.url))
    expect(asked.map((request) => queryOf(request).get('site'))).toEqual(['west', 'west'])
  })

  it('of a vCenter are its machines that are not replicated yet', async () => {
    await using site = await answering(answers)
    const onprem = { kind: 'VM', siteNativeId: 'onprem', parentVendorId: 'vc-1' } as const
    const list = await site.adapter.reads.listResources(onprem, never)
    expect(list.map(({ name, parentVendorId }) => [name, parentVendorId])).toEqual([['free', 'vc-1']])
    const problem = await problemOf(site.adapter.reads.listResources({ ...onprem, parentVendorId: null }, never))
    expect(problem).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'parentVendorId' }] })
  })

  it.for([
    { kind: 'VAPP', parent: null, names: ['shop'], parents: ['vdc-1'] },
    { kind: 'ORGANIZATION', parent: null, names: ['Acme'], parents: [null] },
    { kind: 'DATACENTER', parent: null, names: ['East', 'East'], parents: [null, null] },
    { kind: 'DATACENTER', parent: 'Acme', names: ['East'], parents: [null] },
    { kind: 'NETWORK', parent: 'vdc-1', names: ['net'], parents: ['vdc-1'] },
    { kind: 'STORAGE_PROFILE', parent: 'vdc-1', names: ['Fast'], parents: ['vdc-1'] },
    { kind: 'DATASTORE', parent: null, names: ['lun-1'], parents: [null] },
    { kind: 'VCENTER', parent: null, names: ['vcenter.example'], parents: ['onprem'] },
  ] as const)('of the kind $kind under $parent are $names', async ({ kind, parent, names, parents }) => {
    await using site = await answering(answers)
    const list = await site.adapter.reads.listResources(query(kind, parent), never)
    expect(list.map(({ name }) => name)).toEqual(names)
    expect(list.map(({ parentVendorId }) => parentVendorId)).toEqual(parents)
  })

  it('have their sizes in bytes, also where they are written as text', async () => {
    await using site = await answering(answers)
    const [datastore] = await site.adapter.reads.listResources(query('DATASTORE'), never)
    expect(datastore).toMatchObject({ capacityBytes: 1000, freeBytes: 400 })
  })

  it.for(['NETWORK', 'STORAGE_PROFILE'] as const)('of the kind %s need their data center', async (kind) => {
    await using site = await answering(answers)
    const problem = await problemOf(site.adapter.reads.listResources(query(kind), never))
    expect(problem).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'parentVendorId' }] })
  })

  it.for(['VAPP_TEMPLATE', 'HOST', 'CLUSTER', 'RESOURCE_POOL', 'FOLDER'] as const)(
    'of the kind %s are refused, because no list of them is known',
    async (kind) => {
      await using site = await answering(answers)
      const problem = await problemOf(site.adapter.reads.listResources(query(kind), never))
      expect(problem).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'kind' }] })
    },
  )

  it('of a parent with a hostile name stay inside the path', async () => {
    // V1
    await using site = await answering(answers)
    await problemOf(site.adapter.reads.listResources(query('NETWORK', '../../sessions?x=1'), never))
    expect(site.calls.at(-1)?.url).toBe('/inventory/vdcs/..%2F..%2Fsessions%3Fx%3D1/networks?limit=100&offset=0')
  })
})

describe('the condition of a site', () => {
  it('names its replicators and what is the matter with them, without their secrets', async () => {
    const replicator = { id: 'r-1', description: 'east-1', apiUrl: 'https://10.0.0.1:8043', pairingCookie: 'c2VjcmV0' }
    const list = [
      { ...replicator, dataAddress: '10.0.0.1', buildVersion: '4.6.0', isInMaintenanceMode: false, state: {} },
      { ...replicator, id: 'r-2', description: 'east-2', isInMaintenanceMode: true },
      { id: 'r-3', description: 'east-3', state: { outgoingCommError: { code: 'Unreachable' } } },
    ]
    await using site = await answering({ '/replicators': bare(list) })
    const appliances = await site.adapter.reads.listAppliances(never)
    expect(appliances.map(({ name, status }) => [name, status])).toEqual([
      ['east-1', 'OK'],
      ['east-2', 'MAINTENANCE'],
      ['east-3', 'Unreachable'],
    ])
    expect(appliances[0]).toMatchObject({ hostName: '10.0.0.1', ipAddress: '10.0.0.1', version: '4.6.0' })
    expect(JSON.stringify(appliances)).not.toContain('c2VjcmV0')
  })

  it.for([
    { expirationDate: 1_800_000_000_000, expiresAt: new Date(1_800_000_000_000) },
    { expirationDate: '2027-01-15T08:00:00Z', expiresAt: new Date('2027-01-15T08:00:00Z') },
    { expirationDate: 'never', expiresAt: null },
    { expirationDate: null, expiresAt: null },
  ])('has a licence until $expirationDate, and never shows its key', async ({ expirationDate, expiresAt }) => {
    await using site = await answering({ '/license': bare({ key: 'AAAAA-BBBBB', isLicensed: true, expirationDate }) })
    const license = await site.adapter.reads.readLicense(never)
    expect(license).toEqual({ type: null, isLicensed: true, expiresAt, maxVms: null, usedVms: null })
  })
})

describe('a health check', () => {
  const done = Object(readFixture('health-task'))
  const running = { ...done, state: 'RUNNING', result: null, endTime: -1 }
  const summary = [
    { part: 'time service', isHealthy: false, message: 'The clock is not synchronised.' },
    { part: 'disk /opt/vmware', isHealthy: false, message: '93% used' },
    { part: 'manager: replicator east-2', isHealthy: false, message: 'offline' },
  ]
  const healthy = ['database', 'Cloud Director', 'tunnel https://10.71.216.113:8047/', 'manager: replicator east-1']

  it.for([
    { version: '4.7', method: 'POST' },
    { version: '4.6', method: 'POST' },
    { version: '4.5', method: 'GET' },
    { version: '4.2', method: 'GET' },
  ])('of $version is begun by $method and its task is asked for until it ends', async ({ version, method }) => {
    const headers = { 'content-type': `application/vnd.vmware.h4-v${version}+json` }
    let polls = 0
    await using site = await startScriptedSite((request) => {
      if (request.url === '/sessions' && request.method === 'POST') {
        return { status: 200, body: {}, headers: { ...headers, 'x-vcav-auth': 'token-1' } }
      }
      if (request.url === '/sites') return { ...bare([{ site: 'east', isLocal: true }]), headers }
      if (request.url === '/diagnostics/health') return { status: 202, body: running, headers }
      if (request.url !== `/tasks/${done.id}`) return null
      polls += 1
      return { status: 200, body: polls < 3 ? { ...running, state: 'QUEUED' } : done, headers }
    })
    await site.adapter.readSite(never)
    const check = site.adapter.reads.readHealth(never)
    for (let poll = 0; poll < 3; poll += 1) {
      await site.clock.untilWaiting(1)
      site.clock.turn(5000)
    }
    const findings = await check
    expect(findings.filter(({ isHealthy }) => !isHealthy)).toEqual(summary)
    const well = findings.filter(({ isHealthy }) => isHealthy).map(({ part }) => part)
    expect(well).toEqual(expect.arrayContaining(healthy))
    expect(site.calls.find(({ url }) => url === '/diagnostics/health')?.method).toBe(method)
    expect(JSON.stringify(findings)).not.toContain('c2VjcmV0')
  })

  it('of the oldest form is answered at once', async () => {
    await using site = await startScriptedSite(({ method, url }) => {
      if (url !== '/diagnostics/health') return null
      return method === 'GET' ? bare(done.result) : { status: 405 }
    })
    const findings = await site.adapter.reads.readHealth(never)
    expect(findings.filter(({ isHealthy }) => !isHealthy)).toEqual(summary)
  })

  it('whose result holds a whole task once more is read all the same', async () => {
    await using site = await answering({ '/diagnostics/health': { status: 202, body: { ...done, result: done } } })
    expect((await site.adapter.reads.readHealth(never)).length).toBeGreaterThan(5)
  })

  it.for([
    { why: 'fails', task: { state: 'FAILED', error: { code: 'Broken', msg: 'No.' } }, code: 'VENDOR_REFUSED' },
    { why: 'ends without a result', task: { state: 'SUCCEEDED', result: null }, code: 'VENDOR_PROTOCOL' },
  ])('that $why is $code', async ({ task, code }) => {
    await using site = await answering({ '/diagnostics/health': { status: 202, body: { ...running, ...task } } })
    expect((await problemOf(site.adapter.reads.readHealth(never))).code).toBe(code)
  })

  it('that never ends is given up after a minute', async () => {
    await using site = await answering({
      '/diagnostics/health': { status: 202, body: running },
      [`/tasks/${done.id}`]: bare(running),
    })
    const check = problemOf(site.adapter.reads.readHealth(never))
    await site.clock.untilWaiting(1)
    site.clock.turn(120_000)
    expect((await check).code).toBe('TIMEOUT')
  })

  it('ends with its caller', async () => {
    const caller = new AbortController()
    await using site = await answering({ '/diagnostics/health': { status: 202, body: running } })
    const check = problemOf(site.adapter.reads.readHealth(caller.signal))
    await site.clock.untilWaiting(1)
    caller.abort()
    expect((await check).code).toBe('CANCELLED')
  })
})

describe('usage', () => {
  it('of a machine is bytes at moments, the oldest first, as numbers and as text', async () => {
    await using site = await answering({ [`/vm-replications/${vmId}/traffic`]: bare(readFixture('traffic')) })
    expect(await site.adapter.reads.listUsage('TRAFFIC', ofVm, never)).toEqual([
      { at: new Date(1_563_458_400_000), bytes: 52_236 },
      { at: new Date(1_563_544_800_000), bytes: 52_236 },
    ])
  })

  it('of a group is that of its members together', async () => {
    const samples = (bytes: number) => bare({ samples: [{ bytes, timestamp: 1_700_000_000_000 }] })
    await using site = await answering({
      [`/vapp-replications/${vappId}`]: bare(aGroup([{}, {}])),
      [`/vm-replications/${vmId}/disk-usage`]: samples(100),
      [`/vm-replications/${otherVmId}/disk-usage`]: samples(23),
    })
    expect(await site.adapter.reads.listUsage('DISK_USAGE', ofGroup, never)).toEqual([
      { at: new Date(1_700_000_000_000), bytes: 123 },
    ])
  })

  it.for([
    { from: null, to: null, start: '2025-12-31T00:00:00Z', end: '2026-01-01T00:00:00Z', interval: 'HOUR' },
    {
      from: '2025-12-25T00:00:00Z',
      to: null,
      start: '2025-12-25T00:00:00Z',
      end: '2026-01-01T00:00:00Z',
      interval: 'HOUR',
    },
    {
      from: '2025-11-01T00:00:00Z',
      to: '2025-12-01T00:00:00Z',
      start: '2025-11-01T00:00:00Z',
      end: '2025-12-01T00:00:00Z',
      interval: 'DAY',
    },
  ])('from $from to $to is asked for by $interval', async ({ from, to, start, end, interval }) => {
    await using site = await startScriptedSite((request) =>
      pathOf(request).endsWith('/traffic') ? { ...bare({ samples: [] }), headers: { date: 'none' } } : null,
    )
    const span = { from: from === null ? null : new Date(from), to: to === null ? null : new Date(to) }
    await site.adapter.reads.listUsage('TRAFFIC', { ...ofVm, ...span }, never)
    const sent = queryOf(site.calls[0] ?? { url: '', method: '', headers: {}, body: '' })
    expect(sent.get('interval')).toBe(interval)
    expect(Number(sent.get('start'))).toBe(new Date(start).getTime())
    expect(Number(sent.get('end'))).toBe(new Date(end).getTime())
  })
})
