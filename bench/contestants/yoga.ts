import { createServer } from 'node:http'
import { createSchema, createYoga } from 'graphql-yoga'
import { announce, readUrls } from './contestant.ts'
import { toResolvers, typeDefs } from './main-schema.ts'
import { openVendorSources } from './vendor-sources.ts'

/* graphql-yoga as it comes, the same version that the gateway is built on. */

const schema = createSchema({ typeDefs, resolvers: toResolvers(await openVendorSources(readUrls())) })
const yoga = createYoga({ schema, logging: false })
const server = createServer((request, response) => void yoga(request, response))
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => announce(server))
