import { expect, test } from 'vitest'
import { vendors, type Vendor } from '../../src/domain/vendor.ts'
import { snapshotShape } from '../../src/inventory/list-text.ts'
import { startSimulator } from '../../src/simulator/main.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { createAdapter } from '../../src/vendors/registry.ts'

const never = new AbortController().signal

/** The members of an object and of all that stands in it, each with its place. */
const listMembers = (value: unknown, place: string): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => listMembers(item, `${place}[]`))
  if (typeof value !== 'object' || value === null || value instanceof Date) return [place]
  return [place, ...Object.entries(value).flatMap(([name, member]) => listMembers(member, `${place}.${name}`))]
}

/** Every member that the lists of a vendor's sites have, in the order of the alphabet. */
const listMembersOf = async (vendor: Vendor): Promise<string> => {
  await using simulator = await startSimulator({ speed: 0, seed: 7, fleetSize: 40 })
  const members: string[] = []
  for (const { vendor: own, ...site } of simulator.sites) {
    if (own !== vendor) continue
    await using adapter = createAdapter(vendor, { ...site, tls: {} }, { clock: systemClock, logger: silentLogger })
    members.push(
      ...listMembers(await adapter.readSite(never), 'report'),
      ...listMembers(await adapter.listGroups(never), 'groups'),
      ...listMembers(await adapter.listReplications(never), 'replications'),
      ...(adapter.capabilities().supports.ALERTS ? listMembers(await adapter.reads.listAlerts(never), 'alerts') : []),
    )
  }
  return `${[...new Set(members)].toSorted().join('\n')}\n`
}

// Where this is red because a member was added or has gone: raise `snapshotShape`, and the file of the new number is written.
test.each(vendors)(
  'what is kept of the lists of %s has the members that the number of its shape stands for',
  async (vendor) => {
    const file = `../fixtures/${vendor.toLowerCase()}/lists-of-shape-${snapshotShape}.txt`
    await expect(await listMembersOf(vendor)).toMatchFileSnapshot(file)
  },
)
