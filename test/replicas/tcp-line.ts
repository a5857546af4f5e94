import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Sees what goes over one connection. What it does not let pass is lost, and all that comes after it in that direction. */
export interface LineWatcher {
  /** @returns whether these bytes of the gateway pass, or a promise of when they do. */
  sent(bytes: Buffer): Passage
  /** @returns the same for these bytes of the other end. */
  answered(bytes: Buffer): Passage
}

/** Whether bytes pass, or when they do. */
export type Passage = boolean | Promise<void>

/** The way from one gateway to one service. */
export interface TcpLine extends AsyncDisposable {
  /** On 127.0.0.1: what is said here is said to the service. */
  readonly port: number
}

const carry = (from: Socket, to: Socket, pass: (bytes: Buffer) => Passage): void => {
  let isMute = false
  const carryLate = async (bytes: Buffer, passage: Promise<void>): Promise<void> => {
    from.pause()
    await passage
    to.write(bytes)
    from.resume()
  }
  from.on('data', (bytes: Buffer) => {
    const passage = isMute ? false : pass(bytes)
    isMute ||= passage === false
    if (passage === true) to.write(bytes)
    else if (passage !== false) void carryLate(bytes, passage)
  })
  // What was let pass arrives, also where its sender dies at that moment.
  from.on('close', () => to.end())
  from.on('error', () => to.end())
}

/** Opens a line to `host:port`. @param watch Called for each connection. */
export const openTcpLine = async (
  service: { readonly host: string; readonly port: number },
  watch: () => LineWatcher,
): Promise<TcpLine> => {
  const sockets = new Set<Socket>()
  const server = createServer((gateway) => {
    const far = connect(service)
    for (const socket of [gateway, far]) {
      socket.setNoDelay(true)
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    }
    const watcher = watch()
    carry(gateway, far, (bytes) => watcher.sent(bytes))
    carry(far, gateway, (bytes) => watcher.answered(bytes))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The line has no port')
  return {
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
