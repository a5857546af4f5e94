import type { VcdaDataConnectionType } from '../../generated/graphql.ts'
import {
  findObjectiveProblem,
  said,
  toObjectiveInput,
  type Objective,
  type StartDraft,
  type StartSite,
} from '../../start/start-draft.ts'

/** What was entered for a machine or vApp of Cloud Director. */
export interface VcdaStartEntry {
  readonly what: 'VM' | 'VAPP'
  /** Identifier of the machine or vApp; empty is none yet. */
  readonly workId: string
  readonly isMigration: boolean
  readonly destinationId: string
  readonly vdcId: string
  /** Empty is any. */
  readonly storageProfileId: string
  readonly objective: Objective
  /** Empty is the vendor's default. */
  readonly connection: VcdaDataConnectionType | ''
  readonly isQuiesced: boolean
  readonly description: string
}

export const emptyVcdaStart = (site: StartSite): VcdaStartEntry => ({
  what: 'VM',
  workId: '',
  isMigration: false,
  destinationId: site.peers[0]?.id ?? '',
  vdcId: '',
  storageProfileId: '',
  objective: { profileId: '', minutes: null },
  connection: '',
  isQuiesced: false,
  description: '',
})

/** What is missing, as a sentence; null when it may be sent. */
export const findVcdaObstacle = (entry: VcdaStartEntry): string | null => {
  if (entry.workId === '') return entry.what === 'VM' ? 'Choose a machine' : 'Choose a vApp'
  if (entry.destinationId === '') return 'Choose a destination'
  if (entry.vdcId === '') return 'Choose a virtual data center'
  if (entry.isMigration) return null
  if (entry.objective.profileId === '' && entry.objective.minutes === null)
    return 'Choose a profile, or say the objective'
  return findObjectiveProblem(entry.objective)
}

/** @returns Null while something is missing. */
export const toVcdaDraft = (site: StartSite, entry: VcdaStartEntry): StartDraft | null => {
  const destination = site.peers.find(({ id }) => id === entry.destinationId)
  if (findVcdaObstacle(entry) !== null || destination === undefined) return null
  const work = {
    sourceSiteName: site.name,
    destination: {
      siteName: destination.name,
      vdcId: entry.vdcId,
      ...(entry.storageProfileId !== '' && { storageProfileId: entry.storageProfileId }),
    },
    ...(entry.isMigration && { isMigration: true }),
    ...(entry.connection !== '' && { dataConnectionType: entry.connection }),
    ...(entry.isQuiesced && { isQuiesced: true }),
  }
  return {
    siteId: site.id,
    ...(said(entry.description) !== null && { description: said(entry.description) }),
    ...(!entry.isMigration && toObjectiveInput(entry.objective)),
    work:
      entry.what === 'VM'
        ? { vcdaVm: { ...work, vmId: entry.workId } }
        : { vcdaVapp: { ...work, vappId: entry.workId } },
  }
}
