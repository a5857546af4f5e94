// Runs in the main process of vitest, once for all tests: starts PostgreSQL when the first of them asks for it.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers with the address of a PostgreSQL server on which tests may make databases. */
    readonly postgresStarter: string
  }
}

/** The address of a server that is there already, in place of one that the tests start. */
const given = process.env['TEST_POSTGRES_URL'] ?? ''

/** Called by vitest before the first test. @returns what it calls after the last one. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  let started: Promise<EmbeddedPostgres> | null = null
  const findUrl = async (): Promise<string> => {
    if (given !== '') return given
    started ??= startEmbeddedPostgres()
    return (await started).url
  }
  const service = createServer((_request, response) => {
    findUrl().then(
      (url) => response.end(url),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    )
  })
  service.listen(0, '127.0.0.1')
  await once(service, 'listening')
  const address = service.address()
  if (address === null || typeof address === 'string') throw new Error('The starter of PostgreSQL has no port')
  project.provide('postgresStarter', `http://127.0.0.1:${address.port}`)
  return async () => {
    service.close()
    service.closeAllConnections()
    const server = await started?.catch(() => null)
    await server?.[Symbol.asyncDispose]()
  }
}
