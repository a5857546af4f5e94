import { parseArgs } from 'node:util'

/*
 * What JSON.parse alone costs for the lists of both vendors: `node bench/contestants/parse-only.ts --vcda URL --zerto URL
 * --rounds 20`. Prints CPU milliseconds for one time through, and the bytes.
 */

const { values } = parseArgs({
  options: { vcda: { type: 'string' }, zerto: { type: 'string' }, rounds: { type: 'string', default: '20' } },
})
const pageSize = 100
const headers = { accept: 'application/json', 'x-vcav-auth': 'bench', authorization: 'Bearer bench' }

const read = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url, { headers })).arrayBuffer())

const readPages = async (path: string): Promise<readonly Buffer[]> => {
  const pages: Buffer[] = []
  for (let total = 1, offset = 0; offset < total; offset += pageSize) {
    const page = await read(`${values.vcda}${path}?limit=${pageSize}&offset=${offset}`)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own upstream
    total = (JSON.parse(page.toString('utf8')) as { readonly total: number }).total
    pages.push(page)
  }
  return pages
}

/** CPU for one time through, with the text made from its bytes, as everybody has to. */
const measure = (bodies: readonly Buffer[], rounds: number): { readonly cpuMs: number; readonly bytes: number } => {
  const parseAll = (): void => {
    for (const body of bodies) JSON.parse(body.toString('utf8'))
  }
  for (let round = 0; round < rounds; round += 1) parseAll()
  const before = process.cpuUsage()
  for (let round = 0; round < rounds; round += 1) parseAll()
  const { user, system } = process.cpuUsage(before)
  return { cpuMs: (user + system) / 1000 / rounds, bytes: bodies.reduce((sum, { length }) => sum + length, 0) }
}

const main = [...(await readPages('/vm-replications')), await read(`${values.zerto}/v1/vpgs`)]
const others = [...(await readPages('/vapp-replications')), await read(`${values.zerto}/v1/vms`)]
const rounds = Number(values.rounds)
process.stdout.write(`${JSON.stringify({ main: measure(main, rounds), all: measure([...main, ...others], rounds) })}\n`)
