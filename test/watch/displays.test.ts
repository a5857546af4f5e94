import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { BarDisplay } from '../../src/watch/bar-display.ts'
import { LineDisplay } from '../../src/watch/line-display.ts'
import { sampleNews } from './sample-news.ts'

/** A terminal that keeps what is written to it. */
const openTerminal = (rows: number) => {
  const stream = new PassThrough()
  return Object.assign(stream.setEncoding('utf8'), { isTTY: true, columns: 140, rows })
}

const textOf = (terminal: PassThrough): string => String(terminal.read() ?? '')

/** The lines that are written for some news. */
const show = (...news: readonly ReturnType<typeof sampleNews>[]): readonly string[] => {
  const lines: string[] = []
  using display = new LineDisplay({ write: (text) => lines.push(text) }, { write: () => undefined })
  for (const one of news) display.show(one)
  return lines
}

describe('plain lines', () => {
  it('tell every change of state, with the id at the first one', () => {
    expect(
      show(sampleNews({ etaSeconds: 90 }, 'SNAPSHOT'), sampleNews({ state: 'SUCCEEDED', progressPercent: 100 })),
    ).toEqual([
      '2026-01-01T00:01:05Z  RUNNING             40 %  Failover of db-01 (ACME): failing over, about 1 min 30 s left  [task-1]\n',
      '2026-01-01T00:01:05Z  SUCCEEDED          100 %  Failover of db-01 (ACME): succeeded after 1 min 05 s\n',
    ])
  })

  it('tell progress every ten percent, also where there was none at first', () => {
    const progress = [3, 12, 15, 21.5, 22].map((progressPercent) => sampleNews({ progressPercent }, 'PROGRESS'))
    const lines = show(sampleNews({ progressPercent: null }, 'SNAPSHOT'), ...progress)
    expect(lines.map((line) => /\d+ %/.exec(line)?.[0])).toEqual([undefined, '12 %', '22 %'])
  })
})

describe('bars', () => {
  it('stand for what is under way; what has ended, and what waits, stays as a line', () => {
    const terminal = openTerminal(20)
    const display = new BarDisplay(terminal)
    display.show(sampleNews({ etaSeconds: 7_500 }, 'SNAPSHOT'))
    display.show(sampleNews({ id: 'task-2', targetName: 'web-01', state: 'AWAITING_DECISION' }, 'SNAPSHOT'))
    display.show(sampleNews({ id: 'task-3', targetName: 'app-01', state: 'FAILED', problem: { message: 'no space' } }))
    display[Symbol.dispose]()
    const written = textOf(terminal)
    const text = stripVTControlCharacters(written)
    expect(text).toMatch(
      / {2}Failover of db-01 \(ACME\) {3}████████░{12} {2}40 % .* failing over, about 2 h 0[45] min left/,
    )
    expect(text).toMatch(/\? Failover of web-01 \(ACME\) {2}commit or rollback\? waits for you/)
    expect(text).toContain('✖ Failover of app-01 (ACME): failed after 1 min 05 s; no space\n')
    // The cursor is there again, and lines wrap again.
    expect(written).toContain('\u001B[?25h')
    expect(written).toContain('\u001B[?7h')
  })

  it('leave out what the terminal has no rows for, say so, and show it when there is room', () => {
    const terminal = openTerminal(5)
    const display = new BarDisplay(terminal)
    for (const name of ['a', 'b', 'c', 'd']) display.show(sampleNews({ id: name, targetName: name }, 'SNAPSHOT'))
    display.show(sampleNews({ id: 'a', targetName: 'a', state: 'SUCCEEDED' }))
    textOf(terminal)
    display[Symbol.dispose]()
    const text = stripVTControlCharacters(textOf(terminal))
    expect(text).toContain('Failover of c (ACME)')
    expect(text).not.toContain('Failover of d (ACME)')
    expect(text).toContain('… and 1 more')
  })
})
