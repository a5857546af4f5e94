import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCsv } from '../support/parse-csv.ts'
import { buildConsole, hasBrowser, startConsole, type ConsoleRig } from './browser.ts'
import { expectNoErrors, listGroups, see } from './console-rig.ts'

let rig: ConsoleRig

/** The status line under the filters. */
const countLine = '.groups-count'

describe.skipIf(!hasBrowser)('a table of 10,000 machines', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    await buildConsole()
    rig = await startConsole({ fleetSize: 5000, speed: 1 })
  }, 180_000)
  afterAll(() => rig[Symbol.asyncDispose](), 60_000)

  test('is scrolled to its end at once, and only what is on screen is in the page', async () => {
    await using window = await rig.open('/machines')
    const { page, errors } = window
    await page.locator('.groups-link').first().waitFor({ timeout: 60_000 })
    const total = Number(
      /^(?<count>[\d,]+) machines/
        .exec((await page.locator(countLine).textContent()) ?? '')
        ?.groups?.['count']?.replaceAll(',', ''),
    )
    expect(total).toBeGreaterThanOrEqual(10_000)
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(String(total + 1))
    // To the last row: one question, from the other end.
    const pages: string[] = []
    page.on('request', (request) => {
      if ((request.postData() ?? '').includes('query MachineRows')) pages.push(request.postData() ?? '')
    })
    const goTo = async (row: number): Promise<number> => {
      // An event may come between, after which the rows are laid out anew.
      await page.getByRole('table').evaluate((table, top) => table.scrollTo({ top }), row * 36)
      return page.locator(`[data-index="${row}"] .groups-link`).count()
    }
    await expect.poll(() => goTo(total - 1), { timeout: 120_000, interval: 500 }).toBe(1)
    expect(pages.some((asked) => asked.includes('"DESC"'))).toBe(true)
    expect(pages.filter((asked) => /"direction":"ASC".*"after":"/.test(asked))).toEqual([])
    await see(page, /read so far: [\d,]+/, 60_000)
    // To one that is far from both: those between the nearer end and it come, too.
    await expect.poll(() => goTo(1605), { timeout: 120_000, interval: 500 }).toBe(1)
    expect(await page.locator('[data-index]').count()).toBeLessThan(80)
    await page.locator('[data-index="1605"] .groups-link').focus()
    await page.keyboard.press('Home')
    await page.waitForFunction(
      () => document.activeElement?.closest('[data-index]')?.getAttribute('data-index') === '0',
    )
    await page.keyboard.press('ArrowDown')
    await page.waitForFunction(
      () => document.activeElement?.closest('[data-index]')?.getAttribute('data-index') === '1',
    )
    expectNoErrors(errors)
  })

  test('is filtered by text and chips, and all of it stands in the link', async () => {
    await using window = await rig.open('/machines')
    const { page, errors } = window
    await page.locator('.groups-link').first().waitFor({ timeout: 60_000 })
    await page.getByRole('searchbox').fill('billing')
    await page.waitForURL(/q=billing/)
    await see(page, /machines match/, 60_000)
    await page.getByRole('button', { name: 'Health', exact: true }).first().click()
    await page.getByRole('menuitemcheckbox', { name: 'Healthy' }).click()
    await page.keyboard.press('Escape')
    await page.waitForURL(/health=HEALTHY/)
    await page.getByRole('button', { name: 'Name', exact: true }).click()
    await page.waitForURL(/sort=NAME/)
    await see(page, /machines match/, 60_000)
    const names = await page.locator('.groups-link').allTextContents()
    expect(names.length).toBeGreaterThan(5)
    expect(names.every((name) => name.includes('billing'))).toBe(true)
    expect(names).toEqual(names.toSorted())
    const matching = Number(await page.getByRole('table').getAttribute('aria-rowcount')) - 1
    await page.locator('.groups-link').first().focus()
    await page.keyboard.press('End')
    await page.waitForFunction(
      (last) => document.activeElement?.closest('[data-index]')?.getAttribute('data-index') === last,
      String(matching - 1),
      { timeout: 60_000 },
    )
    await using again = await rig.open(new URL(page.url()).pathname + new URL(page.url()).search)
    await again.page.locator('.groups-link').first().waitFor({ timeout: 60_000 })
    await see(again.page, /machines match/, 60_000)
    expect(await again.page.locator('.groups-link').first().textContent()).toBe(names[0])
    await again.page.getByRole('button', { name: 'Remove filter Health: Healthy' }).click()
    await again.page.waitForURL((url) => !url.search.includes('health'))
    expectNoErrors(errors)
  })

  test('keeps the chosen columns, and exports all that matches with all of them', async () => {
    await using window = await rig.open('/groups?vendor=ZERTO&q=billing')
    const { page, errors } = window
    await page.locator('.groups-link').first().waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Storage' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('columnheader', { name: 'Storage' }).waitFor()
    await page.reload()
    await page.getByRole('columnheader', { name: 'Storage' }).waitFor({ timeout: 60_000 })
    await page.locator('.groups-link').first().waitFor({ timeout: 60_000 })
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ])
    const [head, ...records] = parseCsv((await readFile(await download.path(), 'utf8')).slice(1))
    const groups = (await listGroups(rig)).filter(({ vendor, name }) => vendor === 'ZERTO' && name.includes('billing'))
    expect(head).toContain('Storage used, bytes')
    expect(records.map(([name = '']) => name).toSorted()).toEqual(groups.map(({ name }) => name).toSorted())
    expectNoErrors(errors)
  })
})
