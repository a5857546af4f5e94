import { expect } from 'vitest'
import { startTinyServer } from '../upstream/tiny-server.ts'
import { anyGet, reads, setScene, strike } from './failing-site.ts'
import type { VendorSuite } from './vendor-adapter.suite.ts'
import { findHealthyTarget, never, problemOf, sendOptions, toCommand } from './vendor-rig.ts'

/** Members of the vendors' answers that say where something is. */
const addressMembers = [
  'address',
  'apiUrl',
  'apiVersionUrl',
  'uri',
  'url',
  'href',
  'location',
  'managerUrl',
  'replicatorUrl',
  'tunnelUrl',
  'vcdUrl',
  'nextPage',
  'Link',
  'Href',
  'HostName',
  'IpAddress',
  'SiteExternalIp',
  'VraIpAddress',
  'issuer',
  'token_endpoint',
]

const redirects = [301, 302, 303, 307, 308]

/** S2, N11: an adapter speaks to the address of its configuration, whatever anybody there says. */
export const addAddresses = ({ signInPath, start, test }: VendorSuite): void => {
  test('follows no redirect, neither of a read nor of a sign-in nor of a change', async () => {
    await using elsewhere = await startTinyServer((_request, response) => response.end('{}'))
    await using rig = await start()
    const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
    const prepared = await rig.first.prepare(toCommand('PAUSE', target), never)
    for (const status of redirects) {
      const effect = { kind: 'REDIRECT', status, location: `${elsewhere.url}/elsewhere` } as const
      const adapter = rig.open()
      strike(rig, { path: signInPath, effect, times: 1 })
      await problemOf(adapter.listGroups(never))
      strike(rig, { ...anyGet, effect })
      await problemOf(rig.open().listGroups(never))
      rig.services[0].faults.clear()
    }
    rig.forget()
    strike(rig, { path: /./, effect: { kind: 'REDIRECT', status: 307, location: `${elsewhere.url}/elsewhere` } })
    await problemOf(prepared.send(sendOptions))
    expect(rig.changes()).toHaveLength(1)
    expect(elsewhere.connections).toBe(0)
  })

  test('asks nobody at an address that an answer tells', async () => {
    await using elsewhere = await startTinyServer((_request, response) => response.end('{}'))
    await using rig = await start()
    const { adapter, ...scene } = await setScene(rig)
    for (const member of addressMembers) {
      strike(rig, { path: /./, effect: { kind: 'SET_MEMBER', member, value: `${elsewhere.url}/elsewhere` }, times: 8 })
      // Some members are needed: whether a read succeeds with such an answer is not what this is about.
      await Promise.allSettled(Object.values(reads).map((read) => read(adapter, scene, never)))
      rig.services[0].faults.clear()
    }
    expect(rig.requests().length).toBeGreaterThan(addressMembers.length)
    expect(elsewhere.connections).toBe(0)
  })
}
