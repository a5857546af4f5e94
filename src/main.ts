#!/usr/bin/env node
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { printSchema } from 'graphql'
import { startApp } from './app.ts'
import { ConfigError, loadConfig } from './config.ts'
import { describeDemo, startDemo } from './demo.ts'
import { createSchema } from './graphql/schema.ts'
import { createTokenAuthentication } from './server/authentication.ts'
import { printSimulator, startSimulator } from './simulator/main.ts'
import { createJsonLogger } from './telemetry/json-logger.ts'
import { loginSchemas, registerVendorSchemas } from './vendors/registry.ts'

const usage = `Usage: dr-gateway COMMAND [OPTIONS]

  demo       a gateway over two simulated vendors, without configuration
               --port 4000  --fleet 60  --seed 1  --speed 1  --store :memory:
  serve      the gateway
               --config gateway.yaml   (or the environment variable DR_GATEWAY_CONFIG)
  simulate   the two vendor APIs alone; the second site of each vendor is on the next port
               --vcda 127.0.0.1:8046  --zerto 127.0.0.1:9669  --fleet 60  --seed 1  --speed 1
  schema     prints the GraphQL schema
`

/** sysexits.h: the command line, or the configuration, is wrong. */
const exitCodes = { usage: 64, unavailable: 69, config: 78 } as const

class UsageError extends Error {}

const parseOptions = (args: readonly string[], options: NonNullable<ParseArgsConfig['options']>) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

const parseNumber = (name: string, text: unknown, least: number, most: number): number => {
  const number = Number(text)
  if (text !== '' && Number.isFinite(number) && number >= least && number <= most) return number
  throw new UsageError(`--${name} has to be a number from ${least} to ${most}, not ${String(text)}`)
}

const parseAddress = (name: string, text: unknown): { readonly host: string; readonly port: number } => {
  const match = /^(?<host>.+):(?<port>\d+)$/.exec(String(text))
  if (match?.groups === undefined) throw new UsageError(`--${name} has to be HOST:PORT, not ${String(text)}`)
  return { host: match.groups['host'] ?? '', port: parseNumber(name, match.groups['port'], 0, 65_534) }
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

/** Keeps the process alive until it is told to end, then ends what runs in order. A second signal ends it at once. */
const runUntilStopped = async (running: AsyncDisposable): Promise<void> => {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  await running[Symbol.asyncDispose]()
}

const demo = async (args: readonly string[]): Promise<void> => {
  const values = parseOptions(args, {
    ...fleetOptions,
    port: { type: 'string', default: '4000' },
    store: { type: 'string', default: ':memory:' },
  })
  const port = parseNumber('port', values['port'], 0, 65_535)
  const logger = createJsonLogger({ level: 'warn' })
  const running = await startDemo({ ...parseFleet(values), port, storePath: String(values['store']), logger })
  process.stdout.write(await describeDemo(running))
  await runUntilStopped(running)
}

const simulate = async (args: readonly string[]): Promise<void> => {
  const values = parseOptions(args, {
    ...fleetOptions,
    vcda: { type: 'string', default: '127.0.0.1:8046' },
    zerto: { type: 'string', default: '127.0.0.1:9669' },
  })
  const addresses = { vcda: parseAddress('vcda', values['vcda']), zerto: parseAddress('zerto', values['zerto']) }
  const simulator = await startSimulator({ ...parseFleet(values), ...addresses })
  process.stdout.write(printSimulator(simulator))
  await runUntilStopped(simulator)
}

const serve = async (args: readonly string[]): Promise<void> => {
  const values = parseOptions(args, { config: { type: 'string' } })
  const path = values['config'] ?? process.env['DR_GATEWAY_CONFIG']
  if (typeof path !== 'string') throw new UsageError('serve needs --config FILE or DR_GATEWAY_CONFIG')
  const config = loadConfig({ path, env: process.env, loginSchemas })
  const logger = createJsonLogger({ level: 'info' })
  mkdirSync(dirname(config.store.path), { recursive: true })
  const app = await startApp({
    ...config.listen,
    storePath: config.store.path,
    sites: config.sites,
    authenticate: createTokenAuthentication({ tokens: config.auth.tokens, anonymous: null }),
    isGraphiqlEnabled: true,
    ...config.limits,
    logger,
  })
  process.stdout.write(`DR Gateway serves ${app.url}\n`)
  await runUntilStopped(app)
}

const schema = async (): Promise<void> => {
  registerVendorSchemas()
  process.stdout.write(`${printSchema(createSchema())}\n`)
}

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = { demo, serve, simulate, schema }

const main = async ([name = '', ...args]: readonly string[]): Promise<number> => {
  const command = commands[name]
  if (command === undefined) {
    process.stderr.write(usage)
    return ['', 'help', '--help', '-h'].includes(name) ? 0 : exitCodes.usage
  }
  try {
    await command(args)
    return 0
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${usage}`)
      return exitCodes.usage
    }
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`)
      return exitCodes.config
    }
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return exitCodes.unavailable
  }
}

process.exitCode = await main(process.argv.slice(2))
