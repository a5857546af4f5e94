import { expect, it } from 'vitest'
import { findSameMachineSign, toMachineKeys } from '../../src/domain/same-machine.ts'
import type { Replication } from '../../src/domain/replication.ts'
import { sampleEnd, sampleMachine } from '../operations/sample-survey.ts'

const foreign = { vendor: 'VCDA', platformIds: [] } as const

// A3
it.each<[string, Replication, Replication, ReturnType<typeof findSameMachineSign>]>([
  [
    'a shared identifier of the platform',
    sampleMachine('web-01', { platformIds: ['vcenter:a/vm-1'] }),
    sampleMachine('other', { vendor: 'VCDA', platformIds: ['cloud-director:x', 'vcenter:a/vm-1'] }),
    'PLATFORM_ID',
  ],
  [
    'the same name and organisation, in any case',
    sampleMachine('web-01'),
    sampleMachine('WEB-01', foreign),
    'NAME_AND_ORGANIZATION',
  ],
  [
    'the same name and organisation although the identifiers differ: they may be of two layers',
    sampleMachine('web-01'),
    sampleMachine('web-01', { vendor: 'VCDA', platformIds: ['cloud-director:x'] }),
    'NAME_AND_ORGANIZATION',
  ],
  [
    'another organisation',
    sampleMachine('web-01'),
    sampleMachine('web-01', { ...foreign, source: sampleEnd('x', 'Globex') }),
    null,
  ],
  [
    'no known organisation on either side',
    sampleMachine('web-01', { source: sampleEnd('x', null) }),
    sampleMachine('web-01', { ...foreign, source: sampleEnd('x', null) }),
    null,
  ],
  [
    'the same name within one vendor',
    sampleMachine('web-01'),
    sampleMachine('web-01', { platformIds: ['vcenter:b/1'] }),
    null,
  ],
])('tells by %s', (_what, one, other, sign) => {
  expect(findSameMachineSign(one, other)).toBe(sign)
  expect(findSameMachineSign(other, one)).toBe(sign)
  // An index by these keys must not overlook a pair.
  const hasSharedKey = toMachineKeys(one).some((key) => toMachineKeys(other).includes(key))
  expect(hasSharedKey || sign === null).toBe(true)
})
