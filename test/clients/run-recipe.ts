import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { readRecipes } from './recipe-book.ts'

const eventForm = z.object({
  cursor: z.string(),
  kind: z.string(),
  task: z.object({ state: z.string(), progressPercent: z.number().nullable() }).nullable(),
})
const rawForm = z.object({ data: z.object({ taskProgress: eventForm }) }).transform(({ data }) => data.taskProgress)

/** An event as a recipe has printed it. */
export type PrintedEvent = z.infer<typeof eventForm>

/** A recipe of the page that runs in a process of its own, as a client author would run it. */
export interface RunningRecipe extends AsyncDisposable {
  /** What it has printed. */
  readonly events: readonly PrintedEvent[]
  /** Resolves when it has printed at least so many events, or has ended; fails when it has ended with an error. */
  printed(count: number): Promise<void>
  /** Resolves when it has ended by itself, without an error. */
  readonly ended: Promise<void>
}

const modules = join(import.meta.dirname, '../../node_modules')

/** Writes all files of the page into a folder, and runs one of them. */
export const runRecipe = (
  name: string,
  env: { readonly url: string; readonly taskId: string; readonly tokenUrl?: string },
): RunningRecipe => {
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-recipe-'))
  for (const [file, text] of readRecipes()) writeFileSync(join(folder, file), text)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  symlinkSync(modules, join(folder, 'node_modules'))
  const child = spawn(name.endsWith('.sh') ? 'bash' : process.execPath, [name], {
    cwd: folder,
    env: { ...process.env, GATEWAY_URL: env.url, TASK_ID: env.taskId, TOKEN_URL: env.tokenUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A shell has children of its own, which have to go with it.
    detached: true,
  })
  const events: PrintedEvent[] = []
  let rest = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = `${rest}${text}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') events.push(z.union([eventForm, rawForm]).parse(JSON.parse(line)))
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const closed = once(child, 'close')
  const end = async (): Promise<void> => {
    await closed
    if (child.exitCode !== 0) throw new Error(`${name} ended with ${child.exitCode}: ${stderr}`)
  }
  const ended = end()
  // Who never asks how it ended must not be told by an unhandled rejection.
  ended.catch(() => undefined)
  return {
    events,
    ended,
    printed: async (count) => {
      while (events.length < count && child.exitCode === null) {
        await Promise.race([once(child.stdout, 'data'), closed])
      }
      if (child.exitCode !== null) await ended
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      await closed
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
