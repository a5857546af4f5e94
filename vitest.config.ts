import { defineConfig } from 'vitest/config'

// Pothos and yoga must load the same copy of graphql-js as the tests do.
const conditions = ['node', 'module-sync']

export default defineConfig({
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres-starter.ts'],
    pool: 'forks',
    // Much of the time a test waits for a process or a socket: a worker for each core, not one less.
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 20_000,
    passWithNoTests: false,
  },
})
