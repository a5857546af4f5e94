import { inject } from 'vitest'
import { createDatabaseAt, type TestDatabase } from './database-at.ts'

export type { TestDatabase } from './database-at.ts'

let server: Promise<string> | null = null

/** The server is started for the first test of all that wants it. */
const findServer = async (): Promise<string> => {
  const response = await fetch(inject('postgresStarter'))
  const text = await response.text()
  // A test that needs it fails without it, everywhere.
  if (!response.ok) throw new Error(text)
  return text
}

/** An empty database. @throws Error with what PostgreSQL said when the server does not start. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  server ??= findServer()
  return createDatabaseAt(await server)
}
