import { describe, expect, it } from 'vitest'
import { toEnumeration, toSiteNotice, type SiteState } from '../../src/console/app/site-notice.ts'
import {
  formatAgo,
  formatBytes,
  formatDateTime,
  formatDuration,
  formatPercent,
  formatPlural,
  formatShortDuration,
  formatTime,
} from '../../src/console/format.ts'
import { toDueBefore, toVisibility } from '../../src/console/overview/picture.ts'
import { healthStatus, stateStatus, taskStatus, toWords, vendorWords } from '../../src/console/status.ts'
import {
  isInView,
  mergeTasks,
  parseTaskView,
  printTaskView,
  toTaskFilter,
} from '../../src/console/tasks/task-filter.ts'
import type { Health, ProtectionState, TaskState } from '../../src/console/generated/graphql.ts'

const now = new Date(2026, 10, 22, 12, 0, 0)
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1_000)

describe('figures', () => {
  it.for([
    [0, '0 s', '0s'],
    [59.6, '1 min', '1m'],
    [130, '2 min 10 s', '2m 10s'],
    [3_600, '1 h', '1h'],
    [3_661, '1 h 1 min', '1h 1m'],
    [90_061, '1 d 1 h', '1d 1h'],
  ] as const)('%s s is %s', ([seconds, long, short]) => {
    expect(formatDuration(seconds)).toBe(long)
    expect(formatShortDuration(seconds)).toBe(short)
  })

  it.for([
    [0, '0 B'],
    [999, '999 B'],
    [1_500, '1.5 KB'],
    [12_400_000_000, '12.4 GB'],
    [203_000_000_000, '203 GB'],
  ] as const)('%s bytes are %s', ([bytes, text]) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  it('say when, in the browser’s time', () => {
    expect(formatTime(now)).toBe('12:00:00')
    expect(formatDateTime(now, now)).toBe('22 Nov 12:00')
    expect(formatDateTime(new Date(2025, 0, 2, 3, 4), now)).toBe('2 Jan 2025 03:04')
    expect(formatAgo(ago(2), now)).toBe('just now')
    expect(formatAgo(ago(250), now)).toBe('4 min ago')
    expect(formatAgo(ago(-7_300), now)).toBe('in 2 h')
  })

  it('count in one and many', () => {
    expect(formatPlural(1, 'group')).toBe('1 group')
    expect(formatPlural(10_000, 'group')).toBe('10,000 groups')
    expect(formatPercent(93.24)).toBe('93.2 %')
    expect(formatPercent(100)).toBe('100 %')
  })
})

describe('words of the schema', () => {
  it('are written for people', () => {
    expect(toWords('AWAITING_COMMIT')).toBe('Awaiting commit')
    expect(toWords('RPO')).toBe('RPO')
    expect(['VCDA', 'ZERTO'].map((vendor) => vendorWords(JSON.parse(`"${vendor}"`)))).toEqual(['VCDA', 'Zerto'])
  })

  it('that are newer than the page are shown as unknown', () => {
    const newer: Health & ProtectionState & TaskState = JSON.parse('"GLOWING"')
    expect([healthStatus(newer), stateStatus(newer), taskStatus(newer)]).toEqual(['unknown', 'unknown', 'unknown'])
  })
})

const site = (name: string, state: 'UP' | 'DOWN', lastSuccessAt: string | null): SiteState => ({
  id: name,
  name,
  vendor: 'VCDA',
  configuredName: name,
  isConfigured: true,
  connection: { state, lastSuccessAt, lastProblem: null },
})

const row = (siteName: string, completeness: 'COMPLETE' | 'STALE' | 'UNAVAILABLE') => ({
  siteName,
  completeness,
  observedAt: ago(240).toISOString(),
  problem: null,
})

describe('what is not to be seen', () => {
  it('is named, with the age of what is shown instead', () => {
    const at = new Date(2026, 10, 22, 11, 58, 3).toISOString()
    const notice = toSiteNotice([site('a', 'UP', at), site('b', 'DOWN', at), site('c', 'DOWN', null)])
    expect(notice?.status).toBe('warn')
    expect(notice?.title).toBe('b and c do not answer.')
    expect(notice?.text).toContain('b was last read at 11:58:03 and nothing of c has been read yet')
    expect(toSiteNotice([site('a', 'UP', at)])).toBeNull()
    expect(toSiteNotice([site('a', 'DOWN', at)])?.status).toBe('critical')
  })

  it('of the figures stands over them', () => {
    expect(toVisibility([row('a', 'COMPLETE')], now).status).toBe('ok')
    expect(toVisibility([row('a', 'COMPLETE'), row('b', 'STALE')], now)).toEqual({
      status: 'warn',
      text: 'The figures show b as it was 4 min ago.',
    })
    const gone = toVisibility([row('a', 'UNAVAILABLE'), row('b', 'STALE')], now)
    expect(gone.status).toBe('critical')
    expect(gone.text).toContain('Nothing of a is counted')
  })

  it('is enumerated as people do', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(toEnumeration)).toEqual(['', 'a', 'a and b', 'a, b and c'])
  })

  it('asks for what is due by whole days, so that the question stays the same', () => {
    expect(toDueBefore(new Date('2026-11-22T12:00:00Z'))).toBe('2026-05-24T00:00:00.000Z')
    expect(toDueBefore(new Date('2026-11-22T13:00:00Z'))).toBe('2026-05-24T00:00:00.000Z')
  })
})

const task = (id: string, state: TaskState, startedAt: string, updatedAt = startedAt) => ({
  id,
  state,
  operation: 'FAILOVER' as const,
  startedAt,
  updatedAt,
  site: { configuredName: 'boston' },
})

describe('the list of tasks', () => {
  it.for(['', 'states=open', 'states=failed&operation=FAILOVER&site=boston'])(
    'has its filters in the link: %s',
    (text) => {
      expect(printTaskView(parseTaskView(new URLSearchParams(text))).toString()).toBe(text)
    },
  )

  it('leaves out of an old link what it does not know', () => {
    expect(toTaskFilter(parseTaskView(new URLSearchParams('states=green&operation=FLY')))).toEqual({})
  })

  it('has the newest word on each task, and new tasks first', () => {
    const all = parseTaskView(new URLSearchParams())
    const read = [task('b', 'RUNNING', '2'), task('a', 'SUCCEEDED', '1')]
    const heard = [task('c', 'ACCEPTED', '3'), task('b', 'SUCCEEDED', '2')]
    const merged = mergeTasks(all, read, heard).map(({ id, state }) => `${id} ${state}`)
    expect(merged).toEqual(['c ACCEPTED', 'b SUCCEEDED', 'a SUCCEEDED'])
  })

  it('does not go back when the list is the newer one', () => {
    const all = parseTaskView(new URLSearchParams())
    const merged = mergeTasks(all, [task('a', 'SUCCEEDED', '1', '3')], [task('a', 'RUNNING', '1', '2')])
    expect(merged.map(({ state }) => state)).toEqual(['SUCCEEDED'])
  })

  it('loses a task that does not match any more, and does not take up one that never did', () => {
    const open = parseTaskView(new URLSearchParams('states=open'))
    const merged = mergeTasks(
      open,
      [task('a', 'RUNNING', '1')],
      [task('a', 'SUCCEEDED', '1'), task('b', 'FAILED', '2')],
    )
    expect(merged).toEqual([])
    expect(isInView(parseTaskView(new URLSearchParams('site=london')), task('a', 'RUNNING', '1'))).toBe(false)
  })
})
