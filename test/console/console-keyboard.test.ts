import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { query } from '../support/graphql-client.ts'
import { buildConsole, hasBrowser, startConsole, type ConsoleRig } from './browser.ts'
import { expectNoErrors, listTasks, see, tabTo } from './console-rig.ts'

let rig: ConsoleRig

interface RankedGroup {
  readonly id: string
  readonly vendor: string
  readonly name: string
  readonly health: string
  readonly actions: readonly { readonly action: string; readonly available: boolean }[]
}

const rankedDocument = `{
  protectionGroups(first: 500, orderBy: { field: HEALTH, direction: ASC }) {
    nodes { id vendor name health actions { action available } }
  }
}`

/** The unhealthiest group that can be tested, failed over and committed, and its row in the table as it opens. */
const findUnhealthiest = async (): Promise<{ readonly group: RankedGroup; readonly row: number }> => {
  const { body } = await query<{ protectionGroups: { nodes: readonly RankedGroup[] } }>(
    rig.demo.app.url,
    rankedDocument,
  )
  const groups = body.data?.protectionGroups.nodes ?? []
  const row = groups.findIndex(({ vendor, actions }) => {
    const possible = actions.filter(({ available }) => available).map(({ action }) => action)
    // The other vendor's failovers wait for no decision.
    return vendor === 'ZERTO' && possible.includes('TEST_FAILOVER') && possible.includes('FAILOVER')
  })
  const group = groups[row]
  if (group === undefined) throw new Error('The demo has no group that can be failed over')
  return { group, row }
}

/**
 * Presses Enter where the focus is, and waits until the site has taken it on. In sped-up time a session of the gateway
 * ends within seconds: a call that met its end was not done, says so, and is pressed again as a person would.
 */
const sendByEnter = async (page: Page, press: RegExp): Promise<void> => {
  const accepted = page.getByText('The site has taken it on')
  const refused = page.locator('.notice').filter({ hasText: 'did not do it' })
  await page.keyboard.press('Enter')
  await accepted.or(refused).first().waitFor({ timeout: 30_000 })
  if (await accepted.isVisible()) return
  expect(await refused.textContent()).toContain('not signed in')
  await tabTo(page, press)
  await page.keyboard.press('Enter')
  await accepted.waitFor({ timeout: 60_000 })
}

const openByKeys = async (page: Page, action: RegExp): Promise<void> => {
  await tabTo(page, action)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
}

const closeByKeys = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}

const waitForButton = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true, disabled: false }).first().waitFor({ timeout: 60_000 })

describe.skipIf(!hasBrowser)('with the keyboard alone', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    await buildConsole()
    rig = await startConsole({ speed: 10 })
  }, 120_000)
  afterAll(() => rig[Symbol.asyncDispose](), 60_000)

  test('the unhealthiest group is found, looked at, tested, failed over and committed', async () => {
    await using window = await rig.open('/')
    const { page, errors } = window
    await see(page, 'All 4 sites answer')
    await tabTo(page, /^Groups$/)
    await page.keyboard.press('Enter')
    await page.locator('.groups-link').first().waitFor()
    const { group, row } = await findUnhealthiest()
    expect(group.health).not.toBe('HEALTHY')
    const first = await page.locator('[data-index="0"] .groups-link').textContent()
    await tabTo(page, new RegExp(`^${first}$`))
    for (let index = 0; index < row; index += 1) await page.keyboard.press('ArrowDown')
    await page.waitForFunction((name) => document.activeElement?.textContent === name, group.name)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: group.name, level: 1 }).waitFor()
    await see(page, 'Readiness')

    await openByKeys(page, /^Test failover$/)
    await tabTo(page, /^Reason$/)
    await sendByEnter(page, /^Start test$/)
    await see(page, /^Done after/, 60_000)
    await closeByKeys(page)
    await waitForButton(page, 'End test')
    await openByKeys(page, /^End test$/)
    await tabTo(page, /^Reason$/)
    await sendByEnter(page, /^End test$/)
    await see(page, /^Done after/, 60_000)
    await closeByKeys(page)

    await waitForButton(page, 'Fail over')
    await openByKeys(page, /^Fail over$/)
    await tabTo(page, /^Reason$/)
    await page.keyboard.type('nobody has a mouse here')
    await page.keyboard.press('Enter')
    await see(page, `The plan for ${group.name}`)
    await tabTo(page, new RegExp(`^Type ${group.name} to confirm$`))
    await page.keyboard.type(group.name)
    await sendByEnter(page, /^Fail over$/)
    await see(page, 'It waits for a decision', 60_000)
    await tabTo(page, /^Commit$/)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: `Commit failover: ${group.name}` }).waitFor()
    await tabTo(page, new RegExp(`^Type ${group.name} to confirm$`))
    await page.keyboard.type(group.name)
    await sendByEnter(page, /^Commit$/)
    await see(page, /^Done after/, 60_000)
    expect(await listTasks(rig, group.id)).toEqual(
      expect.arrayContaining([
        'TEST_FAILOVER SUCCEEDED',
        'END_TEST_FAILOVER SUCCEEDED',
        'FAILOVER SUCCEEDED',
        'COMMIT_FAILOVER SUCCEEDED',
      ]),
    )
    expectNoErrors(errors)
  })
})
