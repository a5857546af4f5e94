import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { query } from '../support/graphql-client.ts'
import { startTestServer } from './start-test-server.ts'

/** Sends the beginning of a request and nothing more. Tells how it was answered, once the server has cut it. */
const stall = async (url: string, beginning: string): Promise<string> => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let received = ''
  socket.on('data', (data) => {
    received += data.toString()
  })
  socket.on('error', () => undefined)
  socket.once('close', () => resolve(received))
  socket.write(beginning)
  return promise
}

test('cuts 400 requests whose headers or bodies never end, and serves the others meanwhile', async () => {
  // H8: takes the 10 seconds that a request may take
  await using server = await startTestServer()
  const head = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
  const stalled = Array.from({ length: 200 }, () => [
    stall(server.url, head),
    stall(server.url, `${head}Content-Length: 20\r\n\r\n{"query":`),
  ]).flat()
  const { status } = await query(server.url, '{ hello }')
  expect(status).toBe(200)
  const answers = await Promise.all(stalled)
  expect(new Set(answers.map((answer) => answer.split('\r\n', 1)[0]))).toEqual(
    new Set(['HTTP/1.1 408 Request Timeout']),
  )
}, 25_000)
