import type { DocumentNode } from 'graphql'
import type { LimitName, ServerLimits } from './limit-table.ts'

/** What a document is held against when it is parsed, and not again when it is remembered. */
const documentLimits: readonly LimitName[] = [
  'maxDocumentCharacters',
  'maxTokens',
  'maxDepth',
  'maxAliases',
  'maxDirectives',
  'maxFields',
]

/**
 * Remembers the documents that were used last, bounded by the length of their texts together. When one of the limits of
 * documents changes, all are forgotten.
 */
export class DocumentCache {
  readonly #documents = new Map<string, DocumentNode>()
  readonly #maxCharacters: number
  readonly #limits: ServerLimits
  #heldAgainst: readonly number[]
  #characters = 0

  /** @param maxCharacters In UTF-16 units, over all texts. */
  constructor(maxCharacters: number, limits: ServerLimits) {
    this.#maxCharacters = maxCharacters
    this.#limits = limits
    this.#heldAgainst = this.#readLimits()
  }

  get(text: string): DocumentNode | undefined {
    this.#forgetWhenLimitsChange()
    const document = this.#documents.get(text)
    if (document === undefined) return undefined
    // The map keeps the order of insertion: what was asked for goes to the young end.
    this.#documents.delete(text)
    this.#documents.set(text, document)
    return document
  }

  set(text: string, document: DocumentNode): void {
    if (!this.#documents.has(text)) this.#characters += text.length
    this.#documents.set(text, document)
    for (const oldest of this.#documents.keys()) {
      if (this.#characters <= this.#maxCharacters) return
      this.#documents.delete(oldest)
      this.#characters -= oldest.length
    }
  }

  #forgetWhenLimitsChange(): void {
    const limits = this.#readLimits()
    if (limits.every((limit, index) => limit === this.#heldAgainst[index])) return
    this.#heldAgainst = limits
    this.#documents.clear()
    this.#characters = 0
  }

  #readLimits(): readonly number[] {
    return documentLimits.map((name) => this.#limits[name])
  }
}
