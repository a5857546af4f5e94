import fastify from 'fastify'
import mercurius from 'mercurius'
import { announce, readUrls } from '../contestants/contestant.ts'
import { toResolvers, typeDefs } from '../contestants/main-schema.ts'
import { openVendorSources } from '../contestants/vendor-sources.ts'

/* mercurius with its just-in-time compiler, from the first request on. */

const app = fastify({ keepAliveTimeout: 600_000 })
await app.register(mercurius, {
  schema: typeDefs,
  resolvers: toResolvers(await openVendorSources(readUrls())),
  jit: 1,
})
await app.listen({ host: '127.0.0.1', port: 0 })
announce(app.server)
