import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { startDemo, type Demo } from '../../src/demo.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'

export { buildConsole } from './build-console.ts'

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where a Chromium is; null where there is none. `CHROMIUM` in the environment names another one. */
const chromiumPath: string | null =
  [process.env['CHROMIUM'] ?? '', ...candidates].find((path) => path !== '' && existsSync(path)) ?? null

const whyNoBrowser = 'The console is not tried in a browser: no Chromium is installed'
if (chromiumPath === null && process.env['CI'] === 'true') throw new Error(whyNoBrowser)
if (chromiumPath === null) process.stderr.write(`${whyNoBrowser}\n`)

/** False where tests in a browser have to be left out; the reason has been printed. With CI=true that fails instead. */
export const hasBrowser = chromiumPath !== null

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface ConsoleOptions {
  /** @default 60 */
  readonly fleetSize?: number
  /** How much faster simulated time runs. @default 5 */
  readonly speed?: number
  /** @default 1 */
  readonly seed?: number
}

/** A demo with its console, and a browser that can open it. */
export interface ConsoleRig extends AsyncDisposable {
  readonly demo: Demo
  /** Of the console, without a slash at the end. */
  readonly url: string
  readonly browser: Browser
  /** Opens a screen in a window of its own. What the page's console says as an error is kept in `errors`. */
  open(path: string, options?: WindowOptions): Promise<OpenPage>
}

export interface WindowOptions {
  /** @default 1280 */
  readonly width?: number
  /** @default 800 */
  readonly height?: number
  /** @default 'light' */
  readonly theme?: 'light' | 'dark'
  /** Another address than the demo's, such as that of a proxy before it. */
  readonly url?: string
}

export interface OpenPage extends AsyncDisposable {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors that the page has met, and what its policy has refused. */
  readonly errors: readonly string[]
}

/** A browser by itself, for a gateway that a test has started in another way. */
export interface BareBrowser extends AsyncDisposable {
  open(url: string, options?: WindowOptions): Promise<OpenPage>
}

const openPage = async (browser: Browser, url: string, window: WindowOptions): Promise<OpenPage> => {
  const { width = 1280, height = 800, theme = 'light' } = window
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(url)
  return { page, context, errors, [Symbol.asyncDispose]: () => context.close() }
}

export const openBrowser = async (): Promise<BareBrowser> => {
  const browser = await launch()
  return {
    open: (url, window = {}) => openPage(browser, url, window),
    [Symbol.asyncDispose]: () => browser.close(),
  }
}

/** One thing that axe has found: the rule and where. */
export interface Violation {
  readonly rule: string
  readonly help: string
  readonly where: readonly string[]
}

const launch = async (): Promise<Browser> => {
  if (chromiumPath === null) throw new Error(whyNoBrowser)
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] })
}

/** Starts a demo and a browser. The console has to be built: {@link buildConsole}. */
export const startConsole = async (options: ConsoleOptions = {}): Promise<ConsoleRig> => {
  const { fleetSize = 60, speed = 5, seed = 1 } = options
  await using stack = new AsyncDisposableStack()
  const demo = stack.use(
    await startDemo({ port: 0, fleetSize, speed, seed, storePath: ':memory:', logger: silentLogger }),
  )
  const browser = await launch()
  stack.defer(() => browser.close())
  const url = new URL(demo.app.url).origin
  const owned = stack.move()
  const open = (path: string, window: WindowOptions = {}): Promise<OpenPage> =>
    openPage(browser, `${window.url ?? url}${path}`, window)
  return { demo, url, browser, open, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** What axe has against the page as it is now, by WCAG 2.2 A and AA. */
export const findViolations = async (page: Page): Promise<readonly Violation[]> => {
  // Evaluated by the browser's own tools: the page's policy would not let it load a script.
  await page.evaluate(axeSource)
  const found: unknown = await page.evaluate(`axe.run(document, {
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  }).then(({ violations }) => violations.map(({ id, help, nodes }) => (
    { rule: id, help, where: nodes.map(({ target, failureSummary }) => target.join(' ') + ': ' + failureSummary) }
  )))`)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the line above makes it
  return found as readonly Violation[]
}
