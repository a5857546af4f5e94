import { expect, test } from 'vitest'
import { findVendorDate } from '../../../src/vendors/zerto/zerto-dates.ts'
import { isNativeId } from '../../../src/vendors/zerto/zerto-ids.ts'
import { findIdentifier, parseWire, wire, WireFormatError } from '../../../src/vendors/zerto/zerto-wire.ts'
import { taskId, vmId, vpgId } from './scripted-zvm.ts'

test.each([
  ['2019-07-20T19:30:19Z', '2019-07-20T19:30:19.000Z'],
  ['2019-07-11T16:51:07.0221234Z', '2019-07-11T16:51:07.022Z'],
  ['2019-07-20T19:30:19+02:00', '2019-07-20T17:30:19.000Z'],
  ['2019-07-20T19:30:19-0330', '2019-07-20T23:00:19.000Z'],
  ['2019-07-20T19:30:19', '2019-07-20T23:30:19.000Z'],
  ['2019-07-20', '2019-07-20T04:00:00.000Z'],
  ['/Date(1520423877045)/', '2018-03-07T11:57:57.045Z'],
  ['/Date(1520423877045+0300)/', '2018-03-07T11:57:57.045Z'],
])('reads the date %s at a site four hours behind UTC', (text, iso) => {
  expect(findVendorDate(text, -240)?.toISOString()).toBe(iso)
})

test.each(['', 'yesterday', '2019-13-40T00:00:00Z', '/Date()/', '0001-01-01T00:00:00', '/Date(-62135596800000)/'])(
  'reads no date from %j',
  (text) => {
    expect(findVendorDate(text, 0)).toBeNull()
  },
)

test('reads member names in any case, with members that nobody has described', () => {
  // R5
  const text = `[{"vpgIdentifier":"${vpgId}","vpgName":"a","ioPs":7,"IsNew":true,"__proto__":{"x":1},"link":{"Identifier":"b"}}]`
  expect(parseWire(wire.vpgs, text)).toMatchObject([
    { VpgIdentifier: vpgId, VpgName: 'a', IOPs: 7, Link: { identifier: 'b' } },
  ])
})

test.each([
  ['HTML', '<html></html>'],
  ['nothing', ''],
  ['a truncated answer', '[{"VpgName":'],
  ['another shape', '{"VpgName":"a"}'],
  ['a member of another type', `[{"VpgName":"a","VpgIdentifier":"${vpgId}","VmsCount":"four"}]`],
  ['no name', `[{"VpgIdentifier":"${vpgId}"}]`],
  ['no identifier anywhere', '[{"VpgName":"a"}]'],
])('refuses %s', (_, text) => {
  // N1
  expect(() => parseWire(wire.vpgs, text)).toThrow(WireFormatError)
})

test.each([
  ['a bare string', JSON.stringify(taskId)],
  ['the object of the documentation', JSON.stringify({ TaskIdentifier: taskId })],
  ['the object in another case', JSON.stringify({ taskIdentifier: taskId })],
])('finds the task in %s', (_, body) => {
  expect(findIdentifier('TaskIdentifier', body)).toBe(taskId)
})

test.each(['', 'null', '""', '"<html>"', '{}', '{"TaskIdentifier":5}', 'oops'])('finds no task in %j', (body) => {
  expect(findIdentifier('TaskIdentifier', body)).toBeNull()
})

test('knows its own identifiers', () => {
  expect(isNativeId('ProtectionGroup', vpgId)).toBe(true)
  expect(isNativeId('Replication', `${vpgId}/${vmId}`)).toBe(true)
  expect(isNativeId('RecoveryPoint', `${vpgId}/166834`)).toBe(true)
  expect(isNativeId('Task', taskId)).toBe(true)
})

const hostile = ['..', '/..', '%2e%2e', '?x=1', '#', '\r\nX: 1', '\u0000', ' ', '/', '\\', '\n']

test.each(hostile)('does not take an identifier with %j in it', (piece) => {
  // V1
  const forms = [`${vpgId}${piece}`, `${piece}${vpgId}`, `${vpgId}/${vmId}${piece}`, `${vpgId}/1${piece}`, piece]
  for (const kind of ['ProtectionGroup', 'Replication', 'RecoveryPoint', 'Site', 'Task'] as const) {
    expect(forms.filter((form) => isNativeId(kind, form))).toEqual([])
  }
})
