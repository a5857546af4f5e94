import { createClient } from 'graphql-ws'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { AuditLogDocument, ProtectionGroupsDocument } from '../generated/graphql.ts'
import { query } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startGateway()
})
afterEach(() => gateway[Symbol.asyncDispose]())

const pause = `
  mutation Pause($input: TargetInput!) {
    pauseReplication(input: $input) {
      ... on TaskStarted { task { id request { requestId operationId } } }
      ... on Problem { code }
    }
  }
`

const listPausable = async (): Promise<readonly string[]> => {
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
  return protectionGroups.nodes
    .filter(
      ({ vendor, actions }) => vendor === 'VCDA' && actions.some((one) => one.action === 'PAUSE' && one.available),
    )
    .map(({ id }) => id)
}

/** The operation ids that the vendor was sent, in order. */
const listSent = (): readonly unknown[] => gateway.changes().map(({ headers }) => headers['operationid'])

const listAudited = async (): Promise<readonly (readonly unknown[])[]> => {
  const { auditLog } = await gateway.dataOf(AuditLogDocument, {})
  return auditLog.nodes.map(({ kind, requestId }) => [kind, requestId]).toReversed()
}

describe('a request id', () => {
  it('leads from the answer to the task, the audit log and the vendor', async () => {
    const [targetId = ''] = await listPausable()
    const input = { targetId, idempotencyKey: 'press-1' }
    const { headers, body } = await query(gateway.url, pause, { input }, { 'x-request-id': 'portal-17' })
    expect(headers.get('x-request-id')).toBe('portal-17')
    const operationId: unknown = expect.stringMatching(/^drg-portal-17\.[\da-f]{16}$/)
    const task = { id: expect.any(String), request: { requestId: 'portal-17', operationId } }
    expect(body).toEqual({ data: { pauseReplication: { task } } })
    expect(listSent()).toEqual([operationId])
    expect((await listAudited()).slice(0, 2)).toEqual([
      ['INTENDED', 'portal-17'],
      ['ACCEPTED', 'portal-17'],
    ])
  })

  it('may be the same for many: each call has a name of its own, and its answer can be found by it', async () => {
    const targetIds = (await listPausable()).slice(0, 3)
    for (const [index, targetId] of targetIds.entries()) {
      const input = { targetId, idempotencyKey: `press-${index}` }
      await query(gateway.url, pause, { input }, { 'x-request-id': 'always-the-same' })
    }
    const sent = listSent()
    expect(sent).toHaveLength(3)
    expect(new Set(sent).size).toBe(3)
    for (const one of sent) expect(one).toMatch(/^drg-always-the-same\.[\da-f]{16}$/)
  })

  it('is that of the press which was answered, also where nothing was sent', async () => {
    const [targetId = ''] = await listPausable()
    const press = (requestId: string, key: string, id = targetId) =>
      query(gateway.url, pause, { input: { targetId: id, idempotencyKey: key } }, { 'x-request-id': requestId })
    const started = await press('first', 'press-1')
    const again = await press('second', 'press-1')
    // The task is that of the first press; the second one is in the audit log.
    expect(again.body).toEqual(started.body)
    await press('third', 'press-2', 'nonsense')
    const kinds = (await listAudited()).filter(([kind]) => kind !== 'ACCEPTED' && kind !== 'SUCCEEDED')
    expect(kinds).toEqual([
      ['INTENDED', 'first'],
      ['REPLAYED', 'second'],
      ['REFUSED', 'third'],
    ])
    expect(listSent()).toHaveLength(1)
  })

  it('comes from traceparent where there is no other, and on a socket with the operation', async () => {
    const [first = '', second = '', third = ''] = await listPausable()
    const traceId = '0af7651916cd43dd8448eb211c80319c'
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`
    await query(gateway.url, pause, { input: { targetId: first, idempotencyKey: 'a' } }, { traceparent })

    const client = createClient({ url: gateway.url.replace('http', 'ws'), webSocketImpl: WebSocket })
    const ask = async (targetId: string, extensions: Record<string, unknown>): Promise<void> => {
      const input = { targetId, idempotencyKey: targetId }
      await client.iterate({ query: pause, variables: { input }, extensions }).next()
    }
    await ask(second, { traceparent })
    await ask(third, {})
    await client.dispose()
    expect(listSent()).toEqual([
      expect.stringMatching(new RegExp(`^drg-${traceId}\\.[\\da-f]{16}$`)),
      expect.stringMatching(new RegExp(`^drg-${traceId}\\.[\\da-f]{16}$`)),
      expect.stringMatching(/^drg-[\da-f-]{36}\.1\.[\da-f]{16}$/),
    ])
  })

  it('of the greatest length stays within the length that is promised for the vendor', async () => {
    const [targetId = ''] = await listPausable()
    const input = { targetId, idempotencyKey: 'press-1' }
    await query(gateway.url, pause, { input }, { 'x-request-id': 'x'.repeat(64) })
    expect(String(listSent()[0])).toHaveLength(85)
  })

  it('is not sent with reads, which are shared among callers', async () => {
    await query(gateway.url, '{ replications { totalCount } }', {}, { 'x-request-id': 'portal-17' })
    const headers = gateway.services.flatMap(({ exchanges }) => exchanges.map((one) => JSON.stringify(one.headers)))
    expect(headers.length).toBeGreaterThan(0)
    expect(headers.join()).not.toContain('portal-17')
  })
})
