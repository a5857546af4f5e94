import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { toGlobalId } from '../../src/domain/global-id.ts'
import type { Scope } from '../../src/domain/viewer.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { sampleIntent, sampleRequest, sampleTask } from '../journal/sample-task.ts'
import { query } from '../support/graphql-client.ts'
import { openJournal } from '../support/open-journal.ts'
import { startGateway, tokenOf, type TestGateway } from '../support/start-gateway.ts'
import { isCovered, readWorld, toMadeUp, withoutId, type Target, type World } from './tenant-world.ts'

const all: readonly Scope[] = ['dr:read', 'dr:operate', 'dr:recover']
const auditing: readonly Scope[] = ['dr:audit']

const bounds = {
  acme: { siteNames: null, organizations: ['acme'] },
  initech: { siteNames: null, organizations: ['initech'] },
  boston: { siteNames: ['Boston'], organizations: null },
} as const
type Tenant = keyof typeof bounds

const callers = [
  { name: 'acme', scopes: all, ...bounds.acme },
  { name: 'initech', scopes: all, ...bounds.initech },
  { name: 'boston', scopes: all, ...bounds.boston },
  // Works and looks for one organisation, and looks nowhere else.
  { name: 'blind', scopes: ['dr:operate', 'dr:recover'] satisfies Scope[], ...bounds.initech },
  {
    name: 'onlooker',
    grants: [
      { scopes: ['dr:read'] satisfies Scope[], siteNames: null, organizations: null },
      { scopes: ['dr:operate', 'dr:recover'] satisfies Scope[], ...bounds.initech },
    ],
  },
  { name: 'auditor', scopes: auditing },
  { name: 'acme-auditor', scopes: auditing, ...bounds.acme },
  { name: 'initech-auditor', scopes: auditing, ...bounds.initech },
] as const

let gateway: TestGateway
let world: World
let presses = 0
/** A fleet of its own for what changes something. */
const start = async (): Promise<void> => {
  gateway = await startGateway({ callers })
  world = await readWorld(gateway)
  gateway.forget()
}
const end = async (): Promise<void> => {
  await gateway[Symbol.asyncDispose]()
}

interface Answer {
  readonly __typename: string
  readonly code?: string
  readonly message?: string
  readonly replayed?: boolean
  readonly evidence?: readonly string[]
  readonly task?: { readonly id: string; readonly target: { readonly id: string } | null }
  readonly planToken?: string
}

const fields = `__typename
  ... on TaskStarted { replayed task { id } }
  ... on Problem { code message }
  ... on SplitBrainRisk { evidence }`

/** Those that are not named for their mutation. */
const inputTypes: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'pauseReplication',
      'resumeReplication',
      'syncReplication',
      'reverseReplication',
      'rollbackFailover',
      'rollbackMove',
      'abortClone',
    ].map((field) => [field, 'TargetInput']),
  ),
  dismissAlert: 'AlertInput',
}

/** What a caller is answered to a mutation; left out is the one who may do everything. */
const run = (field: string, input: object, caller?: string): Promise<Answer> => runAt(gateway, field, input, caller)

const runAt = async ({ url }: TestGateway, field: string, input: object, caller?: string): Promise<Answer> => {
  const type = inputTypes[field] ?? `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
  const headers = caller === undefined ? {} : { authorization: `Bearer ${tokenOf(caller)}` }
  const document = `mutation ($input: ${type}!) { it: ${field}(input: $input) { ${fields} } }`
  const given = { idempotencyKey: `press-${(presses += 1)}`, ...input }
  const { body } = await query<{ it: Answer }>(url, document, { input: given }, headers)
  if (body.data === null || body.data === undefined) throw new Error(JSON.stringify(body))
  return body.data.it
}

const plan = async (field: 'planFailover' | 'planMove', targetId: string, caller: string) => {
  const type = field === 'planMove' ? 'PlanMoveInput' : 'PlanFailoverInput'
  const told =
    '... on RecoveryPlan { planToken warnings { code message ids } machines { name } sites { siteName role } }'
  const document = `query ($input: ${type}!) { it: ${field}(input: $input) { __typename ${told} ... on Problem { code message } } }`
  const headers = { authorization: `Bearer ${tokenOf(caller)}` }
  const { body } = await query<{ it: Answer }>(gateway.url, document, { input: { targetId } }, headers)
  if (body.data === null || body.data === undefined) throw new Error(JSON.stringify(body))
  return body.data.it
}

interface Entry {
  readonly kind: string
  readonly caller: string
  readonly targetId: string | null
  readonly input: unknown
  readonly problem: { readonly code: string; readonly message: string } | null
}

const listAudit = async (caller: string): Promise<readonly Entry[]> => {
  const document = '{ auditLog(first: 500) { nodes { kind caller targetId input problem { code message } } } }'
  const headers = { authorization: `Bearer ${tokenOf(caller)}` }
  const { body } = await query<{ auditLog: { nodes: readonly Entry[] } }>(gateway.url, document, {}, headers)
  return body.data?.auditLog.nodes ?? []
}

/** What the sites were asked, in an order of its own; sign-ins left out. */
const listRequests = (): readonly string[] =>
  gateway.services
    .flatMap(({ exchanges }) => exchanges.map(({ method, path }) => `${method} ${path}`))
    // Nor what a site is asked every few seconds, whoever asks for what.
    .filter((line) => !/sessions|auth\/|v1\/session|\/sites$/.test(line))
    // The times that a list is asked for are not those of another.
    .map((line) => line.replaceAll(/\d{4}-\d\d-\d\dT[^&]*|\d{13}/g, 'TIME'))
    .toSorted()

const able = ({ actions }: Target, action: string): boolean =>
  actions.some((one) => one.action === action && one.available)

/** A group that a tenant has, or has not, to which something may be done. */
const findGroup = (tenant: Tenant, isHis: boolean, action: string): Target => {
  const found = world.protectionGroups.nodes.find(
    (group) => isCovered(bounds[tenant], group) === isHis && able(group, action),
  )
  if (found === undefined) throw new Error(`no group fits ${tenant}`)
  return found
}

const siteIdOf = (name: string): string => world.sites.find(({ configuredName }) => configuredName === name)?.id ?? ''

const unprotected = (org: string) => {
  const taken = new Set([...gateway.vcda.world.replications.values()].map(({ vmId }) => vmId))
  return [...gateway.vcda.world.vms.values()].find((vm) => vm.org === org && vm.vdcId !== null && !taken.has(vm.id))
}

const startVm = (vmId: string, from: string, org: string, caller: string) => {
  const { world: cloud, sites } = gateway.vcda
  const to = sites.find(({ name }) => name !== from)?.name ?? ''
  const vdc = [...cloud.vdcs.values()].find((one) => one.site === to && one.org === org)
  const vcdaVm = { sourceSiteName: from, vmId, destination: { siteName: to, vdcId: vdc?.id ?? '' } }
  return run('startReplication', { siteId: siteIdOf(from), rpoSeconds: 900, work: { vcdaVm } }, caller)
}

const onTarget = [
  'failover',
  'testFailover',
  'endTestFailover',
  'commitFailover',
  'rollbackFailover',
  'move',
  'commitMove',
  'rollbackMove',
  'pauseReplication',
  'resumeReplication',
  'syncReplication',
  'stopReplication',
  'reverseReplication',
  'startClone',
  'abortClone',
  'createCheckpoint',
  'updateReplication',
] as const

const moreInput: Readonly<Record<string, object>> = {
  createCheckpoint: { name: 'tag' },
  updateReplication: { rpoSeconds: 600 },
}

describe.each(['acme', 'initech', 'boston'] as const)('to %s an id of somebody else', (tenant) => {
  beforeAll(start)
  afterAll(end)

  it.each(onTarget)('is for %s an id that nobody has given, and no site is asked for it', async (field) => {
    // A3, W12
    const hidden = [...world.protectionGroups.nodes, ...world.replications.nodes].filter(
      (target) => !isCovered(bounds[tenant], target),
    )
    expect(hidden.length).toBeGreaterThan(5)
    for (const { id } of [hidden[0], hidden.at(-1)].filter((one) => one !== undefined)) {
      const madeUp = toMadeUp(id)
      gateway.forget()
      const answer = await run(field, { targetId: id, ...moreInput[field] }, tenant)
      const asked = listRequests()
      gateway.forget()
      const absent = await run(field, { targetId: madeUp, ...moreInput[field] }, tenant)
      expect(answer).toMatchObject({ __typename: 'NotFound', code: 'NOT_FOUND' })
      expect(withoutId(answer, id)).toEqual(withoutId(absent, madeUp))
      expect(asked).toEqual(listRequests())
    }
    expect(gateway.changes()).toEqual([])
  })

  it.each(['planFailover', 'planMove'] as const)('is for %s the same', async (field) => {
    // A3
    const { id } = findGroup(tenant, false, 'FAILOVER')
    const madeUp = toMadeUp(id)
    gateway.forget()
    const answer = await plan(field, id, tenant)
    const asked = listRequests()
    gateway.forget()
    const absent = await plan(field, madeUp, tenant)
    expect(answer.__typename).toBe('NotFound')
    expect(withoutId(answer, id)).toEqual(withoutId(absent, madeUp))
    expect(asked).toEqual(listRequests())
  })

  it('is not told from one that nobody has given by a key, a wrong plan, a member or a recovery point', async () => {
    // A1, V1
    const { id } = findGroup(tenant, false, 'FAILOVER')
    const own = findGroup(tenant, true, 'FAILOVER')
    const member = world.replications.nodes.find(({ group }) => group?.id === id)?.id ?? ''
    const inputs = [
      (given: string) => ({ targetId: given, idempotencyKey: ' ' }),
      (given: string) => ({ targetId: given, planToken: 'nonsense' }),
      (given: string) => ({ targetId: given, allowSplitBrainRisk: true }),
      () => ({ targetId: own.id, replicationIds: [member] }),
    ]
    for (const toInput of inputs) {
      const [answer, absent] = [
        await run('failover', toInput(id), tenant),
        await run('failover', toInput(toMadeUp(id)), tenant),
      ]
      expect(withoutId(answer, id)).toEqual(withoutId(absent, toMadeUp(id)))
    }
    const foreignMember = await run('failover', { targetId: own.id, replicationIds: [member] }, tenant)
    const noMember = await run('failover', { targetId: own.id, replicationIds: [toMadeUp(member)] }, tenant)
    expect(withoutId(foreignMember, member)).toEqual(withoutId(noMember, toMadeUp(member)))
    expect(gateway.changes()).toEqual([])
  })
})

describe('a caller', () => {
  beforeEach(start)
  afterEach(end)

  it('does to his own what he may do, and the task says where it is', async () => {
    const { id } = findGroup('acme', true, 'PAUSE')
    expect(await run('pauseReplication', { targetId: id }, 'acme')).toMatchObject({ __typename: 'TaskStarted' })
    expect(gateway.changes()).toHaveLength(1)
  })

  it('is told which scope he lacks for what he may see and not touch, and no site is asked for it', async () => {
    // A3
    const { id } = findGroup('initech', false, 'FAILOVER')
    const answers = [
      await run('failover', { targetId: id }, 'onlooker'),
      await run('pauseReplication', { targetId: id }, 'onlooker'),
      await run('failover', { targetId: toMadeUp(id) }, 'onlooker'),
    ]
    expect(answers.map(({ code }) => code)).toEqual(['PERMISSION_DENIED', 'PERMISSION_DENIED', 'NOT_FOUND'])
    expect(answers[0]?.message).toContain('dr:recover')
    expect(answers[1]?.message).toContain('dr:operate')
    expect(listRequests().filter((line) => line.includes(id))).toEqual([])
    expect(gateway.changes()).toEqual([])
  })

  it('does not wait for what goes on at a hidden id: that would tell that there is something', async () => {
    // A3
    const { id } = findGroup('initech', false, 'PAUSE')
    for (const { faults } of gateway.services) {
      faults.add({ method: 'POST', path: /pause/, effect: { kind: 'DELAY', delayMs: 2_000 } })
    }
    const order: string[] = []
    const owner = run('pauseReplication', { targetId: id }).then((answer) => order.push(answer.__typename))
    // It holds the target from before its call leaves until it is answered.
    for (const isSent = () => gateway.changes().length > 0; !isSent();) await listAudit('auditor')
    order.push((await run('pauseReplication', { targetId: id }, 'initech')).__typename)
    await owner
    expect(order).toEqual(['NotFound', 'TaskStarted'])
  })

  it('who may only act sees what he acts on, and nothing else', async () => {
    const own = findGroup('initech', true, 'SYNC')
    expect(await run('syncReplication', { targetId: own.id }, 'blind')).toMatchObject({ __typename: 'TaskStarted' })
    const other = findGroup('initech', false, 'SYNC')
    expect(await run('syncReplication', { targetId: other.id }, 'blind')).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is answered under his key with what he did, also when the target is gone', async () => {
    // A1: the first answer, not "unknown"; and not to somebody else.
    const { id, name } = findGroup('initech', true, 'SYNC')
    const input = { targetId: id, idempotencyKey: 'sync-once' }
    const first = await run('syncReplication', input, 'initech')
    expect(first).toMatchObject({ __typename: 'TaskStarted', replayed: false })
    const { world: zerto } = gateway.zerto
    zerto.vpgs.delete(zerto.requireVpg(name).id)
    expect(await run('syncReplication', { targetId: id }, 'initech')).toMatchObject({ code: 'NOT_FOUND' })
    expect(await run('syncReplication', input, 'initech')).toMatchObject({ replayed: true, task: first.task })
    expect(await run('syncReplication', input, 'acme')).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is not answered under his key with what he may not see any more', async () => {
    // A1, W12: he had more rights when he did it.
    const { id } = findGroup('boston', false, 'FAILOVER')
    await using journal = await openJournal({ path: gateway.storePath, clock: systemClock })
    const request = sampleRequest({ requestedBy: 'boston', idempotencyKey: 'long-ago' })
    const places = [{ siteName: 'London', organization: 'Tyrell' }]
    const task = sampleTask({ siteName: 'London', places, request })
    await journal.begin({ ...sampleIntent(1), task, caller: 'boston' })
    const answer = await run('failover', { targetId: id, idempotencyKey: 'long-ago' }, 'boston')
    const absent = await run('failover', { targetId: id, idempotencyKey: 'never-used' }, 'boston')
    expect(answer).toMatchObject({ code: 'NOT_FOUND' })
    expect(answer).toEqual(absent)
  })

  it('is refused a target that has become the property of somebody else since it was listed', async () => {
    // A3: the lists are old; the read right before the send decides.
    await using slow = await startGateway({ callers, maxAgeSeconds: 3600 })
    await readWorld(slow)
    const { id, name } = findGroup('initech', true, 'SYNC')
    const given = { targetId: id }
    const vpg = slow.zerto.world.requireVpg(name)
    vpg.zorgId = slow.zerto.world.zorgs.find((zorg) => zorg.name === 'Globex')?.id ?? null
    slow.forget()
    expect(await runAt(slow, 'syncReplication', given, 'initech')).toEqual({
      __typename: 'NotFound',
      code: 'NOT_FOUND',
      message: expect.stringContaining(`Nothing is known under the id ${id}`),
    })
    expect(slow.changes()).toEqual([])
  })
})

describe('a start', () => {
  beforeEach(start)
  afterEach(end)

  it('takes the own machines of a caller to his own data center', async () => {
    const vm = unprotected('Acme')
    if (vm === undefined) throw new Error('Acme has a machine left')
    const started = await startVm(vm.id, vm.site, 'Acme', 'acme')
    expect(started).toMatchObject({ __typename: 'TaskStarted' })
    const { body } = await query<{ node: { id: string } | null }>(
      gateway.url,
      'query ($id: ID!) { node(id: $id) { id } }',
      { id: started.task?.id },
      { authorization: `Bearer ${tokenOf('initech')}` },
    )
    expect(body.data?.node).toBeNull()
  })

  it('takes no machine of somebody else, and none to somebody else', async () => {
    // A3: what is there and what is not are refused alike.
    const [theirs] = [...gateway.vcda.world.vms.values()].filter(({ org, vdcId }) => org !== 'Acme' && vdcId !== null)
    const own = [...gateway.vcda.world.vms.values()].find(({ org, vdcId }) => org === 'Acme' && vdcId !== null)
    if (theirs === undefined || own === undefined) throw new Error('the fleet has both')
    const madeUp = '00000000-0000-4000-8000-000000000000'
    const stolen = await startVm(theirs.id, theirs.site, 'Acme', 'acme')
    const absent = await startVm(madeUp, theirs.site, 'Acme', 'acme')
    expect(stolen).toMatchObject({ code: 'PERMISSION_DENIED', message: expect.stringContaining('dr:operate') })
    expect(withoutId(stolen, theirs.id)).toEqual(withoutId(absent, madeUp))
    expect(await startVm(own.id, own.site, theirs.org, 'acme')).toMatchObject({ code: 'PERMISSION_DENIED' })
    expect(gateway.changes()).toEqual([])
  })

  it('is refused to a caller of an organisation where nobody can tell whose machines are', async () => {
    const [{ unprotected: free }] = gateway.zerto.world.sites
    const [vmId = ''] = free.keys()
    const [from, to] = gateway.zerto.sites.map(({ siteIdentifier }) => siteIdentifier)
    const zertoGroup = { name: 'mine', protectedSiteId: from, recoverySiteId: to, vms: [{ vmId }] }
    const siteId = toGlobalId('Site', 'ZERTO', from ?? '')
    expect(await run('startReplication', { siteId, work: { zertoGroup } }, 'initech')).toMatchObject({
      code: 'PERMISSION_DENIED',
    })
    const swapped = { ...zertoGroup, protectedSiteId: to, recoverySiteId: from }
    // Whoever has one site cannot take the machines of another.
    expect(await run('startReplication', { siteId, work: { zertoGroup: swapped } }, 'boston')).toMatchObject({
      code: 'PERMISSION_DENIED',
    })
    expect(gateway.changes()).toEqual([])
  })

  it('at a site out of reach is one at a site that is not there', async () => {
    const siteId = siteIdOf('London')
    const madeUp = toMadeUp(siteId)
    const work = { zertoGroup: { name: 'mine', protectedSiteId: 'x', recoverySiteId: 'y', vms: [{ vmId: 'vm' }] } }
    gateway.forget()
    const answer = await run('startReplication', { siteId, work }, 'boston')
    const asked = listRequests()
    gateway.forget()
    const absent = await run('startReplication', { siteId: madeUp, work }, 'boston')
    expect(answer).toMatchObject({ code: 'NOT_FOUND' })
    expect(withoutId(answer, siteId)).toEqual(withoutId(absent, madeUp))
    expect(asked).toEqual(listRequests())
  })

  it.each([
    ['of machines to a group', 'addVms'],
    ['of an owner', 'owner'],
  ] as const)('is not got by a change %s', async (_what, change) => {
    // A3: an update can take and give away, too.
    const vendor = change === 'owner' ? 'VCDA' : 'ZERTO'
    const tenant = change === 'owner' ? 'acme' : 'initech'
    const target = world.protectionGroups.nodes.find(
      (group) => isCovered(bounds[tenant], group) && able(group, 'UPDATE') && toVendor(group.id) === vendor,
    )
    const [vmId = ''] = gateway.zerto.world.sites[0].unprotected.keys()
    const options = change === 'owner' ? { vcda: { owner: 'Initech@cloud-east' } } : { zerto: { addVms: [{ vmId }] } }
    const answer = await run('updateReplication', { targetId: target?.id ?? '', ...options }, tenant)
    expect(answer).toMatchObject({ code: 'PERMISSION_DENIED' })
    expect(gateway.changes()).toEqual([])
  })
})

const toVendor = (id: string): string => Buffer.from(id, 'base64url').toString('utf8').split(':')[1] ?? ''

describe('an alert', () => {
  beforeEach(start)
  afterEach(end)

  it('about what is hidden, or about a whole site, is one that nobody raises', async () => {
    const own = new Set(
      world.protectionGroups.nodes.filter((group) => isCovered(bounds.initech, group)).map(({ id }) => id),
    )
    const hidden = world.alerts.nodes.find(
      ({ id, targets }) => toVendor(id) === 'ZERTO' && !targets.some((one) => own.has(one.id)),
    )
    if (hidden === undefined) throw new Error('no alert is about somebody else')
    const madeUp = toMadeUp(hidden.id)
    const answer = await run('dismissAlert', { alertId: hidden.id }, 'initech')
    const absent = await run('dismissAlert', { alertId: madeUp }, 'initech')
    expect(answer).toMatchObject({ code: 'NOT_FOUND' })
    expect(withoutId(answer, hidden.id)).toEqual(withoutId(absent, madeUp))
    expect(gateway.changes()).toEqual([])
  })
})

describe('the audit log', () => {
  beforeEach(start)
  afterEach(end)

  it('keeps what was tried at a hidden id for who sees everything, and tells nobody else', async () => {
    // A5, W12
    const { id } = findGroup('acme', false, 'FAILOVER')
    await run('failover', { targetId: id, idempotencyKey: 'guess', reason: 'a guess' }, 'acme')
    const isGuess = ({ targetId, caller }: Entry): boolean => targetId === id && caller === 'acme'
    expect((await listAudit('auditor')).find(isGuess)).toMatchObject({
      kind: 'REFUSED',
      input: { targetId: id, idempotencyKey: 'guess', reason: 'a guess' },
      problem: { code: 'NOT_FOUND' },
    })
    for (const auditor of ['acme-auditor', 'initech-auditor']) {
      expect((await listAudit(auditor)).filter(isGuess)).toEqual([])
    }
  })

  it('tells a tenant what others were refused, and did, at what is his', async () => {
    // A5
    const { id } = findGroup('initech', true, 'FAILOVER')
    await run('commitFailover', { targetId: id, idempotencyKey: 'too-soon' })
    const isIt = ({ targetId, caller }: Entry): boolean => targetId === id && caller === 'tester'
    expect((await listAudit('initech-auditor')).find(isIt)).toMatchObject({
      kind: 'REFUSED',
      problem: { code: 'INVALID_STATE' },
    })
    expect((await listAudit('acme-auditor')).filter(isIt)).toEqual([])
  })
})

describe('a risk', () => {
  beforeEach(start)
  afterEach(end)

  it('is told without a name where the other protection may not be seen', async () => {
    // A3
    const { world: zerto } = gateway.zerto
    const group = findGroup('initech', true, 'FAILOVER')
    const [machine] = zerto.requireVpg(group.name).vms
    const other = [...gateway.vcda.world.replications.values()].find(({ source }) => source.org === 'Initech')
    if (machine === undefined || other === undefined) throw new Error('both products have machines of Initech')
    const name = machine.name.toUpperCase()
    other.overrides = { ...other.overrides, vmName: name }
    const open = await run('failover', { targetId: group.id }, 'initech')
    expect(open.evidence?.join()).toContain(name)
    const masked = await run('failover', { targetId: group.id }, 'boston')
    expect(masked).toMatchObject({ __typename: 'SplitBrainRisk' })
    expect(masked.evidence).toEqual([
      expect.stringMatching(/is also protected by another protection, which you may not see/),
    ])
    expect(JSON.stringify(masked)).not.toMatch(/cloud-|VCDA/)
    const planned = await plan('planFailover', group.id, 'boston')
    expect(planned.__typename).toBe('RecoveryPlan')
    expect(JSON.stringify(planned)).not.toMatch(/cloud-|VCDA/)
    expect(JSON.stringify(planned)).not.toContain(name)
    // Planned by who sees little, it is done by who sees more.
    const done = await run('failover', { targetId: group.id, planToken: planned.planToken }, 'initech')
    expect(done.__typename).toBe('SplitBrainRisk')
  })

  it('that was taken is told to nobody else who may not see all that it names', async () => {
    // A3, A5, W12
    const { world: zerto } = gateway.zerto
    const { id, name } = findGroup('initech', true, 'FAILOVER')
    const [machine] = zerto.requireVpg(name).vms
    const other = [...gateway.vcda.world.replications.values()].find(({ source }) => source.org === 'Initech')
    if (machine === undefined || other === undefined) throw new Error('both products have machines of Initech')
    other.overrides = { ...other.overrides, vmName: machine.name.toUpperCase() }
    const reason = 'the other copy is switched off'
    const done = await run('failover', { targetId: id, allowSplitBrainRisk: true, reason })
    const risks = 'request { overriddenRisks }'
    const ask = async (caller?: string): Promise<string> => {
      const document = `query ($id: ID!) { node(id: $id) { ... on Task { ${risks} warnings { message } } } }`
      const headers = caller === undefined ? {} : { authorization: `Bearer ${tokenOf(caller)}` }
      return JSON.stringify((await query(gateway.url, document, { id: done.task?.id }, headers)).body)
    }
    const audit = '{ auditLog { nodes { kind overriddenRisks } } }'
    const headers = { authorization: `Bearer ${tokenOf('initech-auditor')}` }
    const entries = JSON.stringify((await query(gateway.url, audit, {}, headers)).body)
    expect(await ask()).toContain('is also protected by VCDA')
    for (const told of [await ask('boston'), entries]) {
      expect(told).toContain('you may not see what it names')
      expect(told).not.toMatch(/VCDA|cloud-/)
    }
    expect(await ask('acme')).toContain('"node":null')
  })
})
