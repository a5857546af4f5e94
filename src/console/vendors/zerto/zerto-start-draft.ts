import type { ZertoGroupPriority, ZertoGroupWorkInput } from '../../generated/graphql.ts'
import {
  findObjectiveProblem,
  toObjectiveInput,
  type Objective,
  type StartDraft,
  type StartSite,
} from '../../start/start-draft.ts'

/** What was entered for a new group. */
export interface ZertoStartEntry {
  readonly name: string
  readonly vmIds: readonly string[]
  readonly recoverySiteId: string
  /** True recovers it to Cloud Director, which places it itself; false to vSphere. */
  readonly isToCloud: boolean
  /** To Cloud Director: the data center of an organisation. */
  readonly vdcId: string
  /** To Cloud Director: of its machines; empty leaves it to the site. */
  readonly storagePolicyId: string
  /** A host or a cluster takes the machines: the other of the two is empty. */
  readonly hostId: string
  readonly clusterId: string
  readonly datastoreId: string
  readonly folderId: string
  readonly failoverNetworkId: string
  readonly testNetworkId: string
  readonly objective: Objective
  /** Null is 24. */
  readonly journalHistoryHours: number | null
  readonly priority: ZertoGroupPriority
}

export const emptyZertoStart = (site: StartSite): ZertoStartEntry => ({
  name: '',
  vmIds: [],
  recoverySiteId: site.peers[0]?.id ?? '',
  isToCloud: false,
  vdcId: '',
  storagePolicyId: '',
  hostId: '',
  clusterId: '',
  datastoreId: '',
  folderId: '',
  failoverNetworkId: '',
  testNetworkId: '',
  objective: { profileId: '', minutes: null },
  journalHistoryHours: null,
  priority: 'MEDIUM',
})

const findPlaceObstacle = (entry: ZertoStartEntry): string | null => {
  if (entry.isToCloud) return entry.vdcId === '' ? 'Choose a data center' : null
  if (entry.hostId === '' && entry.clusterId === '') return 'Choose a host or a cluster'
  if (entry.datastoreId === '') return 'Choose a datastore'
  return entry.folderId === '' ? 'Choose a folder' : null
}

/** What is missing, as a sentence; null when it may be sent. */
export const findZertoObstacle = (entry: ZertoStartEntry): string | null => {
  if (entry.name.trim() === '') return 'Name the group'
  if (entry.vmIds.length === 0) return 'Choose at least one machine'
  if (entry.recoverySiteId === '') return 'Choose a recovery site'
  const obstacle = findPlaceObstacle(entry)
  if (obstacle !== null) return obstacle
  if (entry.failoverNetworkId === '' || entry.testNetworkId === '') return 'Choose the networks'
  const hours = entry.journalHistoryHours
  if (hours !== null && !(Number.isInteger(hours) && hours >= 1 && hours <= 720)) {
    return 'The journal has to be 1 to 720 whole hours'
  }
  return findObjectiveProblem(entry.objective)
}

const toPlace = (entry: ZertoStartEntry): Partial<ZertoGroupWorkInput> =>
  entry.isToCloud
    ? {
        orgVdcId: entry.vdcId,
        failoverVcdNetwork: { defaultNetworkId: entry.failoverNetworkId },
        testVcdNetwork: { defaultNetworkId: entry.testNetworkId },
      }
    : {
        ...(entry.hostId === '' ? { defaultHostClusterId: entry.clusterId } : { defaultHostId: entry.hostId }),
        defaultDatastoreId: entry.datastoreId,
        defaultFolderId: entry.folderId,
        failoverNetworkId: entry.failoverNetworkId,
        testNetworkId: entry.testNetworkId,
      }

/** @returns Null while something is missing. */
export const toZertoDraft = (site: StartSite, entry: ZertoStartEntry): StartDraft | null => {
  if (findZertoObstacle(entry) !== null) return null
  return {
    siteId: site.id,
    ...toObjectiveInput(entry.objective),
    work: {
      zertoGroup: {
        name: entry.name.trim(),
        protectedSiteId: site.id,
        recoverySiteId: entry.recoverySiteId,
        vms: entry.vmIds.map((vmId) => ({
          vmId,
          ...(entry.isToCloud && entry.storagePolicyId !== '' && { storagePolicyId: entry.storagePolicyId }),
        })),
        ...toPlace(entry),
        ...(entry.objective.profileId === '' &&
          entry.journalHistoryHours !== null && { journalHistoryHours: entry.journalHistoryHours }),
        ...(entry.priority !== 'MEDIUM' && { priority: entry.priority }),
      },
    },
  }
}
