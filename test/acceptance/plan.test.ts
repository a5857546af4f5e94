import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TaskProgressDocument } from '../generated/graphql.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { askPlan, listGroups, requireGroup, requirePlan, run, takeDown } from './plan-documents.ts'

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startGateway()
})
afterEach(() => gateway[Symbol.asyncDispose]())

describe('a plan', () => {
  it.each([
    ['ZERTO', 'planFailover', 'FAILOVER', 'failover'],
    ['ZERTO', 'planMove', 'MOVE', 'move'],
    ['VCDA', 'planFailover', 'FAILOVER', 'failover'],
    ['VCDA', 'planMove', 'MOVE', 'move'],
  ] as const)(
    'of %s %s sends nothing, and is what is sent when it is done',
    async (vendor, planField, action, field) => {
      const { id } = await requireGroup(gateway, { vendor, action })
      gateway.forget()
      const plan = await requirePlan(gateway, planField, { targetId: id })
      expect(gateway.changes()).toEqual([])
      expect(plan.sites.map(({ role, isReachable }) => [role, isReachable])).toEqual([
        ['SOURCE', true],
        ['DESTINATION', true],
      ])
      expect(plan.machines.length).toBeGreaterThan(0)
      const codes = plan.warnings.map(({ code }) => code)
      expect(codes.includes('SOURCE_ALIVE')).toBe(field === 'failover')
      expect(codes).toContain('NEVER_TESTED')

      const outcome = await run(gateway, field, { targetId: id, idempotencyKey: 'go', planToken: plan.planToken })
      expect(outcome.__typename).toBe('TaskStarted')
      const sent = gateway
        .changes()
        .map(({ method, path, body }) => ({ method, path, body: JSON.parse(body) as unknown }))
      expect(sent).toEqual(plan.calls)
    },
  )

  it('outlives the gateway that made it', async () => {
    const { id } = await requireGroup(gateway, { vendor: 'ZERTO', action: 'FAILOVER' })
    const { planToken } = await requirePlan(gateway, 'planFailover', { targetId: id })
    await gateway.restart()
    // A recovery point is taken every few seconds: that the newest is another one is no change.
    gateway.turn(30)
    const outcome = await run(gateway, 'failover', { targetId: id, idempotencyKey: 'go', planToken })
    expect(outcome.__typename).toBe('TaskStarted')
  })

  it('says how much would be lost, by the clock of the vendor', async () => {
    const { id, name } = await requireGroup(gateway, { vendor: 'ZERTO', action: 'FAILOVER' })
    const before = await requirePlan(gateway, 'planFailover', { targetId: id })
    expect(before.lossSeconds).toBeLessThan(60)
    gateway.zerto.world.requireVpg(name).journal.close(gateway.clock.now())
    gateway.turn(7200)
    const after = await requirePlan(gateway, 'planFailover', { targetId: id })
    expect(after.lossSeconds).toBeGreaterThanOrEqual(7200)
    expect(after.lossSeconds).toBeLessThan(7300)
    const { lossSeconds } = await requirePlan(gateway, 'planMove', { targetId: id })
    expect(lossSeconds).toBe(0)
  })

  it('expects what others took at the same site', async () => {
    const { id, name, source } = await requireGroup(gateway, { vendor: 'ZERTO', action: 'FAILOVER' })
    expect((await requirePlan(gateway, 'planFailover', { targetId: id })).expectedDuration).toBeNull()
    const { task } = await run(gateway, 'failover', { targetId: id, idempotencyKey: 'go' })
    await using events = gateway.watch(TaskProgressDocument, { id: task?.id ?? '' })
    for (let state = ''; state !== 'AWAITING_DECISION'; gateway.turn(30)) {
      state = (await events.next()).data?.taskProgress.task.state ?? ''
    }
    const other = (await listGroups(gateway)).find(
      (group) =>
        group.name !== name &&
        group.source.site.name === source.site.name &&
        group.actions.some(({ action, available }) => action === 'FAILOVER' && available),
    )
    const { expectedDuration } = await requirePlan(gateway, 'planFailover', { targetId: other?.id })
    expect(expectedDuration).toEqual({ seconds: expect.any(Number), runCount: 1, basis: 'SITE' })
  })

  it('is refused as the mutation would be', async () => {
    const { id, name } = await requireGroup(gateway, { vendor: 'ZERTO', action: 'FAILOVER' })
    const { world } = gateway.zerto
    world.synchronise(world.requireVpg(name), 'INITIAL', gateway.clock.now(), 3600)
    const plan = await askPlan(gateway, 'planFailover', { targetId: id })
    const outcome = await run(gateway, 'failover', { targetId: id, idempotencyKey: 'go' })
    expect(plan).toMatchObject({ __typename: 'InvalidState', code: 'INVALID_STATE' })
    expect(outcome.message).toBe(plan.message)
  })

  it.each(['', 'none', 'U2l0ZTpaRVJUTzp4'])('of nothing is refused: %s', async (targetId) => {
    const plan = await askPlan(gateway, 'planFailover', { targetId })
    expect(plan.__typename).toMatch(/NotFound|InvalidInput/)
  })
})

/** Plans a failover of a group of Zerto, lets something happen, and does it. */
const planThenDo = async (happen: (name: string) => void) => {
  const { id, name } = await requireGroup(gateway, { vendor: 'ZERTO', action: 'FAILOVER' })
  const { planToken } = await requirePlan(gateway, 'planFailover', { targetId: id })
  happen(name)
  gateway.forget()
  return run(gateway, 'failover', { targetId: id, idempotencyKey: 'go', planToken })
}

describe('a plan that is done later', () => {
  it.each<[string, (name: string) => void, RegExp]>([
    [
      'it synchronises',
      (name) => {
        const { world } = gateway.zerto
        world.synchronise(world.requireVpg(name), 'BITMAP', gateway.clock.now(), 3600)
      },
      /the state was PROTECTED, is/,
    ],
    [
      'a machine was added',
      (name) => {
        const { world } = gateway.zerto
        const vm = [...world.sites[0].unprotected.values()][0]
        if (vm === undefined) throw new Error('no machine is left')
        world.requireVpg(name).vms.push(vm)
        world.engage(vm)
      },
      /the machine .+ was added/,
    ],
    ['the source is down', () => takeDown(gateway, 'Boston'), /the site Boston answered, and does not answer now/],
  ])('is PlanChanged when %s, and nothing is sent', async (_what, happen, change) => {
    const outcome = await planThenDo(happen)
    expect(outcome).toMatchObject({ __typename: 'PlanChanged', code: 'PLAN_CHANGED' })
    expect(outcome.changes?.join('\n')).toMatch(change)
    expect(gateway.changes()).toEqual([])
  })

  it('is PlanChanged when something else is asked for', async () => {
    const { id } = await requireGroup(gateway, { vendor: 'ZERTO', action: 'FAILOVER' })
    const { planToken } = await requirePlan(gateway, 'planFailover', { targetId: id })
    const input = { targetId: id, idempotencyKey: 'go', planToken, zerto: { shutdownPolicy: 'FORCE' } }
    const outcome = await run(gateway, 'failover', input)
    expect(outcome.changes).toEqual([expect.stringContaining('ShutdownPolicy')])
    // A refusal holds no key.
    const again = await run(gateway, 'failover', { ...input, zerto: undefined })
    expect(again.__typename).toBe('TaskStarted')
  })

  it('is refused for another operation, another target and a token that nobody made', async () => {
    const { id } = await requireGroup(gateway, { vendor: 'ZERTO', action: 'MOVE' })
    const other = await requireGroup(gateway, { vendor: 'VCDA', action: 'FAILOVER' })
    const { planToken } = await requirePlan(gateway, 'planFailover', { targetId: id })
    gateway.forget()
    const outcomes = [
      await run(gateway, 'move', { targetId: id, idempotencyKey: 'a', planToken }),
      await run(gateway, 'failover', { targetId: other.id, idempotencyKey: 'b', planToken }),
      await run(gateway, 'failover', { targetId: id, idempotencyKey: 'c', planToken: 'nonsense' }),
    ]
    expect(outcomes.map(({ fields }) => fields?.map(({ path }) => path))).toEqual(
      Array.from({ length: 3 }, () => ['input.planToken']),
    )
    expect(gateway.changes()).toEqual([])
  })
})
