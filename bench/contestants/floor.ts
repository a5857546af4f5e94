import { createServer } from 'node:http'
import { announce, readUrls } from './contestant.ts'
import { toGroup, toReplication } from './plain-mapping.ts'
import { openVendorSources } from './vendor-sources.ts'

/*
 * The least that anybody has to do who asks both vendors for each request: ask, parse, pick, print. It knows one query
 * and no GraphQL.
 */

const sources = await openVendorSources(readUrls())

const readBody = async (request: AsyncIterable<Buffer>): Promise<unknown> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return JSON.parse(Buffer.concat(parts).toString('utf8'))
}

const server = createServer((request, response) => {
  const answer = async (): Promise<void> => {
    await readBody(request)
    const [vms, vpgs] = await Promise.all([sources.listVmReplications(), sources.listVpgs()])
    const data = { r0: { nodes: vms.map(toReplication) }, g0: { nodes: vpgs.map(toGroup) } }
    const body = Buffer.from(JSON.stringify({ data }))
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length })
    response.end(body)
  }
  answer().catch((error: unknown) => response.writeHead(500).end(String(error)))
})
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => announce(server))
