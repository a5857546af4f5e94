import { join } from 'node:path'
import { ask, dig } from './answers.ts'
import { requireWord, startNode } from './processes.ts'

const main = join(import.meta.dirname, '../../src/main.ts')

/** The simulated vendors, their clock standing still, for what needs running tasks. */
export interface Simulator extends AsyncDisposable {
  readonly vcda: string
  readonly zerto: string
  readonly passwords: { readonly vcda: string; readonly zerto: string }
  turnSeconds(seconds: number): Promise<void>
}

/** @param machines Of each vendor. */
export const startSimulator = async (machines: number): Promise<Simulator> => {
  const ports = ['--vcda', '127.0.0.1:0', '--zerto', '127.0.0.1:0', '--admin', '127.0.0.1:0']
  const process = await startNode({
    place: 'around',
    args: [main, 'simulate', ...ports, '--fleet', String(machines), '--speed', '0'],
    ready: /\/_simulator\n/,
  })
  const { said } = process
  const admin = requireWord(said, /(http:\S+)\/_simulator/)
  return {
    vcda: requireWord(said, /(http:\S+) {2}cloud-east/),
    zerto: requireWord(said, /(http:\S+) {2}Boston/),
    passwords: {
      vcda: requireWord(said, /cloud-east\n +localUser: root \/ (\S+)/),
      zerto: requireWord(said, /Boston\n +password: admin \/ (\S+)/),
    },
    async turnSeconds(turnSeconds) {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ turnSeconds })
      await (await fetch(`${admin}/_simulator/clock`, { method: 'POST', headers, body })).text()
    },
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  }
}

/** Fails over so many protected groups of Zerto. @returns The ids of the tasks. */
export const startFailovers = async (url: string, token: string, wanted: number): Promise<readonly string[]> => {
  const query = `query Groups($after: String) {
    protectionGroups(filter: { vendors: [ZERTO], states: [PROTECTED] }, first: 500, after: $after) {
      nodes { id } pageInfo { endCursor hasNextPage } } }`
  const ids: string[] = []
  for (let after: unknown = null; ids.length < wanted;) {
    const page = dig(await ask(url, token, { query, variables: { after } }), 'protectionGroups')
    const nodes = dig(page, 'nodes')
    ids.push(...(Array.isArray(nodes) ? nodes.map((node: unknown) => String(dig(node, 'id'))) : []))
    if (dig(page, 'pageInfo', 'hasNextPage') !== true) break
    after = dig(page, 'pageInfo', 'endCursor')
  }
  if (ids.length < wanted) throw new Error(`Only ${ids.length} groups can be failed over, not ${wanted}`)
  const tasks: string[] = []
  for (const id of ids.slice(0, wanted)) {
    const mutation = `mutation Failover($id: ID!, $key: String!) {
      failover(input: { targetId: $id, idempotencyKey: $key }) {
        __typename ... on TaskStarted { task { id } } ... on Problem { message } } }`
    const data = await ask(url, token, { query: mutation, variables: { id, key: `bench-${id}` } })
    const task = dig(data, 'failover', 'task', 'id')
    if (typeof task !== 'string') throw new Error(`No failover: ${JSON.stringify(data)}`)
    tasks.push(task)
  }
  return tasks
}
