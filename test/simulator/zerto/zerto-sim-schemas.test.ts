import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { at, items, startHarness, type Harness } from './zerto-sim-harness.ts'

/**
 * The schemas of the API description of 10.0 U6 that this simulator answers with, in PascalCase as they are on the
 * wire. A type ends in `?` where null is allowed; `#Name` is another schema, which may always be null.
 */
const schemas: unknown = JSON.parse(await readFile(new URL('zerto-10.0u6-schemas.json', import.meta.url), 'utf8'))

/** Members that the description leaves out and real answers have. */
const undescribed: Readonly<Record<string, readonly string[]>> = {
  VpgApi: [
    'OrganizationName',
    'ServiceProfileIdentifier',
    'ServiceProfileName',
    'SourceSite',
    'TargetSite',
    'VpgIdentifier',
  ],
  VmApi: ['SourceSite', 'TargetSite', 'VmIdentifier', 'VpgIdentifier'],
  TaskApi: ['TaskIdentifier'],
  EventApi: ['EventIdentifier', 'SiteIdentifier', 'SiteName', 'ZorgIdentifier', 'ZorgName'],
  LocalSiteApi: ['SiteIdentifier'],
  PeerSiteApi: ['SiteIdentifier'],
  ZorgApi: ['ZorgIdentifier'],
  VraApi: ['IpAddress', 'VraIdentifierStr'],
  VpgSettingsVmVolumeApi: ['IsSwap'],
}

/** Members of links to machines that only some calls carry. */
const isOptional = (name: string): boolean => name === 'vpg_identifier' || name === 'instance_identifier'

const isDate = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value)

const isInteger = (value: unknown, bits: 32 | 64): boolean =>
  typeof value === 'number' && Number.isInteger(value) && (bits === 64 || Math.abs(value) <= 0x7fff_ffff)

const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  int32: (value) => isInteger(value, 32),
  int64: (value) => isInteger(value, 64),
  double: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  date: isDate,
  span: (value) => typeof value === 'string' && /^(\d+\.)?\d\d:\d\d:\d\d$/.test(value),
}

/** Everything in which a value differs from a type, each with the path to it. */
const differences = (value: unknown, type: unknown, path: string): readonly string[] => {
  if (Array.isArray(type)) {
    if (!Array.isArray(value)) return [`${path} is no list`]
    return value.flatMap((item: unknown, index) => differences(item, type[0], `${path}[${index}]`))
  }
  const text = String(type)
  if (value === null) return text.endsWith('?') || text.startsWith('#') ? [] : [`${path} is null, not ${text}`]
  if (text.startsWith('#')) return objectDifferences(value, text.slice(1), path)
  const most = /^enum 0\.\.(\d+)$/.exec(text)?.[1]
  if (most !== undefined) {
    return isInteger(value, 32) && Number(value) <= Number(most) ? [] : [`${path} is not one of 0..${most}`]
  }
  const check = checks[text.replace('?', '')]
  if (check === undefined) return [`${path} has the unknown type ${text}`]
  return check(value) ? [] : [`${path} is ${JSON.stringify(value)}, not ${text}`]
}

const objectDifferences = (value: unknown, name: string, path: string): readonly string[] => {
  const schema = at(schemas, name)
  if (typeof schema !== 'object' || schema === null) return [`there is no schema ${name}`]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is no object`]
  const members = Object.entries(schema).flatMap(([member, type]) => {
    if (!(member in value)) return isOptional(member) ? [] : [`${path}.${member} is missing`]
    return differences(at(value, member), type, `${path}.${member}`)
  })
  const known = [...Object.keys(schema), ...(undescribed[name] ?? [])]
  const strange = Object.keys(value).filter((member) => !known.includes(member) && !isOptional(member))
  return [...members, ...strange.map((member) => `${path}.${member} is not described`)]
}

/** Fetches a list or an object and compares the whole of it. A list must hold something, or it proves nothing. */
const compare = async (zvm: Harness, path: string, schema: string, site: 0 | 1 = 0): Promise<readonly string[]> => {
  const { status, json } = await zvm.call(site, 'GET', path)
  if (status !== 200) return [`${path} answered ${status}`]
  const isEmpty = Array.isArray(json) && json.length === 0
  return isEmpty ? [`${path} is empty`] : differences(json, Array.isArray(json) ? [`#${schema}`] : `#${schema}`, path)
}

/** Every resource with what it answers with. `vm` and `site` are paths, `vdc` an identifier, `since` a date. */
const listResources = (place: {
  readonly vpgId: string
  readonly vm: string
  readonly siteIdentifier: string
  readonly vdc: string
  readonly since: string
}): readonly (readonly [string, string])[] => {
  const { vpgId, vm, siteIdentifier, vdc, since } = place
  const sites = `/v1/virtualizationsites/${siteIdentifier}`
  return [
    ['/v1/vpgs', 'VpgApi'],
    [`/v1/vpgs/${vpgId}/checkpoints?startDate=${since}`, 'CheckpointApi'],
    [`/v1/vpgs/${vpgId}/checkpoints/stats`, 'VpgCheckpointsStatsApi'],
    ['/v1/vms', 'VmApi'],
    [vm, 'VmApi'],
    [`${vm}/pointsInTime?startDate=${since}`, 'PointInTimeApi'],
    [`${vm}/pointsInTime/stats`, 'PointInTimeStatsApi'],
    ['/v1/statistics/vms', 'VmStatisticsApi'],
    ['/v1/tasks', 'TaskApi'],
    ['/v1/alerts', 'AlertApi'],
    ['/v1/events', 'EventApi'],
    ['/v1/reports/recovery', 'RecoveryReportApi'],
    ['/v1/reports/resources', 'VmResourcesReportApi'],
    ['/v1/vras', 'VraApi'],
    ['/v1/datastores', 'DatastoreApi'],
    ['/v1/volumes', 'VolumeApi'],
    ['/v1/license', 'LicenseApi'],
    ['/v1/zorgs', 'ZorgApi'],
    ['/v1/serviceprofiles', 'ServiceProfileApi'],
    ['/v1/localsite', 'LocalSiteApi'],
    ['/v1/peersites', 'PeerSiteApi'],
    [`/v1/peersites/${siteIdentifier}`, 'PeerSiteApi'],
    ['/v1/virtualizationsites', 'VirtualizationSiteApi'],
    [`${sites}/vms`, 'VmNativeApi'],
    [`${sites}/hosts`, 'HostNativeApi'],
    [`${sites}/hostclusters`, 'HostClusterNativeApi'],
    [`${sites}/datastores`, 'DatastoreNativeApi'],
    [`${sites}/datastoreclusters`, 'DatastoreClusterNativeApi'],
    [`${sites}/networks`, 'NetworkNativeApi'],
    [`${sites}/folders`, 'FolderNativeApi'],
    [`${sites}/resourcepools`, 'ResourcePoolNativeApi'],
    [`${sites}/orgvdcs`, 'OrgVdcNativeApi'],
    [`${sites}/orgvdcs/${vdc}/networks`, 'NetworkNativeApi'],
    [`${sites}/orgvdcs/${vdc}/storagepolicies`, 'VirtualizationSites.StoragePolicyApi'],
    [`${sites}/vcdvapps`, 'VCDVappNativeApi'],
    [`${sites}/devices`, 'DeviceDataApi'],
    [`${sites}/repositories`, 'BackupTargetInfoRepositoriesApi'],
    ['/v1/flrs', 'FlrSessionInformationApi'],
    ['/v1/encryptionDetection/suspected/vpgs', 'SuspectedVpgApi'],
    ['/v1/encryptionDetection/suspected/vms', 'SuspectedVmApi'],
    ['/v1/encryptionDetection/suspected/volumes', 'SuspectedVolumeApi'],
    ['/v1/encryptionDetection/metrics/vpgs', 'MetricsVpgApi'],
    ['/v1/encryptionDetection/metrics/vms', 'MetricsVmApi'],
    ['/v1/encryptionDetection/metrics/volumes', 'MetricsVolumeApi'],
    ['/v1/encryptionDetection/state', 'SettingsApi'],
    ['/v1/vpgSettings', 'VpgSettingsApi'],
    ['/v1/vpgSettings/exportedSettings', 'VpgSettingsExportedDataInfoApi'],
  ]
}

test('answers every resource with exactly the members and types of the API description of 10.0 U6', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const [, london] = zvm.simulator.world.sites
  zvm.simulator.world.suspicionLevels.set(vpg.id, 2)
  await zvm.act(vpg, 'Checkpoints', { CheckpointName: 'before the change' })
  const jflr = { Jflr: { VpgIdentifier: vpg.id, VmIdentifier: vpg.vms[0]?.identifiers[0] } }
  await zvm.call(0, 'POST', '/v1/flrs', jflr)
  await zvm.call(0, 'POST', '/v1/vpgSettings', { VpgIdentifier: vpg.id })
  await zvm.call(0, 'POST', '/v1/vpgSettings/exportSettings', {})
  zvm.turn(10)
  const vms = items((await zvm.call(0, 'GET', `/v1/vms?vpgName=${vpg.name}`)).json)
  const vm = `/v1/vms/${String(at(vms, 0, 'VmIdentifier'))}`
  const resources = listResources({
    vm,
    vpgId: vpg.id,
    siteIdentifier: london.siteIdentifier,
    vdc: london.infrastructure.orgVdcs[0]?.identifier ?? '',
    since: new Date(zvm.clock.now() - 3_600_000).toISOString(),
  })
  for (const [path, schema] of resources) expect(await compare(zvm, path, schema)).toEqual([])
  expect(await compare(zvm, '/v1/vcd/validOrgVdcs', 'VCDVirtualDatacenter', 1)).toEqual([])
})
