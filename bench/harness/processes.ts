import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** Who runs where: what is measured has a core of its own, everything around it has the other. */
export type Place = 'measured' | 'around'

/** Who runs on which core. */
const cores: Readonly<Record<Place, string>> = { measured: '0', around: '1' }

const canPin = (): boolean => {
  try {
    for (const core of Object.values(cores)) execFileSync('taskset', ['-c', core, 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** True where the machine has two cores and lets us choose. */
export const isPinned = availableParallelism() >= 2 && canPin()

// What steers must not disturb what is measured either.
if (isPinned) execFileSync('taskset', ['-cp', cores.around, String(process.pid)], { stdio: 'ignore' })

const children = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** A process of ours. Disposing ends it. */
export interface Running extends AsyncDisposable {
  readonly pid: number
  /** What it had said when it was ready. */
  readonly said: string
  /** From its start until it said so. */
  readonly readyMs: number
  /** Resolves with all that it has said, once that matches. @throws when it ends before. */
  hear(pattern: RegExp): Promise<string>
}

/**
 * Starts a Node program and waits until what it has said matches.
 *
 * @param options.nodeArgs Before the program.
 * @throws when it ends before.
 */
export const startNode = async (options: {
  readonly place: Place
  readonly args: readonly string[]
  readonly nodeArgs?: readonly string[]
  /** Whether what it says on standard error belongs to what it has said. */
  readonly hearsErrors?: boolean
  readonly ready: RegExp
}): Promise<Running> => {
  const { place, args, nodeArgs = [], ready } = options
  const command = [process.execPath, ...nodeArgs, ...args]
  const [file = '', ...rest] = isPinned ? ['taskset', '-c', cores[place], ...command] : command
  const startedMs = performance.now()
  const child = spawn(file, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
  children.add(child)
  const ended = once(child, 'exit')
  let said = ''
  child.stdout.setEncoding('utf8')
  child.stderr.on('data', (bytes: Buffer) => {
    if (options.hearsErrors === true) said += bytes.toString('utf8')
    else process.stderr.write(bytes)
  })
  const hear = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!pattern.test(said)) return
        child.stdout.off('data', look)
        child.stderr.off('data', look)
        resolve(said)
      }
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      child.once('error', reject)
      child.once('close', (code) => reject(new Error(`${args.join(' ')} has ended with ${code}: ${said}`)))
      look()
    })
  child.stdout.on('data', (text: string) => {
    if (said.length < 100_000) said += text
  })
  await hear(ready)
  if (child.pid === undefined) throw new Error('No process')
  let isEnding = false
  // What is measured without one of those who belong to it means nothing.
  child.once('exit', (code, signal) => {
    if (isEnding || code === 0) return
    process.stderr.write(`FAILED: ${rest.join(' ')} has ended with ${code ?? signal} while it was needed\n`)
    process.exit(1)
  })
  return {
    pid: child.pid,
    said,
    readyMs: performance.now() - startedMs,
    hear,
    async [Symbol.asyncDispose]() {
      isEnding = true
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 5000)
      await ended
      clearTimeout(late)
      children.delete(child)
    },
  }
}

/** The only group of a pattern in what a process has said. @throws when it is not there. */
export const requireWord = (text: string, pattern: RegExp): string => {
  const word = pattern.exec(text)?.[1]
  if (word === undefined) throw new Error(`No ${String(pattern)} in: ${text.slice(0, 2000)}`)
  return word
}

const ticksPerSecond = 100

/** CPU that a process has used so far, all its threads, in milliseconds. Steps are 10 ms. */
export const readCpuMs = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond
}

/** Resident memory in bytes, now and at its highest. */
export const readMemory = (pid: number): { readonly nowBytes: number; readonly peakBytes: number } => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const read = (name: string): number => Number(requireWord(status, new RegExp(`${name}:\\s+(\\d+)`))) * 1024
  return { nowBytes: read('VmRSS'), peakBytes: read('VmHWM') }
}

/** Forgets how high the memory of a process was. */
export const resetPeak = (pid: number): void => {
  // 5 is the kernel's word for it (proc, clear_refs).
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}
