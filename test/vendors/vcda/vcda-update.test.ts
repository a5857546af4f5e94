import { describe, expect, it } from 'vitest'
import type { CommandOf } from '../../../src/domain/command.ts'
import { findProblem } from '../../../src/domain/errors.ts'
import { toCommandCall } from '../../../src/vendors/vcda/vcda-commands.ts'
import type { ApiVersion } from '../../../src/vendors/vcda/vcda-versions.ts'
import { thrownBy, vappId, vmId } from './vcda-samples.ts'
import { never, sendAs, startScriptedSite, type Answer } from './vcda-site.ts'

const update = (more: Partial<CommandOf<'UPDATE'>>): CommandOf<'UPDATE'> => ({
  operation: 'UPDATE',
  target: { kind: 'Replication', vendor: 'VCDA', nativeId: vmId },
  options: null,
  description: null,
  rpoSeconds: null,
  slaProfileId: null,
  priority: null,
  ...more,
})

const callOf = (more: Partial<CommandOf<'UPDATE'>>, version: ApiVersion | null = null) =>
  toCommandCall(update(more), 'vcloud', { version, storedNetworks: null })

const refusalOf = (more: Partial<CommandOf<'UPDATE'>>, version: ApiVersion | null = null) =>
  thrownBy(() => callOf(more, version)).problem

const base = `/vm-replications/${vmId}`

describe('an update of the settings', () => {
  it.for([
    { why: 'the RPO', more: { rpoSeconds: 900 }, body: { rpo: 15 } },
    { why: 'the profile', more: { slaProfileId: 'p-1' }, body: { slaProfileId: 'p-1' } },
    {
      why: 'the profile and the description',
      more: { slaProfileId: 'p-1', description: 'x' },
      body: { slaProfileId: 'p-1', description: 'x' },
    },
    {
      why: 'how data travels',
      more: { options: { dataConnectionType: 'ENCRYPTED', isQuiesced: false } },
      body: { dataConnectionType: 'ENCRYPTED', quiesced: false },
    },
    {
      why: 'no recovery points but the newest',
      more: { options: { retentionRules: [] } },
      body: { retentionPolicy: { rules: [] } },
    },
  ])('sends $why and leaves out the rest, which stays', ({ more, body }) => {
    expect(callOf(more)).toEqual({ method: 'PATCH', path: base, body })
  })

  it.for([
    { why: 'an RPO', more: { rpoSeconds: 900 } },
    { why: 'quiescing', more: { options: { isQuiesced: true } } },
    { why: 'a way of travelling', more: { options: { dataConnectionType: 'PLAIN' } } },
    { why: 'retention', more: { options: { retentionRules: [] } } },
  ])('is refused for a profile together with $why, which would end its use', ({ more }) => {
    const problem = refusalOf({ slaProfileId: 'p-1', ...more })
    expect(problem).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'input.slaProfileId' }] })
  })

  it('is refused for a first copy at a time of its own before 4.4', () => {
    const more = { options: { initialSyncAt: '2030-01-01T00:00:00Z' } }
    expect(refusalOf(more, '4.3')).toMatchObject({ fields: [{ path: 'input.vcda.initialSyncAt' }] })
    expect(callOf(more, '4.4').body).toEqual({ initialSyncTime: Date.UTC(2030, 0, 1) })
    expect(callOf(more).body).toEqual({ initialSyncTime: Date.UTC(2030, 0, 1) })
  })
})

describe('an update of something else', () => {
  it('changes the owner', () => {
    expect(callOf({ options: { owner: 'org1@site1' } })).toEqual({
      method: 'PATCH',
      path: `${base}/chown`,
      body: { owner: 'org1@site1' },
    })
  })

  it('changes the storage profile, or applies the present one once more', () => {
    const path = `${base}/storage-profile`
    expect(callOf({ options: { storageProfileId: 's-1' } })).toEqual({
      method: 'POST',
      path,
      body: { storageProfileId: 's-1' },
    })
    expect(callOf({ options: { reapplyStorageProfile: true } }).body).toEqual({ storageProfileId: null })
    const both = { storageProfileId: 's-1', reapplyStorageProfile: true }
    expect(refusalOf({ options: both }).code).toBe('INVALID_INPUT')
  })

  it.for([
    { why: 'an owner and an RPO', more: { rpoSeconds: 900, options: { owner: 'a@b' } } },
    { why: 'an owner and a storage profile', more: { options: { owner: 'a@b', storageProfileId: 's' } } },
    { why: 'networks and a description', more: { description: 'x', options: { networkSettings: { failover: {} } } } },
    { why: 'nothing', more: {} },
    { why: 'no networks', more: { options: { networkSettings: {} } } },
    { why: 'an owner without a site', more: { options: { owner: 'a' } } },
    { why: 'a priority', more: { priority: 'HIGH', rpoSeconds: 900 } as const },
  ])('is refused for $why', ({ more }) => {
    expect(refusalOf(more).code).toBe('INVALID_INPUT')
  })
})

describe('stored networks', () => {
  const stored = {
    failoverSettings: { vAppNetworkSettings: { copySourceNetworks: true, future: 1 }, vmNetworkSettings: null },
    failoverTestSettings: { vAppNetworkSettings: null, vmNetworkSettings: { 'm-1': { primaryNicIndex: 0 } } },
  }
  const accepted: Answer = { status: 202, body: { id: 't-1', state: 'RUNNING' } }
  const network = { id: 'n-1', name: 'net' }
  const given = { bridgeNetworks: [network] }
  const sent = {
    vAppNetworkSettings: {
      bridgeOrgVdcNetworks: [network],
      bulkConnectVmNics: false,
      copySourceNetworks: false,
      networkMappings: [],
    },
    vmNetworkSettings: null,
  }

  const change = async (networkSettings: object) => {
    await using site = await startScriptedSite(({ method, url }) => {
      if (!url.endsWith('/network-settings')) return null
      return method === 'GET' ? { status: 200, body: stored } : accepted
    })
    const target = { kind: 'ProtectionGroup', vendor: 'VCDA', nativeId: vappId } as const
    const prepared = await site.adapter.prepare(update({ target, options: { networkSettings } }), never)
    const acceptance = await prepared.send(sendAs('op'))
    return { acceptance, calls: site.calls, prepared: prepared.calls }
  }

  it('are read and written back with the given half changed, the other one to the letter', async () => {
    const { acceptance, calls, prepared } = await change({ failover: given })
    expect(acceptance).toEqual({ kind: 'TASK', vendorTaskId: 't-1' })
    const path = `/vapp-replications/${vappId}/network-settings`
    expect(calls.map(({ method, url }) => `${method} ${url}`)).toEqual([`GET ${path}`, `PUT ${path}`])
    const body = { failoverSettings: sent, failoverTestSettings: stored.failoverTestSettings }
    expect(JSON.parse(calls[1]?.body ?? '')).toEqual(body)
    expect(prepared).toEqual([{ method: 'PUT', path, body }])
  })

  it('are not read where both halves are given', async () => {
    const { calls } = await change({ failover: given, testFailover: given })
    expect(calls.map(({ method }) => method)).toEqual(['PUT'])
    expect(JSON.parse(calls[0]?.body ?? '')).toEqual({ failoverSettings: sent, failoverTestSettings: sent })
  })
})

const send = async (answer: Answer) => {
  await using site = await startScriptedSite(({ url }) => (url.endsWith('/chown') ? answer : null))
  const prepared = await site.adapter.prepare(update({ options: { owner: 'org1@site1' } }), never)
  return await prepared.send(sendAs('op'))
}

describe('a change of the owner', () => {
  it('is done when it is answered: there is no task', async () => {
    expect(await send({ status: 200, body: { id: vmId, owner: 'org1@site1' } })).toEqual({ kind: 'DONE' })
  })

  it.for([
    { shown: { owner: 'org1@site1' }, outcome: 'DONE' },
    { shown: { owner: 'org2@site2' }, outcome: 'OUTCOME_UNKNOWN' },
    { shown: {}, outcome: 'OUTCOME_UNKNOWN' },
    { shown: null, outcome: 'OUTCOME_UNKNOWN' },
  ])('whose answer is lost is sent once, and is $outcome where the object then shows $shown', async (row) => {
    // N8: no task tells later what became of it.
    await using site = await startScriptedSite(({ method, url }) => {
      if (url.endsWith('/chown')) return { status: 502 }
      return method === 'GET' && row.shown !== null ? { status: 200, body: { id: vmId, ...row.shown } } : null
    })
    const prepared = await site.adapter.prepare(update({ options: { owner: 'org1@site1' } }), never)
    const outcome = prepared.send(sendAs('op')).then(
      ({ kind }) => kind,
      (error: unknown) => findProblem(error)?.code,
    )
    expect(await outcome).toBe(row.outcome)
    expect(site.calls.map(({ method }) => method)).toEqual(['PATCH', 'GET'])
  })

  it.for([
    { answer: { status: 403, body: { code: 'Forbidden' } }, code: 'VENDOR_REFUSED' },
    { answer: { status: 500 }, code: 'OUTCOME_UNKNOWN' },
    { answer: { status: 302, headers: { location: '/' } }, code: 'OUTCOME_UNKNOWN' },
  ])('is $code for $answer.status', async ({ answer, code }) => {
    await expect(send(answer)).rejects.toMatchObject({ problem: { code } })
  })
})
