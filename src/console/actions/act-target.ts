import type { Action, ActionOfTargetFragment, Capability, Vendor } from '../generated/graphql.ts'

/** What is acted on: a group, or one machine. */
export interface ActTarget {
  readonly id: string
  readonly name: string
  readonly vendor: Vendor
  readonly isGroup: boolean
  readonly actions: readonly ActionOfTargetFragment[]
  /** The machines of a group, by name; empty for a machine. */
  readonly members: readonly { readonly id: string; readonly name: string }[]
  /** The site that is asked what there is to choose from; null where none is configured. */
  readonly siteId: string | null
  readonly sourceSiteId: string
  readonly destinationSiteId: string
  /** What all sites that know it can do. */
  readonly capabilities: ReadonlySet<Capability>
}

export const findAction = (target: ActTarget, action: Action): ActionOfTargetFragment | null =>
  target.actions.find((known) => known.action === action) ?? null

/** Whether the name has to be typed before it is sent: what moves or ends machines. */
export const needsTypedName = (target: ActTarget, action: Action): boolean =>
  findAction(target, action)?.safety !== 'REVERSIBLE'
