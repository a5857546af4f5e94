import type { ProtectedObject } from '../../domain/protection.ts'
import type { RpoStatus } from '../../domain/rpo.ts'
import { findRunning, isLinkDown, type MappingContext } from './vcda-mapping.ts'
import type { EndWire } from './vcda-wire.ts'

interface Row {
  readonly source?: EndWire | null | undefined
  readonly destination?: EndWire | null | undefined
}

/** How one kind of row is mapped. */
interface Mapping<W extends Row, T extends ProtectedObject> {
  readonly toObject: (wire: W, context: MappingContext) => T
  /** The RPO alone, which is all that depends on the time. */
  readonly toRpo: (wire: W, vendorNow: Date) => RpoStatus
  /** Whose running tasks tell what happens to it. */
  readonly toIds: (wire: W) => readonly (string | null | undefined)[]
}

interface Kept<T> {
  /** What it was mapped with besides the row and the time. */
  readonly around: string
  readonly object: T
}

/**
 * Maps lists. A row that is the same object as before, and of which nothing else is known than before, gives the object of
 * before with nothing but its age made new: whatever stays the same in it is the same object too.
 */
export class KeptMapping<W extends Row, T extends ProtectedObject> {
  readonly #mapping: Mapping<W, T>
  readonly #kept = new WeakMap<W, Kept<T>>()

  constructor(mapping: Mapping<W, T>) {
    this.#mapping = mapping
  }

  /** The same as the mapping alone. */
  toAll(wires: readonly W[], context: MappingContext): readonly T[] {
    return wires.map((wire) => this.#toOne(wire, context))
  }

  #toOne(wire: W, context: MappingContext): T {
    const around = this.#toAround(wire, context)
    const known = this.#kept.get(wire)
    if (known?.around === around) return this.#withAge(known.object, wire, context.vendorNow)
    const object = this.#mapping.toObject(wire, context)
    this.#kept.set(wire, { around, object })
    return object
  }

  #toAround(wire: W, context: MappingContext): string {
    const link = context.unreachableSites.size > 0 && isLinkDown(wire, context) ? 'down' : ''
    if (context.runningOperations.size === 0) return link
    return [link, ...this.#mapping.toIds(wire).map((id) => findRunning([id], context) ?? '')].join(' ')
  }

  #withAge(object: T, wire: W, vendorNow: Date): T {
    if (object.rpo.actualSeconds === null) return object
    const { actualSeconds } = this.#mapping.toRpo(wire, vendorNow)
    return actualSeconds === object.rpo.actualSeconds ? object : { ...object, rpo: { ...object.rpo, actualSeconds } }
  }
}
