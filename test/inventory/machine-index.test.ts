import { expect, it } from 'vitest'
import type { Replication } from '../../src/domain/replication.ts'
import { toGlobalId } from '../../src/domain/global-id.ts'
import { indexMachines } from '../../src/inventory/machine-index.ts'
import type { Seen } from '../../src/inventory/merge-observations.ts'
import { sampleMachine } from '../operations/sample-survey.ts'

const seen = (machine: Replication): Seen<Replication> => ({
  ...machine,
  observations: [],
  conflicts: [],
  isStale: false,
})

it('finds every other protection of a machine, and not the machine itself', () => {
  const machine = sampleMachine('web-01')
  const twin = sampleMachine('web-01-twice', { platformIds: ['vcenter:a/web-01'], groupNativeId: 'audit' })
  const foreign = sampleMachine('Web-01', { vendor: 'VCDA', platformIds: [] })
  const index = indexMachines([machine, twin, foreign, sampleMachine('db-01')].map(seen))
  expect(index.findOthers(machine).map(({ other, knownBy }) => [other.id, knownBy])).toEqual([
    [twin.id, 'PLATFORM_ID'],
    [foreign.id, 'NAME_AND_ORGANIZATION'],
  ])
  expect(index.byGroup.get(toGlobalId('ProtectionGroup', 'ZERTO', 'audit'))?.map(({ id }) => id)).toEqual([twin.id])
})

it('looks at the machines that have something in common, however many there are', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => seen(sampleMachine(`vm-${at}`)))
  const index = indexMachines([...many, seen(sampleMachine('vm-77', { vendor: 'VCDA', platformIds: [] }))])
  const began = performance.now()
  const found = many.flatMap((machine) => index.findOthers(machine))
  expect(found.map(({ machine }) => machine.name)).toEqual(['vm-77'])
  // Comparing each with each would take minutes.
  expect(performance.now() - began).toBeLessThan(2_000)
})
