import { createServer } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import { announce } from './contestant.ts'

/*
 * The least that anybody has to do who tells many sockets the same: ws, and a loop. `POST /fire` sends one message to the
 * watchers of each id, as long as those of the gateway; `POST /message` says what they look like, `%AT%` in the place of
 * the time.
 */

const watchers = new Map<string, Set<WebSocket>>()
let template = ''

const readId = (text: string): string | null => {
  const found: unknown = JSON.parse(text)
  if (typeof found !== 'object' || found === null || !('type' in found)) return null
  if (found.type !== 'subscribe') return null
  return /"variables":\{"id":"(?<id>[^"]*)"/.exec(text)?.groups?.['id'] ?? ''
}

const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    if (request.url === '/message') template = Buffer.concat(parts).toString('utf8')
    else {
      for (const sockets of watchers.values()) {
        const message = Buffer.from(template.replace('%AT%', new Date().toISOString()))
        for (const socket of sockets) socket.send(message, { binary: false })
      }
    }
    response.end()
  })
})

const sockets = new WebSocketServer({ server, perMessageDeflate: false, skipUTF8Validation: true })
sockets.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    const text = data.toString('utf8')
    const id = readId(text)
    if (id === null) {
      socket.send('{"type":"connection_ack"}')
      return
    }
    const set = watchers.get(id) ?? new Set()
    watchers.set(id, set.add(socket))
    socket.send(template.replace('%AT%', new Date().toISOString()))
  })
})
server.listen(0, '127.0.0.1', () => announce(server, ''))
