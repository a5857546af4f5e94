import type { Server } from 'node:http'
import { parseArgs } from 'node:util'

/** Where the vendors are, from the command line: `--vcda URL --zerto URL`. */
export const readUrls = (): { readonly vcda: string; readonly zerto: string } => {
  const { values } = parseArgs({ options: { vcda: { type: 'string' }, zerto: { type: 'string' } } })
  const { vcda, zerto } = values
  if (vcda === undefined || zerto === undefined) throw new Error('--vcda and --zerto are needed')
  return { vcda, zerto }
}

/** Says where a server listens, as the harness waits for it. */
export const announce = (server: Pick<Server, 'address'>, path = '/graphql'): void => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  process.stdout.write(`listens http://127.0.0.1:${address.port}${path}\n`)
}
