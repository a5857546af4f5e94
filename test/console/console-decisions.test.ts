import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildConsole, findViolations, hasBrowser, startConsole, type ConsoleRig } from './browser.ts'
import { expectNoErrors, listTasks, pressInDialogue, see, send, takeGroup, type GroupFacts } from './console-rig.ts'

let rig: ConsoleRig

/** Makes a machine of a group the same as one of the other vendor, by name and organisation. */
const protectTwice = async (): Promise<GroupFacts> => {
  const { vcda, zerto } = rig.demo.simulator
  return takeGroup(rig, 'ZERTO', ({ name, state, recovery }) => {
    const vpg = [...zerto.world.vpgs.values()].find((known) => known.name === name)
    const organization = zerto.world.zorgs.find(({ id }) => id === vpg?.zorgId)?.name
    const twin = [...vcda.world.replications.values()].find(({ source }) => source.org === organization)
    const [machine] = vpg?.vms ?? []
    if (state !== 'PROTECTED' || recovery.isTestRunning || twin === undefined || machine === undefined) return false
    twin.overrides = { ...twin.overrides, vmName: machine.name }
    return true
  })
}

describe.skipIf(!hasBrowser)('a decision', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    await buildConsole()
    rig = await startConsole({ speed: 20 })
  }, 120_000)
  afterAll(() => rig[Symbol.asyncDispose](), 60_000)

  test('to let a machine run twice is taken by name and for a reason, or nothing is sent', async () => {
    // A3
    const group = await protectTwice()
    await using window = await rig.open(`/groups/${group.id}`)
    const { page, errors } = window
    await page.getByRole('button', { name: 'Fail over', exact: true }).click()
    // The gateway has to read the lists of the other vendor once more.
    await expect
      .poll(
        async () => {
          await pressInDialogue(page, 'Show the plan')
          await see(page, `The plan for ${group.name}`)
          if (await page.getByText(/is also protected by VCDA/).isVisible()) return true
          await pressInDialogue(page, 'Back to the options')
          return false
        },
        { timeout: 60_000 },
      )
      .toBe(true)
    expect(await findViolations(page)).toEqual([])
    const failover = page.getByRole('dialog').getByRole('button', { name: 'Fail over', exact: true })
    await page.getByLabel(`Type ${group.name} to confirm`).fill(group.name)
    expect(await failover.getAttribute('aria-disabled')).toBe('true')
    await page.getByRole('checkbox', { name: 'I take the risk that a machine runs twice' }).check()
    await see(page, 'A reason is needed')
    expect(await failover.getAttribute('aria-disabled')).toBe('true')
    expect(await listTasks(rig, group.id)).toEqual([])
    await page.getByLabel('Why').fill('the other copy is switched off')
    expect(await findViolations(page)).toEqual([])
    await send(page, failover)
    await see(page, 'It waits for a decision', 60_000)
    await page.getByRole('dialog').getByRole('link', { name: 'Failover' }).click()
    await see(page, 'the other copy is switched off')
    expectNoErrors(errors)
  })

  test('that the site takes by itself is counted down to the end, and is then told as done', async () => {
    const group = await takeGroup(rig, 'ZERTO')
    await using window = await rig.open(`/groups/${group.id}`)
    const { page, errors } = window
    await page.getByRole('button', { name: 'Fail over', exact: true }).click()
    await page.getByRole('radio', { name: 'Roll back by itself' }).check()
    await page.getByLabel('Waiting time, minutes').fill('5')
    await pressInDialogue(page, 'Show the plan')
    await see(page, 'Then it is rolled back by itself after 5 min.')
    await page.getByLabel(`Type ${group.name} to confirm`).fill(group.name)
    await send(page, page.getByRole('dialog').getByRole('button', { name: 'Fail over', exact: true }))
    await see(page, 'It waits for a decision', 60_000)
    const timer = page.getByRole('dialog').getByRole('timer').first()
    const secondsLeft = async (): Promise<number> => {
      const [, minutes = '0', seconds = '0'] =
        /(?:(\d+) min)? ?(?:(\d+) s)?/.exec((await timer.textContent()) ?? '') ?? []
      return Number(minutes) * 60 + Number(seconds)
    }
    const first = await secondsLeft()
    expect(first).toBeLessThanOrEqual(300)
    await expect.poll(secondsLeft, { timeout: 30_000 }).toBeLessThan(first)
    await page.getByText('It waits for a decision').first().waitFor({ state: 'hidden', timeout: 60_000 })
    await pressInDialogue(page, 'Close')
    await page
      .getByRole('button', { name: 'Fail over', exact: true, disabled: false })
      .first()
      .waitFor({ timeout: 60_000 })
    expect((await listTasks(rig, group.id)).filter((task) => /AWAITING|RUNNING/.test(task))).toEqual([])
    expectNoErrors(errors)
  })

  test('on which network machines land and from which point each starts is sent as it was chosen', async () => {
    const group = await takeGroup(
      rig,
      'VCDA',
      ({ state, vmCount, recovery }) => state === 'PROTECTED' && vmCount > 1 && !recovery.isTestRunning,
    )
    await using window = await rig.open(`/groups/${group.id}`)
    const { page, errors } = window
    const sent: string[] = []
    page.on('request', (request) => {
      const body = request.postData() ?? ''
      if (body.includes('ConsoleTestFailover')) sent.push(body)
    })
    await page.getByRole('button', { name: 'Test failover', exact: true }).click()
    await page.getByText('Recovery points, machine by machine').click()
    await page
      .getByRole('button', { name: /^Choose the recovery point of/ })
      .first()
      .click()
    const point = page.getByRole('list', { name: 'Recovery points of the machines' }).getByRole('combobox').first()
    await expect.poll(() => point.locator('option').count(), { timeout: 20_000 }).toBeGreaterThan(1)
    await point.selectOption({ index: 1 })
    await page.getByLabel('Networks', { exact: true }).selectOption('MACHINES')
    const networks = page.getByRole('list', { name: 'Networks of the machines' }).getByRole('combobox')
    await expect.poll(() => networks.count(), { timeout: 20_000 }).toBe(group.vmCount)
    await expect.poll(() => networks.first().locator('option').count(), { timeout: 20_000 }).toBeGreaterThan(1)
    await networks.first().selectOption({ index: 1 })
    expect(await findViolations(page)).toEqual([])
    await send(page, page.getByRole('dialog').getByRole('button', { name: 'Start test', exact: true }))
    const input: unknown = JSON.parse(sent[0] ?? '{}').variables.input
    expect(input).toMatchObject({
      vcda: {
        recoveryPointByReplication: [{ replicationId: expect.any(String), recoveryPointId: expect.any(String) }],
        networks: {
          bridgeNetworks: [{ name: expect.any(String) }],
          vms: Array.from({ length: group.vmCount }, () => expect.anything()),
        },
      },
    })
    await see(page, /^Done after/, 60_000)
    expectNoErrors(errors)
  })

  test.each([
    { vendor: 'ZERTO', label: 'Network of tests', choice: { index: 1 } },
    { vendor: 'VCDA', label: 'Networks of a test', choice: { value: 'SOURCE' } },
    { vendor: 'VCDA', label: 'Profile', choice: { index: 1 } },
  ] as const)('about the settings of a group of $vendor can be made: $label', async ({ vendor, label, choice }) => {
    const group = await takeGroup(rig, vendor)
    await using window = await rig.open(`/groups/${group.id}`)
    const { page, errors } = window
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Change settings' }).click()
    const select = page.getByLabel(label, { exact: true })
    await expect.poll(() => select.locator('option').count(), { timeout: 20_000 }).toBeGreaterThan(1)
    await select.selectOption(choice)
    // A profile says the objective, too.
    expect(await page.getByLabel('Recovery point objective, minutes').count()).toBe(label === 'Profile' ? 0 : 1)
    expect(await findViolations(page)).toEqual([])
    await send(page, page.getByRole('dialog').getByRole('button', { name: 'Save settings' }))
    await see(page, /^Done after/, 60_000)
    expect(await listTasks(rig, group.id)).toEqual(['UPDATE SUCCEEDED'])
    expectNoErrors(errors)
  })
})
