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
  // More than are wanted: some will be refused.
  for (let after: unknown = null; ids.length < wanted * 2;) {
    const page = dig(await ask(url, token, { query, variables: { after } }), 'protectionGroups')
    const nodes = dig(page, 'nodes')
    ids.push(...(Array.isArray(nodes) ? nodes.map((node: unknown) => String(dig(node, 'id'))) : []))
    if (dig(page, 'pageInfo', 'hasNextPage') !== true) break
    after = dig(page, 'pageInfo', 'endCursor')
  }
  const tasks: string[] = []
  for (const id of ids) {
    if (tasks.length === wanted) return tasks
    const mutation = `mutation Failover($id: ID!, $key: String!) {
      failover(input: { targetId: $id, idempotencyKey: $key }) {
        __typename ... on TaskStarted { task { id } } ... on Problem { message } } }`
    const data = await ask(url, token, { query: mutation, variables: { id, key: `bench-${id}` } })
    const task = dig(data, 'failover', 'task', 'id')
    if (typeof task === 'string') tasks.push(task)
    // A machine that both products protect is not failed over for nothing.
    else if (dig(data, 'failover', '__typename') !== 'SplitBrainRisk') {
      throw new Error(`No failover: ${JSON.stringify(data)}`)
    }
  }
  if (tasks.length < wanted) throw new Error(`Only ${tasks.length} groups can be failed over, not ${wanted}`)
  return tasks
}
