import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { DoorObserver } from '../domain/ports/door-observer.ts'
import { toLimitExtensions, type ServerLimits } from './limit-table.ts'

const answer = (socket: Duplex, status: string, message: string, extensions: object): void => {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const body = JSON.stringify({ errors: [{ message, extensions }] })
  const head = [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** True for a request that names two hosts: who stands in front may have gone by the other one. */
export const hasSeveralHosts = ({ rawHeaders }: IncomingMessage): boolean =>
  rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length > 1

interface ClientError extends Error {
  readonly code?: string
}

/**
 * Answers what never became a request: headers that are too long, that come too slowly, or that are no HTTP. Says which
 * limit it was. The connection ends with it, so that nothing behind it is taken for another request.
 *
 * @param around.responses Those that have not been closed yet: what is being answered is cut instead, for it gets one answer only.
 */
export const answerClientErrors = (
  server: Server,
  limits: ServerLimits,
  around: { readonly responses: ReadonlySet<ServerResponse>; readonly observer: DoorObserver | null },
): void => {
  const { responses, observer } = around
  const refuse = (socket: Duplex, status: string, message: string, extensions: object): void => {
    observer?.noteRefusal(Number.parseInt(status, 10))
    answer(socket, status, message, extensions)
  }
  server.on('clientError', (error: ClientError, socket) => {
    const isAnswered = [...responses].some((response) => response.socket === socket && response.headersSent)
    if (isAnswered || error.code === 'ECONNRESET') socket.destroy()
    else if (error.code === 'HPE_HEADER_OVERFLOW') {
      const text = `The headers are too long; limits.maxHeaderBytes allows ${limits.maxHeaderBytes} bytes`
      refuse(socket, '431 Request Header Fields Too Large', text, toLimitExtensions(limits, 'maxHeaderBytes', null))
    } else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
      const { headersTimeoutMs, bodyTimeoutMs } = limits
      const text = `The request came too slowly; limits.headersTimeoutMs and limits.bodyTimeoutMs allow ${headersTimeoutMs} and ${bodyTimeoutMs} ms`
      refuse(socket, '408 Request Timeout', text, toLimitExtensions(limits, 'bodyTimeoutMs', null))
    } else refuse(socket, '400 Bad Request', 'This is no HTTP request', { code: 'BAD_REQUEST' })
  })
}
