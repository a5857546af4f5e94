import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  CommitFailoverDocument,
  CreateCheckpointDocument,
  FailoverDocument,
  PauseReplicationDocument,
  ProtectionGroupsDocument,
  ReplicationsDocument,
  ReverseReplicationDocument,
  SitesDocument,
  StartReplicationDocument,
  UpdateReplicationDocument,
  type Vendor,
} from '../generated/graphql.ts'
import { query } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

const toId = (text: string): string => Buffer.from(text).toString('base64url')

describe('input that cannot be done', () => {
  let gateway: TestGateway
  const groups = new Map<Vendor, string>()
  let replicationId = ''
  beforeAll(async () => {
    gateway = await startGateway()
    const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
    for (const { vendor, id, state } of protectionGroups.nodes) if (state === 'PROTECTED') groups.set(vendor, id)
    const { replications } = await gateway.dataOf(ReplicationsDocument, { first: 500, filter: { vendors: ['ZERTO'] } })
    replicationId = replications.nodes[0]?.id ?? ''
  })
  afterAll(() => gateway[Symbol.asyncDispose]())
  beforeEach(() => gateway.forget())

  const groupOf = (vendor: Vendor): string => groups.get(vendor) ?? ''
  const failover = async (input: Readonly<Record<string, unknown>>) => {
    const { failover: outcome } = await gateway.dataOf(FailoverDocument, {
      input: { targetId: groupOf('ZERTO'), idempotencyKey: crypto.randomUUID(), ...input },
    })
    expect(gateway.changes()).toEqual([])
    return outcome
  }

  // V1
  it.each([
    ['no id at all', 'nonsense'],
    ['an unknown group', toId('ProtectionGroup:ZERTO:11111111-1111-4111-8111-111111111111')],
    ['a path that climbs', toId('ProtectionGroup:ZERTO:../../v1/license')],
    ['a path that climbs in disguise', toId('ProtectionGroup:ZERTO:%2e%2e%2flicense')],
    ['a query', toId('Replication:VCDA:C4-1?force=true')],
    ['a line break', toId('Replication:VCDA:C4-1\r\nX-Evil: 1')],
    ['a NUL', toId('Replication:VCDA:C4-1\0')],
    ['another vendor', toId('ProtectionGroup:ACME:1')],
    ['a prototype', toId('__proto__:ZERTO:constructor')],
  ])('is NotFound for %s', async (_what, targetId) => {
    expect(await failover({ targetId })).toMatchObject({ __typename: 'NotFound', code: 'NOT_FOUND' })
    expect(gateway.services.every(({ exchanges }) => exchanges.every(({ path }) => !path.includes('license')))).toBe(
      true,
    )
  })

  it('is InvalidInput for the id of another kind', async () => {
    const { sites } = await gateway.dataOf(SitesDocument, {})
    expect(await failover({ targetId: sites[0]?.id })).toMatchObject({
      __typename: 'InvalidInput',
      fields: [{ path: 'input.targetId' }],
    })
  })

  it("is InvalidInput for another vendor's option", async () => {
    expect(await failover({ vcda: { powerOn: true } })).toMatchObject({
      __typename: 'InvalidInput',
      fields: [{ path: 'input.vcda' }],
    })
  })

  it.each([
    ['an empty key', { idempotencyKey: ' ' }, 'input.idempotencyKey'],
    ['a key that is too long', { idempotencyKey: 'k'.repeat(201) }, 'input.idempotencyKey'],
    ['a reason that is too long', { reason: 'r'.repeat(2001) }, 'input.reason'],
    ['no member to recover', { replicationIds: [] }, 'input.replicationIds'],
    ['a member that is none', { replicationIds: ['nonsense'] }, 'input.replicationIds'],
    ['a recovery point of nobody', { recoveryPointId: 'nonsense' }, 'input.recoveryPointId'],
  ])('is InvalidInput for %s', async (_what, input, path) => {
    expect(await failover(input)).toMatchObject({ __typename: 'InvalidInput', fields: [{ path }] })
  })

  it('is InvalidState with what may be done instead', async () => {
    const { commitFailover } = await gateway.dataOf(CommitFailoverDocument, {
      input: { targetId: groupOf('ZERTO'), idempotencyKey: 'commit-nothing' },
    })
    expect(commitFailover).toMatchObject({ __typename: 'InvalidState', state: 'PROTECTED' })
    expect(commitFailover.__typename === 'InvalidState' && commitFailover.availableActions).toContain('FAILOVER')
    expect(gateway.changes()).toEqual([])
  })

  it('is Unsupported where the vendor has no such thing', async () => {
    const input = { targetId: groupOf('ZERTO'), idempotencyKey: 'reverse' }
    const { reverseReplication } = await gateway.dataOf(ReverseReplicationDocument, { input })
    expect(reverseReplication.__typename).toBe('Unsupported')
    const named = { targetId: groupOf('VCDA'), idempotencyKey: 'name', name: 'before the upgrade' }
    const { createCheckpoint } = await gateway.dataOf(CreateCheckpointDocument, { input: named })
    expect(createCheckpoint.__typename).toBe('Unsupported')
    expect(gateway.changes()).toEqual([])
  })

  it('says that an action is for whole groups', async () => {
    const input = { targetId: replicationId, idempotencyKey: 'pause-one' }
    const { pauseReplication } = await gateway.dataOf(PauseReplicationDocument, { input })
    expect(pauseReplication).toMatchObject({ __typename: 'InvalidInput', fields: [{ path: 'input.targetId' }] })
    expect(gateway.changes()).toEqual([])
  })

  it('is InvalidInput when a member is missing that the vendor needs', async () => {
    const { sites } = await gateway.dataOf(SitesDocument, {})
    const boston = sites.find(({ name }) => name === 'Boston')?.id ?? ''
    const zertoGroup = { name: 'empty', protectedSiteId: boston, recoverySiteId: boston, vms: [] }
    const { startReplication } = await gateway.dataOf(StartReplicationDocument, {
      input: { siteId: boston, idempotencyKey: 'start', work: { zertoGroup } },
    })
    expect(startReplication.__typename).toBe('InvalidInput')
    expect(gateway.changes()).toEqual([])
  })

  it('is NotFound for a site that is not configured, and InvalidInput for the work of another vendor', async () => {
    const { sites } = await gateway.dataOf(SitesDocument, {})
    const work = { vcdaVm: { sourceSiteName: 'x', vmId: 'x', destination: { siteName: 'y', vdcId: 'z' } } }
    const start = (siteId: string) =>
      gateway.dataOf(StartReplicationDocument, { input: { siteId, idempotencyKey: crypto.randomUUID(), work } })
    expect((await start(toId('Site:VCDA:nowhere'))).startReplication.__typename).toBe('NotFound')
    const boston = sites.find(({ name }) => name === 'Boston')?.id ?? ''
    expect((await start(boston)).startReplication).toMatchObject({ fields: [{ path: 'input.work.vcdaVm' }] })
    expect(gateway.changes()).toEqual([])
  })

  it.each([59, 90_061, -5])(
    'is InvalidInput for a recovery point objective of %s s that the site cannot keep',
    async (rpo) => {
      const input = { targetId: groupOf('VCDA'), idempotencyKey: crypto.randomUUID(), rpoSeconds: rpo }
      const { updateReplication } = await gateway.dataOf(UpdateReplicationDocument, { input })
      expect(updateReplication).toMatchObject({ __typename: 'InvalidInput', fields: [{ path: 'input.rpoSeconds' }] })
      expect(gateway.changes()).toEqual([])
    },
  )

  it('is InvalidInput when nothing is to be changed', async () => {
    const input = { targetId: groupOf('VCDA'), idempotencyKey: 'nothing' }
    const { updateReplication } = await gateway.dataOf(UpdateReplicationDocument, { input })
    expect(updateReplication.__typename).toBe('InvalidInput')
  })

  // V2
  it.each([['2026-02-30T00:00:00Z'], ['2026-03-01T00:00:00'], ['2026-03-01'], ['yesterday']])(
    'is refused for the moment %s, as an error of the client',
    async (from) => {
      const document =
        'query ($id: ID!, $from: DateTime) { node(id: $id) { ... on ProtectionGroup { recoveryPoints(from: $from) { totalCount } } } }'
      const { body } = await query(gateway.url, document, { id: groupOf('ZERTO'), from })
      expect(body.errors?.[0]?.message).toContain('DateTime')
      expect(body.errors?.[0]?.extensions?.['code']).not.toBe('INTERNAL_SERVER_ERROR')
      expect(gateway.countRequests()).toBe(0)
    },
  )

  // V4
  it('is refused for a list of very many ids', async () => {
    const { body } = await query(gateway.url, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: Array.from({ length: 501 }, () => groupOf('ZERTO')),
    })
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' })
    expect(gateway.countRequests()).toBe(0)
  })
})

describe('a vendor that says no', () => {
  it('is a VendorProblem with its own words, and stays so for the key', async () => {
    await using gateway = await startGateway()
    const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
    const group = protectionGroups.nodes.find(({ vendor, state }) => vendor === 'ZERTO' && state === 'PROTECTED')
    const body = JSON.stringify({ Message: 'The checkpoint has just aged out' })
    for (const { faults } of gateway.services) {
      faults.add({ method: 'POST', path: /Failover$/, effect: { kind: 'ANSWER', status: 500, body }, times: 1 })
    }
    const input = { targetId: group?.id ?? '', idempotencyKey: 'refused' }
    const first = (await gateway.dataOf(FailoverDocument, { input })).failover
    expect(first).toMatchObject({ __typename: 'VendorProblem', vendorMessage: 'The checkpoint has just aged out' })
    expect((await gateway.dataOf(FailoverDocument, { input })).failover).toEqual(first)
    expect(gateway.changes()).toHaveLength(1)
  })
})
