import { toChanged, type Fleet } from './make-fleet.ts'
import type { Payload } from './record-templates.ts'

/** A list as bytes, made once and again only where an object in it has changed. */
export class RenderedList {
  readonly #items: Payload[]
  readonly #texts: string[]
  readonly #places: ReadonlyMap<string, number>
  readonly #pages = new Map<string, Buffer>()
  #round = 0

  /** @param idMember What holds an object's id. */
  constructor(items: readonly Payload[], idMember: string) {
    this.#items = [...items]
    this.#texts = items.map((item) => JSON.stringify(item))
    this.#places = new Map(items.map((item, place) => [String(item[idMember]), place]))
  }

  /** `{ items, offset, limit, total }`, as VCDA answers. */
  page(offset: number, limit: number): Buffer {
    const total = this.#texts.length
    return this.#render(`${offset}/${limit}`, () => {
      const items = this.#texts.slice(offset, offset + limit).join(',')
      return `{"items":[${items}],"offset":${offset},"limit":${limit},"total":${total}}`
    })
  }

  /** A bare array, as Zerto answers. */
  whole(): Buffer {
    return this.#render('whole', () => `[${this.#texts.join(',')}]`)
  }

  /** One object; null where it is not in the list. */
  find(id: string): Buffer | null {
    const place = this.#places.get(id)
    return place === undefined ? null : Buffer.from(this.#texts[place] ?? '')
  }

  /** Changes every so many percent of the objects, other ones each time. */
  churn(percent: number): void {
    this.#round += 1
    const step = Math.max(1, Math.round(100 / percent))
    for (let place = this.#round % step; place < this.#items.length; place += step) {
      const changed = toChanged(this.#items[place] ?? {}, this.#round)
      this.#items[place] = changed
      this.#texts[place] = JSON.stringify(changed)
    }
    this.#pages.clear()
  }

  #render(key: string, make: () => string): Buffer {
    const known = this.#pages.get(key)
    if (known !== undefined) return known
    const bytes = Buffer.from(make())
    this.#pages.set(key, bytes)
    return bytes
  }
}

/** The four lists of a fleet. */
export const renderFleet = (fleet: Fleet) => ({
  vmReplications: new RenderedList(fleet.vmReplications, 'id'),
  vappReplications: new RenderedList(fleet.vappReplications, 'id'),
  vpgs: new RenderedList(fleet.vpgs, 'VpgIdentifier'),
  vms: new RenderedList(fleet.vms, 'VmIdentifier'),
})

export type RenderedFleet = ReturnType<typeof renderFleet>
