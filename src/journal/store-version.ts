import type { Migration } from 'kysely/migration'

/**
 * Steps that make a store what it is, by name, in the order in which they are run. A name begins with the number of the
 * step, of four digits.
 *
 * Most steps expand: they add what an older gateway does not need to know. A step that takes something away, or asks more of
 * what is written, contracts, and its name says which step a gateway has to know from then on: `0012-places-needs-0010`.
 */
export type StoreSteps = Readonly<Record<string, Migration>>

const stepName = /^(?<number>\d{4})-/
const contractName = /-needs-(?<needed>\d{4})$/

const toNumber = (digits: string | undefined): number => Number(digits ?? 0)

/** True for a step that contracts. */
export const isContract = (name: string): boolean => contractName.test(name)

/** The number of the newest step that these are, as a version of the store; 0 for none. */
export const toStoreVersion = (names: readonly string[]): number =>
  Math.max(0, ...names.map((name) => toNumber(stepName.exec(name)?.groups?.['number'])))

/** The number of the step that a gateway has to know when these were made; 0 when any gateway will do. */
export const toFloor = (names: readonly string[]): number =>
  Math.max(0, ...names.map((name) => toNumber(contractName.exec(name)?.groups?.['needed'])))

/** Those that were not made yet. */
export const listMissing = (applied: readonly string[], steps: StoreSteps): readonly string[] =>
  Object.keys(steps).filter((name) => !applied.includes(name))

/**
 * What a newer gateway has only expanded is good for an older one, too.
 *
 * @throws Error in plain words for a store that this version cannot use: a newer one has contracted it, or it was made by
 *   steps of which this version has others.
 */
export const refuseForeign = (applied: readonly string[], steps: StoreSteps): void => {
  const unknown = applied.filter((name) => !Object.hasOwn(steps, name))
  const floor = toFloor(unknown)
  const version = toStoreVersion(Object.keys(steps))
  if (floor > version) {
    const names = unknown.filter((name) => toFloor([name]) > version).join(', ')
    throw new Error(
      `a newer version of the gateway has written it, and has taken away what this one needs (${names}): start that version`,
    )
  }
  const missing = listMissing(applied, steps)
  if (unknown.length > 0 && missing.length > 0) {
    throw new Error(
      `another version of the gateway has written it: it has ${unknown.join(', ')} and lacks ${missing.join(', ')}`,
    )
  }
}

/** @throws Error in plain words when an older gateway has written the store. */
export const refuseOlder = (applied: readonly string[], steps: StoreSteps): void => {
  const missing = listMissing(applied, steps)
  if (missing.length > 0)
    throw new Error(`an older version of the gateway has written it: it lacks ${missing.join(', ')}`)
}
