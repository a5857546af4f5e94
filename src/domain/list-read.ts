import type { Vendor } from './vendor.ts'

/** The lists that answers are made from. */
export const listNames = ['groups', 'replications'] as const
export type ListName = (typeof listNames)[number]

/** Which list is read, and of whose sites; null is all. */
export interface ListRead {
  readonly list: ListName
  readonly vendors: readonly Vendor[] | null
}
