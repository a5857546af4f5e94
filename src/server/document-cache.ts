import type { DocumentNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { LimitName, ServerLimits } from './limit-table.ts'
import { isRenamable, toNamelessText, toOriginalDocument, toRenamed } from './renamed-documents.ts'

/** What a document is held against when it is parsed, and not again when it is remembered. */
const documentLimits: readonly LimitName[] = [
  'maxDocumentCharacters',
  'maxTokens',
  'maxDepth',
  'maxAliases',
  'maxDirectives',
  'maxFields',
]

interface Remembered {
  readonly text: string
  readonly document: DocumentNode
}

/**
 * Remembers the documents that were used last, bounded by the length of their texts together. A text that differs from that of
 * a valid document in nothing but the name of its query is that document under another name. When one of the limits of
 * documents changes, all are forgotten.
 */
export class DocumentCache {
  /** By the text without the name of its query. */
  readonly #remembered = new Map<string, Remembered>()
  readonly #valid = new WeakSet<DocumentNode>()
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
    const key = toNamelessText(text)
    const remembered = this.#remembered.get(key)
    if (remembered === undefined) return undefined
    const { document } = remembered
    const isSame = remembered.text === text
    // What is wrong with a document may be said with the name of its operation.
    if (!isSame && !(this.#valid.has(document) && isRenamable(document))) return undefined
    // The map keeps the order of insertion: what was asked for goes to the young end.
    this.#remembered.delete(key)
    this.#remembered.set(key, remembered)
    return isSame ? document : toRenamed(document, text)
  }

  set(text: string, document: DocumentNode): void {
    const key = toNamelessText(text)
    if (!this.#remembered.has(key)) this.#characters += key.length
    this.#remembered.set(key, { text, document })
    for (const oldest of this.#remembered.keys()) {
      if (this.#characters <= this.#maxCharacters) return
      this.#remembered.delete(oldest)
      this.#characters -= oldest.length
    }
  }

  /** What was made of them goes with them, when the last operation that runs one has ended. */
  forgetAll(): void {
    this.#remembered.clear()
    this.#characters = 0
  }

  /** Whether it was found valid, under this name or another. */
  isValid(document: DocumentNode): boolean {
    return this.#valid.has(toOriginalDocument(document))
  }

  noteValid(document: DocumentNode): void {
    this.#valid.add(toOriginalDocument(document))
  }

  #forgetWhenLimitsChange(): void {
    const limits = this.#readLimits()
    if (limits.every((limit, index) => limit === this.#heldAgainst[index])) return
    this.#heldAgainst = limits
    this.forgetAll()
  }

  #readLimits(): readonly number[] {
    return documentLimits.map((name) => this.#limits[name])
  }
}

/**
 * Finds each remembered document valid once. Comes before every plugin that refuses a valid document, so that what these say is
 * not remembered for whoever sends it next.
 */
export const validOnce = (documents: DocumentCache): Plugin => ({
  onValidate: ({ params, setResult }) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- yoga leaves open what its parser gives
    const document = params.documentAST as DocumentNode
    if (documents.isValid(document)) {
      setResult([])
      return undefined
    }
    return ({ valid }) => {
      if (valid) documents.noteValid(document)
    }
  },
})
