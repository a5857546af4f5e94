import { KeptPages } from './vcda-kept-pages.ts'
import type { VcdaTransport } from './vcda-transport.ts'
import { pageSize } from './vcda-transport.ts'
import {
  about,
  instance,
  owned,
  site,
  slaProfile,
  task,
  toPageSchema,
  vappReplication,
  vmReplication,
  type AboutWire,
  type InstanceWire,
  type SiteWire,
  type SlaProfileWire,
  type TaskWire,
  type VappReplicationWire,
  type VmReplicationWire,
} from './vcda-wire.ts'

const vmPage = toPageSchema(vmReplication)
const vappPage = toPageSchema(vappReplication)
const taskPage = toPageSchema(task)
const siteList = site.array()
const slaProfileList = slaProfile.array()
const instanceList = instance.array()

const chunk = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / pageSize) }, (_, at) => ids.slice(at * pageSize, (at + 1) * pageSize))

const toTasksSince = (afterMs: number, operationId: string | null): string => {
  const filter = operationId === null ? '' : `&operationID=${encodeURIComponent(operationId)}`
  return `/tasks?startTimeAfter=${afterMs}${filter}`
}

/** The calls that lists, single objects and tasks are made of, one function each; attaches no meaning. */
export class VcdaClient {
  readonly #transport: VcdaTransport
  readonly #vmPages = new KeptPages(vmReplication)
  readonly #vappPages = new KeptPages(vappReplication)

  constructor(transport: VcdaTransport) {
    this.#transport = transport
  }

  /** `GET /diagnostics/about`: what the appliance is. */
  readAbout(signal: AbortSignal): Promise<AboutWire> {
    return this.#transport.get('/diagnostics/about', about, { signal })
  }

  /** `GET /sites`: a bare array with the local site and those it is paired with. */
  listSites(signal: AbortSignal): Promise<readonly SiteWire[]> {
    return this.#transport.get('/sites', siteList, { signal })
  }

  /** `GET /sla-profiles`: a bare array. */
  listSlaProfiles(signal: AbortSignal): Promise<readonly SlaProfileWire[]> {
    return this.#transport.get('/sla-profiles', slaProfileList, { signal })
  }

  /**
   * `GET /vm-replications`, all pages. What the site itself lists unchanged is the same object as the last time.
   *
   * @param siteName Another paired site that is to answer.
   */
  listVmReplications(signal: AbortSignal, siteName: string | null = null): Promise<readonly VmReplicationWire[]> {
    const kept = siteName === null ? this.#vmPages : null
    return this.#transport.listAll('/vm-replications', vmPage, { signal, site: siteName }, kept)
  }

  /** `GET /vapp-replications`, all pages. What is listed unchanged is the same object as the last time. */
  listVappReplications(signal: AbortSignal): Promise<readonly VappReplicationWire[]> {
    return this.#transport.listAll('/vapp-replications', vappPage, { signal }, this.#vappPages)
  }

  getVmReplication(id: string, signal: AbortSignal): Promise<VmReplicationWire> {
    return this.#transport.get(`/vm-replications/${encodeURIComponent(id)}`, vmReplication, { signal })
  }

  getVappReplication(id: string, signal: AbortSignal): Promise<VappReplicationWire> {
    return this.#transport.get(`/vapp-replications/${encodeURIComponent(id)}`, vappReplication, { signal })
  }

  /** `owner` of `GET /vm-replications/{id}` or `GET /vapp-replications/{id}`. @param path Of either. */
  async readOwner(path: string, signal: AbortSignal): Promise<string | null> {
    return (await this.#transport.get(path, owned, { signal })).owner ?? null
  }

  /** `GET /vm-replications/{id}/instances`: a bare array. */
  listInstances(replicationId: string, signal: AbortSignal): Promise<readonly InstanceWire[]> {
    const path = `/vm-replications/${encodeURIComponent(replicationId)}/instances`
    return this.#transport.get(path, instanceList, { signal })
  }

  /** `GET /tasks?ids=`, a call for every hundred ids. Tasks that the site does not give are left out. */
  async listTasks(ids: readonly string[], signal: AbortSignal): Promise<readonly TaskWire[]> {
    const pages = await Promise.all(
      chunk(ids).map((some) => {
        const query = `ids=${some.map(encodeURIComponent).join(',')}&limit=${pageSize}&offset=0`
        return this.#transport.get(`/tasks?${query}`, taskPage, { signal })
      }),
    )
    return pages.flatMap((page) => page.items)
  }

  /**
   * `GET /tasks?startTimeAfter=`, all pages.
   *
   * @param afterMs Of the site's clock; exclusive, as the vendor takes it.
   * @param operationId Only the tasks of calls with this `operationID`; null is all.
   */
  listTasksSince(afterMs: number, operationId: string | null, signal: AbortSignal): Promise<readonly TaskWire[]> {
    return this.#transport.listAll(toTasksSince(afterMs, operationId), taskPage, { signal })
  }

  /** `total` of the same list. */
  async countTasksSince(afterMs: number, operationId: string | null, signal: AbortSignal): Promise<number> {
    const path = `${toTasksSince(afterMs, operationId)}&limit=1&offset=0`
    return (await this.#transport.get(path, taskPage, { signal })).total
  }

  /** `GET /tasks?state=RUNNING`, the newest hundred. */
  async listRunningTasks(signal: AbortSignal): Promise<readonly TaskWire[]> {
    const page = await this.#transport.get(`/tasks?state=RUNNING&limit=${pageSize}&offset=0`, taskPage, { signal })
    return page.items
  }
}
