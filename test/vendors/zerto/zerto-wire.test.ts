import { expect, test } from 'vitest'
import { findVendorDate } from '../../../src/vendors/zerto/zerto-dates.ts'
import { nodeKinds } from '../../../src/domain/global-id.ts'
import { isNativeId, isObjectId } from '../../../src/vendors/zerto/zerto-ids.ts'
import { parseWire, WireFormatError } from '../../../src/vendors/zerto/zerto-wire-shapes.ts'
import { toZertoCapabilities } from '../../../src/vendors/zerto/zerto-capabilities.ts'
import { findZertoVersion, isBefore, settingsSince } from '../../../src/vendors/zerto/zerto-version.ts'
import { findIdentifier, wire } from '../../../src/vendors/zerto/zerto-wire.ts'
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

test.each([
  ['10.0.60', 10, 0],
  ['9.7 U2', 9, 7],
  ['7.0', 7, 0],
  [' 5.5.20', 5, 5],
])('reads the version %s', (text, major, minor) => {
  expect(findZertoVersion(text)).toEqual({ major, minor })
})

test.each([null, '', 'ten', '10', '10.x', '9.1234'])('takes the version %j for the newest', (text) => {
  expect(findZertoVersion(text)).toBeNull()
  expect(isBefore(findZertoVersion(text), settingsSince)).toBe(false)
})

test.each([
  ['5.5', true],
  ['5.9', true],
  ['6.0', false],
  ['6.5', false],
  ['10.0', false],
])('knows whether %s is older than settings objects: %s', (text, isOlder) => {
  expect(isBefore(findZertoVersion(text), settingsSince)).toBe(isOlder)
  expect(toZertoCapabilities(findZertoVersion(text)).supports.UPDATE).toBe(!isOlder)
})

test('reads numbers in quotes, identifiers without, and flags in words', () => {
  const row = { VpgName: 7, VpgIdentifier: vpgId, VmsCount: ' 4 ', BackupEnabled: 'True', ActualRPO: '1e1' }
  expect(parseWire(wire.vpgs, JSON.stringify([row]))).toMatchObject([
    { VpgName: '7', VmsCount: 4, BackupEnabled: true, ActualRPO: 10 },
  ])
})

test('takes no identifier that has lost digits', () => {
  // R5
  const text = '[{"CheckpointIdentifier":9007199254740993,"TimeStamp":"2024-05-01T10:00:00Z"}]'
  expect(() => parseWire(wire.checkpoints, text)).toThrow(WireFormatError)
  expect(parseWire(wire.checkpoints, text.replace('9007199254740993', '786'))).toMatchObject([
    { CheckpointIdentifier: '786' },
  ])
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
  expect(nodeKinds.filter((kind) => forms.some((form) => isNativeId(kind, form)))).toEqual([])
  expect(forms.filter(isObjectId)).toEqual([])
})
