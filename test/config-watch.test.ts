import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { ConfigWatch, configWatchTimes } from '../src/config-watch.ts'
import { silentLogger } from '../src/telemetry/json-logger.ts'
import { createFakeClock, type FakeClock } from './support/fake-clock.ts'

let folder: string
let clock: FakeClock
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dr-gateway-watch-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  clock = createFakeClock()
})

/** Reads that the watch has asked for. */
interface Rig {
  /** Whether somebody wanted it, for each of them. */
  readonly reads: readonly boolean[]
  readonly watch: ConfigWatch
  /** What the next reads say that they have read. */
  files: readonly string[]
}

const startRig = (files: readonly string[]): Rig => {
  const reads: boolean[] = []
  const rig = { reads, files }
  const read = (isAsked: boolean): readonly string[] => {
    reads.push(isAsked)
    return rig.files
  }
  const watch = new ConfigWatch({ files, read, clock, logger: silentLogger })
  onTestFinished(() => watch[Symbol.dispose]())
  return Object.assign(rig, { watch })
}

const file = (name: string): string => join(folder, name)

/** Turns the clock to the next look, and waits until that is over or waits itself. */
const lookOnce = async (): Promise<void> => {
  await clock.untilWaiting(1)
  clock.turn(configWatchTimes.lookIntervalMs)
  await clock.untilWaiting(1)
}

/** Turns the clock on until there is one more read, and until that is over. */
const turnToRead = async (rig: Rig): Promise<void> => {
  const { length } = rig.reads
  while (rig.reads.length === length) {
    await clock.untilWaiting(1)
    clock.turn(configWatchTimes.settleMs)
    // The files are looked at in the meantime.
    await new Promise(setImmediate)
  }
  await clock.untilWaiting(1)
}

/** Resolves when the system has told of a change: the watch waits for more of them besides waiting for its next look. */
const untilTold = (): Promise<void> => clock.untilWaiting(2)

test('reads what may have changed since it was read at the start, and then only what changes', async () => {
  writeFileSync(file('a.yaml'), '1')
  const rig = startRig([file('a.yaml')])
  await turnToRead(rig)
  expect(rig.reads).toEqual([false])
  for (let count = 0; count < 5; count += 1) await lookOnce()
  expect(rig.reads).toEqual([false])
})

test('reads soon after a file was written, and once for many writes', async () => {
  writeFileSync(file('a.yaml'), '1')
  const rig = startRig([file('a.yaml')])
  await turnToRead(rig)
  for (let count = 0; count < 20; count += 1) writeFileSync(file('a.yaml'), String(count))
  await untilTold()
  await turnToRead(rig)
  for (let count = 0; count < 3; count += 1) await lookOnce()
  expect(rig.reads).toEqual([false, false])
})

test('waits for whoever is still writing', async () => {
  // Behind a link, so that the system tells nothing and only the clock counts.
  mkdirSync(file('elsewhere'))
  const path = join(folder, 'elsewhere', 'a.yaml')
  writeFileSync(path, '1')
  symlinkSync(path, file('a.yaml'))
  const rig = startRig([file('a.yaml')])
  await turnToRead(rig)
  writeFileSync(path, 'a third')
  await lookOnce()
  for (const text of ['two thirds', 'all of the text']) {
    writeFileSync(path, text)
    clock.turn(configWatchTimes.settleMs)
    await clock.untilWaiting(1)
    expect(rig.reads).toEqual([false])
  }
  await turnToRead(rig)
  expect(rig.reads).toEqual([false, false])
})

test('finds within ten seconds what nobody tells of: a link that was turned above the file', async () => {
  // As mounted secrets of Kubernetes change.
  for (const version of ['v1', 'v2']) {
    mkdirSync(file(version))
    writeFileSync(join(folder, version, 'gateway.yaml'), version)
  }
  symlinkSync('v1', file('current'))
  const rig = startRig([join(folder, 'current', 'gateway.yaml')])
  await turnToRead(rig)
  symlinkSync('v2', file('next'))
  renameSync(file('next'), file('current'))
  await turnToRead(rig)
  expect(rig.reads).toEqual([false, false])
})

test('follows the files that were read last, also those that are not there yet', async () => {
  writeFileSync(file('a.yaml'), '1')
  const rig = startRig([file('a.yaml')])
  rig.files = [file('a.yaml'), file('secret')]
  await turnToRead(rig)
  await turnToRead(rig)
  expect(rig.reads).toEqual([false, false])
  writeFileSync(file('secret'), 'x')
  await untilTold()
  await turnToRead(rig)
  expect(rig.reads).toEqual([false, false, false])
})

test('reads at once when it is asked to, and not at all when it has ended', async () => {
  writeFileSync(file('a.yaml'), '1')
  const rig = startRig([file('a.yaml')])
  await rig.watch.reload()
  expect(rig.reads).toEqual([true])
  rig.watch[Symbol.dispose]()
  await rig.watch.reload()
  expect(rig.reads).toEqual([true])
  expect(clock.waiting()).toBe(0)
})

test('goes on where the folder is gone, and finds it when it is back', async () => {
  mkdirSync(file('etc'))
  const path = join(folder, 'etc', 'gateway.yaml')
  writeFileSync(path, '1')
  const rig = startRig([path])
  await turnToRead(rig)
  rmSync(file('etc'), { recursive: true })
  await turnToRead(rig)
  mkdirSync(file('etc'))
  writeFileSync(path, '2')
  await turnToRead(rig)
  expect(rig.reads).toEqual([false, false, false])
})
