import { Agent, request } from 'undici'
import { describe, expect, it } from 'vitest'
import { toGlobalId } from '../../src/domain/global-id.ts'
import type { HttpService } from '../../src/simulator/http-service.ts'
import type { FaultEffect } from '../../src/simulator/faults.ts'
import { query } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

interface Node {
  readonly id: string
  readonly vendor: string
  readonly name: string
  readonly state: string
  readonly isStale: boolean
  readonly observations: readonly { readonly role: string; readonly site: { readonly name: string } }[]
  readonly conflicts: readonly {
    readonly field: string
    readonly values: readonly { readonly site: { readonly name: string }; readonly value: string }[]
  }[]
}

interface List {
  readonly totalCount: number
  readonly nodes: readonly Node[]
  readonly coverage: readonly {
    readonly siteName: string
    readonly completeness: string
    readonly observedAt: string | null
    readonly problem: { readonly code: string } | null
  }[]
}

type Lists = { readonly [name in 'protectionGroups' | 'replications']: List }

const fields = `
  totalCount
  nodes {
    id vendor name state isStale
    observations { role site { name } }
    conflicts { field values { site { name } value } }
  }
  coverage { siteName completeness observedAt problem { code } }
`
const document = `{ protectionGroups(first: 500) { ${fields} } replications(first: 500) { ${fields} } }`

const small = `{
  protectionGroups(first: 3) { totalCount nodes { id state } coverage { completeness } }
  replications(first: 3) { totalCount nodes { id state } coverage { completeness } }
}`

const look = async ({ url }: TestGateway): Promise<Lists> => {
  const { body } = await query<Lists>(url, document)
  if (body.data === null || body.data === undefined) throw new Error(JSON.stringify(body.errors))
  return body.data
}

const breakAll = (services: readonly HttpService[], effect: FaultEffect = { kind: 'RESET_BEFORE' }): void => {
  for (const { faults } of services) faults.add({ path: /./, effect })
}
const mendAll = (services: readonly HttpService[]): void => {
  for (const { faults } of services) faults.clear()
}
const toIds = ({ nodes }: List): readonly string[] => nodes.map(({ id, state, name }) => `${id} ${name} ${state}`)
const toCompleteness = ({ coverage }: List): readonly string[] => coverage.map(({ completeness }) => completeness)

describe('a thousand clients', () => {
  // R2
  it('cost the sites what one costs', async () => {
    await using single = await startGateway({ maxAgeSeconds: 3600 })
    await query(single.url, small)
    await using gateway = await startGateway({ maxAgeSeconds: 3600 })
    const sockets = new Agent({ connections: 50 })
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const ask = async (): Promise<{ readonly data: Lists }> => {
      const body = JSON.stringify({ query: small })
      const answer = await request(gateway.url, { method: 'POST', headers, body, dispatcher: sockets })
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the document says which data it asks for
      return (await answer.body.json()) as { readonly data: Lists }
    }
    const answers = await Promise.all(Array.from({ length: 1000 }, ask))
    await sockets.destroy()
    expect(gateway.countRequests()).toBe(single.countRequests())
    expect(answers.every(({ data }) => data.replications.totalCount > 0)).toBe(true)
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1)
  })

  // R2
  it('cost nothing while the answer is young, and one refresh when somebody wants a younger one', async () => {
    await using gateway = await startGateway({ maxAgeSeconds: 3600 })
    await look(gateway)
    gateway.forget()
    const younger = '{ replications(first: 1, maxAgeSeconds: 0) { totalCount } }'
    await Promise.all(Array.from({ length: 100 }, () => look(gateway)))
    expect(gateway.countRequests()).toBe(0)
    await query(gateway.url, younger)
    // For each of the four sites the list of its machines.
    expect(gateway.countRequests()).toBe(4)
  })
})

describe('in the disaster', () => {
  // R3
  it('shows what a silent vendor said last, then what both did, each with its reason', async () => {
    await using gateway = await startGateway()
    const before = await look(gateway)
    breakAll(gateway.services.slice(2))
    const half = await look(gateway)
    expect(toCompleteness(half.replications)).toEqual(['COMPLETE', 'COMPLETE', 'STALE', 'STALE'])
    breakAll(gateway.services.slice(0, 2))
    const none = await look(gateway)
    for (const list of ['protectionGroups', 'replications'] as const) {
      expect(half[list].nodes.filter(({ isStale }) => isStale).every(({ vendor }) => vendor === 'ZERTO')).toBe(true)
      expect(toIds(none[list])).toEqual(toIds(before[list]))
      expect(toCompleteness(none[list])).toEqual(['STALE', 'STALE', 'STALE', 'STALE'])
      expect(none[list].coverage.every(({ problem }) => problem?.code === 'VENDOR_UNAVAILABLE')).toBe(true)
    }
  })

  // R3, N16
  it.each<[string, FaultEffect]>([
    ['refuse every connection', { kind: 'RESET_BEFORE' }],
    ['take every request and never answer', { kind: 'HANG' }],
  ])(
    'answers the same lists, marked stale, in under two seconds after a restart while all sites %s',
    async (_how, effect) => {
      await using gateway = await startGateway({ maxAgeSeconds: 5 })
      const before = await look(gateway)
      breakAll(gateway.services, effect)
      await gateway.restart()
      const began = performance.now()
      const after = await look(gateway)
      expect(performance.now() - began).toBeLessThan(2000)
      for (const list of ['protectionGroups', 'replications'] as const) {
        expect(toIds(after[list])).toEqual(toIds(before[list]))
        expect(after[list].nodes.every(({ isStale }) => isStale)).toBe(true)
        expect(toCompleteness(after[list])).toEqual(['STALE', 'STALE', 'STALE', 'STALE'])
        const seenAt = ({ coverage }: List) => coverage.map(({ siteName, observedAt }) => [siteName, observedAt])
        expect(seenAt(after[list])).toEqual(seenAt(before[list]))
        expect(after[list].coverage.every(({ problem }) => problem !== null)).toBe(true)
      }
      const { status, body } = await query<{ sites: readonly { connection: { state: string } | null }[] }>(
        gateway.url,
        '{ sites { connection { state } } }',
      )
      expect(status).toBe(200)
      expect(body.data?.sites.map(({ connection }) => connection?.state)).toEqual(['DOWN', 'DOWN', 'DOWN', 'DOWN'])
      const ready = await fetch(new URL('/health/ready', gateway.url))
      expect(await ready.json()).toMatchObject({ status: 'degraded' })
      mendAll(gateway.services)
    },
  )

  // R3
  it('does not wait long after a restart for the sites that hang, and shows the one that answers as it is', async () => {
    await using gateway = await startGateway()
    await look(gateway)
    breakAll(gateway.services.slice(1), { kind: 'HANG' })
    await gateway.restart()
    const { replications } = await look(gateway)
    expect(toCompleteness(replications)).toEqual(['COMPLETE', 'STALE', 'STALE', 'STALE'])
    mendAll(gateway.services)
  })

  // N17
  it('is over for a site as soon as one probe finds it well', async () => {
    await using gateway = await startGateway()
    const [service] = gateway.services
    if (service === undefined) throw new Error('no site')
    await look(gateway)
    breakAll([service])
    const breakers = '{ sites { connection { breaker } } }'
    const isOpen = async (): Promise<boolean> =>
      JSON.stringify((await query(gateway.url, breakers)).body.data).includes('"OPEN"')
    while (!(await isOpen())) await look(gateway)
    mendAll([service])
    service.forget()
    const began = performance.now()
    let seen = await look(gateway)
    expect(toCompleteness(seen.replications)[0]).toBe('STALE')
    expect(service.exchanges).toEqual([])
    while (toCompleteness(seen.replications)[0] !== 'COMPLETE') seen = await look(gateway)
    // Open for five seconds at first.
    expect(performance.now() - began).toBeLessThan(8000)
    expect(seen.replications.nodes.some(({ isStale }) => isStale)).toBe(false)
  })
})

describe('a site that talks nonsense', () => {
  // R3, N1
  it('is left alone for a moment like one that does not answer, and shown as it was', async () => {
    await using gateway = await startGateway()
    for (const [place, service] of gateway.services.entries()) {
      if (place % 2 === 1) continue
      await look(gateway)
      const nonsense = { kind: 'ANSWER', status: 200, body: '<html>maintenance</html>' } as const
      service.faults.add({ method: 'GET', path: /./, effect: nonsense })
      for (let count = 0; count < 10; count += 1) await look(gateway)
      service.forget()
      const { replications } = await look(gateway)
      expect(service.exchanges).toEqual([])
      expect(toCompleteness(replications)[place]).toBe('STALE')
      expect(replications.coverage[place]?.problem?.code).toBe('VENDOR_UNAVAILABLE')
    }
  })
})

describe('two sites that list the same group', () => {
  // R4
  it('make one object, which shows on what they do not agree and follows the freshest', async () => {
    await using gateway = await startGateway()
    const [, other] = gateway.zerto.sites
    const alert = { kind: 'SET_MEMBER', member: 'AlertStatus', value: 2 } as const
    other?.service.faults.add({ method: 'GET', path: /^\/v1\/vpgs$/, effect: alert })
    const { protectionGroups } = await look(gateway)
    const groups = protectionGroups.nodes.filter(({ vendor }) => vendor === 'ZERTO')
    expect(groups).toHaveLength(gateway.zerto.world.vpgs.size)
    const disputed = groups.filter(({ conflicts }) => conflicts.length > 0)
    expect(disputed.length).toBeGreaterThan(0)
    for (const { conflicts, observations } of groups) {
      expect(observations.map(({ role }) => role).toSorted()).toEqual(['DESTINATION', 'SOURCE'])
      for (const { field, values } of conflicts) {
        expect(field).toBe('health')
        expect(values.find(({ site }) => site.name === other?.name)?.value).toBe('CRITICAL')
        expect(values.find(({ site }) => site.name !== other?.name)?.value).not.toBe('CRITICAL')
      }
    }
    other?.service.faults.clear()
    const settled = await look(gateway)
    expect(settled.protectionGroups.nodes.flatMap(({ conflicts }) => conflicts)).toEqual([])
  })
})

describe('a fleet that changes while it is read', () => {
  // N10
  it('is listed whole and without a double', async () => {
    await using gateway = await startGateway({ fleetSize: 250 })
    const { replications } = gateway.vcda.world
    const services = gateway.vcda.sites.map(({ service }) => service)
    for (const { faults } of services) {
      faults.add({ method: 'GET', path: /^\/vm-replications$/, effect: { kind: 'DELAY', delayMs: 200 } })
    }
    const countPages = (): number =>
      Math.min(...services.map(({ exchanges }) => exchanges.filter(({ path }) => path === '/vm-replications').length))
    const reading = look(gateway)
    // The first page is made and not yet delivered: the others will be made of another fleet.
    while (countPages() < 1) await new Promise((resolve) => setImmediate(resolve))
    const gone = [...replications.keys()].slice(0, 3)
    for (const id of gone) replications.delete(id)
    const listed = (await reading).replications
    expect(countPages()).toBeGreaterThanOrEqual(3)
    const machines = listed.nodes.filter(({ vendor }) => vendor === 'VCDA')
    expect(listed.coverage.every(({ completeness }) => completeness === 'COMPLETE')).toBe(true)
    expect(new Set(machines.map(({ id }) => id)).size).toBe(machines.length)
    const there = [...replications.keys()].map((id) => toGlobalId('Replication', 'VCDA', id))
    expect(machines.map(({ id }) => id).toSorted()).toEqual(there.toSorted())
  })
})
