import { expect, it } from 'vitest'
import type { Problem } from '../../src/domain/errors.ts'
import type { ConnectionState } from '../../src/domain/site.ts'
import { createJsonLogger } from '../../src/telemetry/json-logger.ts'
import { startSiteLog } from '../../src/telemetry/site-log.ts'
import { createFakeClock } from '../support/fake-clock.ts'

const problem: Problem = { code: 'NOT_FOUND', message: 'site a: TLS refused', id: 'a' }

it('writes one line when a site no longer answers, another when it does again, and nothing in between', async () => {
  const lines: string[] = []
  const logger = createJsonLogger({ level: 'info', write: (line) => lines.push(line) })
  const clock = createFakeClock()
  const states = new Map<string, ConnectionState>([
    ['a', 'UP'],
    ['b', 'UP'],
  ])
  const listSites = () =>
    [...states].map(([name, state]) => ({ name, state, lastProblem: state === 'UP' ? null : problem }))
  await using _ = startSiteLog({ listSites, clock, logger })
  const look = async (): Promise<readonly unknown[]> => {
    clock.turn(5_000)
    await clock.untilWaiting(1)
    return lines.splice(0).map((line) => JSON.parse(line))
  }
  await clock.untilWaiting(1)
  expect(await look()).toEqual([])
  states.set('a', 'DOWN')
  const words = { level: 'warn', message: 'A site does not answer as it should', site: 'a', state: 'DOWN' }
  expect(await look()).toEqual([expect.objectContaining({ ...words, code: 'NOT_FOUND', problem: problem.message })])
  expect(await look()).toEqual([])
  states.set('a', 'DEGRADED')
  expect(await look()).toEqual([])
  states.set('a', 'UP')
  expect(await look()).toEqual([expect.objectContaining({ level: 'info', message: 'A site answers again', site: 'a' })])
  expect(await look()).toEqual([])
})

it('tells of a site that has not answered from the start, and of one that comes later', async () => {
  const lines: string[] = []
  const logger = createJsonLogger({ level: 'info', write: (line) => lines.push(line) })
  const clock = createFakeClock()
  const sites = [{ name: 'a', state: 'DOWN', lastProblem: problem }] as const
  let listed: readonly (typeof sites)[number][] = []
  await using _ = startSiteLog({ listSites: () => listed, clock, logger })
  await clock.untilWaiting(1)
  expect(lines).toEqual([])
  listed = sites
  clock.turn(5_000)
  await clock.untilWaiting(1)
  expect(lines).toEqual([expect.stringContaining('"site":"a"')])
})
