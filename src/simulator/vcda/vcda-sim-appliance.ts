import { inferredLicenseKey, inferredRefusals } from './vcda-inferred.ts'
import { badInput, parseJsonObject, requireText } from './vcda-sim-body.ts'
import { requireProvider, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import type { SimAppliance, SimReplicator } from './vcda-sim-model.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'
import { thumbprintFor, uuidFor, type Rendered } from './vcda-sim-rendering.ts'
import { buildVersions } from './vcda-sim-version.ts'
import type { VcdaWorld } from './vcda-world.ts'

/** The appliance of the site that the call is for. */
export const applianceOf = (call: VcdaCall): SimAppliance => {
  const appliance = call.world.appliances.get(call.site)
  if (appliance !== undefined) return appliance
  // Only clouds have one; a customer's machine room speaks through them.
  throw badInput(`Site ${call.site} is no cloud.`, call.site)
}

/** GET /diagnostics/about. */
export const getAbout = (call: VcdaCall): VcdaAnswer => ({
  status: 200,
  body: {
    serviceType: 'Cloud',
    productName: 'VMware Cloud Director Availability',
    buildVersion: buildVersions[call.world.version],
    buildDate: '2023-11-28T09:14:00+0000',
  },
})

/** A replicator with all members that a typed client reads. */
export const renderReplicator = (world: VcdaWorld, replicator: SimReplicator): Rendered => ({
  id: replicator.id,
  owner: '*',
  site: replicator.site,
  description: replicator.description,
  apiUrl: `https://${replicator.address}:8043`,
  certThumbprint: thumbprintFor(replicator.id),
  pairingCookie: null,
  state: { incomingCommError: replicator.commError, outgoingCommError: replicator.commError },
  isInMaintenanceMode: replicator.isInMaintenanceMode,
  apiVersion: world.version,
  dataAddress: null,
  buildVersion: buildVersions[world.version],
})

/** GET /replicators: a bare array. */
export const listReplicators = (call: VcdaCall): VcdaAnswer => {
  requireProvider(call)
  return { status: 200, body: applianceOf(call).replicators.map((item) => renderReplicator(call.world, item)) }
}

/** GET /replicators/{id}. */
export const getReplicator = (call: VcdaCall): VcdaAnswer => {
  requireProvider(call)
  const id = call.params.id ?? ''
  const replicator = applianceOf(call).replicators.find((item) => item.id === id)
  if (replicator === undefined) {
    throw new VcdaRefusal(inferredRefusals.pathNotFound, `Replicator ${id} was not found.`, [id])
  }
  return { status: 200, body: renderReplicator(call.world, replicator) }
}

/** GET /license. `expirationDate` is milliseconds since 1970. */
export const getLicense = (call: VcdaCall): VcdaAnswer => {
  requireProvider(call)
  const { licenseKey, licensedUntil } = applianceOf(call)
  const body = { key: licenseKey, isLicensed: call.now < licensedUntil, expirationDate: licensedUntil }
  return { status: 200, body }
}

/** POST /license: a new key is good for some years from now on. */
export const setLicense = (call: VcdaCall): VcdaAnswer => {
  requireProvider(call)
  const key = requireText(parseJsonObject(call.body), 'key')
  if (!inferredLicenseKey.form.test(key)) throw badInput('The license key is not valid.')
  Object.assign(applianceOf(call), { licenseKey: key, licensedUntil: call.now + inferredLicenseKey.lifeMs })
  return getLicense(call)
}

const certificateOf = (name: string): Rendered => ({
  certificate: { thumbPrint: thumbprintFor(name) },
  encoded: Buffer.from(`certificate of ${name}`).toString('base64'),
})

/** What GET /config gives; `/config/site`, `/config/vcloud` and the like are parts of it. */
const renderConfig = (call: VcdaCall): Rendered => ({
  id: applianceOf(call).instanceId,
  lsUrl: `https://vcenter.${call.site}.example:443/lookupservice/sdk`,
  lsThumbprint: thumbprintFor(`vcenter.${call.site}`),
  localSite: call.site,
  localSiteDescription: call.world.sites.get(call.site)?.description ?? '',
  vcdUrl: `https://vcd.${call.site}.example:443/api`,
  vcdThumbprint: thumbprintFor(`vcd.${call.site}`),
  vcdUsername: 'administrator@System',
  tunnelUrl: `https://tunnel.${call.site}.example:8047`,
  tunnelCertificate: certificateOf(`tunnel.${call.site}`).encoded,
  isCombined: false,
})

const endpointsOf = (site: string): Rendered => ({
  mgmtAddress: null,
  mgmtPort: 8046,
  mgmtPublicAddress: null,
  mgmtPublicPort: null,
  apiAddress: null,
  apiPort: 8443,
  apiPublicAddress: `${site}.example`,
  apiPublicPort: 8048,
})

const picked = (whole: Rendered, ...names: readonly string[]): Rendered =>
  Object.fromEntries(names.map((name) => [name, whole[name]]))

const tunnelsOf = (site: string): Rendered => ({
  tunnels: [{ id: uuidFor(`tunnel of ${site}`), url: `https://tunnel.${site}.example:8047`, certificate: '' }],
})

/**
 * The parts of the configuration that clients read, by what follows `/config`. Members that a typed client reads are
 * known from it; those of `/manager`, and of `/site`, `/vcloud` and `/lookup-service` as parts of the whole, are inferred.
 */
export const configReaders: Readonly<Record<string, (call: VcdaCall) => Rendered>> = {
  '': renderConfig,
  '/is-configured': () => ({ isConfigured: true }),
  '/endpoints': ({ site }) => ({ configured: endpointsOf(site), effective: endpointsOf(site) }),
  '/site': (call) => picked(renderConfig(call), 'id', 'localSite', 'localSiteDescription'),
  '/vcloud': (call) => picked(renderConfig(call), 'vcdUrl', 'vcdThumbprint', 'vcdUsername'),
  '/lookup-service': (call) => picked(renderConfig(call), 'lsUrl', 'lsThumbprint'),
  '/tunnels': ({ site }) => tunnelsOf(site),
  '/manager': ({ site }) => ({
    managerUrl: `https://manager.${site}.example:8044`,
    managerThumbprint: thumbprintFor(site),
  }),
  '/admin-allow-from': () => ({ adminAllowFrom: null }),
  '/telemetry': () => ({ enabled: false, environment: 'TEST' }),
  '/root-password-expired': () => ({ rootPasswordExpired: false, secondsUntilExpiration: 31_536_000 }),
  '/certificate': ({ site }) => certificateOf(site),
  '/remote-certificate': ({ query }) => {
    const url = query.get('url') ?? ''
    if (!URL.canParse(url)) throw badInput(`${url} is not an address.`, url)
    return certificateOf(new URL(url).host)
  },
}

/** GET /config…: for providers, but whether it is configured at all is for everybody. */
export const getConfig = (part: string) => {
  const read = configReaders[part]
  return (call: VcdaCall): VcdaAnswer => {
    if (part !== '/is-configured') requireProvider(call)
    return { status: 200, body: read === undefined ? null : read(call) }
  }
}
