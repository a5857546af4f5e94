import type { StartReplicationInput, StartSitesQuery } from '../generated/graphql.ts'

/** A site as the form knows it. */
export type StartSite = StartSitesQuery['sites'][number]

/** What a form makes of what was entered; the key comes with the press. */
export type StartDraft = Omit<StartReplicationInput, 'idempotencyKey'>

/** How old the newest recovery point may be: by a profile of the site, or in minutes. */
export interface Objective {
  /** Empty is none: `minutes` holds. */
  readonly profileId: string
  /** Null is the vendor's own default, where it has one. */
  readonly minutes: number | null
}

/** Whichever of the two was chosen; both together are refused. */
export const toObjectiveInput = ({
  profileId,
  minutes,
}: Objective): Pick<StartDraft, 'rpoSeconds' | 'slaProfileId'> => {
  if (profileId !== '') return { slaProfileId: profileId }
  return minutes === null ? {} : { rpoSeconds: minutes * 60 }
}

/** What is wrong with the minutes; null when nothing is. */
export const findObjectiveProblem = ({ profileId, minutes }: Objective): string | null =>
  profileId !== '' || minutes === null || (Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440)
    ? null
    : 'The objective has to be 1 to 1,440 whole minutes'

/** Empty is not said. */
export const said = (text: string): string | null => (text.trim() === '' ? null : text.trim())
