import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCuttableProxy } from '../clients/cuttable-proxy.ts'
import { query } from '../support/graphql-client.ts'
import { buildConsole, hasBrowser, startConsole, type ConsoleRig } from './browser.ts'
import { act, expectNoErrors, listTasks, pressInDialogue, see, send, takeGroup } from './console-rig.ts'

// Long because each of them is a story that a person lives through, from the first press to the end.

let rig: ConsoleRig

describe.skipIf(!hasBrowser)('in the console', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await buildConsole()
    rig = await startConsole({ speed: 20 })
  }, 120_000)
  afterAll(() => rig[Symbol.asyncDispose](), 60_000)

  test('a failover is planned, confirmed by name, watched and committed', async () => {
    const group = await takeGroup(rig, 'ZERTO')
    await using window = await rig.open(`/groups/${group.id}`)
    const { page, errors } = window
    await page.getByRole('heading', { name: group.name, level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Fail over', exact: true }).click()
    await page.getByLabel('Reason').fill('the roof is leaking')
    await pressInDialogue(page, 'Show the plan')
    await see(page, `The plan for ${group.name}`)
    const plan = await page.getByRole('dialog').textContent()
    expect(plan).toMatch(/Data loss\d+ (s|min|h)/)
    expect(plan).toContain('Then it waits until a person commits it or rolls it back.')

    const sendButton = page.getByRole('dialog').getByRole('button', { name: 'Fail over', exact: true })
    expect(await sendButton.getAttribute('aria-disabled')).toBe('true')
    await page.getByLabel(`Type ${group.name} to confirm`).fill(`${group.name}-x`)
    expect(await sendButton.getAttribute('aria-disabled')).toBe('true')
    await page.getByLabel(`Type ${group.name} to confirm`).fill(group.name)
    await send(page, sendButton)
    await see(page, 'It waits for a decision', 60_000)
    await pressInDialogue(page, 'Commit')
    await page.getByRole('heading', { name: `Commit failover: ${group.name}` }).waitFor()
    await page.getByLabel(`Type ${group.name} to confirm`).fill(group.name)
    await send(page, page.getByRole('dialog').getByRole('button', { name: 'Commit', exact: true }))
    await see(page, /^Done after/, 60_000)
    const tasks = await listTasks(rig, group.id)
    expect(tasks).toContain('FAILOVER SUCCEEDED')
    expect(tasks).toContain('COMMIT_FAILOVER SUCCEEDED')
    expectNoErrors(errors)
  })

  test('a failover is rolled back from the page, and the group is as it was', async () => {
    const group = await takeGroup(rig, 'ZERTO')
    await using window = await rig.open(`/groups/${group.id}`)
    const { page, errors } = window
    await act(page, group, 'Fail over', 'Fail over', true)
    await pressInDialogue(page, 'Close')
    const rollBack = page.getByRole('button', { name: 'Roll back failover', exact: true })
    await rollBack.waitFor({ timeout: 60_000 })
    await act(page, group, 'Roll back failover', 'Roll back', false)
    await see(page, /^Done after/, 60_000)
    await pressInDialogue(page, 'Close')
    await page.getByRole('button', { name: 'Fail over', exact: true, disabled: false }).waitFor({ timeout: 60_000 })
    expect(await listTasks(rig, group.id)).toContain('ROLLBACK_FAILOVER SUCCEEDED')
    expectNoErrors(errors)
  })

  test('a test is started and ended without a name to type, since it harms nobody', async () => {
    const group = await takeGroup(rig, 'VCDA')
    await using window = await rig.open(`/groups/${group.id}`)
    const { page, errors } = window
    await page.getByRole('button', { name: 'Test failover', exact: true }).click()
    expect(await page.getByLabel(/to confirm/).count()).toBe(0)
    await send(page, page.getByRole('dialog').getByRole('button', { name: 'Start test', exact: true }))
    await see(page, /^Done after/, 60_000)
    await pressInDialogue(page, 'Close')
    await page.getByRole('button', { name: 'End test', exact: true }).click({ timeout: 60_000 })
    await send(page, page.getByRole('dialog').getByRole('button', { name: 'End test', exact: true }))
    await see(page, /^Done after/, 60_000)
    expect(await listTasks(rig, group.id)).toEqual(
      expect.arrayContaining(['TEST_FAILOVER SUCCEEDED', 'END_TEST_FAILOVER SUCCEEDED']),
    )
    expectNoErrors(errors)
  })

  test('what is not possible now says why, and does nothing when pressed', async () => {
    const group = await takeGroup(
      rig,
      'ZERTO',
      ({ state }) => state === 'NEEDS_CONFIGURATION' || state === 'INITIALIZING',
    )
    await using window = await rig.open(`/groups/${group.id}`)
    const { page } = window
    const failover = page.getByRole('button', { name: 'Fail over', exact: true }).first()
    await failover.waitFor()
    expect(await failover.getAttribute('aria-disabled')).toBe('true')
    const described = await failover.getAttribute('aria-describedby')
    expect((await page.locator(`[id="${described}"]`).textContent())?.length).toBeGreaterThan(10)
    await failover.focus()
    await page.keyboard.press('Enter')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.getByRole('button', { name: 'More actions' }).click()
    const reasons = await page.locator('.menu-reason').allTextContents()
    expect(reasons.length).toBeGreaterThan(0)
  })

  test('a failover whose plan is no longer true is refused in words, and nothing is sent', async () => {
    const group = await takeGroup(rig, 'ZERTO')
    await using window = await rig.open(`/groups/${group.id}`)
    const { page } = window
    await page.getByRole('button', { name: 'Fail over', exact: true }).click()
    await pressInDialogue(page, 'Show the plan')
    await see(page, `The plan for ${group.name}`)
    const pause = 'mutation ($input: TargetInput!) { pauseReplication(input: $input) { __typename } }'
    await query(rig.demo.app.url, pause, { input: { targetId: group.id, idempotencyKey: 'behind its back' } })
    await expect.poll(() => listTasks(rig, group.id), { timeout: 30_000 }).toContain('PAUSE SUCCEEDED')
    await page.getByLabel(`Type ${group.name} to confirm`).fill(group.name)
    await pressInDialogue(page, 'Fail over')
    await see(page, 'Things have changed since the plan')
    await see(page, 'Nothing was sent. Plan again, and look again.')
    expect((await listTasks(rig, group.id)).filter((task) => task.startsWith('FAILOVER'))).toEqual([])
    await pressInDialogue(page, 'Plan again')
    await see(page, `The plan for ${group.name}`)
  })

  test('a socket that is cut during a task goes on, and the task is seen to its end', async () => {
    const group = await takeGroup(rig, 'ZERTO')
    await using proxy = await startCuttableProxy(rig.demo.app.url)
    await using window = await rig.open(`/groups/${group.id}`, { url: new URL(proxy.url).origin })
    const { page, errors } = window
    await act(page, group, 'Fail over', 'Fail over', true)
    proxy.cut()
    await see(page, 'It waits for a decision', 60_000)
    expect(proxy.cuts).toBeGreaterThan(0)
    // What the browser says of the cut itself.
    expectNoErrors(errors, /WebSocket|Failed to load resource|ERR_/)
  })

  test('a press whose answer is lost carries the same key after a reload of the page, and is done once', async () => {
    // A1, N8
    const group = await takeGroup(rig, 'VCDA')
    await using window = await rig.open(`/groups/${group.id}`)
    const { page } = window
    // The gateway gets it, and the page never hears of it.
    let lost = 0
    await page.route('**/graphql', async (route) => {
      if (lost > 0 || !(route.request().postData() ?? '').includes('ConsoleSyncReplication')) return route.fallback()
      lost += 1
      await route.fetch()
      return route.abort()
    })
    const pressSync = async (): Promise<void> => {
      await page.getByRole('button', { name: 'More actions' }).click()
      await page.getByRole('menuitem', { name: 'Synchronise' }).click()
      await pressInDialogue(page, 'Synchronise now')
    }
    await pressSync()
    await see(page, 'No answer came')
    expect(lost).toBe(1)
    await expect.poll(() => listTasks(rig, group.id), { timeout: 30_000 }).toContain('SYNC SUCCEEDED')
    await page.reload()
    await pressSync()
    await see(page, 'This was sent before: here is its task')
    expect((await listTasks(rig, group.id)).filter((task) => task.startsWith('SYNC'))).toHaveLength(1)
  })

  test('a vendor that goes down is told, its part stays as it was, and comes back by itself', async () => {
    const services = rig.demo.simulator.zerto.sites.map(({ service }) => service)
    await using window = await rig.open('/groups?vendor=ZERTO')
    const { page } = window
    await see(page, /^\d+ groups match$/)
    const rowCount = await page.getByRole('table').getAttribute('aria-rowcount')
    const outage = { path: /.*/, effect: { kind: 'ANSWER', status: 503, body: 'maintenance' } } as const
    for (const service of services) service.faults.add(outage)
    await see(page, /do not answer/, 60_000)
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(rowCount)
    for (const service of services) service.faults.clear()
    const notice = page.getByText(/do(es)? not answer/).filter({ visible: true })
    await notice.first().waitFor({ state: 'hidden', timeout: 90_000 })
    await see(page, /^\d+ groups match$/, 60_000)
  })
})
