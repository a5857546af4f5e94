import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** Paths from the root of the project, with their text. */
type Sources = ReadonlyMap<string, string>

/** What code generation wrote follows its own rules. */
const isGenerated = (path: string): boolean => path.includes('/generated/')

const readSources = (folder: string): Sources => {
  const pattern = `${folder}/**/*.{ts,tsx}`
  const paths = existsSync(join(root, folder))
    ? globSync(pattern, { cwd: root, exclude: ['**/node_modules'] }).filter((path) => !isGenerated(path))
    : []
  return new Map(paths.toSorted().map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

const importPattern =
  /^(?:import|export)\b[^'"]*?\bfrom\s+'(?<from>[^']+)'|^import\s+'(?<bare>[^']+)'|\bimport\(\s*'(?<dynamic>[^']+)'/gm

/** What a file imports: paths from the root for our own files, names for everything else. */
const listImports = (path: string, text: string): readonly string[] =>
  [...text.matchAll(importPattern)].map(({ groups = {} }) => {
    const target = groups['from'] ?? groups['bare'] ?? groups['dynamic'] ?? ''
    return target.startsWith('.') ? normalize(join(dirname(path), target)) : target
  })

const isOurs = (target: string): boolean => /^(?:src|test|bench|schema)\//.test(target)

/** The files that put the rooms together: they may import every room. */
const compositionFiles = [
  'src/main.ts',
  'src/app-metrics.ts',
  'src/app-traces.ts',
  'src/app.ts',
  'src/audit-command.ts',
  'src/check.ts',
  'src/config-auth.ts',
  'src/config-changes.ts',
  'src/config-console.ts',
  'src/config-documents.ts',
  'src/config-metrics.ts',
  'src/config-store.ts',
  'src/config-traces.ts',
  'src/config-watch.ts',
  'src/config.ts',
  'src/demo.ts',
  'src/live-config.ts',
  'src/serve.ts',
  'src/version.ts',
  'src/watch-command.ts',
]

/** Room -> rooms that it may import besides itself. */
const allowedRooms: Readonly<Record<string, readonly string[]>> = {
  std: [],
  domain: ['std'],
  operations: ['domain', 'std'],
  inventory: ['domain', 'std'],
  tracking: ['domain', 'std'],
  journal: ['domain', 'std'],
  telemetry: ['domain', 'std'],
  graphql: ['operations', 'inventory', 'domain', 'std'],
  upstream: ['domain', 'std'],
  vendors: ['upstream', 'domain', 'std'],
  server: ['graphql', 'domain', 'std'],
  watch: ['std'],
  simulator: [],
  client: [],
  console: ['client'],
}

const roomOf = (path: string): string => path.split('/')[1] ?? ''

/** `vendors/acme` for a file of the vendor acme; null for anything else, also for the registry. */
const vendorOf = (path: string): string | null =>
  /^src\/(?:vendors|simulator|console\/vendors)\/(?<vendor>[^/]+)\//.exec(path)?.groups?.['vendor'] ?? null

const mayImport = (path: string, target: string): boolean => {
  if (compositionFiles.includes(path)) return target.startsWith('src/')
  // What measures from outside, and what plays the vendors, must not know how the gateway is made.
  if (path.startsWith('bench/')) return target.startsWith('bench/')
  if (!target.startsWith('src/') || compositionFiles.includes(target)) return false
  const [room, targetRoom] = [roomOf(path), roomOf(target)]
  if (room === targetRoom) {
    const [vendor, targetVendor] = [vendorOf(path), vendorOf(target)]
    return vendor === null || targetVendor === null
      ? vendor === null || ['simulator', 'console'].includes(room)
      : vendor === targetVendor
  }
  // `acme-schema.ts`, and `acme-options-schema.ts` where one file would be too long.
  const isVendorSchema =
    room === 'vendors' && basename(path).startsWith(`${vendorOf(path)}-`) && path.endsWith('-schema.ts')
  if (isVendorSchema && target === 'src/graphql/builder.ts') return true
  return allowedRooms[room]?.includes(targetRoom) ?? false
}

const findForbiddenImports = (sources: Sources): readonly string[] =>
  [...sources].flatMap(([path, text]) =>
    listImports(path, text)
      .filter((target) => isOurs(target) && !mayImport(path, target))
      .map((target) => `${path} -> ${target}`),
  )

/** Package -> rooms that know it. What stands here is one room's own business, behind a port. */
const packageRooms: Readonly<Record<string, readonly string[]>> = {
  undici: ['upstream'],
  cockatiel: ['upstream'],
  kysely: ['journal'],
  'node:sqlite': ['journal'],
  pg: ['journal'],
  pino: ['telemetry'],
  'prom-client': ['telemetry'],
  '@opentelemetry/api': ['telemetry'],
  '@opentelemetry/exporter-trace-otlp-http': ['telemetry'],
  '@opentelemetry/resources': ['telemetry'],
  '@opentelemetry/sdk-trace': ['telemetry'],
  ws: ['server', 'watch'],
  'graphql-ws': ['server', 'watch', 'client'],
  '@urql/core': ['client'],
  urql: ['console'],
  react: ['console'],
  'react-dom': ['console'],
  '@base-ui/react': ['console'],
  '@tanstack/react-virtual': ['console'],
  uplot: ['console'],
  jose: ['server'],
  'cli-progress': ['watch'],
  'graphql-yoga': ['server', 'graphql'],
  graphql: ['server', 'graphql', 'vendors'],
  '@pothos/core': ['graphql', 'vendors'],
}

const findForbiddenPackages = (sources: Sources): readonly string[] =>
  [...sources]
    .filter(([path]) => !compositionFiles.includes(path))
    .flatMap(([path, text]) =>
      listImports(path, text)
        .filter((target) => !isOurs(target))
        .filter((target) => {
          const name = target.startsWith('node:')
            ? target
            : target
                .split('/')
                .slice(0, target.startsWith('@') ? 2 : 1)
                .join('/')
          return roomOf(path) === 'domain' || packageRooms[name]?.includes(roomOf(path)) === false
        })
        .map((target) => `${path} -> ${target}`),
    )

const mayNameVendors = (path: string): boolean =>
  /^src\/(?:vendors|simulator|console\/vendors)\//.test(path) ||
  path === 'src/domain/vendor.ts' ||
  compositionFiles.includes(path)

const vendorName = /vcda|zerto/i

const findVendorNames = (sources: Sources): readonly string[] =>
  [...sources]
    .filter(([path]) => !mayNameVendors(path))
    .flatMap(([path, text]) =>
      [path, ...text.split('\n')].flatMap((line, index) =>
        vendorName.test(line) ? [`${path}:${index}: ${line.trim()}`] : [],
      ),
    )

const findProcessUse = (sources: Sources): readonly string[] =>
  [...sources].flatMap(([path, text]) => [
    ...(/\bprocess\.env\b/.test(text) && !['src/config.ts', 'src/main.ts'].includes(path)
      ? [`${path}: process.env`]
      : []),
    ...(/\bprocess\.(?:exit|exitCode|abort|kill)\b/.test(text) && path !== 'src/main.ts'
      ? [`${path}: process.exit`]
      : []),
  ])

/** The simulator and the console are products of their own beside the gateway, so each of the three has its own names. */
const findTwins = (sources: Sources): readonly string[] => {
  const first = new Map<string, string>()
  return [...sources.keys()].flatMap((path) => {
    const key = `${/^src\/(?:simulator|console)\//.exec(path)?.[0] ?? ''} ${basename(path)}`
    const twin = first.get(key)
    if (twin === undefined) first.set(key, path)
    return twin === undefined ? [] : [`${twin} and ${path}`]
  })
}

const drawers = new Set(['index', 'utils', 'util', 'helpers', 'helper', 'common', 'types', 'misc', 'shared'])

const findDrawers = (sources: Sources): readonly string[] =>
  [...sources.keys()].filter((path) =>
    path.split('/').some((part) => drawers.has(part.replace(/(?:\.test)?\.tsx?$/, ''))),
  )

const src = readSources('src')
const bench = readSources('bench')
const everything: Sources = new Map([...src, ...bench])

describe('the rooms of src', () => {
  test('were read', () => {
    expect(src.size).toBeGreaterThan(100)
    const read = new Set([...src].flatMap(([path, text]) => listImports(path, text).filter(isOurs)))
    expect(read.size).toBeGreaterThan(50)
    expect([...read].filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('are all in the table', () => {
    const rooms = new Set([...src.keys()].filter((path) => path.split('/').length > 2).map(roomOf))
    expect([...rooms].filter((room) => allowedRooms[room] === undefined)).toEqual([])
    const files = [...src.keys()].filter((path) => path.split('/').length === 2)
    expect(files.toSorted()).toEqual(compositionFiles.toSorted())
  })

  test('import only what the table allows', () => {
    expect(findForbiddenImports(everything)).toEqual([])
  })

  test('keep each library in its own room', () => {
    expect(findForbiddenPackages(src)).toEqual([])
  })

  test('name no vendor outside of the places made for it', () => {
    expect(findVendorNames(src)).toEqual([])
  })

  test('leave the environment to the configuration, and the end of the process to main', () => {
    expect(findProcessUse(src)).toEqual([])
  })

  test('hold no two files of one name', () => {
    expect(findTwins(src)).toEqual([])
  })

  test('hold no drawer for everything', () => {
    const written = [...everything, ...readSources('test')].filter(([path]) => !path.startsWith('test/generated/'))
    expect(findDrawers(new Map(written))).toEqual([])
  })
})

const planted = (path: string, text: string): Sources => new Map([[path, text]])

describe('a rule that is broken is found', () => {
  test.each([
    ['src/domain/task.ts', "import { x } from '../operations/failover.ts'", 'src/operations/failover.ts'],
    ['src/operations/failover.ts', "import type {\n  A,\n} from '../journal/tables.ts'", 'src/journal/tables.ts'],
    ['src/graphql/schema.ts', "import '../vendors/registry.ts'", 'src/vendors/registry.ts'],
    ['src/vendors/acme/acme-client.ts', "import { b } from '../../graphql/builder.ts'", 'src/graphql/builder.ts'],
    ['src/vendors/acme/acme-schema.ts', "import { b } from '../../graphql/schema.ts'", 'src/graphql/schema.ts'],
    [
      'src/vendors/acme/acme-client.ts',
      "import { o } from '../other/other-wire.ts'",
      'src/vendors/other/other-wire.ts',
    ],
    ['src/vendors/acme/acme-client.ts', "import { r } from '../registry.ts'", 'src/vendors/registry.ts'],
    ['src/simulator/clock.ts', "import { t } from '../domain/task.ts'", 'src/domain/task.ts'],
    [
      'src/simulator/acme/acme-world.ts',
      "export { t } from '../other/other-world.ts'",
      'src/simulator/other/other-world.ts',
    ],
    ['src/server/health.ts', "const m = await import('../simulator/main.ts')", 'src/simulator/main.ts'],
    ['src/server/health.ts', "import { startApp } from '../app.ts'", 'src/app.ts'],
    ['src/server/health.ts', "import { fake } from '../../test/support/fake-clock.ts'", 'test/support/fake-clock.ts'],
    ['bench/query.bench.ts', "import { startApp } from '../src/app.ts'", 'src/app.ts'],
  ])('%s with %j', (path, text, target) => {
    expect(findForbiddenImports(planted(path, text))).toEqual([`${path} -> ${target}`])
  })

  test.each([
    ['src/app.ts', "import { startSimulator } from './simulator/main.ts'"],
    ['src/vendors/acme/acme-schema.ts', "import { builder } from '../../graphql/builder.ts'"],
    ['src/vendors/acme/acme-options-schema.ts', "import { builder } from '../../graphql/builder.ts'"],
    ['src/vendors/registry.ts', "import { createAcme } from './acme/acme-adapter.ts'"],
    ['src/simulator/acme/acme-world.ts', "import { createRandom } from '../random.ts'"],
    ['src/simulator/main.ts', "import { startAcme } from './acme/acme-simulator.ts'"],
  ])('and %s with %j is allowed', (path, text) => {
    expect(findForbiddenImports(planted(path, text))).toEqual([])
  })

  test('a library in another room, a vendor, the environment, an exit, a twin, a drawer', () => {
    const path = 'src/tracking/task-tracker.ts'
    expect(findForbiddenPackages(planted(path, "import { Agent } from 'undici'"))).toEqual([`${path} -> undici`])
    expect(findForbiddenPackages(planted('src/domain/rpo.ts', "import { readFileSync } from 'node:fs'"))).toHaveLength(
      1,
    )
    expect(findVendorNames(planted(path, 'const isZerto = true'))).toEqual([`${path}:1: const isZerto = true`])
    expect(findProcessUse(planted(path, "process.env['A']\nprocess.exitCode = 1"))).toHaveLength(2)
    expect(
      findTwins(
        new Map([
          ['src/a/x.ts', ''],
          ['src/b/x.ts', ''],
          ['src/simulator/x.ts', ''],
        ]),
      ),
    ).toHaveLength(1)
    expect(findDrawers(planted('src/tracking/utils.ts', ''))).toHaveLength(1)
  })
})
