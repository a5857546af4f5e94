import type { VcdaDataConnectionType } from '../../generated/graphql.ts'
import {
  findObjectiveProblem,
  said,
  toObjectiveInput,
  type Objective,
  type StartDraft,
  type StartSite,
} from '../../start/start-draft.ts'

/** What is replicated: of Cloud Director, or of a vCenter of a customer. */
export type VcdaWorkKind = 'VM' | 'VAPP' | 'VCENTER_VM' | 'VCENTER_VMS'

/** What was entered for a start. */
export interface VcdaStartEntry {
  readonly what: VcdaWorkKind
  /** Identifiers of the machines, or of the vApp. */
  readonly workIds: readonly string[]
  /** With a vCenter: which one, and at which site. */
  readonly vcenterId: string
  readonly vcenterSiteName: string
  /** With a vCenter: of the vApp that a recovery makes. */
  readonly vappName: string
  readonly isMigration: boolean
  readonly destinationId: string
  /** True where the destination is a vCenter, which has no virtual data centers. */
  readonly isToVcenter: boolean
  readonly vdcId: string
  /** Empty is any. */
  readonly storageProfileId: string
  readonly objective: Objective
  /** Empty is the vendor's default. */
  readonly connection: VcdaDataConnectionType | ''
  readonly isQuiesced: boolean
  readonly description: string
}

export const isFromVcenter = ({ what }: Pick<VcdaStartEntry, 'what'>): boolean =>
  what === 'VCENTER_VM' || what === 'VCENTER_VMS'

/** A site as far as a start has to know it. */
export type NamedSite = Pick<StartSite, 'id' | 'name'>

/** Where it may go: from a cloud to its peers and to vCenters of customers, from a vCenter to every cloud. */
export const listDestinations = (
  site: StartSite,
  entry: Pick<VcdaStartEntry, 'what'>,
  customers: readonly NamedSite[],
): readonly NamedSite[] => (isFromVcenter(entry) ? [site, ...site.peers] : [...site.peers, ...customers])

export const emptyVcdaStart = (site: StartSite): VcdaStartEntry => ({
  what: 'VM',
  workIds: [],
  vcenterId: '',
  vcenterSiteName: '',
  vappName: '',
  isMigration: false,
  destinationId: site.peers[0]?.id ?? '',
  isToVcenter: false,
  vdcId: '',
  storageProfileId: '',
  objective: { profileId: '', minutes: null },
  connection: '',
  isQuiesced: false,
  description: '',
})

const chooseWords: Readonly<Record<VcdaWorkKind, string>> = {
  VM: 'Choose a machine',
  VAPP: 'Choose a vApp',
  VCENTER_VM: 'Choose a machine',
  VCENTER_VMS: 'Choose at least one machine',
}

/** What is missing, as a sentence; null when it may be sent. */
export const findVcdaObstacle = (entry: VcdaStartEntry): string | null => {
  if (isFromVcenter(entry) && entry.vcenterId === '') return 'Choose a vCenter'
  if (entry.workIds.length === 0) return chooseWords[entry.what]
  if (isFromVcenter(entry) && entry.vappName.trim() === '') return 'Name the vApp that a recovery makes'
  if (entry.destinationId === '') return 'Choose a destination'
  if (!entry.isToVcenter && entry.vdcId === '') return 'Choose a virtual data center'
  if (entry.isMigration) return null
  if (entry.objective.profileId === '' && entry.objective.minutes === null)
    return 'Choose a profile, or say the objective'
  return findObjectiveProblem(entry.objective)
}

const toWork = (entry: VcdaStartEntry, siteName: string, destinationName: string): StartDraft['work'] => {
  const [workId = ''] = entry.workIds
  const common = {
    destination: {
      siteName: destinationName,
      ...(!entry.isToVcenter && { vdcId: entry.vdcId }),
      ...(!entry.isToVcenter && entry.storageProfileId !== '' && { storageProfileId: entry.storageProfileId }),
    },
    ...(entry.isMigration && { isMigration: true }),
    ...(entry.connection !== '' && { dataConnectionType: entry.connection }),
    ...(entry.isQuiesced && { isQuiesced: true }),
  }
  const ofCloud = { ...common, sourceSiteName: siteName }
  const ofVcenter = {
    ...common,
    sourceSiteName: entry.vcenterSiteName,
    vcenterId: entry.vcenterId,
    vappName: entry.vappName.trim(),
  }
  switch (entry.what) {
    case 'VAPP':
      return { vcdaVapp: { ...ofCloud, vappId: workId } }
    case 'VCENTER_VM':
      return { vcdaVcenterVm: { ...ofVcenter, vmId: workId } }
    case 'VCENTER_VMS':
      return { vcdaVcenterVapp: { ...ofVcenter, vms: entry.workIds.map((vmId) => ({ vmId })) } }
    case 'VM':
    default:
      return { vcdaVm: { ...ofCloud, vmId: workId } }
  }
}

/**
 * @param customers Sites of customers, with their vCenters.
 * @returns Null while something is missing.
 */
export const toVcdaDraft = (
  site: StartSite,
  entry: VcdaStartEntry,
  customers: readonly NamedSite[],
): StartDraft | null => {
  const destination = listDestinations(site, entry, customers).find(({ id }) => id === entry.destinationId)
  if (findVcdaObstacle(entry) !== null || destination === undefined) return null
  return {
    siteId: site.id,
    ...(said(entry.description) !== null && { description: said(entry.description) }),
    ...(!entry.isMigration && toObjectiveInput(entry.objective)),
    work: toWork(entry, site.name, destination.name),
  }
}
