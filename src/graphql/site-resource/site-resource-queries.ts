import { DomainError } from '../../domain/errors.ts'
import { parseGlobalId } from '../../domain/global-id.ts'
import type { ResourceKind, SiteResource } from '../../domain/site-resource.ts'
import type { Ordering } from '../../inventory/paging.ts'
import { builder } from '../builder.ts'
import { connectionType } from '../connection-type.ts'
import type { GatewayContext } from '../context.ts'
import { describedEnum } from '../described-enum.ts'
import { defaultPage, loadVendorPage } from '../vendor-list.ts'

const ResourceKindEnum = describedEnum<ResourceKind>('ResourceKind', 'What a replication can start from or go to.', {
  VM: 'A machine that is not protected yet.',
  VAPP: 'A vApp.',
  VAPP_TEMPLATE: 'A template of a vApp.',
  ORGANIZATION: 'A tenant.',
  DATACENTER: 'A virtual data center.',
  NETWORK: 'A network.',
  STORAGE_PROFILE: 'A storage profile or policy.',
  DATASTORE: 'A datastore.',
  HOST: 'A host.',
  CLUSTER: 'A cluster of hosts.',
  RESOURCE_POOL: 'A resource pool.',
  FOLDER: 'A folder for machines.',
  VCENTER: 'A vCenter.',
})

const SiteResourceRef = builder.objectRef<SiteResource>('SiteResource')
SiteResourceRef.implement({
  description: 'Something at a site that a replication can start from or go to. Null members are what nobody tells.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ResourceKindEnum, description: 'What it is.' }),
    vendorId: t.exposeString('vendorId', { description: 'What inputs take.' }),
    name: t.exposeString('name', { description: 'As the vendor calls it.' }),
    parentVendorId: t.exposeString('parentVendorId', { nullable: true, description: 'What holds it.' }),
    organization: t.exposeString('organization', { nullable: true, description: 'The tenant that owns it.' }),
    capacityBytes: t.expose('capacityBytes', { type: 'ByteCount', nullable: true, description: 'Size, in bytes.' }),
    freeBytes: t.expose('freeBytes', {
      type: 'ByteCount',
      nullable: true,
      description: 'What is free of it, in bytes.',
    }),
    status: t.exposeString('status', { nullable: true, description: "The vendor's word for how it is." }),
  }),
})

const SiteResourceConnectionRef = connectionType('SiteResource', SiteResourceRef, {
  list: 'Resources of a site, by name.',
  coverage: 'Why there are none, where the site could not be asked; empty when all is well.',
})

const byName: Ordering<SiteResource> = {
  name: 'NAME',
  isDescending: false,
  toKey: ({ name }) => name.toLowerCase(),
  toId: ({ vendorId }) => vendorId,
}

const requireSite = (id: string, path: string): string => {
  const key = parseGlobalId(id)
  if (key?.kind === 'Site') return key.nativeId
  throw DomainError.invalidInput(path, 'is not the id of a site')
}

interface Question {
  readonly siteId: string
  readonly kind: ResourceKind
  /** A peer that is asked about; null is the site itself. */
  readonly atSiteId: string | null
  readonly parentVendorId: string | null
}

const toReader =
  ({ siteId, atSiteId, ...asked }: Question, text: string | null, { inventory, signal }: GatewayContext) =>
  async (): Promise<readonly SiteResource[]> => {
    const siteNativeId = atSiteId === null ? null : requireSite(atSiteId, 'atSiteId')
    const adapter = inventory.findAdapterOfSite(siteId)
    if (adapter === null) throw DomainError.notFound(siteId, `No configured site has the id ${siteId}`)
    if (atSiteId !== null && !inventory.mayAskAbout(atSiteId)) {
      throw DomainError.notFound(atSiteId, `No peer has the id ${atSiteId}`)
    }
    const resources = await adapter.reads.listResources({ ...asked, siteNativeId }, signal)
    return text === null ? resources : resources.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
  }

builder.queryFields((t) => ({
  siteResources: t.field({
    type: SiteResourceConnectionRef,
    extensions: { vendorCalls: 1 },
    description:
      'What a dialogue that starts a replication lets a person choose from. Needs the capability RESOURCES; not every vendor has every kind.',
    args: {
      siteId: t.arg.id({ required: true, description: 'The configured site that is asked.' }),
      kind: t.arg({ type: ResourceKindEnum, required: true, description: 'What to list.' }),
      atSiteId: t.arg.id({ required: false, description: 'A peer whose resources are wanted; left out, its own.' }),
      parentVendorId: t.arg.string({
        required: false,
        description: 'Only those held by this one, e.g. a data center.',
      }),
      text: t.arg.string({ required: false, description: 'Only with this in the name, in any case.' }),
      first: t.arg.int({ defaultValue: defaultPage, description: 'How many, up to 500.' }),
      after: t.arg.string({ required: false, description: '`endCursor` of the page before.' }),
    },
    resolve: (_root, { siteId, kind, atSiteId, parentVendorId, text, ...page }, context, info) => {
      const question = { siteId, kind, atSiteId: atSiteId ?? null, parentVendorId: parentVendorId ?? null }
      return loadVendorPage(toReader(question, text ?? null, context), byName, page, context, info)
    },
  }),
  unprotectedVms: t.field({
    type: SiteResourceConnectionRef,
    extensions: { vendorCalls: 1 },
    description: 'Machines of a site that nobody protects, by name. The same as `siteResources` of the kind VM.',
    args: {
      siteId: t.arg.id({ required: true, description: 'The configured site that is asked.' }),
      first: t.arg.int({ defaultValue: defaultPage, description: 'How many, up to 500.' }),
      after: t.arg.string({ required: false, description: '`endCursor` of the page before.' }),
    },
    resolve: (_root, { siteId, ...page }, context, info) => {
      const question = { siteId, kind: 'VM', atSiteId: null, parentVendorId: null } as const
      return loadVendorPage(toReader(question, null, context), byName, page, context, info)
    },
  }),
}))
