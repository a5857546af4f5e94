/** What VCDA's sites have in the public schema beyond the common fields. */
import type { RetentionRule as Rule } from '../../domain/replication.ts'
import type { UsageSample } from '../../domain/usage.ts'
import { builder } from '../../graphql/builder.ts'
import type { VcdaSiteDetails, VcdaSiteLink, VcdaSlaProfile } from './vcda-details.ts'
import { requireSpecifics } from './vcda-specifics.ts'
import type { VcdaCustomerSite, VcdaPolicy, VcdaRecoveryPlan, VcdaRecoveryPlanStep } from './vcda-specifics-mapping.ts'

/** Bytes at a moment. */
export const TrafficSample = builder.objectRef<UsageSample>('VcdaTrafficSample')
TrafficSample.implement({
  description: 'One point of a series of traffic.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'The moment.' }),
    bytes: t.expose('bytes', { type: 'ByteCount', description: 'Bytes sent since the point before.' }),
  }),
})

const RetentionRule = builder.objectRef<Rule>('VcdaRetentionRule')
RetentionRule.implement({
  description: 'Keeps so many recovery points, so far apart.',
  fields: (t) => ({
    count: t.exposeInt('count', { description: 'Number of recovery points.' }),
    distanceSeconds: t.exposeInt('distanceSeconds', { description: 'Seconds between two of them.' }),
  }),
})

const Policy = builder.objectRef<VcdaPolicy>('VcdaPolicy')
Policy.implement({
  description: 'What tenants of a VCDA site may do.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its identifier at the site.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    minRpoSeconds: t.exposeInt('minRpoSeconds', {
      nullable: true,
      description: 'Shortest recovery point objective, in seconds; null where the site does not tell.',
    }),
    maxRecoveryPoints: t.exposeInt('maxRecoveryPoints', {
      nullable: true,
      description: 'Most recovery points of a replication; null for no limit, and where the site does not tell.',
    }),
    maxIncoming: t.exposeInt('maxIncoming', {
      nullable: true,
      description: 'Most incoming replications; null for no limit, and where the site does not tell.',
    }),
    allowsIncoming: t.exposeBoolean('allowsIncoming', {
      nullable: true,
      description: 'Whether replications to the site are allowed.',
    }),
    allowsOutgoing: t.exposeBoolean('allowsOutgoing', {
      nullable: true,
      description: 'Whether replications from the site are allowed.',
    }),
    others: t.expose('others', {
      type: 'JSON',
      nullable: true,
      description: 'What else the site says of it, in the vendor words: members differ between versions.',
    }),
  }),
})

const RecoveryPlanStep = builder.objectRef<VcdaRecoveryPlanStep>('VcdaRecoveryPlanStep')
RecoveryPlanStep.implement({
  description: 'One step of a recovery plan.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its identifier at the site.' }),
    name: t.exposeString('name', { nullable: true, description: 'Its name.' }),
    sequence: t.exposeInt('sequence', { nullable: true, description: 'Its place in the plan.' }),
    delaySeconds: t.exposeInt('delaySeconds', { nullable: true, description: 'Seconds that are waited after it.' }),
    prompt: t.exposeString('prompt', {
      nullable: true,
      description: 'What a person is asked before the plan goes on; null where nobody is.',
    }),
    replicationIds: t.exposeStringList('replicationIds', { description: 'What it recovers, by the native ids.' }),
    isRecovered: t.exposeBoolean('isRecovered', { nullable: true, description: 'True when it has been done.' }),
    state: t.exposeString('state', { nullable: true, description: 'Where it stands, in the vendor words.' }),
  }),
})

const RecoveryPlan = builder.objectRef<VcdaRecoveryPlan & { readonly siteId: string }>('VcdaRecoveryPlan')
RecoveryPlan.implement({
  description: 'Groups that are recovered in an order. From VCDA 4.6. What came of its runs: recoveryReports.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its identifier at the site.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for.' }),
    owner: t.exposeString('owner', { nullable: true, description: 'Who owns it, as `organisation@site`.' }),
    isMigration: t.exposeBoolean('isMigration', {
      nullable: true,
      description: 'True when it moves machines for good.',
    }),
    scheduledSyncAt: t.expose('scheduledSyncAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its replications are synchronised next by the plan.',
    }),
    state: t.exposeString('state', {
      nullable: true,
      description: 'Where it stands, in the vendor words: NOT_STARTED, RUNNING, SUSPENDED, COMPLETE.',
    }),
    lastOperation: t.exposeString('lastOperation', {
      nullable: true,
      description: 'What was last done with it, in the vendor words.',
    }),
    lastErrorMessage: t.exposeString('lastErrorMessage', {
      nullable: true,
      description: 'The last error in the words of the vendor; null when there was none.',
    }),
    isSuspendRequested: t.exposeBoolean('isSuspendRequested', {
      nullable: true,
      description: 'True when somebody has asked it to stop after the present step.',
    }),
    promptStepId: t.exposeString('promptStepId', {
      nullable: true,
      description: 'Identifier of the step at which it waits for a person; null when it does not.',
    }),
    steps: t.field({
      type: [RecoveryPlanStep],
      nullable: true,
      description: 'Its steps, in their order. Asked of the site when somebody asks.',
      extensions: { vendorCalls: 1 },
      resolve: async ({ id, siteId }, _args, { inventory, signal }) => [
        ...(await requireSpecifics(inventory.findAdapterOfSite(siteId)).listRecoveryPlanSteps(id, signal)),
      ],
    }),
  }),
})

const CustomerSite = builder.objectRef<VcdaCustomerSite>('VcdaCustomerSite')
CustomerSite.implement({
  description: "A customer's own site, paired with a cloud.",
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the site, for questions about resources there.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    owner: t.exposeString('owner', { nullable: true, description: 'Whose it is, as `organisation@site`.' }),
    description: t.exposeString('description', { nullable: true, description: 'Free text from the vendor.' }),
  }),
})

const SiteLink = builder.objectRef<VcdaSiteLink>('VcdaSiteLink')
SiteLink.implement({
  description: 'The link from a VCDA site to one that it is paired with.',
  fields: (t) => ({
    siteName: t.exposeString('siteName', { description: 'The name of the other site.' }),
    apiUrl: t.exposeString('apiUrl', { nullable: true, description: 'Address of the API of the other site.' }),
    publicApiUrl: t.exposeString('publicApiUrl', {
      nullable: true,
      description: 'Public address of the API of the other site.',
    }),
    certificateThumbprint: t.exposeString('certificateThumbprint', {
      nullable: true,
      description: 'SHA-256 of the certificate of the other site, as `SHA-256:` and 32 hexadecimal octets.',
    }),
    apiVersion: t.exposeString('apiVersion', { nullable: true, description: 'Version of the API of the other site.' }),
    buildVersion: t.exposeString('buildVersion', { nullable: true, description: 'Build of the other site.' }),
    incomingError: t.exposeString('incomingError', {
      nullable: true,
      description: 'Why nothing arrives from the other site, in the words of the vendor; null when it does.',
    }),
    outgoingError: t.exposeString('outgoingError', {
      nullable: true,
      description: 'Why nothing reaches the other site, in the words of the vendor; null when it does.',
    }),
  }),
})

const SlaProfile = builder.objectRef<VcdaSlaProfile>('VcdaSlaProfile')
SlaProfile.implement({
  description: 'A set of replication settings that a VCDA site offers under a name.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifier of the profile, for `slaProfileId` of a start or an update.' }),
    name: t.exposeString('name', { description: 'Its name, e.g. Gold.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for.' }),
    rpoSeconds: t.exposeInt('rpoSeconds', { nullable: true, description: 'Its recovery point objective, in seconds.' }),
    isQuiesced: t.exposeBoolean('isQuiesced', {
      nullable: true,
      description: 'Whether the guest is quieted before a recovery point is taken.',
    }),
    dataConnectionType: t.exposeString('dataConnectionType', {
      nullable: true,
      description: 'How data travels, in the vendor words: PLAIN, ENCRYPTED, ENCRYPTED_COMPRESSED.',
    }),
    retentionRules: t.field({
      type: [RetentionRule],
      description: 'Which recovery points it keeps.',
      resolve: ({ retentionRules }) => [...retentionRules],
    }),
    initialSyncAt: t.expose('initialSyncAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the first copy is to begin; null for at once.',
    }),
    organizationCount: t.exposeInt('organizationCount', {
      nullable: true,
      description: 'Number of organisations that may use it.',
    }),
    replicationCount: t.exposeInt('replicationCount', {
      nullable: true,
      description: 'Number of replications with it.',
    }),
  }),
})

/** What a site has that has no common name. */
export const SiteDetails = builder.objectRef<VcdaSiteDetails>('VcdaSiteDetails')
SiteDetails.implement({
  description: 'The fields of a VCDA site that have no common name.',
  fields: (t) => ({
    apiUrl: t.exposeString('apiUrl', { nullable: true, description: 'Address of its API for other sites.' }),
    publicApiUrl: t.exposeString('publicApiUrl', { nullable: true, description: 'Public address of its API.' }),
    certificateThumbprint: t.exposeString('certificateThumbprint', {
      nullable: true,
      description: 'SHA-256 of its certificate, as `SHA-256:` and 32 hexadecimal octets.',
    }),
    productName: t.exposeString('productName', { nullable: true, description: 'Name of the product.' }),
    buildVersion: t.exposeString('buildVersion', { nullable: true, description: 'Its build.' }),
    buildDate: t.exposeString('buildDate', {
      nullable: true,
      description: 'When it was built, as the site writes it.',
    }),
    apiVersion: t.exposeString('apiVersion', { nullable: true, description: 'Version of its API, e.g. 4.6.' }),
    links: t.expose('links', { type: [SiteLink], description: 'How the links to its paired sites are doing.' }),
    slaProfiles: t.expose('slaProfiles', {
      type: [SlaProfile],
      nullable: true,
      description: 'The SLA profiles that it offers; null where it did not give them.',
    }),
    policies: t.field({
      type: [Policy],
      nullable: true,
      description: 'What tenants may do. Asked of the site when somebody asks.',
      extensions: { vendorCalls: 1 },
      resolve: async ({ siteId }, _args, { inventory, signal }) => [
        ...(await requireSpecifics(inventory.findAdapterOfSite(siteId)).listPolicies(signal)),
      ],
    }),
    recoveryPlans: t.field({
      type: [RecoveryPlan],
      nullable: true,
      description: 'Groups that are recovered in an order. Asked of the site when somebody asks. From VCDA 4.6.',
      extensions: { vendorCalls: 1 },
      resolve: async ({ siteId }, _args, { inventory, signal }) => {
        const plans = await requireSpecifics(inventory.findAdapterOfSite(siteId)).listRecoveryPlans(signal)
        return plans.map((plan) => ({ ...plan, siteId }))
      },
    }),
    customerSites: t.field({
      type: [CustomerSite],
      nullable: true,
      description: "Customers' own sites that are paired with this cloud. Asked of the site when somebody asks.",
      extensions: { vendorCalls: 1 },
      resolve: async ({ siteId }, _args, { inventory, signal }) => [
        ...(await requireSpecifics(inventory.findAdapterOfSite(siteId)).listCustomerSites(signal)),
      ],
    }),
    ownerTraffic: t.field({
      type: [TrafficSample],
      nullable: true,
      description:
        'Traffic of everything that an owner replicates, the oldest first; of the last day where no start is given.',
      args: {
        owner: t.arg.string({ required: true, description: 'The owner, as `organisation@site`.' }),
        from: t.arg({ type: 'DateTime', description: 'First moment.' }),
        to: t.arg({ type: 'DateTime', description: 'Last moment; now where it is left out.' }),
      },
      extensions: { vendorCalls: 1 },
      resolve: async ({ siteId }, { owner, from, to }, { inventory, signal }) => {
        const span = { from: from ?? null, to: to ?? null }
        const specifics = requireSpecifics(inventory.findAdapterOfSite(siteId))
        return [...(await specifics.readOwnerTraffic(owner, span, signal))]
      },
    }),
  }),
})
