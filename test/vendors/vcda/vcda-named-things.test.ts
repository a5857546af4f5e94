import { describe, expect, it } from 'vitest'
import type { VendorOptions } from '../../../src/domain/command.ts'
import { listNewOwners } from '../../../src/vendors/vcda/vcda-named-things.ts'
import { toStartCall } from '../../../src/vendors/vcda/vcda-start.ts'

const namedBy = (workKind: string, destination: VendorOptions, source: VendorOptions) =>
  toStartCall({
    operation: 'START_REPLICATION',
    description: null,
    rpoSeconds: 900,
    slaProfileId: null,
    workKind,
    work: { sourceSiteName: 'east', destination, ...source },
  }).named

const cloud = { siteName: 'west', vdcId: 'vdc-1' }
const toCloud = { role: 'GIVEN_TO', siteName: 'west', list: 'vdcs', id: 'vdc-1' }
const toSite = { role: 'GIVEN_TO', siteName: 'onprem', list: null, id: null }
const taken = (list: string | null, id: string, siteName = 'east') => ({ role: 'TAKEN', siteName, list, id })

// A3: what is taken and what is given to has to be the caller's.
describe('a start names', () => {
  it.each([
    ['a machine', 'vcdaVm', cloud, { vmId: 'm-1' }, [taken('vms', 'm-1'), toCloud]],
    ['a vApp', 'vcdaVapp', cloud, { vappId: 'a-1' }, [taken('vapps', 'a-1'), toCloud]],
    [
      'a template, which no list tells of',
      'vcdaVappTemplate',
      cloud,
      { vappTemplateId: 't-1' },
      [taken(null, 't-1'), toCloud],
    ],
    [
      'a machine in a vCenter, where nobody knows organisations',
      'vcdaVcenterVm',
      cloud,
      { vcenterId: 'vc-1', vmId: 'vm-15', vappName: 'shop' },
      [taken(null, 'vm-15'), toCloud],
    ],
    [
      'machines in a vCenter',
      'vcdaVcenterVapp',
      { siteName: 'onprem' },
      { vcenterId: 'vc-1', vappName: 'shop', vms: [{ vmId: 'vm-15' }, { vmId: 'vm-16' }] },
      [taken(null, 'shop'), toSite],
    ],
    [
      'the seed, which is used up',
      'vcdaVm',
      { ...cloud, seedId: 'm-9' },
      { vmId: 'm-1' },
      [taken('vms', 'm-1'), toCloud, taken('vms', 'm-9', 'west')],
    ],
    [
      'the seed of a vApp',
      'vcdaVapp',
      { ...cloud, seedId: 'a-9' },
      { vappId: 'a-1' },
      [taken('vapps', 'a-1'), toCloud, taken('vapps', 'a-9', 'west')],
    ],
    [
      'the seeds of machines in a vCenter',
      'vcdaVapp',
      { siteName: 'onprem', vmSeeds: [{ vmId: 'm-1', seedId: 'vm-7', seedVcenterId: 'vc-1' }] },
      { vappId: 'a-1' },
      [taken('vapps', 'a-1'), toSite, taken(null, 'vm-7', 'onprem')],
    ],
  ] as const)('%s', (_what, workKind, destination, source, named) => {
    expect(namedBy(workKind, destination, source)).toEqual(named)
  })
})

it('a change of the owner names the organisation that gets it, and no other change names anything', () => {
  const path = '/vapp-replications/C4VAPP-1/chown'
  expect(listNewOwners({ method: 'PATCH', path, body: { owner: 'Globex@west' } })).toEqual([
    { what: 'the organisation Globex', role: 'GIVEN_TO', siteId: null, organization: 'Globex' },
  ])
  expect(listNewOwners({ method: 'PATCH', path: '/vapp-replications/C4VAPP-1', body: { owner: 'x@y' } })).toEqual([])
})
