import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { loginSchemas } from '../../src/vendors/registry.ts'
import { query, subscribe } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

/** The blocks of a language in a page, as somebody would paste them. */
const readBlocks = (path: string, language = 'graphql'): readonly string[] =>
  readFileSync(join(import.meta.dirname, '../..', path), 'utf8')
    .split(new RegExp(`^ *\`\`\`${language}\\n`, 'm'))
    .slice(1)
    .map((rest) => rest.split(/^ *```$/m, 1)[0] ?? '')

const listDocument = '{ protectionGroups { nodes { id vendor actions { action available } } } }'
interface Groups {
  readonly protectionGroups: {
    readonly nodes: readonly {
      readonly id: string
      readonly vendor: string
      readonly actions: readonly { readonly action: string; readonly available: boolean }[]
    }[]
  }
}

describe('what the pages give to paste', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startGateway()
  })
  afterAll(() => gateway[Symbol.asyncDispose]())

  const findGroup = async (vendor: string, wanted: string): Promise<string> => {
    const { body } = await query<Groups>(gateway.url, listDocument)
    const group = body.data?.protectionGroups.nodes.find(
      (one) => one.vendor === vendor && one.actions.some(({ action, available }) => action === wanted && available),
    )
    if (group === undefined) throw new Error(`No group of ${vendor} can be told to ${wanted}`)
    return group.id
  }

  it('is in the README a query over both vendors, a failover, and how it goes on', async () => {
    const [ask = '', change = '', watch = '', ...others] = readBlocks('README.md')
    expect(others).toEqual([])
    const { body: lists } = await query<Record<string, { readonly nodes: readonly unknown[] }>>(gateway.url, ask)
    expect(lists.errors).toBeUndefined()
    expect(lists.data?.['replications']?.nodes).toHaveLength(5)

    const pasted = change.replace('GROUP_ID', await findGroup('ZERTO', 'FAILOVER'))
    const { body: first } = await query<{ failover: { task: { id: string } } }>(gateway.url, pasted)
    const { body: second } = await query(gateway.url, pasted)
    expect(first).toMatchObject({ data: { failover: { replayed: false, task: { state: 'ACCEPTED' } } } })
    expect(second).toMatchObject({
      data: { failover: { replayed: true, task: { id: first.data?.failover.task.id ?? '' } } },
    })

    await using events = subscribe(gateway.url, watch.replace('TASK_ID', first.data?.failover.task.id ?? ''))
    expect(await events.next()).toMatchObject({ data: { taskProgress: { kind: 'SNAPSHOT' } } })
  })

  it('is in docs/schema.md a change with every refusal, of which one fits', async () => {
    const [change = ''] = readBlocks('docs/schema.md')
    const paste = async (id: string, key: string) =>
      (await query(gateway.url, change.replace('"ID"', `"${id}"`).replace('"KEY"', `"${key}"`))).body
    const id = await findGroup('VCDA', 'PAUSE')
    expect(await paste(id, 'one')).toMatchObject({ data: { pauseReplication: { task: { id: expect.any(String) } } } })
    expect(await paste('none', 'two')).toMatchObject({ data: { pauseReplication: { code: 'NOT_FOUND' } } })
  })

  it('is in the operations book what was done, and what became of a call whose answer was lost', async () => {
    const [log = '', lost = ''] = readBlocks('docs/operations.md')
    const id = await findGroup('ZERTO', 'TEST_FAILOVER')
    const refused = await query(gateway.url, log.replace('"ID"', `"${id}"`))
    expect(refused.body).toMatchObject({ data: { auditLog: { nodes: [] } } })

    for (const { service } of gateway.zerto.sites) {
      const effect = { kind: 'RESET_AFTER' } as const
      service.faults.add({ method: 'POST', path: /\/failoverTest$/i, effect, times: 1 })
    }
    const document =
      'mutation ($id: ID!) { testFailover(input: { targetId: $id, idempotencyKey: "lost" }) { ... on TaskStarted { task { id } } } }'
    const { body: started } = await query<{ testFailover: { task: { id: string } } }>(gateway.url, document, { id })
    const task = started.data?.testFailover.task.id ?? ''
    const { body: told } = await query(gateway.url, lost.replace('"TASK_ID"', `"${task}"`))
    expect(told).toMatchObject({
      data: { node: { operation: 'TEST_FAILOVER', request: { sent: [{ method: 'POST' }] } } },
    })
    const { body: entries } = await query(gateway.url, log.replace('"ID"', `"${id}"`))
    expect(entries).toMatchObject({
      data: { auditLog: { nodes: expect.arrayContaining([expect.objectContaining({ kind: 'INTENDED' })]) } },
    })
  })
})

it('is in the README a configuration that can be used with a secret and a fingerprint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-readme-'))
  const [secret, path] = [join(folder, 'zvm'), join(folder, 'gateway.yaml')]
  writeFileSync(secret, 'canary')
  const [block = ''] = readBlocks('README.md', 'yaml')
  const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':')
  writeFileSync(path, block.replace('AB:CD:…', fingerprint).replace('/run/secrets/zvm', secret))
  const { sites, auth } = loadConfig({ path, env: { VCDA_PASSWORD: 'canary' }, loginSchemas })
  rmSync(folder, { recursive: true })
  expect(sites.map(({ vendor }) => vendor)).toEqual(['VCDA', 'ZERTO'])
  expect([auth.tokens.length, auth.issuers.length]).toEqual([1, 1])
})
