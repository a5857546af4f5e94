import { once } from 'node:events'
import { WebSocketServer } from 'ws'
import { z } from 'zod'

const messageForm = z.object({
  type: z.string(),
  id: z.string().optional(),
  payload: z.object({ variables: z.record(z.string(), z.unknown()).optional() }).optional(),
})

/** What one subscription is answered with: messages of graphql-transport-ws without their id, or a cut. */
export type Answer =
  | { readonly type: 'next' | 'error' | 'complete'; readonly payload?: unknown }
  | { readonly type: 'cut' }

/** Answers subscriptions with what a test has written down, one after the other. */
export interface TinyGateway extends AsyncDisposable {
  /** Of the endpoint, with `http`. */
  readonly url: string
  /** The variables of each subscription. */
  readonly asked: readonly Readonly<Record<string, unknown>>[]
}

/** @param scripts The answers to the first subscription, to the second one, and so on. */
export const startTinyGateway = async (scripts: readonly (readonly Answer[])[]): Promise<TinyGateway> => {
  const asked: Record<string, unknown>[] = []
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'graphql-transport-ws' })
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      const { type, id, payload } = messageForm.parse(JSON.parse(Buffer.isBuffer(data) ? data.toString() : ''))
      if (type === 'connection_init') socket.send(JSON.stringify({ type: 'connection_ack' }))
      if (type !== 'subscribe') return
      const script = scripts[asked.length] ?? []
      // As it is now: the client changes what it sends again.
      asked.push({ ...payload?.variables })
      for (const answer of script) {
        if (answer.type === 'cut') socket.terminate()
        else socket.send(JSON.stringify({ ...answer, id }))
      }
    })
  })
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return {
    url: `http://127.0.0.1:${address.port}/graphql`,
    asked,
    [Symbol.asyncDispose]: async () => {
      for (const socket of server.clients) socket.terminate()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
