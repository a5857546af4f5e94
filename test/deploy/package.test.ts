import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { vendors } from '../../src/domain/vendor.ts'
import { query } from '../support/graphql-client.ts'
import { installPackage, type PackedGateway } from './packed-gateway.ts'
import { readText } from './read-deploy.ts'

const manifestForm = z.object({
  bin: z.object({ 'dr-gateway': z.string() }),
  dependencies: z.record(z.string(), z.string()),
  peerDependencies: z.record(z.string(), z.string()),
  exports: z.record(z.string(), z.union([z.string(), z.object({ types: z.string(), default: z.string() })])),
})

const importPattern =
  /^(?:import|export)\b[^'"]*?\bfrom\s+'(?<from>[^']+)'|^import\s+'(?<bare>[^']+)'|\bimport\('(?<dynamic>[^']+)'/gm

/** `@scope/name/part` is part of the package `@scope/name`. */
const packageOf = (target: string): string => target.split('/', target.startsWith('@') ? 2 : 1).join('/')

const mainQuery = `{ protectionGroups(first: 3) {
  totalCount nodes { id name vendor state } coverage { siteName completeness } } }`

interface Groups {
  readonly protectionGroups: {
    readonly totalCount: number
    readonly nodes: readonly { readonly vendor: string }[]
    readonly coverage: readonly { readonly completeness: string }[]
  }
}

describe('the package', () => {
  let gateway: PackedGateway
  const readManifest = () => manifestForm.parse(JSON.parse(readFileSync(join(gateway.folder, 'package.json'), 'utf8')))
  beforeAll(async () => {
    gateway = await installPackage()
  }, 180_000)
  afterAll(() => gateway[Symbol.asyncDispose](), 60_000)

  it('runs the demo from an empty folder: its API, and its console', async () => {
    await using demo = await gateway.start(['demo', '--port', '0'])
    const { body } = await query<Groups>(demo.url, mainQuery)
    const { totalCount, nodes, coverage } = body.data?.protectionGroups ?? {}
    expect(totalCount).toBeGreaterThan(3)
    expect(nodes).toHaveLength(3)
    expect(coverage?.map(({ completeness }) => completeness)).toEqual(vendors.flatMap(() => ['COMPLETE', 'COMPLETE']))
    const page = await fetch(new URL('/', demo.url), { headers: { accept: 'text/html' } })
    expect(await page.text()).toContain('<title>DR Gateway</title>')
  }, 60_000)

  it('brings JavaScript: Node strips no types of what is installed', () => {
    expect(globSync('**/*.ts', { cwd: gateway.folder, exclude: ['**/*.d.ts', 'node_modules'] })).toEqual([])
    expect(readManifest().bin['dr-gateway']).toMatch(/\.js$/)
  })

  it('asks for every package that it imports', () => {
    const { dependencies, peerDependencies } = readManifest()
    const files = globSync('dist/**/*.js', { cwd: gateway.folder }).filter((path) => !path.startsWith('dist/console/'))
    const imported = files.flatMap((path) =>
      [...readFileSync(join(gateway.folder, path), 'utf8').matchAll(importPattern)].map(
        ({ groups = {} }) => groups['from'] ?? groups['bare'] ?? groups['dynamic'] ?? '',
      ),
    )
    const packages = new Set(imported.filter((target) => !/^(?:\.|node:)/.test(target)).map(packageOf))
    expect(packages).toContain('graphql')
    expect([...packages].filter((name) => !(name in { ...dependencies, ...peerDependencies }))).toEqual([])
  })

  it('has every file that it exports', () => {
    const { exports } = readManifest()
    const paths = Object.values(exports).flatMap((one) => (typeof one === 'string' ? one : Object.values(one)))
    expect(paths.filter((path) => !existsSync(join(gateway.folder, path)))).toEqual([])
  })

  it('is what the unit for systemd starts', () => {
    const command = `/node_modules/dr-gateway/${readManifest().bin['dr-gateway']} serve --config`
    expect(readText('deploy/systemd/dr-gateway.service')).toContain(command)
  })

  it('brings every page and picture that its README and the pages for users lead to', () => {
    const pages = ['README.md', ...globSync('docs/*.md', { cwd: gateway.folder })]
    const targets = pages.flatMap((page) => {
      const links = readFileSync(join(gateway.folder, page), 'utf8').matchAll(/\]\((?![a-z]+:|#)(?<path>[^)#\s]+)/g)
      return [...links].map(({ groups }) => join(dirname(page), groups?.['path'] ?? ''))
    })
    expect(targets).toContain('docs/schema.md')
    expect(targets.filter((path) => !existsSync(join(gateway.folder, path)))).toEqual([])
  })

  it('brings what the operations book takes from it, and the book itself', () => {
    const taken = [...readText('docs/operations.md').matchAll(/node_modules\/dr-gateway\/(?<path>[\w./-]+)/g)]
    const paths = taken.map(({ groups }) => groups?.['path'] ?? '')
    expect(paths).toContain('deploy/systemd/dr-gateway.service')
    expect([...paths, 'docs/operations.md'].filter((path) => !existsSync(join(gateway.folder, path)))).toEqual([])
  })
})
