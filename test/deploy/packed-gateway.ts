import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { root } from './read-deploy.ts'

/** What `npm pack` reads. */
const packed = [
  'package.json',
  'tsconfig.json',
  'deploy',
  'docs',
  'src',
  'schema',
  'bench/README.md',
  'README.md',
  'LICENSE',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
]

/** The package, installed in a folder that was empty. */
export interface PackedGateway extends AsyncDisposable {
  /** Of the installed package. */
  readonly folder: string
  /** Starts the command that the package brings, and resolves with its first words about where it listens. */
  start(args: readonly string[]): Promise<{ readonly url: string } & AsyncDisposable>
}

/** The Node of the tests comes first, whatever else there is. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}` }

const npm = async (args: readonly string[], cwd: string): Promise<string> =>
  (await promisify(execFile)('npm', [...args, '--loglevel=error'], { cwd, env })).stdout

/**
 * Packs a copy of the project, so that nothing of what other tests use is built anew under them, and installs the package
 * as a user would. What it needs comes from npm's cache where it is there, else from the registry.
 */
export const installPackage = async (): Promise<PackedGateway> => {
  const home = mkdtempSync(join(tmpdir(), 'dr-gateway-package-'))
  const [project, empty] = [join(home, 'project'), join(home, 'empty')]
  for (const folder of [project, empty]) mkdirSync(folder)
  for (const path of packed) cpSync(join(root, path), join(project, path), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
  const file = (await npm(['pack', '--pack-destination', home], project)).trim().split('\n').at(-1) ?? ''
  const quick = ['--omit=optional', '--prefer-offline', '--no-audit', '--no-fund']
  await npm(['install', ...quick, join(home, file)], empty)
  return {
    folder: join(empty, 'node_modules/dr-gateway'),
    start: async (args) => {
      const child = spawn(join(empty, 'node_modules/.bin/dr-gateway'), args, { cwd: empty, env, stdio: 'pipe' })
      const closed = once(child, 'close')
      let [said, complained] = ['', '']
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        complained += text
      })
      child.stdout.setEncoding('utf8')
      const words = /(?<url>http:\S+\/graphql)/
      while (!words.test(said)) {
        const next = await Promise.race([once(child.stdout, 'data'), closed.then(() => null)])
        if (next === null) throw new Error(`It ended without saying where it listens: ${complained}`)
        said += String(next[0])
      }
      return {
        url: words.exec(said)?.groups?.['url'] ?? '',
        [Symbol.asyncDispose]: async () => {
          child.kill('SIGTERM')
          await closed
        },
      }
    },
    [Symbol.asyncDispose]: async () => rmSync(home, { recursive: true, force: true }),
  }
}
