import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { scopes } from '../../src/domain/viewer.ts'
import { createSimClock } from '../../src/simulator/clock.ts'
import type { HttpService } from '../../src/simulator/http-service.ts'
import { startVcdaSimulator, type VcdaSimulator } from '../../src/simulator/vcda/vcda-simulator.ts'
import { startZertoSimulator, type ZertoSimulator } from '../../src/simulator/zerto/zerto-simulator.ts'
import { clockAheadVariable, orderTaken, orderVariable, type KillOrder } from './kill-order.ts'

const entry = join(import.meta.dirname, '../../src/main.ts')
const preload = join(import.meta.dirname, 'kill-points.ts')
const host = '127.0.0.1'
const lastWordsLength = 4000
const free = { host, port: 0 }

/** Who asks. Keys are scoped to the caller. */
export const callers = ['ci-one', 'ci-two'] as const
export type Caller = (typeof callers)[number]

/** The credential of a caller. */
export const authorizationOf = (caller: Caller): string => `Bearer secret-of-${caller}`

/** A gateway in a process of its own that is killed and started again, over simulators that live on. */
export interface CrashRig extends AsyncDisposable {
  readonly vcda: VcdaSimulator
  readonly zerto: ZertoSimulator
  readonly services: readonly { readonly siteName: string; readonly service: HttpService }[]
  /** File of the journal. */
  readonly storePath: string
  /** Of the GraphQL endpoint of the process that was started last. */
  readonly url: string
  /** False from the moment at which the process has died. */
  readonly isAlive: boolean
  /** The end of what the process that was started last has logged. */
  readonly lastWords: string
  /** How many processes have been killed. */
  readonly kills: number
  /**
   * Starts a process where none runs, and resolves when it serves.
   *
   * @param order Holds from the first moment on.
   * @returns False when it died before it served.
   */
  start(order?: KillOrder): Promise<boolean>
  /** Tells the running process when to kill itself; resolves when it knows. Does nothing where it has died. */
  order(order: KillOrder): Promise<void>
  /** Resolves when the process has died. */
  died(): Promise<void>
  /** Kills the process from outside, and resolves when it has died. */
  kill(): Promise<void>
  /** Lets time pass for the vendors, and for every process that is started from now on. */
  passTime(seconds: number): void
}

const toSites = (vcda: VcdaSimulator, zerto: ZertoSimulator) => [
  ...vcda.sites.map(({ name, service, login }) => ({
    name,
    vendor: 'vcda',
    service,
    login: { type: 'localUser', user: login.user, password: '${env:VCDA_PASSWORD}' },
  })),
  ...zerto.sites.map(({ name, service, login }, index) => ({
    name,
    vendor: 'zerto',
    service,
    login: { type: 'password', username: login.username, password: `\${env:ZERTO_PASSWORD_${index}}` },
  })),
]

const toConfig = (sites: ReturnType<typeof toSites>): string =>
  stringify({
    listen: { host, port: 0 },
    store: { url: 'sqlite:journal.db' },
    auth: {
      tokens: callers.map((name) => ({
        name,
        sha256: createHash('sha256').update(authorizationOf(name).slice('Bearer '.length)).digest('hex'),
        scopes: [...scopes],
      })),
    },
    sites: sites.map(({ name, vendor, service, login }) => ({ name, vendor, url: service.url, login })),
    limits: { maxAgeSeconds: 0, pollIntervalMs: 100 },
  })

const toSecrets = (vcda: VcdaSimulator, zerto: ZertoSimulator): Record<string, string> => ({
  VCDA_PASSWORD: vcda.sites[0]?.login.password ?? '',
  ...Object.fromEntries(zerto.sites.map(({ login }, index) => [`ZERTO_PASSWORD_${index}`, login.password])),
})

/** One gateway process, from its start to its death. */
class GatewayProcess {
  readonly #child: ChildProcess
  readonly #gone: Promise<void>
  #said = ''
  #isAlive = true

  constructor(folder: string, env: Readonly<Record<string, string>>) {
    const args = ['--import', preload, entry, 'serve', '--config', 'gateway.yaml']
    this.#child = spawn(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text
      })
    }
    this.#gone = new Promise((resolve) => {
      this.#child.once('close', () => {
        this.#isAlive = false
        resolve()
      })
    })
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  get gone(): Promise<void> {
    return this.#gone
  }

  /** Resolves with its endpoint, or with null when it died before. @throws Error when it ended by itself. */
  async served(): Promise<string | null> {
    const { stdout } = this.#child
    if (stdout === null) throw new Error('the process has no output')
    for (;;) {
      const url = /serves (?<url>\S+)/.exec(this.#said)?.groups?.['url']
      if (url !== undefined) return url
      if (!this.#isAlive) {
        if (this.#child.signalCode === 'SIGKILL') return null
        throw new Error(`The gateway ended by itself: ${this.#said}`)
      }
      await Promise.race([once(stdout, 'data'), this.#gone])
    }
  }

  async order(order: KillOrder): Promise<void> {
    if (!this.#child.connected) return
    const taken = new Promise<void>((resolve) => {
      this.#child.once('message', (message) => {
        if (message === orderTaken) resolve()
      })
    })
    this.#child.send(order, () => {
      // A process that has died meanwhile takes no order; its end is seen below.
    })
    await Promise.race([taken, this.#gone])
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  /** The end of what it has said. */
  get lastWords(): string {
    return this.#said.slice(-lastWordsLength)
  }

  /** Whether it ended otherwise than by SIGKILL, and with which last words. */
  findFailure(): string | null {
    return this.#isAlive || this.#child.signalCode === 'SIGKILL' ? null : this.#said
  }
}

/**
 * Starts the simulators and one gateway over them.
 *
 * @param options.fleetSize Simulated machines of each vendor.
 */
export const startCrashRig = async (options: {
  readonly fleetSize: number
  readonly seed: number
}): Promise<CrashRig> => {
  await using stack = new AsyncDisposableStack()
  const clock = createSimClock({ speed: 1 })
  const vcda = stack.use(await startVcdaSimulator({ clock, ...options, listen: [free, free] }))
  const zerto = stack.use(await startZertoSimulator({ clock, ...options, listen: [free, free] }))
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-crash-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const sites = toSites(vcda, zerto)
  writeFileSync(join(folder, 'gateway.yaml'), toConfig(sites))
  // Most of a start is compiling: what one process has compiled the next ones take from here.
  const env = { ...toSecrets(vcda, zerto), NODE_COMPILE_CACHE: join(tmpdir(), 'dr-gateway-crash-compiled') }
  let aheadMs = 0
  let kills = 0
  let url = ''
  const open = (order: KillOrder | null = null): GatewayProcess => {
    const orders = { [clockAheadVariable]: String(aheadMs), [orderVariable]: JSON.stringify(order) }
    return new GatewayProcess(folder, { ...env, ...orders })
  }
  let current = open()
  stack.defer(async () => {
    current.kill()
    await current.gone
  })
  url = (await current.served()) ?? ''
  const died = async (): Promise<void> => {
    await current.gone
    const failure = current.findFailure()
    if (failure !== null) throw new Error(`The gateway ended by itself: ${failure}`)
  }
  const owned = stack.move()
  return {
    vcda,
    zerto,
    services: sites.map(({ name, service }) => ({ siteName: name, service })),
    storePath: join(folder, 'journal.db'),
    get url() {
      return url
    },
    get isAlive() {
      return current.isAlive
    },
    get lastWords() {
      return current.lastWords
    },
    get kills() {
      return kills
    },
    start: async (order) => {
      if (current.isAlive) throw new Error('a gateway runs already')
      kills += 1
      current = open(order)
      const served = await current.served()
      if (served !== null) url = served
      return served !== null
    },
    order: (order) => current.order(order),
    died,
    kill: async () => {
      current.kill()
      await died()
    },
    passTime: (seconds) => {
      aheadMs += seconds * 1000
      clock.turn(seconds * 1000)
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
