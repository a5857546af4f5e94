import { expect, test } from 'vitest'
import { toGlobalId } from '../../../src/domain/global-id.ts'
import type { ServiceReply } from '../../../src/simulator/http-service.ts'
import { findVendorMessage } from '../../../src/vendors/zerto/zerto-errors.ts'
import {
  failureOf,
  group,
  json,
  neverAborted,
  startScriptedZvm,
  taskId,
  vmId,
  vpgId,
  sendOptions,
} from './scripted-zvm.ts'

const refusal = json({ Message: 'VPG settings operation failed. Exception occurred in API: no host;' }, 500)
const bare = (status: number, headers: Readonly<Record<string, string>> = {}): ServiceReply => ({ status, headers })

test.each([
  ['a business rule', refusal, 'VENDOR_REFUSED'],
  ['bad input', json({ Message: 'The request is invalid.' }, 400), 'VENDOR_REFUSED'],
  ['an unknown group', json({ Message: 'not found' }, 404), 'VENDOR_REFUSED'],
  ['a missing role', bare(403), 'VENDOR_REFUSED'],
  ['a redirect', bare(302, { Location: 'http://127.0.0.1:1/' }), 'VENDOR_REFUSED'],
  ['too many calls', bare(429, { 'Retry-After': '7' }), 'RATE_LIMITED'],
  ['500 without a word', bare(500), 'OUTCOME_UNKNOWN'],
  ['500 from a proxy', { status: 500, body: '<html>oops</html>' }, 'OUTCOME_UNKNOWN'],
  ['502', bare(502), 'OUTCOME_UNKNOWN'],
  ['503', json({ Message: 'busy' }, 503), 'OUTCOME_UNKNOWN'],
  ['504', bare(504), 'OUTCOME_UNKNOWN'],
  ['200 with HTML', { status: 200, body: '<html></html>' }, 'OUTCOME_UNKNOWN'],
  ['200 with nothing', bare(200), 'OUTCOME_UNKNOWN'],
] as const)('a change answered with %s is sent once', async (_, reply, code) => {
  // A1, A2, N8
  await using zvm = await startScriptedZvm({ answer: () => reply })
  const prepared = await zvm.adapter.prepare({ operation: 'PAUSE', target: group, options: null }, neverAborted)
  expect(await failureOf(prepared.send(sendOptions))).toMatchObject({ code })
  expect(zvm.calls).toHaveLength(1)
})

test.each(['RESET_AFTER', 'RESET_BEFORE'] as const)(
  'a change cut off (%s) is sent once, its outcome unknown',
  async (kind) => {
    // N8
    await using zvm = await startScriptedZvm({ answer: () => json(taskId) })
    await zvm.adapter.readTasks([taskId], neverAborted).catch(() => undefined)
    zvm.service.forget()
    zvm.service.faults.add({ method: 'POST', path: /pause$/, effect: { kind } })
    const prepared = await zvm.adapter.prepare({ operation: 'PAUSE', target: group, options: null }, neverAborted)
    expect(await failureOf(prepared.send(sendOptions))).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    })
    expect(zvm.calls.length).toBeLessThanOrEqual(1)
  },
)

test('keeps the words of a refusal, without their wrapping', async () => {
  await using zvm = await startScriptedZvm({ answer: () => refusal })
  const prepared = await zvm.adapter.prepare({ operation: 'PAUSE', target: group, options: null }, neverAborted)
  expect(await failureOf(prepared.send(sendOptions))).toMatchObject({
    problem: { vendorMessage: 'no host', httpStatus: 500, siteName: 'zvm-a', retryAfterSeconds: null },
  })
})

test('sends nothing for a caller who has already left', async () => {
  await using zvm = await startScriptedZvm({ answer: () => json(taskId) })
  const prepared = await zvm.adapter.prepare({ operation: 'PAUSE', target: group, options: null }, neverAborted)
  const failure = await failureOf(prepared.send({ ...sendOptions, signal: AbortSignal.abort() }))
  expect(failure).toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
  expect(zvm.calls).toEqual([])
})

test.each([
  ['HTML with 200', { status: 200, body: '<html></html>' }, 'VENDOR_PROTOCOL'],
  ['nothing with 200', bare(200), 'VENDOR_PROTOCOL'],
  ['no content', bare(204), 'VENDOR_PROTOCOL'],
  ['wrong types', json([{ VpgName: 5 }]), 'VENDOR_PROTOCOL'],
  ['a redirect', bare(302, { Location: 'http://127.0.0.1:1/' }), 'VENDOR_PROTOCOL'],
  ['a missing role', bare(403), 'VENDOR_REFUSED'],
  ['a refusal', json({ Message: 'Valid License is not provided ' }, 500), 'VENDOR_REFUSED'],
  ['500 without a word', bare(500), 'VENDOR_UNAVAILABLE'],
] as const)('a list answered with %s is %s', async (_, reply, code) => {
  // N1
  await using zvm = await startScriptedZvm({ answer: () => reply })
  expect(await failureOf(zvm.adapter.listGroups(neverAborted))).toMatchObject({ code, problem: { siteName: 'zvm-a' } })
})

test.each([
  ['404', bare(404)],
  ['500 and words that say so', json({ Message: 'VPG with identifier x does not exist' }, 500)],
])('an unknown id answered with %s is NOT_FOUND, with the id that clients know', async (_, reply) => {
  await using zvm = await startScriptedZvm({ answer: () => reply })
  expect(await failureOf(zvm.adapter.getGroup(vpgId, neverAborted))).toMatchObject({
    problem: { code: 'NOT_FOUND', id: toGlobalId('ProtectionGroup', 'ZERTO', vpgId) },
  })
  expect(await failureOf(zvm.adapter.getReplication(`${vpgId}/${vmId}`, neverAborted))).toMatchObject({
    problem: { code: 'NOT_FOUND', id: toGlobalId('Replication', 'ZERTO', `${vpgId}/${vmId}`) },
  })
})

test.each(['../localsite', `${vpgId}/..`, `${vpgId}?x=1`, `${vpgId}%2e`, `${vpgId}\r\nX: 1`, ''])(
  'asks nobody about the id %j',
  async (nativeId) => {
    // V1
    await using zvm = await startScriptedZvm({ answer: () => json({}) })
    expect(await failureOf(zvm.adapter.getGroup(nativeId, neverAborted))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await failureOf(zvm.adapter.getReplication(nativeId, neverAborted))).toMatchObject({ code: 'NOT_FOUND' })
    const query = { kind: 'ProtectionGroup', nativeId, from: null, to: null } as const
    expect(await zvm.adapter.listRecoveryPoints([query], neverAborted)).toEqual([[]])
    expect(zvm.service.exchanges).toEqual([])
  },
)

test.each([
  ['{"Message":"a"}', 'a'],
  ['{"message":"a"}', 'a'],
  ['{"errorCode":1,"errorMessage":"a"}', 'a'],
  ['{"error":"x","error_description":"a"}', 'a'],
  ['{"Message":""}', null],
  ['{"Message":5}', null],
  ['<html>', null],
  ['null', null],
])('finds the words in %s', (body, words) => {
  expect(findVendorMessage(body)).toBe(words)
})
