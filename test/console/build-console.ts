import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdirSync, openSync, closeSync, rmSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../..')
const dist = join(root, 'dist')
const lock = join(dist, 'console.lock')
/** A lock of this age was left behind by somebody who was killed. */
const lockLastsMs = 120_000

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

const isFresh = (): boolean => {
  const builtAt = changedAt(join(dist, 'console/index.html'))
  return globSync('src/{console,client}/**/*.*', { cwd: root }).every((path) => changedAt(join(root, path)) < builtAt)
}

/** True for the one who may build now. */
const tryLock = (): boolean => {
  try {
    closeSync(openSync(lock, 'wx'))
    return true
  } catch {
    if (Date.now() - changedAt(lock) > lockLastsMs) rmSync(lock, { force: true })
    return false
  }
}

/**
 * Builds the console as it is deployed into `dist/console`, if it is older than its sources. Test files run side by side:
 * one builds, the others wait for it, so that none loads what another one is about to replace.
 */
export const buildConsole = async (): Promise<void> => {
  mkdirSync(dist, { recursive: true })
  const changes = watch(dist)
  try {
    while (!tryLock()) await once(changes, 'change')
    try {
      if (isFresh()) return
      const vite = join(root, 'node_modules/vite/bin/vite.js')
      const args = [vite, 'build', '-c', 'src/console/vite.config.ts']
      // Under the tests' own NODE_ENV, React's development build would be taken.
      const env = { ...process.env, NODE_ENV: 'production' }
      await promisify(execFile)(process.execPath, args, { cwd: root, env })
    } finally {
      rmSync(lock, { force: true })
    }
  } finally {
    changes.close()
  }
}
