import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { Secret } from '../../src/std/secret.ts'

/** A way to a server that a test can break. Disposing breaks it for good. */
export interface CuttableProxy extends AsyncDisposable {
  /** The address of the server, over this way. */
  readonly url: Secret
  /** How many connections there are. */
  count(): number
  /** Cuts every connection; nobody gets through until `open`. */
  close(): Promise<void>
  open(): Promise<void>
  /**
   * Cuts the connection on which the next commit is asked for: before it reaches the server, or when the server has answered
   * and before the answer is through.
   */
  cutNextCommit(when: 'BEFORE' | 'AFTER'): void
}

const asksForCommit = (chunk: Buffer): boolean => chunk.includes('commit\0')

/** @param target Of a PostgreSQL database. */
export const startCuttableProxy = async (target: Secret): Promise<CuttableProxy> => {
  const url = new URL(target.reveal())
  const [host, port] = [url.hostname, Number(url.port)]
  const sockets = new Set<Socket>()
  let cut: 'BEFORE' | 'AFTER' | null = null

  const pass = (client: Socket): void => {
    const server = connect(port, host)
    let isDoomed = false
    const end = (): void => {
      client.destroy()
      server.destroy()
      sockets.delete(client)
    }
    sockets.add(client)
    for (const socket of [client, server]) socket.on('error', end).on('close', end)
    client.on('data', (chunk: Buffer) => {
      const how = asksForCommit(chunk) ? cut : null
      if (how !== null) cut = null
      if (how === 'BEFORE') {
        end()
        return
      }
      isDoomed ||= how === 'AFTER'
      server.write(chunk)
    })
    server.on('data', (chunk) => {
      if (isDoomed) end()
      else client.write(chunk)
    })
  }

  let listener: Server
  const listen = async (at: number): Promise<void> => {
    listener = createServer(pass).listen(at, '127.0.0.1')
    await once(listener, 'listening')
  }
  const close = async (): Promise<void> => {
    listener.close()
    for (const socket of sockets) socket.destroy()
    sockets.clear()
    if (listener.listening) await once(listener, 'close')
  }
  await listen(0)
  const address = listener!.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port')
  url.hostname = '127.0.0.1'
  url.port = String(address.port)
  return {
    url: new Secret(url.href),
    count: () => sockets.size,
    close,
    open: () => listen(address.port),
    cutNextCommit: (when) => {
      cut = when
    },
    [Symbol.asyncDispose]: close,
  }
}
