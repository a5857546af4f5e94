import { expect, test } from 'vitest'
import { startRig, type WireGroup } from './vcda-rig.ts'

interface Guest {
  readonly failoverSettings: {
    readonly enabled: boolean
    readonly computerName: string
    readonly adminAutoLogonCount: number
  } | null
  readonly failoverTestSettings: unknown
}

test('tells what is in force, takes new settings at once and shows them on the replication', async () => {
  await using rig = await startRig()
  const { id, vmName } = await rig.east.findReplication('OK')
  const path = `/vm-replications/${id}/guest-customization`
  const plain = await rig.east.get<Guest>(path)
  expect(plain.failoverSettings).toMatchObject({ enabled: false, computerName: vmName, adminAutoLogonCount: 0 })
  expect(plain.failoverTestSettings).toEqual(plain.failoverSettings)
  expect(await rig.east.replication(id)).toMatchObject({ guestCustomization: null })
  const settings = { failoverSettings: { enabled: true, computerName: 'recovered' }, failoverTestSettings: null }
  const reply = await rig.east.send('PUT', path, settings)
  expect([reply.status, reply.body]).toEqual([200, settings])
  expect(await rig.west.get(path)).toEqual(settings)
  expect(await rig.east.replication(id)).toMatchObject({ guestCustomization: settings.failoverSettings })
  expect(rig.simulator.world.tasks.list()).toEqual([])
  const wrong = { failoverSettings: { enabled: 'yes' } }
  expect(await rig.east.refusal('PUT', path, wrong)).toEqual([400, 'BadRequest'])
})

test('keeps the settings of a vApp by VM', async () => {
  await using rig = await startRig()
  const group = (await rig.east.groups()).find(({ vmReplications }) => vmReplications.length > 1)
  const [first, second] = group?.vmReplications ?? []
  const path = `/vapp-replications/${group?.id}/guest-customization`
  const settings = { failoverSettings: { enabled: true, computerName: 'one' }, failoverTestSettings: null }
  const byVm = { vmGuestCustomizationSettings: { [first?.vmId ?? '']: settings } }
  const reply = await rig.east.send<{ vmGuestCustomizationSettings: Record<string, Guest> }>('PUT', path, byVm)
  const all = reply.body.vmGuestCustomizationSettings
  expect(all[first?.vmId ?? '']).toEqual(settings)
  expect(all[second?.vmId ?? '']?.failoverSettings).toMatchObject({ enabled: false, computerName: second?.vmName })
  const changed = await rig.east.get<WireGroup>(`/vapp-replications/${group?.id}`)
  expect(changed.vmReplications[0]).toMatchObject({ guestCustomization: settings.failoverSettings })
  const stray = { vmGuestCustomizationSettings: { nobody: settings } }
  expect(await rig.east.refusal('PUT', path, stray)).toEqual([400, 'BadUserInput'])
})

test('wants an extended session of a tenant to change the guest', async () => {
  await using rig = await startRig()
  const tenant = await rig.tenant()
  const [group] = await tenant.groups()
  const path = `/vapp-replications/${group?.id}/guest-customization`
  await tenant.get(path)
  const refused = await tenant.refusal('PUT', path, { vmGuestCustomizationSettings: {} })
  expect(refused).toEqual([401, 'RemoteAuthenticationFailure'])
})
