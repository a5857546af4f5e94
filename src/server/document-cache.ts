import type { DocumentNode } from 'graphql'

/** Remembers the documents that were used last, bounded by the length of their texts together. */
export class DocumentCache {
  readonly #documents = new Map<string, DocumentNode>()
  readonly #maxCharacters: number
  #characters = 0

  /** @param maxCharacters In UTF-16 units, over all texts. */
  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters
  }

  get(text: string): DocumentNode | undefined {
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
}
