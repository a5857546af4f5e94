// `npm run screenshots`: pictures of every screen, light and dark, into docs/images. They show the demo, some minutes
// after it was started, with a failover that waits for a decision, tests that run, and one that was refused.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { query } from '../support/graphql-client.ts'
import { buildConsole, startConsole, type ConsoleRig } from './browser.ts'
import { listGroups, pressInDialogue, see, takeGroup, type GroupFacts } from './console-rig.ts'

const folder = join(import.meta.dirname, '../../docs/images')
const themes = ['light', 'dark'] as const

/** @returns Whether it was taken on. */
const mutate = async (rig: ConsoleRig, mutation: string, input: object): Promise<boolean> => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`
  const inputs: Readonly<Record<string, string>> = { syncReplication: 'TargetInput', pauseReplication: 'TargetInput' }
  const document = `mutation ($input: ${inputs[mutation] ?? `${type}Input`}!) { ${mutation}(input: $input) { __typename } }`
  const variables = { input: { idempotencyKey: `${mutation} ${JSON.stringify(input)}`, ...input } }
  const { body } = await query<Record<string, { __typename: string }>>(rig.demo.app.url, document, variables)
  return body.data?.[mutation]?.__typename === 'TaskStarted'
}

/** Gives the pictures something to show. */
const prepare = async (rig: ConsoleRig): Promise<{ readonly failedOver: GroupFacts; readonly next: GroupFacts }> => {
  const zerto = { commitPolicy: 'ROLLBACK', commitAfterSeconds: 7_200 }
  let failedOver: GroupFacts
  // Not every one may be: some have a machine that would run twice.
  do failedOver = await takeGroup(rig, 'ZERTO')
  while (!(await mutate(rig, 'failover', { targetId: failedOver.id, reason: 'Flood in the basement', zerto })))
  const tested = await takeGroup(rig, 'ZERTO')
  await mutate(rig, 'testFailover', { targetId: tested.id })
  await mutate(rig, 'commitFailover', { targetId: tested.id })
  await mutate(rig, 'pauseReplication', {
    targetId: (await takeGroup(rig, 'VCDA')).id,
    reason: 'Storage is being moved',
  })
  return { failedOver, next: await takeGroup(rig, 'ZERTO') }
}

/** What is under way while the pictures are taken. */
const keepBusy = async (rig: ConsoleRig): Promise<void> => {
  await mutate(rig, 'testFailover', { targetId: (await takeGroup(rig, 'VCDA')).id, reason: 'Yearly test' })
  await mutate(rig, 'syncReplication', { targetId: (await takeGroup(rig, 'VCDA')).id })
}

const openPlan = async (page: Page, group: GroupFacts): Promise<void> => {
  await page.getByRole('button', { name: 'Fail over', exact: true }).first().click()
  await pressInDialogue(page, 'Show the plan')
  await see(page, `The plan for ${group.name}`)
}

/** The form of a site that has something to choose from. */
const fillStart = async (page: Page): Promise<void> => {
  await page.getByRole('radio', { name: /^Boston/ }).check()
  await page.getByLabel('Name of the group').fill('payments-prod')
  await page.locator('.start-list input').nth(0).check()
  await page.locator('.start-list input').nth(1).check()
}

const settle = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('.waiting').first().waitFor({ state: 'detached' })
  await page.waitForLoadState('networkidle')
}

const take = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
  process.stdout.write(`docs/images/${name}.png\n`)
}

const takeAll = async (rig: ConsoleRig, theme: (typeof themes)[number], ids: Awaited<ReturnType<typeof prepare>>) => {
  const worst = (await listGroups(rig)).find(({ health }) => health === 'CRITICAL')
  const screens = {
    overview: '/',
    tasks: '/tasks',
    groups: '/groups',
    machines: '/machines',
    group: `/groups/${worst?.id ?? ids.next.id}`,
    awaiting: `/groups/${ids.failedOver.id}`,
    start: '/start',
    audit: '/audit',
  }
  await keepBusy(rig)
  for (const [name, path] of Object.entries(screens)) {
    await using opened = await rig.open(path, { theme, height: 860 })
    await settle(opened.page)
    if (name === 'start') await fillStart(opened.page)
    await take(opened.page, `${name}-${theme}`)
  }
  {
    await using opened = await rig.open(`/groups/${ids.next.id}`, { theme, height: 860 })
    await openPlan(opened.page, ids.next)
    await take(opened.page, `plan-${theme}`)
  }
  {
    await using phone = await rig.open('/', { theme, width: 390, height: 844 })
    await settle(phone.page)
    await take(phone.page, `phone-${theme}`)
  }
  await using down = await rig.open('/', { theme, height: 860 })
  const [site] = rig.demo.simulator.zerto.sites
  const fault = site?.service.faults.add({ path: /.*/, effect: { kind: 'RESET_BEFORE' } }) ?? ''
  await down.page.locator('.notice').filter({ hasText: 'does not answer' }).waitFor({ timeout: 60_000 })
  await down.page.getByText('The figures show').waitFor({ timeout: 60_000 })
  await take(down.page, `site-down-${theme}`)
  site?.service.faults.remove(fault)
  await down.page.getByText('All 4 sites answer').waitFor({ timeout: 90_000 })
  // The next theme's pictures are not to show what is over.
  await down.page
    .locator('.notice')
    .filter({ hasText: 'does not answer' })
    .waitFor({ state: 'hidden', timeout: 90_000 })
}

mkdirSync(folder, { recursive: true })
await buildConsole()
await using rig = await startConsole({ speed: 2 })
const ids = await prepare(rig)
for (const theme of themes) await takeAll(rig, theme, ids)
