import { keptBy } from '../../std/kept-by.ts'

/** Maps lists; a row that is the same object as before to the same object as before. */
export class KeptMapping<R extends object, T> {
  readonly #toOne: (row: R, utcOffsetMinutes: number) => T
  #kept: { readonly utcOffsetMinutes: number; readonly toOne: (row: R) => T } | null = null

  constructor(toOne: (row: R, utcOffsetMinutes: number) => T) {
    this.#toOne = toOne
  }

  /** @param utcOffsetMinutes Of the site. Where it is another than before everything is mapped anew. */
  toAll(rows: readonly R[], utcOffsetMinutes: number): readonly T[] {
    if (this.#kept?.utcOffsetMinutes !== utcOffsetMinutes) {
      this.#kept = { utcOffsetMinutes, toOne: keptBy((row: R) => this.#toOne(row, utcOffsetMinutes)) }
    }
    return rows.map(this.#kept.toOne)
  }
}
