import type { GraphQLResolveInfo } from 'graphql'
import { listCapabilities, type Capability } from '../../domain/capabilities.ts'
import type { VendorAdapter } from '../../domain/ports/vendor-adapter.ts'
import type { BreakerState, ConnectionState } from '../../domain/site.ts'
import type { SiteConnection, Site } from '../../inventory/site-view.ts'
import { builder, vendorParts } from '../builder.ts'
import { lastingWith, notLasting } from '../lasting.ts'
import type { GatewayContext } from '../context.ts'
import { describedEnum } from '../described-enum.ts'
import { NodeRef } from '../node/node-interface.ts'
import { ProblemRef } from '../problem/problem-interface.ts'
import { CapabilityEnum } from '../protection/protection-enums.ts'
import { VendorEnum } from '../vendor-enum.ts'
import { loadVendorValue } from '../vendor-list.ts'
import { ApplianceRef, HealthFindingRef, LicenseRef } from './site-condition-types.ts'

const ConnectionStateEnum = describedEnum<ConnectionState>('ConnectionState', 'How the way to a site is doing.', {
  UP: 'It answers.',
  DEGRADED: 'It answers, but not as it should.',
  DOWN: 'It does not answer.',
})

const BreakerStateEnum = describedEnum<BreakerState>(
  'BreakerState',
  'Whether calls are let through to a site. It opens after repeated failures, so that a site in trouble is left alone.',
  {
    CLOSED: 'Calls go through.',
    OPEN: 'Calls are refused at once.',
    HALF_OPEN: 'One call is let through to find out.',
  },
)

export const SiteRef = builder.objectRef<Site>('Site')

const SiteConnectionRef = builder.objectRef<SiteConnection>('SiteConnection')
SiteConnectionRef.implement({
  description: 'How the gateway reaches a configured site.',
  fields: (t) => ({
    url: t.exposeString('url', {
      nullable: true,
      description: 'Scheme, host and port, from the configuration; null for who may see only part of the site.',
    }),
    state: t.expose('state', { type: ConnectionStateEnum, description: 'How it is doing.' }),
    breaker: t.expose('breaker', { type: BreakerStateEnum, description: 'Whether calls are let through.' }),
    lastSuccessAt: t.expose('lastSuccessAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last answered; null when it has not since the gateway started.',
    }),
    certificateExpiresAt: t.expose('certificateExpiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the certificate ends that it showed last; null before the first connection, and without TLS.',
    }),
    lastProblem: t.expose('lastProblem', {
      type: ProblemRef,
      nullable: true,
      description: 'Why the last read failed; null when it did not.',
    }),
    clockSkewMs: t.exposeInt('clockSkewMs', {
      nullable: true,
      description: "The vendor's clock minus ours, in milliseconds; null when it does not tell the time.",
    }),
  }),
})

/** One read of a configured site that has the capability; null for the others, and, with an error, when it fails. */
const readFromSite = async <T>(
  { id, capabilities }: Site,
  capability: Capability,
  read: (adapter: VendorAdapter) => Promise<T>,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<T | null> => {
  const adapter = context.inventory.findAdapterOfSite(id)
  if (adapter === null || capabilities?.supports[capability] !== true) return null
  return loadVendorValue(() => read(adapter), context, info)
}

const SiteDetailsUnion = builder.unionType('SiteDetails', {
  description: 'What a site has that has no common name, by vendor.',
  types: () => vendorParts().map((part) => part.details.Site),
  resolveType: ({ vendor }) => vendorParts().find((part) => part.vendor === vendor)?.details.Site,
})

SiteRef.implement({
  description:
    'One management site of a vendor. Known because it is configured, or because a configured one is paired with it. Who may see only part of a site sees that it is there, what it can do and how it is reached; all else is null or empty.',
  interfaces: [NodeRef],
  fields: (t) => ({
    vendor: t.expose('vendor', { type: VendorEnum, description: 'The product.' }),
    name: t.exposeString('name', { description: 'As the vendor calls it.' }),
    configuredName: t.exposeString('configuredName', {
      nullable: true,
      description: 'As the configuration of this gateway calls it; null for a peer that is not configured.',
    }),
    description: t.exposeString('description', { nullable: true, description: 'Free text from the vendor.' }),
    location: t.exposeString('location', { nullable: true, description: 'Free text from the vendor.' }),
    isConfigured: t.boolean({
      description: 'True when this gateway talks to it.',
      resolve: ({ configuredName }) => configuredName !== null,
    }),
    connection: t.expose('connection', {
      type: SiteConnectionRef,
      nullable: true,
      description: 'How it is reached; null when it is only known as a peer.',
      extensions: notLasting,
    }),
    capabilities: t.field({
      type: [CapabilityEnum],
      description: 'What it can do at its version. Empty for a peer.',
      resolve: ({ capabilities }) => (capabilities === null ? [] : [...listCapabilities(capabilities)]),
    }),
    peers: t.field({
      type: [SiteRef],
      description: 'The sites it is paired with.',
      extensions: lastingWith(),
      resolve: ({ peerIds }, _args, { loaders }) => peerIds.flatMap((id) => loaders.findSite(id) ?? []),
    }),
    productVersion: t.exposeString('productVersion', {
      nullable: true,
      description: 'Version of the product; null until it has answered once.',
    }),
    license: t.field({
      type: LicenseRef,
      nullable: true,
      extensions: { vendorCalls: 1 },
      description: 'Its licence. A call to the vendor; null where the capability LICENSE is missing.',
      resolve: (site, _args, context, info) =>
        readFromSite(site, 'LICENSE', (adapter) => adapter.reads.readLicense(context.signal), context, info),
    }),
    appliances: t.field({
      type: [ApplianceRef],
      nullable: true,
      extensions: { vendorCalls: 1 },
      description: 'What carries its traffic. A call to the vendor; null where the capability APPLIANCES is missing.',
      resolve: async (site, _args, context, info) => {
        const read = (adapter: VendorAdapter) => adapter.reads.listAppliances(context.signal)
        const appliances = await readFromSite(site, 'APPLIANCES', read, context, info)
        return appliances === null ? null : [...appliances]
      },
    }),
    health: t.field({
      type: [HealthFindingRef],
      nullable: true,
      extensions: { vendorCalls: 1 },
      description: 'Its own check of its parts; may take seconds. Null where the capability HEALTH_CHECK is missing.',
      resolve: async (site, _args, context, info) => {
        const read = (adapter: VendorAdapter) => adapter.reads.readHealth(context.signal)
        const findings = await readFromSite(site, 'HEALTH_CHECK', read, context, info)
        return findings === null ? null : [...findings]
      },
    }),
    details: t.expose('details', {
      type: SiteDetailsUnion,
      nullable: true,
      description: 'Everything without a common name; null for a peer and until it has answered once.',
    }),
  }),
})
