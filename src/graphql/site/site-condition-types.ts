import type { Appliance, HealthFinding, License } from '../../domain/site-condition.ts'
import { builder } from '../builder.ts'

export const LicenseRef = builder.objectRef<License>('License')
LicenseRef.implement({
  description: 'What a site may protect. The key itself is never shown.',
  fields: (t) => ({
    type: t.exposeString('type', { nullable: true, description: "The vendor's word for its kind." }),
    isLicensed: t.exposeBoolean('isLicensed', { description: 'There is a licence.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ends; null for never.',
    }),
    maxVms: t.exposeInt('maxVms', { nullable: true, description: 'How many machines; null is no limit, or not told.' }),
    usedVms: t.exposeInt('usedVms', { nullable: true, description: 'How many of them are used.' }),
  }),
})

export const ApplianceRef = builder.objectRef<Appliance>('Appliance')
ApplianceRef.implement({
  description: "One of the machines that carry a site's replication traffic.",
  fields: (t) => ({
    vendorId: t.exposeString('vendorId', { description: "The vendor's own identifier of it." }),
    name: t.exposeString('name', { description: 'Its name.' }),
    hostName: t.exposeString('hostName', { nullable: true, description: 'The host it runs on.' }),
    status: t.exposeString('status', { description: "The vendor's word for how it is." }),
    version: t.exposeString('version', { nullable: true, description: 'Its version.' }),
    ipAddress: t.exposeString('ipAddress', { nullable: true, description: 'Its address.' }),
  }),
})

export const HealthFindingRef = builder.objectRef<HealthFinding>('HealthFinding')
HealthFindingRef.implement({
  description: "One part of a site's own health check.",
  fields: (t) => ({
    part: t.exposeString('part', { description: "The part, in the vendor's words." }),
    isHealthy: t.exposeBoolean('isHealthy', { description: 'All is well with it.' }),
    message: t.exposeString('message', { nullable: true, description: 'What is wrong; null when nothing is.' }),
  }),
})
