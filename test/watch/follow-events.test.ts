import { describe, expect, it } from 'vitest'
import { followEvents, type EventsEnd } from '../../src/watch/follow-events.ts'
import { createGatewayLink, toRetryWaitMs } from '../../src/watch/gateway-link.ts'
import { sampleAnswer } from './sample-news.ts'
import { startTinyGateway, type Answer, type TinyGateway } from './tiny-gateway.ts'

const follow = async (
  gateway: TinyGateway,
  signal: AbortSignal,
  onLost: (reason: string) => void = () => undefined,
) => {
  const cursors: string[] = []
  using link = createGatewayLink({
    url: gateway.url.replace('http', 'ws'),
    token: null,
    onLost,
    onBack: () => undefined,
    signal,
  })
  const end: EventsEnd = await followEvents({
    client: link.client,
    document: 'subscription { x }',
    variables: { id: 'task-1' },
    onEvent: ({ cursor }) => cursors.push(cursor),
    signal,
  })
  return { cursors, end }
}

const never = new AbortController().signal
const complete: Answer = { type: 'complete' }

describe('following events', () => {
  it('asks again behind the last event when the line was cut', async () => {
    // W3
    await using gateway = await startTinyGateway([
      [sampleAnswer('c1'), sampleAnswer('c2'), { type: 'cut' }],
      [sampleAnswer('c3'), complete],
    ])
    const losses: string[] = []
    expect(await follow(gateway, never, (reason) => losses.push(reason))).toEqual({
      cursors: ['c1', 'c2', 'c3'],
      end: { kind: 'COMPLETE' },
    })
    expect(gateway.asked).toEqual([
      { id: 'task-1', after: null },
      { id: 'task-1', after: 'c2' },
    ])
    expect(losses).toEqual(['closed with 1006'])
  })

  it('asks again from the cursor that an error carries', async () => {
    // W4
    const slow = { message: 'too slow', extensions: { code: 'SLOW_CONSUMER', cursor: 'c7' } }
    await using gateway = await startTinyGateway([
      [sampleAnswer('c1'), { type: 'error', payload: [slow] }],
      [sampleAnswer('c8'), complete],
    ])
    expect((await follow(gateway, never)).cursors).toEqual(['c1', 'c8'])
    expect(gateway.asked[1]).toEqual({ id: 'task-1', after: 'c7' })
  })

  it('ends with what the gateway refuses', async () => {
    const refused = { message: 'No such task', extensions: { code: 'NOT_FOUND' } }
    for (const answer of [
      [{ type: 'next', payload: { errors: [refused] } }, complete],
      [{ type: 'error', payload: [refused] }],
    ] satisfies Answer[][]) {
      await using gateway = await startTinyGateway([answer])
      const { end } = await follow(gateway, never)
      expect(end).toEqual({ kind: 'REFUSED', code: 'NOT_FOUND', message: 'No such task' })
    }
  })

  it('fails on what is no event of this API', async () => {
    await using gateway = await startTinyGateway([[{ type: 'next', payload: { data: { event: { cursor: 1 } } } }]])
    await expect(follow(gateway, never)).rejects.toThrow('cursor')
  })

  it('ends at once when nobody wants it any more, also between two attempts', async () => {
    const leaving = new AbortController()
    await using gateway = await startTinyGateway([[sampleAnswer('c1'), { type: 'cut' }]])
    const { end } = await follow(gateway, leaving.signal, () => leaving.abort())
    expect(end).toEqual({ kind: 'COMPLETE' })
    expect(gateway.asked).toHaveLength(1)
  })

  it('waits longer each time, up to ten seconds, and never the same for a crowd', () => {
    expect([0, 1, 2, 9, 500].map((retries) => toRetryWaitMs(retries, () => 1))).toEqual([
      250, 500, 1000, 10_000, 10_000,
    ])
    expect(toRetryWaitMs(2, () => 0)).toBe(500)
  })
})
