import type { ServiceRequest } from '../http-service.ts'
import { enumNames } from './zerto-sim-enums.ts'
import { noZorg } from './zerto-sim-links.ts'
import { parseSpan, queryValue } from './zerto-sim-request.ts'
import type { SimTask } from './zerto-sim-tasks.ts'
import { otherSite, recoveryEntityOf, statusOfVpg, type SimVm, type SimVpg } from './zerto-sim-vpg.ts'
import type { ZertoSite, ZertoWorld } from './zerto-world.ts'

/** The values of a row that a filter may name: its number, its name, or whatever text it has. */
export type RowFilter<Row> = (row: Row) => readonly (string | number | boolean)[]

/** Keeps the rows that answer to every filter given; values are compared without case, unknown parameters ignored. */
export const filterRows = <Row>(
  rows: Iterable<Row>,
  request: ServiceRequest,
  filters: Readonly<Record<string, RowFilter<Row>>>,
): readonly Row[] => {
  const wanted = Object.entries(filters).flatMap(([name, valuesOf]) => {
    const value = queryValue(request, name)
    return value === null ? [] : [{ value: value.toLowerCase(), valuesOf }]
  })
  return [...rows].filter((row) =>
    wanted.every(({ value, valuesOf }) => valuesOf(row).some((held) => String(held).toLowerCase() === value)),
  )
}

/** The values by which an enum is filtered: its number and its name. */
export const numbered = (names: readonly string[], number: number) => [number, names[number] ?? '']

const protectedType = () => numbered(enumNames.entityType, 0)

const recoveryType = (vpg: SimVpg) => numbered(enumNames.entityType, recoveryEntityOf(vpg))

/** The filters that groups and machines share. What is protected is in a vCenter. */
const commonFilters = (world: ZertoWorld, now: number) => {
  const protectedSite = (vpg: SimVpg): ZertoSite => world.sites[vpg.protectedSite]
  const recoverySite = (vpg: SimVpg): ZertoSite => world.sites[otherSite(vpg.protectedSite)]
  return {
    status: (vpg) => numbered(enumNames.vpgStatus, statusOfVpg(vpg, now).status),
    subStatus: (vpg) => numbered(enumNames.vpgSubStatus, statusOfVpg(vpg, now).subStatus),
    protectedSiteType: protectedType,
    recoverySiteType: recoveryType,
    sourceType: protectedType,
    targetType: recoveryType,
    protectedSiteIdentifier: (vpg) => [protectedSite(vpg).siteIdentifier],
    recoverySiteIdentifier: (vpg) => [recoverySite(vpg).siteIdentifier],
    sourceSite: (vpg) => [protectedSite(vpg).name],
    targetSite: (vpg) => [recoverySite(vpg).name],
    organizationName: (vpg) => [world.zorgs.find(({ id }) => id === vpg.zorgId)?.name ?? ''],
    priority: (vpg) => numbered(enumNames.priority, vpg.priority),
  } satisfies Record<string, RowFilter<SimVpg>>
}

/** The filters of `GET /v1/vpgs`. */
export const vpgFilters = (world: ZertoWorld, now: number): Readonly<Record<string, RowFilter<SimVpg>>> => ({
  ...commonFilters(world, now),
  name: (vpg) => [vpg.name],
  zorgIdentifier: (vpg) => [vpg.zorgId ?? noZorg],
  serviceProfileIdentifier: (vpg) => [vpg.serviceProfileId ?? ''],
  backupEnabled: () => [false],
})

/** One machine in one group. */
export interface VmRow {
  readonly vpg: SimVpg
  readonly vm: SimVm
}

/** The filters of `GET /v1/vms`. */
export const vmFilters = (world: ZertoWorld, now: number): Readonly<Record<string, RowFilter<VmRow>>> => ({
  ...Object.fromEntries(
    Object.entries<RowFilter<SimVpg>>(commonFilters(world, now)).map(([name, valuesOf]) => [
      name,
      ({ vpg }: VmRow) => valuesOf(vpg),
    ]),
  ),
  vpgName: ({ vpg }) => [vpg.name],
  vmName: ({ vm }) => [vm.name],
  vmIdentifier: ({ vpg, vm }) => [vm.identifiers[vpg.protectedSite]],
})

/** Every machine of every group, one row for each pair. */
export const listVmRows = (world: ZertoWorld): readonly VmRow[] =>
  [...world.vpgs.values()].flatMap((vpg) => vpg.vms.map((vm) => ({ vpg, vm })))

/** The tasks that the filters of `GET /v1/tasks` let through. */
export const filterTasks = (site: ZertoSite, request: ServiceRequest): readonly SimTask[] => {
  const started = parseSpan(request, site.utcOffsetMinutes, ['startedAfterDate', 'startedBeforeDate'])
  const completed = parseSpan(request, site.utcOffsetMinutes, ['completedAfterDate', 'completedBeforeDate'])
  const asksForCompletion = Number.isFinite(completed.from) || Number.isFinite(completed.to)
  return filterRows(site.tasks.list(), request, {
    type: (task: SimTask) => [task.type],
    status: (task: SimTask) => numbered(enumNames.taskState, task.state),
  }).filter(({ startedAt, completedAt }) => {
    if (!started.holds(startedAt)) return false
    return completedAt === null ? !asksForCompletion : completed.holds(completedAt)
  })
}
