import { DomainError } from '../../domain/errors.ts'
import type { ResourceKind, ResourceQuery, SiteResource } from '../../domain/site-resource.ts'
import type { VcdaClient } from './vcda-client.ts'
import type { VcdaReadClient } from './vcda-read-client.ts'
import { byName, toSiteResource } from './vcda-read-mapping.ts'
import type { ReadOptions } from './vcda-transport.ts'

/** A question for resources, with what every kind needs to answer it. */
interface Question {
  readonly kind: ResourceKind
  readonly parentVendorId: string | null
  /** The site's name; null is the asked site itself. */
  readonly siteName: string | null
  readonly options: ReadOptions
}

type Lister = (question: Question) => Promise<readonly SiteResource[]>

const requireParent = ({ kind, parentVendorId }: Question, what: string): string => {
  if (parentVendorId !== null) return parentVendorId
  throw DomainError.invalidInput('parentVendorId', `VCDA lists ${kind} of one ${what} only: name it`)
}

/** Why a kind cannot be listed. */
const unknownKinds: Readonly<Partial<Record<ResourceKind, string>>> = {
  VAPP_TEMPLATE: 'VCDA gives no list of vApp templates: take the identifier from Cloud Director',
}

/** What a start can begin with and go to: the inventory of Cloud Director, and the vCenters of customers' sites. */
export class VcdaResources {
  readonly #client: VcdaClient
  readonly #reads: VcdaReadClient
  readonly #listers: Readonly<Partial<Record<ResourceKind, Lister>>> = {
    VM: (question) => this.#listVms(question),
    VAPP: (question) => this.#listInventory(question, 'vapps'),
    ORGANIZATION: (question) => this.#listInventory(question, 'orgs'),
    DATACENTER: (question) => this.#listInventory(question, 'vdcs'),
    NETWORK: (question) => this.#listOfVdc(question, 'networks'),
    STORAGE_PROFILE: (question) => this.#listOfVdc(question, 'storage-profiles'),
    DATASTORE: (question) => this.#listDatastores(question),
    VCENTER: (question) => this.#listVcenters(question),
  }

  constructor(client: VcdaClient, reads: VcdaReadClient) {
    this.#client = client
    this.#reads = reads
  }

  /**
   * By name. Machines are those that are not replicated yet.
   *
   * @param siteName Null is the asked site itself.
   * @throws INVALID_INPUT for a kind that the vendor has not, and for one whose parent is missing.
   */
  async list(query: ResourceQuery, siteName: string | null, signal: AbortSignal): Promise<readonly SiteResource[]> {
    const { kind, parentVendorId } = query
    const lister = this.#listers[kind]
    if (lister === undefined) {
      throw DomainError.invalidInput('kind', unknownKinds[kind] ?? `VCDA has no ${kind}`)
    }
    return byName(await lister({ kind, parentVendorId, siteName, options: { signal, site: siteName } }))
  }

  async #listInventory(
    { kind, parentVendorId, options }: Question,
    list: 'vapps' | 'vdcs' | 'orgs',
  ): Promise<readonly SiteResource[]> {
    const items = await this.#reads.listInventory(list, options)
    const resources = items.map((item) => toSiteResource(kind, item))
    if (parentVendorId === null) return resources
    return resources.filter(
      ({ parentVendorId: parent, organization }) => parent === parentVendorId || organization === parentVendorId,
    )
  }

  async #listVms(question: Question): Promise<readonly SiteResource[]> {
    const { options, siteName, parentVendorId } = question
    const isCustomers = await this.#isCustomersSite(siteName, options.signal)
    const [resources, replications] = await Promise.all([
      isCustomers ? this.#listVcenterVms(question, siteName ?? '') : this.#listCloudVms(question),
      this.#client.listVmReplications(options.signal, isCustomers ? null : siteName),
    ])
    const taken = new Set(
      replications.flatMap(({ vmId, source }) =>
        // Managed object references are the same words at every vCenter: they count at their own site only.
        vmId && (siteName === null || source?.site === siteName || source?.site === undefined) ? [vmId] : [],
      ),
    )
    const free = resources.filter(({ vendorId }) => !taken.has(vendorId))
    return parentVendorId === null ? free : free.filter((resource) => resource.parentVendorId === parentVendorId)
  }

  async #listCloudVms({ options }: Question): Promise<readonly SiteResource[]> {
    return (await this.#reads.listInventory('vms', options)).map((item) => toSiteResource('VM', item))
  }

  async #listVcenterVms(question: Question, siteName: string): Promise<readonly SiteResource[]> {
    const vcId = requireParent(question, 'vCenter')
    const items = await this.#reads.listVcenterVms(siteName, vcId, { signal: question.options.signal })
    return items.map((item) => ({ ...toSiteResource('VM', item), parentVendorId: vcId }))
  }

  async #isCustomersSite(siteName: string | null, signal: AbortSignal): Promise<boolean> {
    if (siteName === null) return false
    return (await this.#reads.listVcSites({ signal })).some(({ site }) => site === siteName)
  }

  async #listOfVdc(question: Question, list: 'networks' | 'storage-profiles'): Promise<readonly SiteResource[]> {
    const vdcId = requireParent(question, 'DATACENTER')
    const items = await this.#reads.listOfVdc(vdcId, list, question.options)
    return items.map((item) => ({ ...toSiteResource(question.kind, item), parentVendorId: vdcId }))
  }

  async #listDatastores({ options }: Question): Promise<readonly SiteResource[]> {
    return (await this.#reads.listDatastores(options)).map((item) => toSiteResource('DATASTORE', item))
  }

  /** Those of one customer's site; without one, those of every customer's site that is paired with the cloud. */
  async #listVcenters({ siteName, options: { signal } }: Question): Promise<readonly SiteResource[]> {
    const names = siteName === null ? (await this.#reads.listVcSites({ signal })).map(({ site }) => site) : [siteName]
    const lists = await Promise.all(
      names.map(async (name) => {
        const vcenters = await this.#reads.listVcenters(name, { signal })
        return vcenters.map(({ vcId, name: vcName, url }) => ({
          ...toSiteResource('VCENTER', { id: vcId, name: vcName ?? url }),
          parentVendorId: name,
        }))
      }),
    )
    return lists.flat()
  }
}
