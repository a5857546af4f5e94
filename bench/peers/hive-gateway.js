import { createServer } from 'node:http'
import { createGatewayRuntime } from '@graphql-hive/gateway'
import { Logger } from '@graphql-hive/logger'
import { getComposedSchemaFromConfig } from '@graphql-mesh/compose-cli'
import { loadJSONSchemaSubgraph } from '@omnigraph/json-schema'
import { announce, readUrls } from '../contestants/contestant.ts'

/*
 * Hive Gateway over the vendors' REST APIs, by Mesh's JSON schema handler: the vendors' own words, no code in between.
 * The lists are asked for in one page.
 */

/** The JSON schema of what came, as an OpenAPI document would have it; numbers may be large. */
const toSchema = (name, samples) => {
  const present = samples.filter((sample) => sample !== null && sample !== undefined)
  const [first] = present
  if (Array.isArray(first)) return { type: 'array', items: toSchema(name, present.flat()) }
  if (typeof first !== 'object') return { type: first === undefined ? 'string' : typeof first }
  const members = [...new Set(present.flatMap((sample) => Object.keys(sample)))]
  const properties = members.map((member) => [
    member,
    toSchema(
      `${name}_${member}`,
      present.map((sample) => sample[member]),
    ),
  ])
  // GraphQL knows no object without members.
  if (properties.length === 0) return { type: 'string' }
  return { type: 'object', title: name, properties: Object.fromEntries(properties) }
}

const urls = readUrls()
const vcdaHeaders = { accept: 'application/vnd.vmware.h4-v4.7+json;charset=UTF-8', 'x-vcav-auth': 'bench' }
const zertoHeaders = { accept: 'application/json', authorization: 'Bearer bench' }
const readSample = async (url, headers) => (await fetch(url, { headers })).json()
const page = await readSample(`${urls.vcda}/vm-replications?limit=100&offset=0`, vcdaHeaders)
const vpgs = await readSample(`${urls.zerto}/v1/vpgs`, zertoHeaders)

const toOperation = (field, path, schema, more = {}) => ({
  type: 'Query',
  method: 'GET',
  field,
  path,
  responseSchema: schema,
  ...more,
})
const subgraphs = [
  loadJSONSchemaSubgraph('vcda', {
    endpoint: urls.vcda,
    operationHeaders: vcdaHeaders,
    operations: [
      toOperation('vmReplications', '/vm-replications?limit={args.limit}&offset=0', toSchema('VmPage', [page]), {
        argTypeMap: { limit: { type: 'integer' } },
      }),
    ],
  }),
  loadJSONSchemaSubgraph('zerto', {
    endpoint: urls.zerto,
    operationHeaders: zertoHeaders,
    operations: [toOperation('vpgs', '/v1/vpgs', toSchema('Vpg', [vpgs]))],
  }),
]
const supergraph = await getComposedSchemaFromConfig(
  { subgraphs: subgraphs.map((sourceHandler) => ({ sourceHandler })) },
  new Logger({ level: 'error' }),
)
const gateway = createGatewayRuntime({ supergraph, logging: 'error' })
const server = createServer((request, response) => void gateway(request, response))
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => announce(server))
