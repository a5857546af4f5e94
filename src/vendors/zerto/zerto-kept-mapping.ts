import { KeptRows } from '../../std/kept-rows.ts'

/** Maps lists; a row that is the same object as before to the same object as before. */
export class KeptMapping<R extends object, T> {
  readonly #toOne: (row: R, utcOffsetMinutes: number) => T
  readonly #kept = new KeptRows<R, T>()
  #utcOffsetMinutes: number | null = null

  constructor(toOne: (row: R, utcOffsetMinutes: number) => T) {
    this.#toOne = toOne
  }

  /** @param utcOffsetMinutes Of the site. Where it is another than before everything is mapped anew. */
  toAll(rows: readonly R[], utcOffsetMinutes: number): readonly T[] {
    const isSame = this.#utcOffsetMinutes === utcOffsetMinutes
    this.#utcOffsetMinutes = utcOffsetMinutes
    return this.#kept.toAll(rows, (row, known) =>
      isSame && known !== undefined ? known : this.#toOne(row, utcOffsetMinutes),
    )
  }
}
