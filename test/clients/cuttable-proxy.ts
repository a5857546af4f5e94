import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Stands between a client and a gateway, as a network does. */
export interface CuttableProxy extends AsyncDisposable {
  /** The gateway's URL, through the proxy. */
  readonly url: string
  /** How many connections were open at the cuts. */
  readonly cuts: number
  /** Cuts every connection without a word. */
  cut(): void
}

/** @param url Of the gateway's endpoint. */
export const startCuttableProxy = async (url: string): Promise<CuttableProxy> => {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  let cuts = 0
  const server = createServer((client) => {
    const gateway = connect(Number(port), hostname)
    client.pipe(gateway).pipe(client)
    for (const [socket, other] of [
      [client, gateway],
      [gateway, client],
    ] as const) {
      socket.on('error', () => other.destroy())
      socket.on('close', () => other.destroy())
    }
    sockets.add(client)
    client.once('close', () => sockets.delete(client))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port')
  const own = new URL(url)
  own.port = String(address.port)
  const cut = (): void => {
    cuts += sockets.size
    for (const socket of sockets) socket.resetAndDestroy()
  }
  return {
    url: own.href,
    get cuts() {
      return cuts
    },
    cut,
    [Symbol.asyncDispose]: async () => {
      cut()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
