import type { z } from 'zod'
import { task, toPageSchema, type TaskWire } from './vcda-wire.ts'
import {
  dataPoints,
  executionReport,
  healthAnswer,
  healthTask,
  instanceDisks,
  inventoryItem,
  license,
  networkSettings,
  planExecution,
  policy,
  rawNetworkSettings,
  recoveryPlan,
  recoveryPlanStep,
  replicator,
  toLenientPageSchema,
  toListSchema,
  vcenter,
  vcSite,
  type DataPointsWire,
  type ExecutionReportWire,
  type HealthTaskWire,
  type InstanceDisksWire,
  type InventoryItemWire,
  type LicenseWire,
  type NetworkSettingsWire,
  type PolicyWire,
  type RawNetworkSettings,
  type RecoveryPlanStepWire,
  type RecoveryPlanWire,
  type ReplicatorWire,
  type VcenterWire,
  type VcSiteWire,
} from './vcda-read-wire.ts'
import type { ReadOptions, VcdaTransport } from './vcda-transport.ts'

const taskPage = toPageSchema(task)
const inventoryPage = toPageSchema(inventoryItem)
const inventoryList = toListSchema(inventoryItem)
const vcSiteList = toListSchema(vcSite)
const vcenterList = toListSchema(vcenter)
const replicatorList = toListSchema(replicator)
const planPage = toLenientPageSchema(recoveryPlan)
const stepList = toListSchema(recoveryPlanStep)
const executionPage = toLenientPageSchema(planExecution)
const policyList = toListSchema(policy)

/** Lists of the inventory that come in pages. */
export type InventoryList = 'vms' | 'vapps' | 'vdcs' | 'orgs'

/** A span of milliseconds since 1970. */
export interface MillisecondSpan {
  readonly startMs: number
  readonly endMs: number
}

/** A series of usage: of one replication, or of all replications of an owner. */
export type UsageSeries = 'traffic' | 'disk-usage'

const encode = encodeURIComponent

const toVmPath = (id: string): string => `/vm-replications/${encode(id)}`

/** Which replication or vApp replication a path is of. */
export type TargetPath = `/${'vm' | 'vapp'}-replications/${string}`

const usageQuery = (interval: 'HOUR' | 'DAY', { startMs, endMs }: MillisecondSpan): string =>
  `interval=${interval}&start=${startMs}&end=${endMs}`

/** The calls that are made only when somebody asks for what they give, one function each; attaches no meaning. */
export class VcdaReadClient {
  readonly #transport: VcdaTransport

  constructor(transport: VcdaTransport) {
    this.#transport = transport
  }

  /**
   * `GET /tasks?resourceId=`, all pages.
   *
   * @param span Of the start; both ends exclusive, as the vendor takes them.
   */
  listTasksOf(
    resourceId: string,
    span: { readonly afterMs: number | null; readonly beforeMs: number | null },
    options: ReadOptions,
  ): Promise<readonly TaskWire[]> {
    const after = span.afterMs === null ? '' : `&startTimeAfter=${span.afterMs}`
    const before = span.beforeMs === null ? '' : `&startTimeBefore=${span.beforeMs}`
    return this.#transport.listAll(`/tasks?resourceId=${encode(resourceId)}${after}${before}`, taskPage, options)
  }

  /** `GET /inventory/{vms|vapps|vdcs|orgs}`, all pages. */
  listInventory(list: InventoryList, options: ReadOptions): Promise<readonly InventoryItemWire[]> {
    return this.#transport.listAll(`/inventory/${list}`, inventoryPage, options)
  }

  /** `GET /inventory/datastores`: a bare array, for providers. */
  listDatastores(options: ReadOptions): Promise<readonly InventoryItemWire[]> {
    return this.#transport.get('/inventory/datastores', inventoryList, options)
  }

  /** `GET /inventory/vdcs/{id}/{networks|storage-profiles}`, all pages. */
  listOfVdc(
    vdcId: string,
    list: 'networks' | 'storage-profiles',
    options: ReadOptions,
  ): Promise<readonly InventoryItemWire[]> {
    return this.#transport.listAll(`/inventory/vdcs/${encode(vdcId)}/${list}`, inventoryPage, options)
  }

  /** `GET /vc-sites`: a bare array of the customers' sites that are paired with this cloud. */
  listVcSites(options: ReadOptions): Promise<readonly VcSiteWire[]> {
    return this.#transport.get('/vc-sites', vcSiteList, options)
  }

  /** `GET /vc-sites/{site}/vcenters`: a bare array; fails while the customer's tunnel is down. */
  listVcenters(vcSiteName: string, options: ReadOptions): Promise<readonly VcenterWire[]> {
    return this.#transport.get(`/vc-sites/${encode(vcSiteName)}/vcenters`, vcenterList, options)
  }

  /** `GET /vc-sites/{site}/{vcId}/vms`, all pages. */
  listVcenterVms(vcSiteName: string, vcId: string, options: ReadOptions): Promise<readonly InventoryItemWire[]> {
    return this.#transport.listAll(`/vc-sites/${encode(vcSiteName)}/${encode(vcId)}/vms`, inventoryPage, options)
  }

  /** `GET /replicators`: a bare array. */
  listReplicators(options: ReadOptions): Promise<readonly ReplicatorWire[]> {
    return this.#transport.get('/replicators', replicatorList, options)
  }

  /** `GET /license`. */
  readLicense(options: ReadOptions): Promise<LicenseWire> {
    return this.#transport.get('/license', license, options)
  }

  /** `GET` up to 4.5, `POST` from 4.6 on: begins a check, or gives its result at once as 3.0 does. */
  beginHealthCheck(method: 'GET' | 'POST', options: ReadOptions): Promise<z.infer<typeof healthAnswer>> {
    const path = '/diagnostics/health'
    return method === 'GET'
      ? this.#transport.get(path, healthAnswer, options)
      : this.#transport.postRead(path, healthAnswer, options)
  }

  /** `GET /tasks/{id}` of a health check. */
  getHealthTask(id: string, options: ReadOptions): Promise<HealthTaskWire> {
    return this.#transport.get(`/tasks/${encode(id)}`, healthTask, options)
  }

  /** `GET /vm-replications/{id}/{traffic|disk-usage}`. */
  readUsage(
    replicationId: string,
    series: UsageSeries,
    query: MillisecondSpan & { readonly interval: 'HOUR' | 'DAY' },
    options: ReadOptions,
  ): Promise<DataPointsWire> {
    return this.#transport.get(
      `${toVmPath(replicationId)}/${series}?${usageQuery(query.interval, query)}`,
      dataPoints,
      options,
    )
  }

  /** `GET /vm-replications/{id}/rt-traffic`: the traffic of the moment; known from a public client only. */
  readTrafficNow(replicationId: string, options: ReadOptions): Promise<DataPointsWire> {
    return this.#transport.get(`${toVmPath(replicationId)}/rt-traffic`, dataPoints, options)
  }

  /** `GET /owner/{org@site}/traffic`. */
  readOwnerTraffic(
    owner: string,
    query: MillisecondSpan & { readonly interval: 'HOUR' | 'DAY' },
    options: ReadOptions,
  ): Promise<DataPointsWire> {
    return this.#transport.get(
      `/owner/${encode(owner)}/traffic?${usageQuery(query.interval, query)}`,
      dataPoints,
      options,
    )
  }

  /** `GET /recovery-plans`, all pages, from 4.6 on. */
  listRecoveryPlans(options: ReadOptions): Promise<readonly RecoveryPlanWire[]> {
    return this.#transport.listAll('/recovery-plans', planPage, options)
  }

  /** `GET /recovery-plans/{id}/steps`. */
  listRecoveryPlanSteps(planId: string, options: ReadOptions): Promise<readonly RecoveryPlanStepWire[]> {
    return this.#transport.get(`/recovery-plans/${encode(planId)}/steps`, stepList, options)
  }

  /** `GET /recovery-plans/{id}/executions`: ids, all pages. Inferred from the path of the report. */
  async listExecutionIds(planId: string, options: ReadOptions): Promise<readonly string[]> {
    const path = `/recovery-plans/${encode(planId)}/executions`
    return (await this.#transport.listAll(path, executionPage, options)).map(({ id }) => id)
  }

  /** `GET /recovery-plans/{id}/executions/{execId}/report`. */
  readExecutionReport(planId: string, executionId: string, options: ReadOptions): Promise<ExecutionReportWire> {
    const path = `/recovery-plans/${encode(planId)}/executions/${encode(executionId)}/report`
    return this.#transport.get(path, executionReport, options)
  }

  /** `GET /policies`: a bare array. */
  listPolicies(options: ReadOptions): Promise<readonly PolicyWire[]> {
    return this.#transport.get('/policies', policyList, options)
  }

  /** `GET …/network-settings` of a replication or vApp replication. */
  readNetworkSettings(target: TargetPath, options: ReadOptions): Promise<NetworkSettingsWire> {
    return this.#transport.get(`${target}/network-settings`, networkSettings, options)
  }

  /** The same as it came. */
  readRawNetworkSettings(target: TargetPath, options: ReadOptions): Promise<RawNetworkSettings> {
    return this.#transport.get(`${target}/network-settings`, rawNetworkSettings, options)
  }

  /** `GET /vm-replications/{id}/instances/{key}`. */
  getInstance(replicationId: string, instanceKey: string, options: ReadOptions): Promise<InstanceDisksWire> {
    return this.#transport.get(`${toVmPath(replicationId)}/instances/${encode(instanceKey)}`, instanceDisks, options)
  }
}
