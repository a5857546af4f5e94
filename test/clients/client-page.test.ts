import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { ProtectionGroupsDocument } from '../generated/graphql.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/clients.md'), 'utf8')
const blockPattern = /^```ts\n\/\/ (?<name>\S+\.ts)\n(?<text>[^]*?)^```$/gm
const blocks = new Map(
  [...page.matchAll(blockPattern)].map(({ groups = {} }) => [groups['name'] ?? '', groups['text'] ?? '']),
)

/** A folder as a portal's: the package is installed as it is built, beside its peers. */
const installPackage = () => {
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-client-'))
  const installed = join(folder, 'portal/node_modules/dr-gateway')
  mkdirSync(installed, { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  symlinkSync(join(root, 'dist'), join(installed, 'dist'))
  // Read from the root's own file once it has them.
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  writeFileSync(join(installed, 'package.json'), JSON.stringify({ name: 'dr-gateway', type: 'module', exports }))
  writeFileSync(join(folder, 'portal/package.json'), '{ "type": "module" }')
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

const run = async (name: string, gateway: TestGateway, groupId: string): Promise<readonly string[]> => {
  using place = installPackage()
  const file = join(place.folder, 'portal', name)
  writeFileSync(file, blocks.get(name) ?? '')
  const env = { ...process.env, GATEWAY_URL: gateway.url, GROUP_ID: groupId }
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env, timeout: 15_000 })
  return stdout.trim().split('\n')
}

const findGroup = async (gateway: TestGateway, wanted: string) => {
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
  const group = protectionGroups.nodes.find(({ actions }) =>
    actions.some(({ action, available }) => action === wanted && available),
  )
  if (group === undefined) throw new Error(`No group can ${wanted}`)
  return group
}

/** Lets the vendors' time go by, a second in every twentieth of one. */
const runTime = (gateway: TestGateway): Disposable => {
  const timer = setInterval(() => gateway.turn(1), 50)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'node_modules/.bin/tsc'), '-p', join(root, 'src/client/tsconfig.json')])
}, 60_000)

describe('the page about the client package', () => {
  it('has an example for each way to use it', () => {
    expect([...blocks.keys()].toSorted()).toEqual(['whole-story.ts', 'with-apollo.ts', 'with-fetch.ts', 'with-urql.ts'])
  })

  it('whole-story.ts asks, tests a failover, and watches it to its end', async () => {
    await using gateway = await startGateway()
    using time = new DisposableStack()
    time.use(runTime(gateway))
    const { id, name } = await findGroup(gateway, 'TEST_FAILOVER')
    const lines = await run('whole-story.ts', gateway, id)
    expect(lines[0]).toBe(name)
    expect(lines.at(-1)).toBe('SUCCEEDED')
    expect(lines.length).toBeGreaterThan(2)
  }, 30_000)

  it.for(['with-urql.ts', 'with-apollo.ts'])('%s asks and watches', { timeout: 30_000 }, async (file) => {
    await using gateway = await startGateway()
    const { id, name } = await findGroup(gateway, 'TEST_FAILOVER')
    expect(await run(file, gateway, id)).toEqual([name, 'SNAPSHOT'])
  })

  it('with-fetch.ts presses twice, and it is done once', async () => {
    // A1
    await using gateway = await startGateway()
    const { id, name } = await findGroup(gateway, 'SYNC')
    gateway.forget()
    expect(await run('with-fetch.ts', gateway, id)).toEqual([name, 'false', 'true'])
    expect(gateway.changes()).toHaveLength(1)
  })
})
