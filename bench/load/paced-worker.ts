import { setTimeout as wait } from 'node:timers/promises'
import { RawConnection } from './raw-connection.ts'

/*
 * Callers who look again and again, as portals do: `node bench/load/paced-worker.ts JOB`, JOB being a {@link PacedJob} as
 * JSON. Says `ready` when it begins, and goes on until it is ended.
 */

export interface PacedJob {
  readonly url: string
  readonly tokens: readonly string[]
  readonly body: string
  readonly clients: number
  /** From one question of a caller to the next. */
  readonly everyMs: number
}

/** Asks once more where the server has just closed a line that was idle for too long. */
const ask = async (connection: RawConnection): Promise<void> => {
  try {
    await connection.ask(0)
  } catch (error) {
    if (!(error instanceof Error) || !/ECONNRESET|EPIPE|was closed/.test(error.message)) throw error
    connection.close()
    await wait(10)
    await connection.ask(0)
  }
}

const run = async ({ url, tokens, body, clients, everyMs }: PacedJob): Promise<void> => {
  const connections = Array.from(
    { length: clients },
    (_, index) => new RawConnection(url, tokens[index % tokens.length] ?? '', body),
  )
  process.stdout.write('ready\n')
  const look = async (connection: RawConnection, place: number): Promise<void> => {
    // Not all of them at the same moment.
    await wait((everyMs * place) / clients)
    for (;;) {
      const askedMs = performance.now()
      await ask(connection)
      await wait(Math.max(0, everyMs - (performance.now() - askedMs)))
    }
  }
  await Promise.all(connections.map(look))
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the harness
await run(JSON.parse(process.argv[2] ?? '{}') as PacedJob)
