import type { ProtectedObject } from '../../domain/protection.ts'
import { KeptRows } from '../../std/kept-rows.ts'
import { findRunning, isLinkDown, toAgeSeconds, type MappingContext } from './vcda-mapping.ts'
import type { EndWire } from './vcda-wire.ts'

interface Row {
  readonly source?: EndWire | null | undefined
  readonly destination?: EndWire | null | undefined
}

/** How one kind of row is mapped. */
interface Mapping<W extends Row, T extends ProtectedObject> {
  readonly toObject: (wire: W, context: MappingContext) => T
  /** From when the age of its RPO is counted, which is all that depends on the time; null where it has none. */
  readonly findSyncedMs: (wire: W) => number | null
  /** Whose running tasks tell what happens to it. */
  readonly toIds: (wire: W) => readonly (string | null | undefined)[]
}

interface Kept<T> {
  /** What it was mapped with besides the row and the time. */
  readonly around: string
  readonly syncedMs: number | null
  readonly object: T
}

/** With the age that it has now; the same where that is no other. */
const withAge = <T extends ProtectedObject>(kept: Kept<T>, vendorNow: Date): Kept<T> => {
  const { object, syncedMs } = kept
  if (syncedMs === null) return kept
  const actualSeconds = toAgeSeconds(syncedMs, vendorNow)
  if (actualSeconds === object.rpo.actualSeconds) return kept
  return { ...kept, object: { ...object, rpo: { ...object.rpo, actualSeconds } } }
}

/**
 * Maps lists. A row that is the same object as before, and of which nothing else is known than before, gives the object of
 * before with nothing but its age made new: whatever stays the same in it is the same object too.
 */
export class KeptMapping<W extends Row, T extends ProtectedObject> {
  readonly #mapping: Mapping<W, T>
  readonly #kept = new KeptRows<W, Kept<T>>()

  constructor(mapping: Mapping<W, T>) {
    this.#mapping = mapping
  }

  /** The same as the mapping alone. */
  toAll(wires: readonly W[], context: MappingContext): readonly T[] {
    return this.#kept.toAll(wires, (wire, known) => this.#keep(wire, known, context)).map(({ object }) => object)
  }

  #keep(wire: W, known: Kept<T> | undefined, context: MappingContext): Kept<T> {
    const around = this.#toAround(wire, context)
    if (known?.around === around) return withAge(known, context.vendorNow)
    const object = this.#mapping.toObject(wire, context)
    return { around, syncedMs: this.#mapping.findSyncedMs(wire), object }
  }

  #toAround(wire: W, context: MappingContext): string {
    const link = context.unreachableSites.size > 0 && isLinkDown(wire, context) ? 'down' : ''
    if (context.runningOperations.size === 0) return link
    return [link, ...this.#mapping.toIds(wire).map((id) => findRunning([id], context) ?? '')].join(' ')
  }
}
