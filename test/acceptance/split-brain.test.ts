import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { query } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { requireGroup, requirePlan, run, takeDown } from './plan-documents.ts'

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startGateway()
})
afterEach(() => gateway[Symbol.asyncDispose]())

/**
 * Makes one machine of both vendors' fleets the same by name and organisation; the name in another case.
 *
 * @returns The name of its group at Zerto.
 */
const protectTwice = (): { readonly groupName: string; readonly machineName: string } => {
  const { world } = gateway.zerto
  for (const vpg of world.vpgs.values()) {
    const organization = world.zorgs.find(({ id }) => id === vpg.zorgId)?.name
    const replication = [...gateway.vcda.world.replications.values()].find(({ source }) => source.org === organization)
    const [machine] = vpg.vms
    if (organization === undefined || replication === undefined || machine === undefined) continue
    replication.overrides = { ...replication.overrides, vmName: machine.name.toUpperCase() }
    return { groupName: vpg.name, machineName: machine.name }
  }
  throw new Error('the fleets have no organisation in common')
}

// A3
describe('a failover of a machine that another vendor protects too', () => {
  it('is refused with the evidence, and done under the same key when the risk is taken for a reason', async () => {
    const { groupName, machineName } = protectTwice()
    const { id } = await requireGroup(gateway, { vendor: 'ZERTO', action: 'FAILOVER', name: groupName })
    const input = { targetId: id, idempotencyKey: 'go' }
    gateway.forget()
    const refused = await run(gateway, 'failover', input)
    expect(refused).toMatchObject({ __typename: 'SplitBrainRisk', code: 'SPLIT_BRAIN_RISK' })
    expect(refused.evidence).toHaveLength(1)
    expect(refused.evidence?.[0]).toContain(`${machineName} is also protected by VCDA as ${machineName.toUpperCase()}`)
    expect(refused.evidence?.[0]).toContain('organisation')

    const unexplained = await run(gateway, 'failover', { ...input, allowSplitBrainRisk: true, reason: ' ' })
    expect(unexplained.fields).toEqual([{ path: 'input.reason' }])
    expect(gateway.changes()).toEqual([])

    const reason = 'the other copy is switched off'
    const done = await run(gateway, 'failover', { ...input, allowSplitBrainRisk: true, reason })
    expect(done.task?.request).toEqual({ overriddenRisks: refused.evidence, reason })
    expect(gateway.changes()).toHaveLength(1)

    const { body } = await query<{ auditLog: { nodes: readonly object[] } }>(
      gateway.url,
      '{ auditLog { nodes { kind reason overriddenRisks } } }',
    )
    expect(body.data?.auditLog.nodes).toContainEqual({
      kind: 'INTENDED',
      reason,
      overriddenRisks: refused.evidence,
    })
  })

  it('is planned all the same, with a warning', async () => {
    const { groupName } = protectTwice()
    const { id } = await requireGroup(gateway, { vendor: 'ZERTO', action: 'FAILOVER', name: groupName })
    const { warnings, planToken } = await requirePlan(gateway, 'planFailover', { targetId: id })
    expect(warnings[0]).toMatchObject({ code: 'SPLIT_BRAIN_RISK', message: expect.stringContaining('VCDA') })
    const refused = await run(gateway, 'failover', { targetId: id, idempotencyKey: 'go', planToken })
    expect(refused.__typename).toBe('SplitBrainRisk')
  })

  it('is no risk for another machine of the same name', async () => {
    const { groupName, machineName } = protectTwice()
    const other = [...gateway.vcda.world.replications.values()].find(
      ({ overrides }) => overrides['vmName'] === machineName.toUpperCase(),
    )
    if (other !== undefined) other.source = { ...other.source, org: 'Somebody else' }
    const { id } = await requireGroup(gateway, { vendor: 'ZERTO', action: 'FAILOVER', name: groupName })
    const outcome = await run(gateway, 'failover', { targetId: id, idempotencyKey: 'go' })
    expect(outcome.task?.warnings).toEqual([])
  })
})

// A3
describe.each(['ZERTO', 'VCDA'] as const)('a move of %s whose source does not answer', (vendor) => {
  const findMove = () => requireGroup(gateway, { vendor, action: 'MOVE' })

  it('is refused, and done when the risk is taken for a reason', async () => {
    const { id, source } = await findMove()
    takeDown(gateway, source.site.name)
    const input = { targetId: id, idempotencyKey: 'go' }
    gateway.forget()
    const refused = await run(gateway, 'move', input)
    expect(refused.__typename).toBe('SplitBrainRisk')
    expect(refused.evidence?.[0]).toContain(`The source site ${source.site.name} does not answer`)
    expect(gateway.changes()).toEqual([])
    const done = await run(gateway, 'move', { ...input, allowSplitBrainRisk: true, reason: 'it is on fire' })
    expect(done.task?.request.overriddenRisks).toEqual([expect.stringContaining(source.site.name)])
  })

  it('is refused too when the gateway has never seen the source', async () => {
    const { id, source } = await findMove()
    takeDown(gateway, source.site.name)
    await gateway.restart()
    const refused = await run(gateway, 'move', { targetId: id, idempotencyKey: 'go' })
    expect(refused.evidence?.[0]).toContain(`The source site ${source.site.name} does not answer`)
  })

  it('is planned with what is in its way', async () => {
    const { id, source } = await findMove()
    takeDown(gateway, source.site.name)
    const { warnings, sites } = await requirePlan(gateway, 'planMove', { targetId: id })
    expect(warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['SPLIT_BRAIN_RISK', 'SOURCE_UNREACHABLE']))
    expect(sites.find(({ role }) => role === 'SOURCE')).toMatchObject({ isReachable: false, state: null })
  })
})

it('a failover goes on when the source is down, and says what could not be found out', async () => {
  const { id, source } = await requireGroup(gateway, { vendor: 'ZERTO', action: 'FAILOVER' })
  takeDown(gateway, source.site.name)
  await gateway.restart()
  const outcome = await run(gateway, 'failover', { targetId: id, idempotencyKey: 'go' })
  expect(outcome.task?.warnings).toEqual([
    { code: 'SPLIT_BRAIN_RISK', message: expect.stringContaining('could not be found out') },
  ])
})

it('a failover is not held up by the sites of another vendor that hang', async () => {
  const { id } = await requireGroup(gateway, { vendor: 'ZERTO', action: 'FAILOVER' })
  for (const { service } of gateway.vcda.sites) service.faults.add({ path: /./, effect: { kind: 'HANG' } })
  const began = performance.now()
  const outcome = await run(gateway, 'failover', { targetId: id, idempotencyKey: 'go' })
  expect(outcome.__typename).toBe('TaskStarted')
  // Lists are waited for 5 s; the sites' own deadline is 15 s.
  expect(performance.now() - began).toBeLessThan(12_000)
}, 20_000)
