import { request } from 'undici'
import { describe, expect, it } from 'vitest'
import { query } from '../support/graphql-client.ts'
import { startGateway, tokenOf, type TestGateway } from '../support/start-gateway.ts'

const lists = `query Lists($first: Int!) {
  protectionGroups(first: $first) { totalCount nodes { id name state recovery { phase } observations { observedAt } } }
  replications(first: $first) { totalCount nodes { id name source { site { name } } } }
}`

/** The bytes of an answer, as they came. */
const textOf = async (
  { url }: TestGateway,
  document: string,
  { caller, accept = 'application/json' }: { readonly caller?: string; readonly accept?: string } = {},
): Promise<string> => {
  const authorization = caller === undefined ? {} : { authorization: `Bearer ${tokenOf(caller)}` }
  const { body } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...authorization },
    body: JSON.stringify({ query: document, variables: { first: 5 } }),
  })
  return body.text()
}

const observedAtOf = (text: string): string => /"observedAt":"(?<at>[^"]+)"/.exec(text)?.groups?.['at'] ?? ''

describe('an answer that is made from the lists alone', () => {
  it('is given again, to the letter, for as long as the lists are young', async () => {
    await using gateway = await startGateway({ maxAgeSeconds: 3600 })
    await textOf(gateway, lists)
    const second = await textOf(gateway, lists)
    gateway.forget()
    expect(await textOf(gateway, lists)).toBe(second)
    expect(gateway.countRequests()).toBe(0)
  })

  it('is given again, too, where the sites of one vendor only are asked for it', async () => {
    await using gateway = await startGateway({ maxAgeSeconds: 3600 })
    const ofOne =
      '{ protectionGroups(filter: { vendors: [ZERTO] }, first: 3) { nodes { name } coverage { siteName } } }'
    await textOf(gateway, ofOne)
    const second = await textOf(gateway, ofOne)
    const [cloud] = gateway.vcda.sites
    expect(second).not.toContain(cloud?.name)
    expect(cloud?.service.exchanges.filter(({ path }) => path.includes('replications'))).toEqual([])
    gateway.forget()
    expect(await textOf(gateway, ofOne)).toBe(second)
    expect(gateway.countRequests()).toBe(0)
  })

  it('is made anew when the lists have grown old', async () => {
    await using gateway = await startGateway({ maxAgeSeconds: 60 })
    await textOf(gateway, lists)
    const before = await textOf(gateway, lists)
    gateway.turnAll(61)
    const after = await textOf(gateway, lists)
    expect(observedAtOf(after)).not.toBe(observedAtOf(before))
    expect(observedAtOf(await textOf(gateway, lists))).toBe(observedAtOf(after))
  })

  it('is made anew after something was done here', async () => {
    await using gateway = await startGateway({ maxAgeSeconds: 3600 })
    const pausable =
      '{ protectionGroups(first: 1, filter: { vendors: [ZERTO], states: [PROTECTED] }) { nodes { id state } } }'
    await textOf(gateway, pausable)
    const { data } = await query<{ protectionGroups: { nodes: { id: string }[] } }>(gateway.url, pausable).then(
      ({ body }) => body,
    )
    const id = data?.protectionGroups.nodes[0]?.id ?? ''
    const state = `{ protectionGroups(first: 500, filter: { vendors: [ZERTO] }) { nodes { id state } } }`
    await textOf(gateway, state)
    const before = await textOf(gateway, state)
    await query(
      gateway.url,
      `mutation { pauseReplication(input: { targetId: "${id}", idempotencyKey: "k" }) { ... on TaskStarted { task { id } } } }`,
    )
    expect(await textOf(gateway, state)).not.toBe(before)
  })

  // W12: what is kept for one is not given to another who may see more or less.
  it('is not given to somebody with other rights', async () => {
    await using gateway = await startGateway({
      maxAgeSeconds: 3600,
      callers: [
        { name: 'reader', scopes: ['dr:read'] },
        { name: 'twin', scopes: ['dr:read'] },
        { name: 'operator', scopes: ['dr:read', 'dr:operate'] },
      ],
    })
    const mine = '{ viewer { name } protectionGroups(first: 1) { totalCount } }'
    await textOf(gateway, mine, { caller: 'reader' })
    expect(await textOf(gateway, mine, { caller: 'reader' })).toContain('"reader"')
    expect(await textOf(gateway, mine, { caller: 'twin' })).toContain('"twin"')
    expect(await textOf(gateway, mine, { caller: 'operator' })).toContain('"operator"')
  })

  it('has the form that each caller accepts', async () => {
    await using gateway = await startGateway({ maxAgeSeconds: 3600 })
    for (const accept of ['application/json', 'application/graphql-response+json', 'application/json']) {
      await textOf(gateway, lists, { accept })
      const { headers } = await request(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: JSON.stringify({ query: lists, variables: { first: 5 } }),
      })
      expect(headers['content-type']).toContain(accept)
    }
  })

  it('is not kept while a site does not answer: the answer says so, each time', async () => {
    await using gateway = await startGateway({ maxAgeSeconds: 60 })
    await textOf(gateway, lists)
    await textOf(gateway, lists)
    gateway.turnAll(61)
    for (const { faults } of gateway.vcda.sites.map(({ service }) => service)) {
      faults.add({ path: /./, effect: { kind: 'RESET_BEFORE' } })
    }
    for (let asked = 0; asked < 3; asked += 1) expect(await textOf(gateway, lists)).toContain('"errors"')
  })
})

it('asks the sites each time that an age of 0 is allowed', async () => {
  await using gateway = await startGateway({ maxAgeSeconds: 3600 })
  const fresh = '{ protectionGroups(first: 1, maxAgeSeconds: 0) { totalCount } }'
  await textOf(gateway, fresh)
  await textOf(gateway, fresh)
  gateway.forget()
  await textOf(gateway, fresh)
  expect(gateway.countRequests()).toBeGreaterThan(0)
})

it('asks anew what is not of the lists, however often', async () => {
  await using gateway = await startGateway({ maxAgeSeconds: 3600 })
  const withPoints = '{ protectionGroups(first: 1) { nodes { recoveryPoints(first: 1) { totalCount } } } }'
  await textOf(gateway, withPoints)
  await textOf(gateway, withPoints)
  gateway.forget()
  await textOf(gateway, withPoints)
  expect(gateway.countRequests()).toBeGreaterThan(0)
})
