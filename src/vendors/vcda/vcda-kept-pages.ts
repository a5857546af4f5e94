import type { z } from 'zod'
import { KeptList } from '../../upstream/kept-list.ts'
import { pageAround, type PageWire } from './vcda-wire.ts'

/**
 * The newest answers of one paged list, page by page, so that an object that has not changed is not parsed again and stays
 * the same object.
 */
export class KeptPages<T> {
  readonly #item: z.ZodType<T>
  readonly #pages = new Map<string, KeptList<T>>()

  constructor(item: z.ZodType<T>) {
    this.#item = item
  }

  /** The page that was asked for with `path`; null where the whole of it has to be parsed to know what is wrong. */
  read(path: string, body: Buffer): PageWire<T> | null {
    const known = this.#pages.get(path)
    const page = known ?? new KeptList<T>({ member: 'items', parseItem: (json) => this.#findItem(json) })
    const list = page.read(body)
    const around = pageAround.safeParse(list?.around)
    if (list === null || !around.success) return null
    if (known === undefined) this.#pages.set(path, page)
    return { items: list.items, total: around.data.total }
  }

  /** Forgets the pages that the list has no more. */
  retain(paths: ReadonlySet<string>): void {
    for (const path of this.#pages.keys()) if (!paths.has(path)) this.#pages.delete(path)
  }

  #findItem(json: unknown): { readonly item: T } | null {
    const parsed = this.#item.safeParse(json)
    return parsed.success ? { item: parsed.data } : null
  }
}
