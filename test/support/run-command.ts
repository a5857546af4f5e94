import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const entry = join(import.meta.dirname, '../../src/main.ts')

/** What a command of the gateway left behind. */
export interface CommandEnd {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command of the gateway in a process of its own. Disposing ends it as an operator would. */
export interface RunningCommand extends AsyncDisposable {
  /** Everything written to standard output, as soon as it matches; fails when the command ends before. */
  saying(pattern: RegExp): Promise<string>
  /** Resolves when it has ended, by itself or after {@link RunningCommand.stop}. */
  readonly ended: Promise<CommandEnd>
  /** @param signal @default 'SIGTERM' */
  stop(signal?: NodeJS.Signals): void
}

/**
 * @param options.cwd Where it runs: relative paths in its arguments are relative to this.
 * @param options.env Added to the environment of the tests.
 */
export const runCommand = (
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): RunningCommand => {
  const env = { ...process.env, ...options.env }
  const child = spawn(process.execPath, [entry, ...args], { cwd: options.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<CommandEnd>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }))
  })
  return {
    ended,
    saying: async (pattern) => {
      while (!pattern.test(stdout)) {
        const end = await Promise.race([once(child.stdout, 'data').then(() => null), ended])
        if (end !== null && !pattern.test(stdout)) throw new Error(`It ended without saying ${pattern}: ${end.stderr}`)
      }
      return stdout
    },
    stop: (signal = 'SIGTERM') => {
      child.kill(signal)
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
