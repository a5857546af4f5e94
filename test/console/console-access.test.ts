import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { query } from '../support/graphql-client.ts'
import { buildConsole, findViolations, hasBrowser, startConsole, type ConsoleRig } from './browser.ts'
import { expectNoErrors, listTasks, pressInDialogue, see, send, tabTo, takeGroup } from './console-rig.ts'

let rig: ConsoleRig

const themes = ['light', 'dark'] as const

describe.skipIf(!hasBrowser)('the console for everybody', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await buildConsole()
    rig = await startConsole({ speed: 20 })
  }, 120_000)
  afterAll(() => rig[Symbol.asyncDispose](), 60_000)

  test.each(themes)('has no violation that axe finds in the tables, in %s colours', async (theme) => {
    for (const path of ['/groups?health=CRITICAL,HEALTHY&only=awaiting', '/groups', '/machines']) {
      await using window = await rig.open(path, { theme })
      await see(window.page, /^\d+ (groups|machines)/)
      expect(await findViolations(window.page)).toEqual([])
      expectNoErrors(window.errors)
    }
  })

  test.each(themes)(
    'has none on the page of a group, of a machine, and in what is open there, in %s colours',
    async (theme) => {
      const group = await takeGroup(rig, 'ZERTO')
      await using window = await rig.open(`/groups/${group.id}`, { theme })
      const { page, errors } = window
      await page.getByRole('slider', { name: 'Recovery point' }).waitFor()
      await page.locator('.group-chart canvas').waitFor()
      await page.getByRole('button', { name: 'Show', exact: true }).click()
      await see(page, 'Vpg type')
      await page.getByRole('tab', { name: /History/ }).click()
      await page.getByRole('table').last().waitFor()
      expect(await findViolations(page)).toEqual([])
      await page
        .getByRole('link', { name: new RegExp(`^${group.name}-`) })
        .first()
        .click()
      await page.waitForURL(/\/machines\//)
      await see(page, 'Member of')
      await page.getByRole('slider', { name: 'Recovery point' }).waitFor()
      expect(await findViolations(page)).toEqual([])
      expectNoErrors(errors)
    },
  )

  test.each(themes)('has none in a dialogue, its plan and its task, in %s colours', async (theme) => {
    const group = await takeGroup(rig, 'ZERTO')
    await using window = await rig.open(`/groups/${group.id}`, { theme })
    const { page, errors } = window
    await page.getByRole('button', { name: 'Fail over', exact: true }).click()
    await page.getByLabel('Recovery point').last().waitFor()
    expect(await findViolations(page)).toEqual([])
    await pressInDialogue(page, 'Show the plan')
    await see(page, `The plan for ${group.name}`)
    expect(await findViolations(page)).toEqual([])
    await page.getByLabel(`Type ${group.name} to confirm`).fill(group.name)
    await send(page, page.getByRole('dialog').getByRole('button', { name: 'Fail over', exact: true }))
    await see(page, 'It waits for a decision', 60_000)
    expect(await findViolations(page)).toEqual([])
    expectNoErrors(errors)
  })

  test.each(themes)('has none in the forms that start a replication, in %s colours', async (theme) => {
    await using window = await rig.open('/start', { theme })
    const { page, errors } = window
    for (const site of [/VCDA/, /Zerto/]) {
      await page.getByRole('radio', { name: site }).first().check()
      await page.locator('.start-list input').first().check()
      expect(await findViolations(page)).toEqual([])
    }
    expectNoErrors(errors)
  })

  test('starts a replication of each vendor from what the sites offer', async () => {
    await using window = await rig.open('/start')
    const { page, errors } = window
    await page.getByRole('radio', { name: /cloud-east/ }).check()
    await page.locator('.start-list input').first().check()
    await page.getByLabel('Recovery point objective, minutes').fill('15')
    await send(page, page.getByRole('main').getByRole('button', { name: 'Start replication' }))
    await see(page, /^Done after/, 60_000)

    await page.getByRole('radio', { name: /Boston/ }).check()
    await page.getByLabel('Name of the group').fill('from-the-console')
    await page.locator('.start-list input').first().check()
    for (const label of ['Host', 'Datastore', 'Folder', 'Network after a failover or move', 'Network of tests']) {
      const select = page.getByLabel(label, { exact: true })
      await expect.poll(() => select.locator('option').count()).toBeGreaterThan(1)
      await select.selectOption({ index: 1 })
    }
    await send(page, page.getByRole('main').getByRole('button', { name: 'Start replication' }))
    await see(page, /^Done after/, 60_000)
    await page.getByRole('link', { name: 'To the groups' }).click()
    await page.getByRole('link', { name: 'from-the-console' }).waitFor({ timeout: 30_000 })
    expectNoErrors(errors)
  })

  test('starts a replication from a vSphere to Cloud Director, which is asked for no host', async () => {
    await using window = await rig.open('/start')
    const { page, errors } = window
    await page.getByRole('radio', { name: /^Boston/ }).check()
    await page.getByLabel('Name of the group').fill('to-the-cloud')
    await page.locator('.start-list input').first().check()
    await page.getByRole('radio', { name: /^Cloud Director/ }).check()
    expect(await page.getByLabel('Host', { exact: true }).count()).toBe(0)
    for (const label of [
      'Data center of the organisation',
      'Storage policy',
      'Network after a failover or move',
      'Network of tests',
    ]) {
      const select = page.getByLabel(label, { exact: true })
      await expect.poll(() => select.locator('option').count(), { timeout: 20_000 }).toBeGreaterThan(1)
      await select.selectOption({ index: 1 })
    }
    expect(await findViolations(page)).toEqual([])
    await send(page, page.getByRole('main').getByRole('button', { name: 'Start replication' }))
    await see(page, /^Done after/, 60_000)
    expectNoErrors(errors)
  })

  test('starts a replication of machines of a customer’s vCenter, once one is not protected', async () => {
    const document = `{ replications(first: 500, filter: { vendors: [VCDA], isGrouped: false }) {
      nodes { id name source { site { name } } }
    } }`
    const stop = 'mutation ($input: StopReplicationInput!) { stopReplication(input: $input) { __typename } }'
    interface Found {
      readonly id: string
      readonly name: string
      readonly source: { readonly site: { readonly name: string } }
    }
    const { body } = await query<{ replications: { nodes: readonly Found[] } }>(rig.demo.app.url, document)
    const found = body.data?.replications.nodes.find(({ source }) => source.site.name === 'acme-branch')
    if (found === undefined) throw new Error('The demo protects no machine of a vCenter')
    await query(rig.demo.app.url, stop, { input: { targetId: found.id, idempotencyKey: 'make room' } })
    await expect.poll(() => listTasks(rig, found.id), { timeout: 30_000 }).toContain('STOP SUCCEEDED')

    await using window = await rig.open('/start')
    const { page, errors } = window
    await page.getByRole('radio', { name: /cloud-east/ }).check()
    await page.getByRole('radio', { name: 'Several machines of a vCenter, as one group' }).check()
    await page.getByLabel('vCenter', { exact: true }).selectOption({ index: 1 })
    await page.getByRole('checkbox', { name: found.name }).check()
    expect(await page.getByLabel('Name of the vApp').inputValue()).toBe(found.name)
    const vdc = page.getByLabel('Virtual data center', { exact: true })
    await expect.poll(() => vdc.locator('option').count(), { timeout: 20_000 }).toBeGreaterThan(1)
    await vdc.selectOption({ label: 'Acme East, Acme' })
    await page.getByLabel('Recovery point objective, minutes').fill('15')
    expect(await findViolations(page)).toEqual([])
    await send(page, page.getByRole('main').getByRole('button', { name: 'Start replication' }))
    await see(page, /^Done after/, 60_000)
    expectNoErrors(errors)
  })

  test('tests a failover from a chosen recovery point with the keyboard alone', async () => {
    const group = await takeGroup(rig, 'ZERTO')
    await using window = await rig.open(`/groups?q=${group.name}&vendor=ZERTO`)
    const { page, errors } = window
    await page.locator('.groups-link').first().waitFor()
    await tabTo(page, new RegExp(`^${group.name}$`))
    await page.keyboard.press('Enter')
    await page.getByRole('slider', { name: 'Recovery point' }).waitFor()
    await tabTo(page, /^Recovery point$/)
    const newest = await page.getByRole('slider').getAttribute('aria-valuetext')
    for (let count = 0; count < 3; count += 1) await page.keyboard.press('ArrowLeft')
    expect(await page.getByRole('slider').getAttribute('aria-valuetext')).not.toBe(newest)
    await tabTo(page, /^Test failover from here$/)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await tabTo(page, /^Reason$/)
    await page.keyboard.type('by keyboard')
    await page.keyboard.press('Enter')
    await see(page, /^Done after/, 60_000)
    expect(await listTasks(rig, group.id)).toContain('TEST_FAILOVER SUCCEEDED')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expectNoErrors(errors)
  })
})
