#!/usr/bin/env node
import { mkdirSync, writeFileSync } from 'node:fs'
import nodeModule from 'node:module'
import { dirname, join } from 'node:path'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { Config } from './config.ts'
import type { Serving } from './serve.ts'
import type { SelfSigned } from './simulator/self-signed.ts'
import { findNodeProblem, readVersion } from './version.ts'

/*
 * Each command loads what it needs when it is asked for: the gateway alone is hundreds of files. Nothing that an older Node
 * does not know is loaded before `main` has looked which one this is.
 */

const usage = `Usage: dr-gateway COMMAND [OPTIONS]

  demo       a gateway over two simulated vendors, without configuration
               --port 4000  --fleet 60  --seed 1  --speed 1  --store :memory:
  serve      the gateway
               --config gateway.yaml   (or the environment variable DR_GATEWAY_CONFIG)
  check      signs in to every configured site and says what it finds; changes nothing there
               --config gateway.yaml   (or DR_GATEWAY_CONFIG); exit code 69 when a site fails, 78 for a bad configuration
  watch TASK_ID...   shows how tasks go on until they are final, with bars in a terminal; changes nothing, Ctrl+C leaves them
               --all   every task, also those that begin later, until Ctrl+C
               --url http://127.0.0.1:4000/graphql  --token-env NAME   the environment variable that holds the token
               exit code 0 when all have succeeded, 1 when one has failed or was cancelled, 2 when of one it is not known,
               66 for an unknown task, 69 when the gateway cannot be reached, 77 when it wants a valid token
  audit verify   says whether the audit log is as it was written, also while the gateway runs
               --config gateway.yaml   (or DR_GATEWAY_CONFIG), or --store data/dr-gateway.db
               --expect-head HASH   fails, too, when the log does not hold this hash, noted earlier
               exit code 65 when it is not whole, 66 when there is no such file
  simulate   the two vendor APIs alone; the second site of each vendor is on the next port
               --vcda 127.0.0.1:8046  --zerto 127.0.0.1:9669  --fleet 60  --seed 1  --speed 1
               --vcda-version 4.2|4.5|4.6|4.7  --zerto-profile zvma|windows
               --tls  --tls-cert ./data/simulator-cert.pem   HTTPS; where the certificate made at start is saved
               --admin 127.0.0.1:8099   where faults and time are asked for
  schema     prints the GraphQL schema
               --subgraph   as a subgraph of Apollo Federation 2

  --version    prints the version;  --help, this
`

/** sysexits.h: the command line, or the configuration, is wrong. */
const exitCodes = { usage: 64, unavailable: 69, config: 78 } as const

class UsageError extends Error {}

const parseWords = (args: readonly string[], options: NonNullable<ParseArgsConfig['options']>) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // Node goes on about a way that leads nowhere here.
    throw new UsageError(message.replace(/\. To specify a positional argument .*$/s, ''))
  }
}

const parseOptions = (args: readonly string[], options: NonNullable<ParseArgsConfig['options']>) => {
  const { values, positionals } = parseWords(args, options)
  const [first] = positionals
  if (first !== undefined) throw new UsageError(`Unexpected argument '${first}'`)
  return values
}

const parseNumber = (name: string, text: unknown, least: number, most: number): number => {
  const number = Number(text)
  if (text !== '' && Number.isFinite(number) && number >= least && number <= most) return number
  throw new UsageError(`--${name} has to be a number from ${least} to ${most}, not ${String(text)}`)
}

const parseAddress = (name: string, text: unknown): { readonly host: string; readonly port: number } => {
  const match = /^\[?(?<host>[^\]]+)\]?:(?<port>\d+)$/.exec(String(text))
  if (match?.groups === undefined) throw new UsageError(`--${name} has to be HOST:PORT, not ${String(text)}`)
  return { host: match.groups['host'] ?? '', port: parseNumber(name, match.groups['port'], 0, 65_534) }
}

const parseWord = <Word extends string>(name: string, text: unknown, words: readonly Word[]): Word => {
  const word = words.find((candidate) => candidate === text)
  if (word === undefined) throw new UsageError(`--${name} has to be one of ${words.join(', ')}, not ${String(text)}`)
  return word
}

const fleetOptions = {
  fleet: { type: 'string', default: '60' },
  seed: { type: 'string', default: '1' },
  speed: { type: 'string', default: '1' },
} as const

const parseFleet = (values: Readonly<Record<string, unknown>>) => ({
  fleetSize: parseNumber('fleet', values['fleet'], 1, 100_000),
  seed: parseNumber('seed', values['seed'], 0, 4_294_967_295),
  speed: parseNumber('speed', values['speed'], 0, 10_000),
})

/**
 * Keeps the process alive until it is told to end, then ends what runs in order. A second signal ends it at once.
 *
 * @param text Says that it runs. Whoever reads it may end it by then.
 */
const runUntilStopped = async (running: AsyncDisposable, text: string): Promise<number> => {
  const { promise: stopped, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  process.stdout.write(text)
  await stopped
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  await running[Symbol.asyncDispose]()
  return 0
}

/** From now on whatever nobody has expected ends the process. @param secrets What the line about it must not hold. */
const crashOnSurprise = async (secrets: () => readonly string[]): Promise<void> => {
  const { endOnCrash } = await import('./telemetry/crash-policy.ts')
  endOnCrash({
    events: process,
    end: (code) => process.exit(code),
    // Node writes none by itself where somebody listens to what it would have reported.
    report: (error) => {
      if (process.report.reportOnUncaughtException)
        process.report.writeReport(error instanceof Error ? error : undefined)
    },
    secrets,
  })
}

const demo = async (args: readonly string[]): Promise<number> => {
  const values = parseOptions(args, {
    ...fleetOptions,
    port: { type: 'string', default: '4000' },
    store: { type: 'string', default: ':memory:' },
  })
  const port = parseNumber('port', values['port'], 0, 65_535)
  let secrets: readonly string[] = []
  await crashOnSurprise(() => secrets)
  const { describeDemo, startDemo } = await import('./demo.ts')
  const { createJsonLogger } = await import('./telemetry/json-logger.ts')
  const logger = createJsonLogger({ level: 'warn' })
  const running = await startDemo({ ...parseFleet(values), port, storePath: String(values['store']), logger })
  ;({ secrets } = running)
  return runUntilStopped(running, await describeDemo(running))
}

/** Makes the certificate that the simulated sites show, and saves it, without its key, for those who have to trust it. */
const makeCertificate = async (hosts: readonly string[], path: string): Promise<SelfSigned> => {
  const { createSelfSigned } = await import('./simulator/self-signed.ts')
  const certificate = await createSelfSigned({ hosts: [...new Set(['127.0.0.1', 'localhost', ...hosts])] })
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, certificate.cert)
  return certificate
}

const simulateOptions = {
  ...fleetOptions,
  vcda: { type: 'string', default: '127.0.0.1:8046' },
  zerto: { type: 'string', default: '127.0.0.1:9669' },
  admin: { type: 'string', default: '127.0.0.1:8099' },
  tls: { type: 'boolean', default: false },
  'tls-cert': { type: 'string', default: './data/simulator-cert.pem' },
  'vcda-version': { type: 'string', default: '4.7' },
  'zerto-profile': { type: 'string', default: 'zvma' },
} as const

const simulate = async (args: readonly string[]): Promise<number> => {
  const { printSimulator, startSimulator, vcdaVersions, zertoProfiles } = await import('./simulator/main.ts')
  const values = parseOptions(args, simulateOptions)
  const options = {
    ...parseFleet(values),
    vcda: parseAddress('vcda', values['vcda']),
    zerto: parseAddress('zerto', values['zerto']),
    admin: parseAddress('admin', values['admin']),
    vcdaVersion: parseWord('vcda-version', values['vcda-version'], vcdaVersions),
    zertoProfile: parseWord('zerto-profile', values['zerto-profile'], zertoProfiles),
  }
  const path = String(values['tls-cert'])
  const tls = values['tls'] === true ? await makeCertificate([options.vcda.host, options.zerto.host], path) : null
  const simulator = await startSimulator(tls === null ? options : { ...options, tls })
  const shown = tls === null ? '' : `Certificate  ${tls.pin}\n  saved as ${path}\n${tls.cert}\n`
  return runUntilStopped(simulator, `${printSimulator(simulator)}${shown}`)
}

const configOption = { config: { type: 'string' } } as const

type ReadConfig = (onFile?: (path: string) => void) => Config

/** Finds out which configuration is meant. What is returned reads it, as often as it is called. */
const openConfig = async (given: unknown): Promise<ReadConfig> => {
  const path = given ?? process.env['DR_GATEWAY_CONFIG']
  if (typeof path !== 'string' || path === '') throw new UsageError('--config FILE or DR_GATEWAY_CONFIG is needed')
  const { loginSchemas } = await import('./vendors/registry.ts')
  const { loadConfig } = await import('./config.ts')
  return (onFile = () => undefined) => loadConfig({ path, env: process.env, loginSchemas, onFile })
}

const serve = async (args: readonly string[]): Promise<number> => {
  const { config: path } = parseOptions(args, configOption)
  const { listSecrets } = await import('./std/secret.ts')
  let secrets: readonly string[] = []
  await crashOnSurprise(() => secrets)
  let serving: Serving | null = null
  // From the beginning: without a listener the signal would end the process.
  process.on('SIGHUP', () => void serving?.reload())
  const { startServing } = await import('./serve.ts')
  const { systemClock } = await import('./std/system-clock.ts')
  const { createJsonLogger } = await import('./telemetry/json-logger.ts')
  const logger = createJsonLogger({ level: 'info' })
  const readConfig = await openConfig(path)
  const read: ReadConfig = (onFile) => {
    const config = readConfig(onFile)
    // Also those that were in force before: what crashes may still hold them.
    secrets = [...new Set([...secrets, ...listSecrets(config)])]
    return config
  }
  // Whoever is killed saves nothing, and would compile everything again at each start.
  nodeModule.flushCompileCache()
  serving = await startServing({ read, clock: systemClock, logger })
  return runUntilStopped(serving, `DR Gateway serves ${serving.url}\n`)
}

const check = async (args: readonly string[]): Promise<number> => {
  const values = parseOptions(args, configOption)
  const { requireSoundDocuments } = await import('./app.ts')
  const { createSchema } = await import('./graphql/schema.ts')
  const { registerVendorSchemas } = await import('./vendors/registry.ts')
  const { checkSites, describeChecks } = await import('./check.ts')
  const { systemClock } = await import('./std/system-clock.ts')
  const { silentLogger } = await import('./telemetry/json-logger.ts')
  const { sites, documents, limits } = (await openConfig(values['config']))()
  registerVendorSchemas()
  requireSoundDocuments(documents, createSchema(), limits)
  const checks = await checkSites(sites, { clock: systemClock, logger: silentLogger })
  process.stdout.write(describeChecks(checks, new Date()))
  return checks.some(({ problems }) => problems.length > 0) ? exitCodes.unavailable : 0
}

const audit = async ([verb, ...args]: readonly string[]): Promise<number> => {
  if (verb !== 'verify') throw new UsageError('audit has one command: audit verify')
  const options = { ...configOption, store: { type: 'string' }, 'expect-head': { type: 'string' } } as const
  const values = parseOptions(args, options)
  const expectedHead = values['expect-head'] ?? null
  if (expectedHead !== null && !/^[\da-f]{64}$/i.test(String(expectedHead))) {
    throw new UsageError('--expect-head has to be a hash of 64 hexadecimal digits')
  }
  const { verifyAudit } = await import('./audit-command.ts')
  const path = values['store'] ?? null
  const place = path === null ? (await openConfig(values['config']))().store : { path: String(path) }
  const { text, exitCode } = await verifyAudit(place, expectedHead === null ? null : String(expectedHead))
  process.stdout.write(`${text}\n`)
  return exitCode
}

const watchOptions = {
  all: { type: 'boolean', default: false },
  url: { type: 'string', default: 'http://127.0.0.1:4000/graphql' },
  'token-env': { type: 'string' },
} as const

const readToken = (name: unknown): string | null => {
  if (typeof name !== 'string') return null
  const token = process.env[name]
  if (token === undefined || token === '') throw new UsageError(`--token-env: ${name} is not set`)
  return token
}

const watch = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseWords(args, watchOptions)
  const { all, url } = values
  if (all === positionals.length > 0) throw new UsageError('watch needs either --all or the id of at least one task')
  const { toSocketUrl, watchTasks } = await import('./watch-command.ts')
  const socketUrl = toSocketUrl(String(url))
  if (socketUrl === null)
    throw new UsageError(`--url has to be an address with http, https, ws or wss, not ${String(url)}`)
  const leaving = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => leaving.abort())
  const { stdout, stderr } = process
  const taskIds = all === true ? null : [...new Set(positionals)]
  return watchTasks({
    taskIds,
    url: socketUrl,
    token: readToken(values['token-env']),
    stdout,
    stderr,
    signal: leaving.signal,
  })
}

const schema = async (args: readonly string[]): Promise<number> => {
  const { subgraph } = parseOptions(args, { subgraph: { type: 'boolean', default: false } })
  // The types are printed in the order in which their files are loaded: the vendors' last.
  const { createSchema } = await import('./graphql/schema.ts')
  const { printPublishedSchema, printSubgraph } = await import('./graphql/federation/federation-sdl.ts')
  const { registerVendorSchemas } = await import('./vendors/registry.ts')
  registerVendorSchemas()
  const print = subgraph === true ? printSubgraph : printPublishedSchema
  process.stdout.write(`${print(createSchema())}\n`)
  return 0
}

/** Each resolves with the exit code. */
const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  demo,
  serve,
  check,
  watch,
  audit,
  simulate,
  schema,
}

const isHelp = (word: string): boolean => word === '--help' || word === '-h'

/** Carries out what is asked for in a word, without a command. @returns The exit code; null where a command is asked for. */
const answerQuestion = (words: readonly string[]): number | null => {
  const problem = findNodeProblem(process.versions.node)
  if (problem !== null) {
    process.stderr.write(`${problem}, ${process.execPath}\n`)
    return exitCodes.config
  }
  if (words[0] !== 'help' && words[0] !== '--version' && !words.some(isHelp)) return null
  process.stdout.write(words[0] === '--version' ? `${readVersion()}\n` : usage)
  return 0
}

const main = async (words: readonly string[]): Promise<number> => {
  // Whoever reads the answer may have had enough of it, as `head` has. What serves does not end by that.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    if (words[0] !== 'serve') process.exit(0)
  })
  const answered = answerQuestion(words)
  if (answered !== null) return answered
  // What was compiled is kept beside the packages, where only those can write that could change the code itself; where
  // nobody can, it is done again each time.
  nodeModule.enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/dr-gateway'))
  // A diagnostic report of Node, which an operator may ask for, would hold the passwords of the environment.
  process.report.excludeEnv = true
  const [name = '', ...args] = words
  const command = commands[name]
  if (command === undefined) {
    process.stderr.write(name === '' ? usage : `Unknown command '${name}'\n\n${usage}`)
    return exitCodes.usage
  }
  try {
    return await command(args)
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${usage}`)
      return exitCodes.usage
    }
    const { ConfigError } = await import('./config.ts')
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`)
      return exitCodes.config
    }
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return exitCodes.unavailable
  }
}

process.exitCode = await main(process.argv.slice(2))
