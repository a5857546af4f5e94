import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page, WebSocketRoute } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCuttableProxy } from '../clients/cuttable-proxy.ts'
import {
  FailoverDocument,
  OverviewDocument,
  ProtectionGroupsDocument,
  TestFailoverDocument,
} from '../generated/graphql.ts'
import { query } from '../support/graphql-client.ts'
import { buildConsole, findViolations, hasBrowser, startConsole, type ConsoleRig } from './browser.ts'
import { listTasks } from './console-rig.ts'

interface Node {
  readonly id: string
  readonly name: string
  readonly vendor: string
  readonly actions: readonly { readonly action: string; readonly available: boolean }[]
}

let rig: ConsoleRig
const patience = { timeout: 30_000 }

const dataOf = async (document: { toString(): string }, variables: object): Promise<Record<string, never>> => {
  const { body } = await query(rig.demo.app.url, document.toString(), variables)
  if (body.data === null || body.data === undefined) throw new Error(JSON.stringify(body.errors))
  return JSON.parse(JSON.stringify(body.data))
}

const taken = new Set<string>()

/** Another group each time, so that no test stands in the way of the next one. */
const findGroup = async (vendor: string, wanted: string): Promise<Node> => {
  const { protectionGroups } = await dataOf(ProtectionGroupsDocument, { first: 500 })
  const { nodes }: { readonly nodes: readonly Node[] } = protectionGroups ?? { nodes: [] }
  const group = nodes.find(
    (node) =>
      node.vendor === vendor &&
      !taken.has(node.id) &&
      node.actions.some(({ action, available }) => action === wanted && available),
  )
  if (group === undefined) throw new Error(`No group can ${wanted}`)
  taken.add(group.id)
  return group
}

const press = async (document: { toString(): string }, targetId: string, more: object = {}): Promise<void> => {
  await dataOf(document, { input: { targetId, idempotencyKey: `key of ${targetId}`, ...more } })
}

const cardOf = (page: Page, title: string) =>
  page.locator('section.card').filter({ has: page.getByRole('heading', { name: title, level: 2 }) })

const screens = ['/', '/tasks', '/audit'] as const
const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const
const themes = ['light', 'dark'] as const

describe.runIf(hasBrowser)('the console in a browser', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    await buildConsole()
    rig = await startConsole({ speed: 10 })
    const waiting = await findGroup('ZERTO', 'FAILOVER')
    await press(FailoverDocument, waiting.id, { zerto: { commitPolicy: 'ROLLBACK', commitAfterSeconds: 7_200 } })
  }, 60_000)
  afterAll(() => rig[Symbol.asyncDispose]())

  it('shows the figures of the overview', async () => {
    const { overview } = await dataOf(OverviewDocument, {})
    const { totals, rpo }: { totals: { targetCount: number }; rpo: { violating: number } } = JSON.parse(
      JSON.stringify(overview),
    )
    await using opened = await rig.open('/')
    const { page } = opened
    await page.getByText(`of ${totals.targetCount} need attention`).waitFor(patience)
    const violating = cardOf(page, 'RPO compliance').getByRole('link', { name: 'Violating' })
    expect(await violating.textContent()).toBe(`Violating${rpo.violating}`)
    expect(await page.title()).toBe('Overview · DR Gateway')
    await page.getByText('All 4 sites answer').waitFor(patience)
    expect(opened.errors).toEqual([])
  })

  it('asks nothing of anybody but the gateway, and its policy refuses nothing of it', async () => {
    await using opened = await rig.open('/')
    const { page } = opened
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).origin))
    for (const screen of screens) {
      await page.goto(`${rig.url}${screen}`)
      await page.getByRole('heading', { level: 1 }).waitFor(patience)
    }
    expect([...new Set(asked)]).toEqual([rig.url])
    expect(opened.errors).toEqual([])
  })

  it.for(themes.flatMap((theme) => sizes.map((size) => ({ theme, ...size }))))(
    'has nothing that axe finds, in the $theme theme at $width pixels',
    async (window) => {
      await using opened = await rig.open('/', window)
      const { page } = opened
      for (const screen of screens) {
        await page.goto(`${rig.url}${screen}`)
        await page.locator('section.card').first().waitFor(patience)
        expect({ screen, found: await findViolations(page) }).toEqual({ screen, found: [] })
        const overflow: unknown = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        expect({ screen, overflow }).toEqual({ screen, overflow: 0 })
      }
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Tasks' }).click()
      await page.locator('.task-name').first().click()
      await page.getByRole('heading', { name: 'Progress' }).waitFor(patience)
      expect(await findViolations(page)).toEqual([])
    },
  )

  it('counts down what waits for a decision', async () => {
    await using opened = await rig.open('/')
    const card = cardOf(opened.page, 'Waiting for a decision')
    await card.getByText('Rolls back in').waitFor(patience)
    expect(await card.getByRole('timer').textContent()).toMatch(/^\d+ (?:h|min)/)
  })

  it('shows a task from its first to its last moment, without a reload', async () => {
    const group = await findGroup('VCDA', 'TEST_FAILOVER')
    await using opened = await rig.open('/tasks')
    const { page } = opened
    await page.getByText(/^\d+ tasks?$/).waitFor(patience)
    const { clock } = rig.demo.simulator
    const speed = clock.speed()
    // It goes on when it has been seen, however long a busy machine needs for that.
    clock.setSpeed(0)
    await press(TestFailoverDocument, group.id)
    const row = page.getByRole('row').filter({ hasText: 'Test failover' }).filter({ hasText: group.name })
    await row.getByRole('progressbar').waitFor(patience)
    clock.setSpeed(speed)
    await row.getByText('Succeeded').waitFor(patience)
    expect(opened.errors).toEqual([])
  })

  it('says which part of the picture is old when a site is down, and when it is not any more', async () => {
    await using opened = await rig.open('/')
    const { page } = opened
    await page.getByText('All 4 sites answer').waitFor(patience)
    const [site] = rig.demo.simulator.zerto.sites
    if (site === undefined) throw new Error('There is no site')
    const fault = site.service.faults.add({ path: /.*/, effect: { kind: 'RESET_BEFORE' } })
    const notice = page.locator('.notice').filter({ hasText: `${site.name.toLowerCase()} does not answer` })
    await notice.waitFor({ timeout: 40_000 })
    expect(await notice.textContent()).toMatch(/was last read at \d\d:\d\d:\d\d/)
    await page.getByText(/The figures show .* as it was/).waitFor({ timeout: 40_000 })
    expect(await findViolations(page)).toEqual([])
    site.service.faults.remove(fault)
    await notice.waitFor({ state: 'hidden', timeout: 60_000 })
    await page.getByText('All 4 sites answer').waitFor({ timeout: 40_000 })
  }, 180_000)

  it('says that the line was lost, comes back, and has missed nothing', async () => {
    // W3: what happens between two sockets is told by the second one
    const group = await findGroup('VCDA', 'TEST_FAILOVER')
    await using proxy = await startCuttableProxy(rig.demo.app.url)
    await using opened = await rig.open('/tasks', { url: new URL(proxy.url).origin })
    const { page } = opened
    await page.getByText('Live', { exact: true }).first().waitFor(patience)
    await page.context().setOffline(true)
    proxy.cut()
    await page.getByText('The line to the gateway was lost').waitFor(patience)
    await press(TestFailoverDocument, group.id)
    await page.context().setOffline(false)
    await page.getByText('The line to the gateway was lost').waitFor({ state: 'hidden', timeout: 30_000 })
    const row = page.getByRole('row').filter({ hasText: 'Test failover' }).filter({ hasText: group.name })
    await row.getByText('Succeeded').waitFor(patience)
    expect(await row.count()).toBe(1)
  })

  it('shows what began and ended before the first word of a line that was lost', async () => {
    // W3: a socket that is cut before its first event has no cursor to go on from, and an ended task makes no snapshot
    const group = await findGroup('VCDA', 'TEST_FAILOVER')
    await using opened = await rig.open('/audit')
    const { page } = opened
    const isSilenced = Promise.withResolvers<WebSocketRoute>()
    let silenced: WebSocketRoute | null = null
    await page.routeWebSocket(/graphql/, (line) => {
      const gateway = line.connectToServer()
      silenced ??= line
      if (silenced !== line) return
      gateway.onMessage((message) => {
        if (String(message).includes('"type":"next"')) isSilenced.resolve(line)
        else line.send(message)
      })
    })
    await page.goto(`${rig.url}/tasks`)
    await page.getByText(/^\d+ tasks?$/).waitFor(patience)
    const line = await isSilenced.promise
    await press(TestFailoverDocument, group.id)
    await expect.poll(() => listTasks(rig, group.id), patience).toContain('TEST_FAILOVER SUCCEEDED')
    await line.close({ code: 1012 })
    const row = page.getByRole('row').filter({ hasText: 'Test failover' }).filter({ hasText: group.name })
    await row.getByText('Succeeded').waitFor(patience)
  })

  it('keeps its picture while the gateway cannot be asked', async () => {
    await using opened = await rig.open('/')
    const { page } = opened
    await page.getByText('All 4 sites answer').waitFor(patience)
    const failed: string[] = []
    page.on('requestfailed', (request) => failed.push(request.postData() ?? ''))
    await page.context().setOffline(true)
    await expect.poll(() => failed.filter((body) => body.includes('OverviewAsked')).length, { timeout: 50_000 }).toBe(2)
    expect(await cardOf(page, 'RPO compliance').getByRole('link', { name: 'Meeting' }).count()).toBe(1)
    expect(await page.getByRole('group', { name: 'Sites' }).getByRole('row').count()).toBeGreaterThan(4)
  })

  it('can be used with the keyboard alone', async () => {
    await using opened = await rig.open('/')
    const { page } = opened
    await page.getByText('All 4 sites answer').waitFor(patience)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    await page.getByRole('link', { name: 'Audit log' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Audit log', level: 1 }).waitFor(patience)
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    const details = page.getByRole('button', { name: 'Details of entry 1', exact: true })
    await details.focus()
    await page.keyboard.press('Enter')
    expect(await details.getAttribute('aria-expanded')).toBe('true')
  })

  it('keeps the colours that somebody has chosen', async () => {
    await using opened = await rig.open('/')
    const { page } = opened
    await page.getByRole('button', { name: 'Use dark colours' }).click()
    await page.reload()
    await page.getByRole('button', { name: 'Use light colours' }).waitFor(patience)
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
  })

  it('keeps its filters in the link, and says that the log is whole', async () => {
    await using opened = await rig.open('/tasks?states=open')
    const { page } = opened
    await page.getByRole('combobox', { name: 'Kind of task' }).selectOption({ label: 'Failover' })
    expect(new URL(page.url()).search).toBe('?states=open&operation=FAILOVER')
    await page.locator('.task-name').first().waitFor(patience)
    expect(await page.locator('.task-name').allTextContents()).toEqual(['Failover'])
    await page.goto(`${rig.url}/audit?kind=ACCEPTED`)
    await page.getByText('The log is whole').waitFor(patience)
    await page.locator('tbody tr').first().waitFor(patience)
    const kinds = await page.locator('tbody .status-badge').allTextContents()
    expect([...new Set(kinds)]).toEqual(['Accepted'])
  })

  it('is under 200 KB compressed before the chart library', () => {
    const folder = join(import.meta.dirname, '../../dist/console/assets')
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.js') && !/uplot/i.test(name))
    const sizeBytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0)
    expect(sizeBytes).toBeGreaterThan(50_000)
    expect(sizeBytes).toBeLessThan(200_000)
  })
})
