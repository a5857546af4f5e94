import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../src/simulator/faults.ts'
import type { HttpService } from '../../src/simulator/http-service.ts'
import { SitesDocument } from '../generated/graphql.ts'
import { query } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startGateway({ fleetSize: 12 })
})
afterEach(() => gateway[Symbol.asyncDispose]())

interface Lists {
  readonly [list: string]: {
    readonly totalCount: number
    readonly nodes: readonly { readonly id: string; readonly vendor: string; readonly state: string }[]
    readonly coverage: readonly { readonly completeness: string; readonly problem: { readonly code: string } | null }[]
  }
}

const document = `{
  replications(first: 500) {
    totalCount nodes { id vendor state } coverage { completeness problem { code } }
  }
}`

/** What a client sees, the first site of each vendor doing `effect` when it lists machines; Zerto's another one if given. */
const look = async (effect: FaultEffect, zertoEffect = effect) => {
  const services = [gateway.vcda.sites[0], gateway.zerto.sites[0]].flatMap((site): readonly HttpService[] =>
    site === undefined ? [] : [site.service],
  )
  for (const { faults } of services) {
    faults.add({ method: 'GET', path: /^\/vm-replications$/, effect })
    faults.add({ method: 'GET', path: /^\/v1\/vms$/, effect: zertoEffect })
  }
  const { body } = await query<Lists>(gateway.url, document)
  const list = body.data?.['replications']
  if (list === undefined) throw new Error(JSON.stringify(body))
  const requests = services.map(
    ({ exchanges }) => exchanges.filter(({ path }) => /^\/(vm-replications|v1\/vms)$/.test(path)).length,
  )
  return {
    requests,
    nodes: list.nodes,
    total: list.totalCount,
    problems: list.coverage.map(({ problem }) => problem?.code ?? 'none'),
  }
}

describe('a site that lists machines wrongly', () => {
  it.each<[string, FaultEffect]>([
    ['with the first half of the JSON', { kind: 'MALFORMED_BODY' }],
    ['with more than fits', { kind: 'HUGE_BODY', sizeBytes: 100_000_000 }],
    ['with a gzip bomb', { kind: 'GZIP_BOMB', sizeBytes: 100_000_000 }],
    ['with half of its gzip', { kind: 'TRUNCATED_GZIP' }],
  ])('is left out with VENDOR_PROTOCOL, and the others are shown: %s', async (_what, effect) => {
    // N1, N9
    const { nodes, problems } = await look(effect)
    expect(problems).toEqual(['VENDOR_PROTOCOL', 'none', 'VENDOR_PROTOCOL', 'none'])
    expect(new Set(nodes.map(({ vendor }) => vendor))).toEqual(new Set(['VCDA', 'ZERTO']))
  })

  it('is left out too where members are of other types', async () => {
    // N1
    const { problems } = await look({ kind: 'WRONG_TYPES', members: [] })
    expect(problems).toEqual(['VENDOR_PROTOCOL', 'none', 'VENDOR_PROTOCOL', 'none'])
  })

  it('is not followed elsewhere', async () => {
    // N11
    const [, other] = gateway.vcda.sites
    const location = `${other?.service.url}/elsewhere`
    const { problems } = await look({ kind: 'REDIRECT', status: 302, location })
    expect(problems.map((code) => code !== 'none')).toEqual([true, false, true, false])
    expect(gateway.services.flatMap(({ exchanges }) => exchanges).filter(({ path }) => path === '/elsewhere')).toEqual(
      [],
    )
  })

  it('is asked three times at most when its connections break', async () => {
    // N7
    const { problems, requests } = await look({ kind: 'RESET_AFTER' })
    expect(problems).toEqual(['VENDOR_UNAVAILABLE', 'none', 'VENDOR_UNAVAILABLE', 'none'])
    for (const count of requests) expect(count).toBeLessThanOrEqual(3)
  })
})

describe('a list that never gets on', () => {
  beforeEach(async () => {
    await gateway[Symbol.asyncDispose]()
    // More machines than a page of 100 holds.
    gateway = await startGateway({ fleetSize: 130 })
  })

  it.each(['LOOP', 'REPEAT', 'TOTAL_CHANGES'] as const)('is read to an end and found out: %s', async (how) => {
    // N10
    const { nodes, problems, requests } = await look({ kind: 'PAGING', how })
    expect(problems).toEqual(['VENDOR_PROTOCOL', 'none', 'none', 'none'])
    for (const count of requests) expect(count).toBeLessThan(10)
    // The other site of the pair lists the same machines.
    expect(nodes.filter(({ vendor }) => vendor === 'VCDA').length).toBeGreaterThanOrEqual(130)
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length)
  })
})

describe('a clock that is off', () => {
  it('shows as the skew of its own site', async () => {
    // N13
    const services = gateway.services.slice(0, 1)
    for (const { faults } of services) faults.add({ path: /./, effect: { kind: 'CLOCK_SKEW', seconds: -3600 } })
    const { sites } = await gateway.dataOf(SitesDocument, {})
    const skews = sites.flatMap(({ connection }) => connection?.clockSkewMs ?? []).map((ms) => Math.round(ms / 60_000))
    expect(skews).toEqual([-60, 0, 0, 0])
  })
})
