import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exchange, proper, startAdminRig, startedAt, type AdminRig } from './admin-rig.ts'

let rig: AdminRig
beforeEach(async () => {
  rig = await startAdminRig()
})
afterEach(() => rig[Symbol.asyncDispose]())

const whole = JSON.stringify(proper.tasks)

describe('an answer in place of the proper one', () => {
  it('has any status, header and body, and nothing is done', async () => {
    // N6
    const headers = { 'Retry-After': 'Fri, 31 Dec 9999 23:59:59 GMT', 'X-Any-CASE': 'kept' }
    await rig.order({ effect: { kind: 'ANSWER', status: 429, headers, body: '{"code":"TooMany"}' } })
    const answer = await rig.ask('/tasks')
    expect(answer).toMatchObject({ status: 429, error: null })
    expect(answer.rawHeaders).toEqual(expect.arrayContaining(['Retry-After', headers['Retry-After'], 'X-Any-CASE']))
    expect(answer.body.toString()).toBe('{"code":"TooMany"}')
    expect(rig.site.exchanges.map(({ status }) => status)).toEqual([429])
  })

  it('is HTML, or nothing at all, with 200', async () => {
    // N1
    await rig.order({ effect: { kind: 'ANSWER', status: 200, body: '<html>' }, times: 1 })
    await rig.order({ effect: { kind: 'ANSWER', status: 200 }, times: 1 })
    expect((await rig.ask('/tasks')).body.toString()).toBe('<html>')
    expect((await rig.ask('/tasks')).body.length).toBe(0)
  })

  it('comes once, a number of times, or for ever', async () => {
    // N3, N4
    const effect = { kind: 'ANSWER', status: 401 }
    const statuses = async (count: number): Promise<number[]> => {
      const found: number[] = []
      for (let asked = 0; asked < count; asked += 1) found.push((await rig.ask('/tasks')).status)
      return found
    }
    await rig.order({ effect, times: 1 })
    expect(await statuses(2)).toEqual([401, 200])
    await rig.order({ effect, times: 3 })
    expect(await statuses(4)).toEqual([401, 401, 401, 200])
    await rig.order({ effect })
    expect(new Set(await statuses(20))).toEqual(new Set([401]))
  })

  it('leads elsewhere', async () => {
    // N11
    await rig.order({ effect: { kind: 'REDIRECT', location: 'https://elsewhere.example/trap' }, times: 1 })
    await rig.order({ effect: { kind: 'REDIRECT', location: '/tasks', status: 307 } })
    expect(await rig.ask('/tasks')).toMatchObject({
      status: 302,
      headers: { location: 'https://elsewhere.example/trap' },
    })
    expect(await rig.ask('/tasks')).toMatchObject({ status: 307, headers: { location: '/tasks' } })
  })
})

describe('a connection that breaks', () => {
  it('is cut before the request is looked at', async () => {
    // N8
    await rig.order({ effect: { kind: 'RESET_BEFORE' } })
    expect((await rig.ask('/tasks', 'POST')).error).toBe('ECONNRESET')
    expect(rig.site.exchanges).toEqual([])
  })

  it('is cut after the request was accepted', async () => {
    // N8
    await rig.order({ effect: { kind: 'RESET_AFTER' } })
    expect((await rig.ask('/tasks', 'POST')).error).toBe('ECONNRESET')
    expect(rig.site.exchanges).toMatchObject([{ method: 'POST', path: '/tasks', status: 200 }])
  })

  it('is cut in the middle of the body that was promised', async () => {
    await rig.order({ effect: { kind: 'TRUNCATED_BODY' } })
    const answer = await rig.ask('/tasks')
    expect(answer).toMatchObject({ status: 200, error: 'ECONNRESET' })
    expect(answer.headers['content-length']).toBe(String(whole.length))
    expect(answer.body.toString()).toBe(whole.slice(0, Math.floor(whole.length / 2)))
  })

  it('stays open without an answer to what was accepted', async () => {
    // N9
    await rig.order({ effect: { kind: 'HANG' } })
    const leaving = new AbortController()
    const answer = exchange(`${rig.site.url}/tasks`, { signal: leaving.signal })
    await expect.poll(() => rig.site.exchanges.length).toBe(1)
    leaving.abort()
    expect((await answer).error).toBe('ABORT_ERR')
  })
})

describe('a slow answer', () => {
  it('comes later than it could', async () => {
    await rig.order({ effect: { kind: 'DELAY', delayMs: 150 } })
    const askedAt = performance.now()
    expect((await rig.ask('/tasks')).body.toString()).toBe(whole)
    // Timers may be a millisecond early.
    expect(performance.now() - askedAt).toBeGreaterThan(145)
    expect(rig.site.exchanges).toHaveLength(1)
  })

  it('comes a few bytes at a time', async () => {
    // N9
    await rig.order({ effect: { kind: 'SLOW_DRIP', bytes: 40, intervalMs: 5 } })
    const parts: number[] = []
    const answer = await exchange(`${rig.site.url}/tasks`, { onChunk: (bytes) => parts.push(bytes) })
    expect(answer.body.toString()).toBe(whole)
    expect(answer.headers['content-length']).toBe(String(whole.length))
    expect(parts.length).toBeGreaterThan(1)
  })
})

describe('a body that is not what it should be', () => {
  it('ends too early to be JSON, as if that were all', async () => {
    // N1
    await rig.order({ effect: { kind: 'MALFORMED_BODY' } })
    const { body, error } = await rig.ask('/tasks')
    expect(error).toBe(null)
    expect(whole.startsWith(body.toString())).toBe(true)
    expect(() => JSON.parse(body.toString())).toThrow(SyntaxError)
  })

  it('is as large as it is told to be, and is made while it is sent', async () => {
    // N9. Nobody could hold this one in memory.
    await rig.order({ effect: { kind: 'HUGE_BODY', sizeBytes: 10_000_000_000 } })
    const leaving = new AbortController()
    const response = await fetch(`${rig.site.url}/tasks`, { signal: leaving.signal })
    expect(response.headers.get('content-length')).toBe('10000000000')
    let received = 0
    for await (const chunk of response.body ?? []) {
      received += chunk.length
      if (received > 1_000_000) break
    }
    leaving.abort()
    expect(received).toBeGreaterThan(1_000_000)
  })

  it('is JSON all the same, whatever its size', async () => {
    for (const sizeBytes of [4, 65_536, 65_540, 200_000]) {
      await rig.order({ effect: { kind: 'HUGE_BODY', sizeBytes }, times: 1 })
      const { body } = await rig.ask('/tasks')
      expect(body.length).toBe(sizeBytes)
      expect(JSON.parse(body.toString())).toEqual(['a'.repeat(sizeBytes - 4)])
    }
  })

  it('is a thousand times larger than what is sent', async () => {
    // N9
    await rig.order({ effect: { kind: 'GZIP_BOMB', sizeBytes: 20_000_000 } })
    const answer = await rig.ask('/tasks')
    expect(answer.headers['content-encoding']).toBe('gzip')
    expect(answer.body.length).toBeLessThan(40_000)
    expect(gunzipSync(answer.body).length).toBe(20_000_000)
  })

  it('is compressed and ends too early', async () => {
    // N9
    await rig.order({ effect: { kind: 'TRUNCATED_GZIP' } })
    const { headers, body, error } = await rig.ask('/tasks')
    expect(error).toBe(null)
    expect(headers['content-encoding']).toBe('gzip')
    expect(() => gunzipSync(body)).toThrow('unexpected end of file')
  })
})

describe('a proper body with something wrong in it', () => {
  it('holds members of other types', async () => {
    // N1
    await rig.order({ effect: { kind: 'WRONG_TYPES' }, times: 1 })
    expect(await rig.read('/tasks')).toMatchObject([{ id: 6, state: 7, progress: '40', isOpen: 'true' }, {}, {}])
    await rig.order({ effect: { kind: 'WRONG_TYPES', members: ['progress'] } })
    expect(await rig.read('/tasks')).toEqual(proper.tasks.map((task) => ({ ...task, progress: String(task.progress) })))
  })

  it('holds a word, or a number, that no list has', async () => {
    // N2
    await rig.order({ effect: { kind: 'UNKNOWN_WORD', member: 'state' } })
    expect(await rig.read('/tasks')).toEqual(proper.tasks.map((task) => ({ ...task, state: 'SIMULATED_UNKNOWN' })))
    expect(await rig.read('/tasks/task-1')).toMatchObject({ state: 'SIMULATED_UNKNOWN', status: { state: 9999 } })
  })

  it('lacks a member', async () => {
    // N1
    await rig.order({ effect: { kind: 'MISSING_MEMBER', member: 'state' } })
    expect(await rig.read('/tasks/task-1')).toEqual({
      id: 'task-1',
      status: { startTime: proper.task.status.startTime, sizeBytes: proper.task.status.sizeBytes },
    })
  })

  it('holds what is not true', async () => {
    // N15
    await rig.order({ effect: { kind: 'SET_MEMBER', member: 'state', value: null } })
    expect(await rig.read('/tasks')).toEqual(proper.tasks.map((task) => ({ ...task, state: null })))
  })

  it('is left alone where it is no JSON, or no success', async () => {
    await rig.order({ effect: { kind: 'WRONG_TYPES' } })
    expect(await rig.ask('/nowhere')).toMatchObject({ status: 404, body: Buffer.from('unknown') })
    expect(await rig.ask('/empty')).toMatchObject({ status: 204, body: Buffer.alloc(0) })
  })
})

describe('a clock that is off', () => {
  it('shows in the Date header and in every form of time in the body', async () => {
    // N13
    await rig.order({ effect: { kind: 'CLOCK_SKEW', seconds: 3600 } })
    const list = await rig.ask('/tasks')
    expect(list.headers['date']).toBe(new Date(startedAt + 3_600_000).toUTCString())
    const times = JSON.parse(list.body.toString()).map((task: { startedAt: string }) => task.startedAt)
    expect(times).toEqual(['2026-05-01T12:59:00.000Z', '2026-05-01T14:58:00.000+02:00', '/Date(1777640400000)/'])
    const { status } = proper.task
    // A size is no time, however large it is.
    expect(await rig.read('/tasks/task-1')).toMatchObject({
      status: { ...status, startTime: status.startTime + 3_600_000 },
    })
  })

  it('goes back', async () => {
    // N13
    await rig.order({ effect: { kind: 'CLOCK_SKEW', seconds: -7200 } })
    expect((await rig.ask('/empty')).headers['date']).toBe(new Date(startedAt - 7_200_000).toUTCString())
  })
})

describe('a list that does not get on', () => {
  it('shows its first page again and again', async () => {
    // N10
    await rig.order({ effect: { kind: 'PAGING', how: 'REPEAT' } })
    const rows = [{ id: 'row-0' }, { id: 'row-1' }]
    expect(await rig.read('/rows')).toEqual({ items: rows, offset: 0, limit: 2, total: 5 })
    expect(await rig.read('/rows?offset=4&limit=2')).toEqual({ items: rows, offset: 4, limit: 2, total: 5 })
    expect(await rig.read('/numbers?pageNumber=7')).toEqual([1])
  })

  it('never comes to its end', async () => {
    // N10
    await rig.order({ effect: { kind: 'PAGING', how: 'LOOP' } })
    for (const offset of [0, 2, 400]) {
      const page = await rig.read(`/rows?offset=${offset}`)
      expect(page).toMatchObject({ items: [{ id: 'row-0' }, { id: 'row-1' }], offset, total: offset + 4 })
    }
  })

  it('has another total on every page', async () => {
    // N10
    await rig.order({ effect: { kind: 'PAGING', how: 'TOTAL_CHANGES' } })
    expect(await rig.read('/rows?offset=0')).toMatchObject({ offset: 0, total: 6 })
    expect(await rig.read('/rows?offset=2')).toMatchObject({ items: [{ id: 'row-2' }, { id: 'row-3' }], total: 7 })
  })
})

describe('tasks', () => {
  it('vanish from lists and are not found', async () => {
    // N14
    await rig.order({ pathPattern: '^/tasks', effect: { kind: 'VANISHED', text: 'task-1' } })
    expect(await rig.read('/tasks')).toEqual(proper.tasks.slice(1))
    expect((await rig.ask('/tasks/task-1')).status).toBe(404)
    expect(await rig.read('/rows')).toMatchObject({ total: 5 })
  })

  it('vanish all at once, from a page too', async () => {
    // N14
    await rig.order({ effect: { kind: 'VANISHED' } })
    expect(await rig.read('/tasks')).toEqual([])
    expect(await rig.read('/rows')).toMatchObject({ items: [], total: 5 })
  })

  it('come twice, or in another order', async () => {
    // N14
    await rig.order({ effect: { kind: 'DISORDER', how: 'DUPLICATED' }, times: 1 })
    await rig.order({ effect: { kind: 'DISORDER', how: 'REVERSED' }, times: 1 })
    expect(await rig.read('/tasks')).toEqual([...proper.tasks, ...proper.tasks])
    expect(await rig.read('/tasks')).toEqual(proper.tasks.toReversed())
  })
})
