import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { vendors } from '../../src/domain/vendor.ts'
import { startSimulator } from '../../src/simulator/main.ts'

const root = join(import.meta.dirname, '../..')

/** What a vendor consists of beside its lines in tables; `CONTRIBUTING.md` says what each is. */
const placesOf = (name: string): readonly string[] => [
  ...['adapter', 'client', 'errors', 'mapping', 'schema', 'wire'].map(
    (part) => `src/vendors/${name}/${name}-${part}.ts`,
  ),
  `src/vendors/${name}/README.md`,
  `src/simulator/${name}/${name}-simulator.ts`,
  `src/console/vendors/${name}/${name}-parts.ts`,
  `test/conformance/${name}.test.ts`,
]

test.each(vendors)('%s has a room, a simulator, its part of the console and the common suite', (vendor) => {
  const missing = placesOf(vendor.toLowerCase()).filter((path) => !existsSync(join(root, path)))
  expect(missing).toEqual([])
})

test('two sites of every vendor are simulated', async () => {
  await using simulator = await startSimulator({ speed: 0, seed: 1, fleetSize: 2 })
  expect(simulator.sites.map(({ vendor }) => vendor)).toEqual(vendors.flatMap((vendor) => [vendor, vendor]))
})
