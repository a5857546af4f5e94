import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Vendor } from '../../src/console/generated/graphql.ts'
import { query } from '../support/graphql-client.ts'
import type { ConsoleRig } from './browser.ts'

/** A group as the stories of the tests choose one. */
export interface GroupFacts {
  readonly id: string
  readonly vendor: Vendor
  readonly name: string
  readonly state: string
  readonly health: string
  readonly vmCount: number
  readonly recovery: { readonly phase: string; readonly isTestRunning: boolean }
}

const groupsDocument = `{
  protectionGroups(first: 500) { nodes { id vendor name state health vmCount recovery { phase isTestRunning } } }
}`

/** Every group of the demo, asked of the gateway itself. */
export const listGroups = async (rig: ConsoleRig): Promise<readonly GroupFacts[]> => {
  const { body } = await query<{ protectionGroups: { nodes: readonly GroupFacts[] } }>(rig.demo.app.url, groupsDocument)
  return body.data?.protectionGroups.nodes ?? []
}

const takenIds = new WeakMap<ConsoleRig, Set<string>>()

/** A group of a vendor that nothing is the matter with, and that no other test of the rig has had. */
export const takeGroup = async (
  rig: ConsoleRig,
  vendor: Vendor,
  matches: (group: GroupFacts) => boolean = ({ state, recovery }) => state === 'PROTECTED' && !recovery.isTestRunning,
): Promise<GroupFacts> => {
  const used = takenIds.get(rig) ?? new Set<string>()
  takenIds.set(rig, used)
  const group = (await listGroups(rig)).find(
    (known) => known.vendor === vendor && !used.has(known.id) && matches(known),
  )
  if (group === undefined) throw new Error(`The demo has no such group of ${vendor} left`)
  used.add(group.id)
  return group
}

/** How many tasks there are of a group, by operation and state. */
export const listTasks = async (rig: ConsoleRig, targetId: string): Promise<readonly string[]> => {
  const document = `query ($ids: [ID!]) { tasks(first: 100, filter: { targetIds: $ids }) { nodes { operation state } } }`
  const { body } = await query<{ tasks: { nodes: readonly { operation: string; state: string }[] } }>(
    rig.demo.app.url,
    document,
    { ids: [targetId] },
  )
  return (body.data?.tasks.nodes ?? []).map(({ operation, state }) => `${operation} ${state}`)
}

/** Presses a button in the dialogue that is open. */
export const pressInDialogue = async (page: Page, name: string): Promise<void> =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).last().click()

/** A text that has to be on the page, however long a busy machine needs for it. */
export const see = async (page: Page, text: string | RegExp, patienceMs = 20_000): Promise<void> =>
  page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: patienceMs })

/**
 * Sends, and waits until the site has taken it on. In sped-up time a session of the gateway ends within seconds: a call
 * that met its end was not done, says so, and is pressed again as a person would.
 */
export const send = async (page: Page, button: Locator): Promise<void> => {
  const accepted = page.getByText('The site has taken it on')
  const refused = page.locator('.notice').filter({ hasText: 'did not do it' })
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await button.click()
    await page
      .getByText(/, once…$/)
      .first()
      .waitFor({ state: 'hidden' })
    await accepted.or(refused).first().waitFor()
    if (await accepted.isVisible()) return
    const words = (await refused.textContent()) ?? ''
    if (!words.includes('not signed in')) throw new Error(words)
  }
  throw new Error('It met the end of a session three times')
}

/** Opens the dialogue of an action, plans it where that is done, types the name where it is asked for, and sends it. */
export const act = async (
  page: Page,
  group: GroupFacts,
  label: string,
  press: string,
  plans: boolean,
): Promise<void> => {
  await page.getByRole('button', { name: label, exact: true }).first().click()
  await page.getByRole('dialog').waitFor()
  if (plans) {
    await pressInDialogue(page, 'Show the plan')
    await see(page, `The plan for ${group.name}`)
  }
  await page.getByLabel(`Type ${group.name} to confirm`).fill(group.name)
  await send(page, page.getByRole('dialog').getByRole('button', { name: press, exact: true }))
}

/** Presses Tab until the focus is on something of this name. */
export const tabTo = async (page: Page, name: RegExp, most = 150): Promise<void> => {
  const seen: string[] = []
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      const label =
        element?.getAttribute('aria-label') ??
        (element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? '') : '')
      return label === '' ? (element?.textContent ?? '') : label
    })
    if (name.test(focused)) return
    seen.push(focused.slice(0, 40))
  }
  throw new Error(`Nothing called ${name.source} was reached by Tab: ${seen.join(' | ')}`)
}

/** Nothing but what a test has caused by itself may have gone wrong in the page. */
export const expectNoErrors = (errors: readonly string[], allowed: RegExp | null = null): void =>
  expect(errors.filter((error) => allowed?.test(error) !== true)).toEqual([])
