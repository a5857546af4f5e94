import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { runCommand, type CommandEnd } from './support/run-command.ts'

const run = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CommandEnd> => {
  await using command = runCommand(args, { cwd: tmpdir(), env })
  return await command.ended
}

const entry = join(import.meta.dirname, '../src/main.ts')

const readPackage = (): string => readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')

/** What Node runs first. To the gateway it then looks like one of that version. */
const pretend = (version: string): string =>
  `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`

describe('the command line', () => {
  it.each(['--help', '-h', 'help', 'serve --help', 'watch -h'])('explains itself to %s', async (words) => {
    const { exitCode, stdout, stderr } = await run(words.split(' '))
    expect(stdout).toMatch(/^Usage: dr-gateway COMMAND/)
    expect([exitCode, stderr]).toEqual([0, ''])
  })

  it('tells the version of the package', async () => {
    const { exitCode, stdout } = await run(['--version'])
    expect(readPackage()).toContain(`"version": "${stdout.trim()}"`)
    expect(exitCode).toBe(0)
  })

  it.each([
    [[], /^Usage/],
    [['frob'], /^Unknown command 'frob'\n\nUsage/],
    [['demo', '--frob'], /^Unknown option '--frob'\n\nUsage/],
    [['demo', '--port', '-5'], /^Option '--port' argument is ambiguous\.\n/],
    [['demo', 'frob'], /^Unexpected argument 'frob'\n\nUsage/],
    [['serve'], /^--config FILE or DR_GATEWAY_CONFIG is needed\n\nUsage/],
  ])('says what is wrong with %j', async (words, said) => {
    const { exitCode, stdout, stderr } = await run(words, { DR_GATEWAY_CONFIG: '' })
    expect(stderr).toMatch(said)
    expect([exitCode, stdout]).toEqual([64, ''])
  })

  it('says which Node it needs, instead of failing somewhere in an older one', async () => {
    const import20 = `--import="data:text/javascript,${encodeURIComponent(pretend('20.20.2'))}"`
    const { exitCode, stderr } = await run(['demo', '--port', '0'], { NODE_OPTIONS: import20 })
    expect(stderr).toMatch(/^DR Gateway needs Node 26 or newer: this is Node 20\.20\.2, \/\S+\n$/)
    expect(exitCode).toBe(78)
    expect(readPackage()).toContain('"node": ">=26"')
  })

  it('ends when its port is taken, and says so', async () => {
    await using other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const { exitCode, stderr } = await run(['demo', '--port', String(port), '--fleet', '6'])
    expect(stderr).toContain(`address already in use 127.0.0.1:${port}`)
    expect(exitCode).toBe(69)
  })

  it('ends without a word when whoever reads it has gone', async () => {
    const head = spawn('bash', ['-c', '"$0" "$1" schema | head -1; exit "${PIPESTATUS[0]}"', process.execPath, entry])
    const complaints = text(head.stderr)
    const [exitCode] = await once(head, 'close')
    expect([exitCode, await complaints]).toEqual([0, ''])
  })
})
