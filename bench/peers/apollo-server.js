import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { readUrls } from '../contestants/contestant.ts'
import { toResolvers, typeDefs } from '../contestants/main-schema.ts'
import { openVendorSources } from '../contestants/vendor-sources.ts'

/* Apollo Server with its own HTTP server, as its documentation begins. */

const resolvers = toResolvers(await openVendorSources(readUrls()))
const server = new ApolloServer({ typeDefs, resolvers })
const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } })
process.stdout.write(`listens ${url}\n`)
