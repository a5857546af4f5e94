import { DomainError } from '../../domain/errors.ts'
import type { ProtectionProfile } from '../../domain/protection-profile.ts'
import { builder } from '../builder.ts'
import { RetentionRuleRef } from '../replication/retention-rule-type.ts'
import { VendorEnum } from '../vendor-enum.ts'

const ProtectionProfileRef = builder.objectRef<ProtectionProfile>('ProtectionProfile')
ProtectionProfileRef.implement({
  description: 'Settings under a name, offered by the provider. Null members are what the profile does not set.',
  fields: (t) => ({
    vendor: t.expose('vendor', { type: VendorEnum, description: 'The product.' }),
    vendorId: t.exposeString('vendorId', { description: 'What `slaProfileId` of an input takes.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    description: t.exposeString('description', { nullable: true, description: 'Free text from the provider.' }),
    rpoSeconds: t.exposeInt('rpoSeconds', { nullable: true, description: 'Recovery point objective, in seconds.' }),
    journalHistorySeconds: t.exposeInt('journalHistorySeconds', {
      nullable: true,
      description: 'How long recovery points are kept, in seconds, where the vendor counts time.',
    }),
    retentionRules: t.field({
      type: [RetentionRuleRef],
      description: 'Which recovery points are kept, where the vendor counts points.',
      resolve: ({ retentionRules }) => [...retentionRules],
    }),
    isQuiesced: t.exposeBoolean('isQuiesced', { nullable: true, description: 'The guest is quieted for each point.' }),
    testIntervalSeconds: t.exposeInt('testIntervalSeconds', {
      nullable: true,
      description: 'How often a test is due, in seconds.',
    }),
  }),
})

builder.queryField('protectionProfiles', (t) =>
  t.field({
    type: [ProtectionProfileRef],
    extensions: { vendorCalls: 1 },
    description: 'The profiles that a site offers. Needs the capability PROFILES.',
    args: { siteId: t.arg.id({ required: true, description: 'A configured site.' }) },
    resolve: async (_root, { siteId }, { inventory, signal }) => {
      const adapter = inventory.findAdapterOfSite(siteId)
      if (adapter === null) throw DomainError.notFound(siteId, `No configured site has the id ${siteId}`)
      return [...(await adapter.reads.listProfiles(signal))]
    },
  }),
)
