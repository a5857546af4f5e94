import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startAdminRig, startedAt, type AdminRig } from './admin-rig.ts'

let rig: AdminRig
beforeEach(async () => {
  rig = await startAdminRig()
})
afterEach(() => rig[Symbol.asyncDispose]())

const json = { 'Content-Type': 'application/json' }

const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = json) => {
  const sent = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${rig.admin.url}/_simulator${path}`, {
    method,
    headers,
    ...(sent === undefined ? {} : { body: sent }),
  })
  const text = await response.text()
  const answer: unknown = text === '' ? null : JSON.parse(text)
  return { status: response.status, answer }
}

const status = async (path: string, method?: string): Promise<number> => (await rig.ask(path, method)).status

const down = { kind: 'ANSWER', status: 503 }

describe('a fault', () => {
  it('strikes only the method and the paths that it is for', async () => {
    await rig.order({ method: 'POST', pathPattern: '^/tasks$', effect: down })
    expect(await status('/tasks', 'GET')).toBe(200)
    expect(await status('/tasks/task-1', 'POST')).toBe(200)
    expect(await status('/tasks', 'POST')).toBe(503)
    expect(await status('//tasks?limit=1', 'POST')).toBe(503)
  })

  it('strikes every path without a pattern, and takes no notice of case', async () => {
    await rig.order({ pathPattern: '/TASKS', effect: down, times: 1 })
    expect(await status('/tasks')).toBe(503)
    await rig.order({ effect: down })
    expect([await status('/tasks'), await status('/rows', 'DELETE')]).toEqual([503, 503])
  })

  it('is over after its count', async () => {
    await rig.order({ effect: down, times: 2 })
    expect([await status('/tasks'), await status('/rows'), await status('/tasks')]).toEqual([503, 503, 200])
  })

  it('is over after its duration, in the time of the simulator', async () => {
    await rig.order({ effect: down, forSeconds: 60 })
    rig.clock.turn(59_999)
    expect(await status('/tasks')).toBe(503)
    rig.clock.turn(1)
    expect(await status('/tasks')).toBe(200)
  })

  it('is over by whichever comes first where both are given', async () => {
    await rig.order({ effect: down, times: 1, forSeconds: 60 })
    await rig.order({ effect: down, times: 5, forSeconds: 10 })
    expect([await status('/tasks'), await status('/tasks')]).toEqual([503, 503])
    rig.clock.turn(10_000)
    expect(await status('/tasks')).toBe(200)
  })

  it('gives way to one that was ordered earlier', async () => {
    await rig.order({ effect: down, times: 1 })
    await rig.order({ effect: { kind: 'ANSWER', status: 500 }, times: 1 })
    expect([await status('/tasks'), await status('/tasks'), await status('/tasks')]).toEqual([503, 500, 200])
  })

  it('is listed with what it has done while it may still strike', async () => {
    const id = await rig.order({ method: 'GET', pathPattern: '^/tasks', effect: down, times: 2 })
    await rig.ask('/tasks')
    const fault = { id, site: 'cloud-east', method: 'GET', pathPattern: '^/tasks', times: 2, strikes: 1 }
    const effect = { ...down, body: '', headers: {} }
    expect(await call('GET', '/faults')).toEqual({ status: 200, answer: [{ ...fault, effect }] })
    await rig.ask('/tasks')
    expect((await call('GET', '/faults')).answer).toEqual([])
  })

  it('is taken away alone or with all others', async () => {
    const first = await rig.order({ effect: down })
    await rig.order({ effect: { kind: 'ANSWER', status: 500 } })
    await rig.order({ effect: { kind: 'ANSWER', status: 502 } })
    expect(await call('DELETE', `/faults/${first}`)).toEqual({ status: 204, answer: null })
    expect(await status('/tasks')).toBe(500)
    expect((await call('DELETE', `/faults/${first}`)).status).toBe(404)
    expect((await call('DELETE', '/faults')).status).toBe(204)
    expect(await status('/tasks')).toBe(200)
  })

  it.each([
    ['a site that is not there', { site: 'moon', effect: down }, 'site'],
    ['no effect', { site: 'cloud-east' }, 'effect'],
    ['an unknown effect', { site: 'cloud-east', effect: { kind: 'EARTHQUAKE' } }, 'effect.kind'],
    ['no status', { site: 'cloud-east', effect: { kind: 'ANSWER' } }, 'effect.status'],
    ['a status that is none', { site: 'cloud-east', effect: { kind: 'ANSWER', status: 99 } }, 'effect.status'],
    ['an unknown member', { site: 'cloud-east', effect: down, often: 3 }, ''],
    ['a pattern that is none', { site: 'cloud-east', effect: down, pathPattern: '(' }, 'pathPattern'],
    ['a count of nothing', { site: 'cloud-east', effect: down, times: 0 }, 'times'],
    [
      'a header that splits',
      { site: 'cloud-east', effect: { ...down, headers: { A: 'b\r\nC: d' } } },
      'effect.headers.A',
    ],
    ['no object', 7, ''],
  ])('is refused with %s, and changes nothing', async (_what, body, path) => {
    const { status: answered, answer } = await call('POST', '/faults', body)
    expect(answered).toBe(400)
    expect(answer).toMatchObject({ problems: [{ path }] })
    expect((await call('GET', '/faults')).answer).toEqual([])
  })
})

describe('the clock', () => {
  it('is turned', async () => {
    const turned = { now: new Date(startedAt + 90_000).toISOString(), speed: 0 }
    expect(await call('POST', '/clock', { turnSeconds: 90 })).toEqual({ status: 200, answer: turned })
    expect((await call('GET', '/clock')).answer).toEqual(turned)
    expect(rig.clock.now()).toBe(startedAt + 90_000)
    expect((await rig.ask('/tasks')).headers['date']).toBe(new Date(startedAt + 90_000).toUTCString())
  })

  it('runs at another speed from then on, and stands still again', async () => {
    expect((await call('POST', '/clock', { speed: 10_000 })).answer).toMatchObject({ speed: 10_000 })
    await expect.poll(() => rig.clock.now() - startedAt).toBeGreaterThan(1000)
    await call('POST', '/clock', { speed: 0 })
    const now = rig.clock.now()
    expect(now).toBeGreaterThan(startedAt)
    await rig.ask('/tasks')
    expect(rig.clock.now()).toBe(now)
  })

  it.each([{}, { turnSeconds: -1 }, { turnSeconds: 1, speed: 1 }, { speed: 'fast' }, { turnSeconds: 1e12 }])(
    'does not take %j',
    async (body) => {
      expect((await call('POST', '/clock', body)).status).toBe(400)
      expect(rig.clock.now()).toBe(startedAt)
    },
  )
})

describe('the own port', () => {
  it('tells where the sites are and how to sign in', async () => {
    const site = { name: 'cloud-east', product: 'Some Product', url: rig.site.url, logins: { user: { user: 'root' } } }
    expect(await call('GET', '/sites')).toEqual({ status: 200, answer: [site] })
  })

  it('says what is wrong with what it cannot answer', async () => {
    expect((await call('GET', '/nothing')).status).toBe(404)
    expect((await call('PATCH', '/faults', {})).status).toBe(405)
    expect((await call('PUT', '/clock', {})).status).toBe(405)
    expect((await call('POST', '/sites', {})).status).toBe(405)
    expect((await call('POST', '/faults', '{"site":')).status).toBe(400)
  })

  it('takes nothing that a foreign page in a browser could send', async () => {
    const order = JSON.stringify({ site: 'cloud-east', effect: down })
    expect((await call('POST', '/faults', order, { 'Content-Type': 'text/plain' })).status).toBe(415)
    expect((await call('POST', '/clock', '{"turnSeconds":1}', { 'Content-Type': 'text/plain' })).status).toBe(415)
    expect(await status('/tasks')).toBe(200)
  })

  it('is not there on the ports of the sites', async () => {
    expect(await status('/_simulator/faults')).toBe(404)
  })
})

const kindsIn = (orders: readonly string[]): ReadonlySet<string> =>
  new Set(orders.flatMap((order) => /"kind":"(?<kind>\w+)"/.exec(order)?.groups?.['kind'] ?? []))

describe('the documentation', () => {
  const text = readFileSync(new URL('../../src/simulator/README.md', import.meta.url), 'utf8')
  const orders = text
    .matchAll(/^fault '(?<order>.*)'$/gm)
    .map(({ groups }) => groups?.['order'] ?? '')
    .toArray()
  const turns = text
    .matchAll(/^clock '(?<turn>[^']*)'/gm)
    .map(({ groups }) => groups?.['turn'] ?? '')
    .toArray()

  it('has an example of every effect, each of which is taken', async () => {
    const all = readFileSync(new URL('../../src/simulator/faults.ts', import.meta.url), 'utf8').matchAll(
      /kind: '(\w+)'/g,
    )
    expect(kindsIn(orders)).toEqual(new Set(all.map(([, kind]) => kind)))
    for (const order of orders) {
      const local = order.replace(/"site":"[\w-]+"/, '"site":"cloud-east"')
      expect({ order, ...(await call('POST', '/faults', local)) }).toMatchObject({ status: 201 })
    }
  })

  it('has examples of turning time, each of which is taken', async () => {
    expect(turns.length).toBe(3)
    for (const turn of turns) expect((await call('POST', '/clock', turn)).status).toBe(200)
  })
})
