import { inferredFilters, localSourceSiteFilterIsRefused } from './vcda-inferred.ts'
import { badInput } from './vcda-sim-body.ts'
import { isVisible, requireProvider, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import {
  contains,
  equals,
  isAfter,
  isBefore,
  isFlag,
  listPage,
  oneOf,
  oneOfWords,
  type Filter,
} from './vcda-sim-lists.ts'
import {
  dataConnectionStates,
  overallHealths,
  type ReplicationEnd,
  type SimGroup,
  type SimReplication,
} from './vcda-sim-model.ts'
import { toVimLocation } from './vcda-sim-rendering.ts'
import { toReplicationStatus } from './vcda-sim-status.ts'
import type { VcdaWorld } from './vcda-world.ts'

interface Common {
  readonly id: string
  readonly owner: string
  readonly source: ReplicationEnd
  readonly destination: ReplicationEnd
  readonly isMigration: boolean
  readonly lastUpdated: number
}

const siteTypeOf = (end: ReplicationEnd): string => (end.org === null ? 'vcenter' : 'vcloud')

const commonFilters: Readonly<Record<string, Filter<Common>>> = {
  ids: oneOf(({ id }) => id),
  owner: equals(({ owner }) => owner),
  sourceSite: equals(({ source }) => source.site),
  sourceSiteType: equals(({ source }) => siteTypeOf(source)),
  sourceOrg: equals(({ source }) => source.org),
  sourceVdcId: equals(({ source }) => source.vdcId),
  sourceVdcName: equals(({ source }) => source.vdcName),
  destinationSiteType: equals(({ destination }) => siteTypeOf(destination)),
  destinationOrg: equals(({ destination }) => destination.org),
  destinationVdcId: equals(({ destination }) => destination.vdcId),
  destinationVdcName: equals(({ destination }) => destination.vdcName),
  isMigration: isFlag(({ isMigration }) => isMigration),
  lastUpdatedAfter: isAfter(({ lastUpdated }) => lastUpdated),
  lastUpdatedBefore: isBefore(({ lastUpdated }) => lastUpdated),
}

const commonSorts = {
  owner: ({ owner }: Common) => owner,
  lastUpdated: ({ lastUpdated }: Common) => lastUpdated,
  sourceSite: ({ source }: Common) => source.site,
  sourceOrg: ({ source }: Common) => source.org,
  sourceVdcName: ({ source }: Common) => source.vdcName,
  destinationSite: ({ destination }: Common) => destination.site,
  destinationOrg: ({ destination }: Common) => destination.org,
  destinationVdcName: ({ destination }: Common) => destination.vdcName,
  site: ({ destination }: Common) => destination.site,
}

const connectionOf = (item: SimReplication, now: number): string => toReplicationStatus(item, now).connection
const healthOf = (item: SimReplication, now: number): string => toReplicationStatus(item, now).health

const replicationGrammar = {
  filters: {
    ...commonFilters,
    vmId: equals<SimReplication>(({ vmId }) => vmId),
    vmName: contains<SimReplication>(({ vmName }) => vmName),
    storageProfile: equals<SimReplication>(({ storageProfile }) => storageProfile.id),
    vimServerInstanceUuid: equals<SimReplication>(
      ({ destination }) => toVimLocation(destination).vimServerInstanceUuid,
    ),
    datastoreMoref: equals<SimReplication>(({ destination }) => toVimLocation(destination).datastoreMoref),
    sourceVimServerUuid: equals<SimReplication>(({ source }) => toVimLocation(source).vimServerInstanceUuid),
    [inferredFilters.recoveredVmId]: equals<SimReplication>(({ recovered }) => recovered?.vmId ?? null),
    [inferredFilters.slaProfileId]: equals<SimReplication>(({ settings }) => settings.slaProfileId),
    dataConnectionState: oneOfWords(dataConnectionStates, connectionOf),
    overallHealth: oneOfWords(overallHealths, healthOf),
  },
  sorts: {
    ...commonSorts,
    name: ({ vmName }: SimReplication) => vmName,
    vmName: ({ vmName }: SimReplication) => vmName,
    rpo: ({ settings }: SimReplication) => settings.rpo,
    dataConnectionState: connectionOf,
    overallHealth: healthOf,
  },
}

/** A vApp is found by the state of any of its VMs, and by the worst of their healths. */
const groupGrammar = (world: VcdaWorld) => ({
  filters: {
    ...commonFilters,
    vappId: equals<SimGroup>(({ source }) => source.vappId),
    vappName: contains<SimGroup>(({ name }) => name),
    [inferredFilters.recoveredVappId]: equals<SimGroup>(({ recoveredVappId }) => recoveredVappId),
    dataConnectionState: ((value, now) => {
      const matches = oneOfWords(dataConnectionStates, connectionOf)(value, now)
      return (group) => world.membersOf(group).some(matches)
    }) satisfies Filter<SimGroup>,
    overallHealth: oneOfWords<SimGroup>(overallHealths, (group, now) => {
      const healths = new Set(world.membersOf(group).map((member) => healthOf(member, now)))
      return ['RED', 'YELLOW'].find((health) => healths.has(health)) ?? 'GREEN'
    }),
  },
  sorts: { ...commonSorts, name: ({ name }: SimGroup) => name },
})

const refuseOddFilters = (call: VcdaCall): void => {
  const ofProviders = ['owner', 'sourceVimServerUuid', 'vimServerInstanceUuid', 'datastoreMoref']
  if (ofProviders.some((name) => call.query.has(name))) requireProvider(call)
  if (call.query.has('datastoreMoref') && !call.query.has('vimServerInstanceUuid')) {
    throw badInput('datastoreMoref needs vimServerInstanceUuid.', 'vimServerInstanceUuid')
  }
  if (localSourceSiteFilterIsRefused && call.query.get('sourceSite') === call.site) {
    throw badInput('Filtering by the local site is not supported.', call.site)
  }
}

const visible = <T extends Common>(call: VcdaCall, records: ReadonlyMap<string, T>): Iterable<T> =>
  call.session.isProvider ? records.values() : [...records.values()].filter((record) => isVisible(call.session, record))

/** GET /vm-replications. */
export const listReplications = (call: VcdaCall): VcdaAnswer => {
  refuseOddFilters(call)
  const render = (replication: SimReplication) => call.world.renderReplication(replication, call.now)
  const body = listPage(visible(call, call.world.replications), replicationGrammar, { ...call, render })
  return { status: 200, body }
}

/** GET /vapp-replications. */
export const listGroups = (call: VcdaCall): VcdaAnswer => {
  refuseOddFilters(call)
  const render = (group: SimGroup) => call.world.renderGroup(group, call.now)
  return {
    status: 200,
    body: listPage(visible(call, call.world.groups), groupGrammar(call.world), { ...call, render }),
  }
}
