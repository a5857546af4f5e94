import { expect, test } from 'vitest'
import { at, items, startHarness, type Harness } from './zerto-sim-harness.ts'

const get = async (zvm: Harness, path: string, site: 0 | 1 = 0) => (await zvm.call(site, 'GET', path)).json

test('answers 204 without a body while there is no licence, does nothing then, and takes a new key', async () => {
  await using zvm = await startHarness()
  const license = await get(zvm, '/v1/license')
  expect(license).toMatchObject({ Details: { ExpiryTime: '2030-01-01T00:00:00.000Z', MaxVms: 15_000 } })
  expect(at(license, 'Usage', 'TotalVmsCount')).toBe(120)
  expect(items(at(license, 'Usage', 'SitesUsage')).map((row) => at(row, 'SiteName'))).toEqual(['Boston', 'London'])
  expect(await zvm.call(0, 'DELETE', '/v1/license')).toMatchObject({ status: 200, text: '' })
  expect(await zvm.call(0, 'GET', '/v1/license')).toMatchObject({ status: 204, text: '' })
  const pause = `/v1/vpgs/${zvm.healthyVpg().id}/pause`
  const refused = await zvm.call(0, 'POST', pause)
  // These words, with the space at their end, were seen on a real ZVM.
  expect(refused).toMatchObject({ status: 500, json: { Message: 'Valid License is not provided ' } })
  expect((await zvm.call(0, 'PUT', '/v1/license', { LicenseKey: 'ABCD-1234' })).status).toBe(200)
  expect(at(await get(zvm, '/v1/license', 1), 'Details', 'LicenseKey')).toBe('ABCD-1234')
  expect((await zvm.call(0, 'POST', pause)).status).toBe(200)
  expect((await zvm.call(0, 'PUT', '/v1/license', {})).status).toBe(500)
})

test('tells the time in UTC, at the site, and how it understands a date without a zone', async () => {
  await using zvm = await startHarness(20)
  expect(await get(zvm, '/v1/serverDateTime/serverDateTimeUtc')).toBe('2026-01-15T12:00:00.000Z')
  expect(await get(zvm, '/v1/serverDateTime/serverDateTimeLocal')).toBe('2026-01-15T07:00:00.000')
  expect(await get(zvm, '/v1/serverDateTime/serverDateTimeLocal', 1)).toBe('2026-01-15T12:00:00.000')
  const argument = '/v1/serverDateTime/dateTimeArgument?dateTime='
  expect(await get(zvm, `${argument}2026-01-15T07:00:00`)).toBe('2026-01-15T12:00:00.000Z')
  expect(await get(zvm, `${argument}2026`)).toBe('2026-01-01T05:00:00.000Z')
  expect(await get(zvm, `${argument}${zvm.clock.now()}`)).toBe('2026-01-15T12:00:00.000Z')
  expect((await zvm.call(0, 'GET', `${argument}tomorrow`)).status).toBe(400)
})

test('lists the peer by its filters, one peer by its identifier, and makes a pairing token', async () => {
  await using zvm = await startHarness(20)
  const [boston, london] = zvm.simulator.world.sites
  const peers = async (query: string) => items(await get(zvm, `/v1/peersites?${query}`)).length
  expect(await peers('pairingStatus=paired&port=9071&location=LONDON,%20UK')).toBe(1)
  expect(await peers('pairingStatus=1')).toBe(0)
  expect(await peers('hostName=10.20.1.10')).toBe(1)
  expect(await get(zvm, '/v1/peersites/pairingstatuses')).toEqual(['Paired', 'Pairing', 'Unpaired'])
  expect(await get(zvm, `/v1/peersites/${london.siteIdentifier}`)).toMatchObject({ PeerSiteName: 'London' })
  expect((await zvm.call(0, 'GET', `/v1/peersites/${boston.siteIdentifier}`)).status).toBe(404)
  const token = (await zvm.call(0, 'POST', '/v1/peersites/generatetoken')).json
  expect(token).toMatchObject({ Token: expect.any(String), UtcExpirationDate: '01/17/2026 12:00 PM' })
})

test('shows what stands at each site, a Cloud Director at London only', async () => {
  await using zvm = await startHarness(20)
  const [boston, london] = zvm.simulator.world.sites
  const children = async (site: typeof boston, path: string) =>
    get(zvm, `/v1/virtualizationsites/${site.siteIdentifier.toUpperCase()}/${path}`)
  expect(await children(boston, 'orgvdcs')).toEqual([])
  expect(await children(boston, 'vcdvapps')).toEqual([])
  const vdcs = items(await children(london, 'orgVdcs'))
  expect(vdcs).toHaveLength(2)
  const vdc = String(at(vdcs, 0, 'Identifier'))
  expect(await children(london, `orgvdcs/${vdc}/storagepolicies`)).toMatchObject([{ IsEnabled: true }, {}])
  expect(await children(london, `orgvdcs/${vdc}/networks`)).toHaveLength(2)
  expect(at(await children(london, 'orgvdcs/x/networks'), 'Message')).toContain('Organization VDC')
  const [datastore] = items(await children(boston, 'datastores'))
  const [cluster] = items(await children(boston, 'datastoreclusters'))
  expect(at(datastore, 'OwningDatastoreCluster')).toEqual(cluster)
  const [host] = items(await children(boston, 'hosts'))
  expect(await children(boston, `hosts/${String(at(host, 'HostIdentifier'))}`)).toEqual(host)
  expect(items(await children(boston, 'devices'))[0]).toMatchObject({ SizeInBytes: 536_870_912_000 })
  expect(await children(boston, 'publiccloud/subnets')).toEqual([])
  expect(await get(zvm, '/v1/vcd/validOrgVdcs', 1)).toMatchObject([{ Id: vdc, Name: 'acme-vdc' }, {}])
  expect(await get(zvm, '/v1/vcd/vmsWithoutMorefId')).toEqual([])
})

test('answers a caller who accepts nothing but XML with 406, and everybody else with JSON', async () => {
  await using zvm = await startHarness(20)
  const { clientId, clientSecret } = zvm.simulator.sites[0]?.clientLogin ?? { clientId: '', clientSecret: '' }
  const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
  const tokenPath = '/auth/realms/zerto/protocol/openid-connect/token'
  const { json } = await zvm.send(0, 'POST', tokenPath, { body: new URLSearchParams(grant) })
  const read = (accept: string) => {
    const headers = { Authorization: `Bearer ${String(at(json, 'access_token'))}`, Accept: accept }
    return zvm.send(0, 'GET', '/v1/localsite', { headers })
  }
  for (const accept of ['application/xml', 'text/xml, application/xml;q=0.9']) {
    expect(await read(accept)).toMatchObject({ status: 406, json: { Message: expect.any(String) } })
  }
  for (const accept of ['*/*', 'application/json', 'text/html', 'application/xml, application/json;q=0.5']) {
    expect(await read(accept)).toMatchObject({ status: 200, json: { SiteName: 'Boston' } })
  }
})
