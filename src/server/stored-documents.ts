import { GraphQLError, parse, print } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { parseDocument } from './document-limits.ts'
import type { ServerLimits } from './limit-table.ts'

/** `open` runs any document, `known` those of the file by their text or id, `only` those of the file by their id. */
export const documentModes = ['open', 'known', 'only'] as const
export type DocumentMode = (typeof documentModes)[number]

/** What callers may run. */
export interface DocumentSettings {
  readonly mode: DocumentMode
  /** The stored documents: text by id. */
  readonly texts: Readonly<Record<string, string>>
}

/** Any document, and none is stored. */
export const anyDocument: DocumentSettings = { mode: 'open', texts: {} }

/** How a request says what it wants to run, over whatever transport: by a text, or by one of two names for an id. */
export interface DocumentRequest {
  readonly query?: unknown
  /** GraphQL over HTTP, Appendix A "Persisted Documents". */
  readonly documentId?: unknown
  /** `persistedQuery` in them is how the clients of Apollo name an id. */
  readonly extensions?: unknown
}

/** The part of an id that counts: the same hash is written with its prefix and without. */
export const toBareId = (id: string): string => id.replace(/^sha256:/, '')

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } })

/** The text in a form in which neither spaces nor the order of its definitions count. @throws GraphQLError */
const toMeaning = (text: string, limits: ServerLimits | null): string => {
  const { definitions } = limits === null ? parse(text) : parseDocument(text, limits)
  return definitions.map(print).toSorted().join('\n')
}

interface AskedId {
  readonly id: string
  /** The client sends the text when it is told so in the words that it knows. */
  readonly canSendText: boolean
}

const findId = ({ documentId, extensions }: DocumentRequest): AskedId | null => {
  if (typeof documentId === 'string') return { id: documentId, canSendText: false }
  if ((documentId ?? null) !== null) throw badRequest('The member "documentId" must be a string')
  const asked = isRecord(extensions) ? (extensions['persistedQuery'] ?? null) : null
  if (asked === null) return null
  if (!isRecord(asked) || asked['version'] !== 1 || typeof asked['sha256Hash'] !== 'string') {
    throw badRequest('The extension "persistedQuery" must have the version 1 and a sha256Hash')
  }
  return { id: asked['sha256Hash'], canSendText: true }
}

/**
 * Says which text a request runs, on every transport alike. What is refused is refused in the same words whatever is
 * stored, so that nobody learns from it what is.
 */
export class StoredDocuments {
  readonly mode: DocumentMode
  readonly #limits: ServerLimits
  #byId: ReadonlyMap<string, string> = new Map()
  /** Text as it is stored, by what it means; empty where no text of a caller is compared. */
  #byMeaning: ReadonlyMap<string, string> = new Map()
  #texts: ReadonlySet<string> = new Set()

  /** @param settings Of which every text is a valid document. */
  constructor({ mode, texts }: DocumentSettings, limits: ServerLimits) {
    this.mode = mode
    this.#limits = limits
    this.replace(texts)
  }

  /** These are stored from now on, each of them a valid document; the mode stays. */
  replace(texts: DocumentSettings['texts']): void {
    const entries = Object.entries(texts)
    this.#byId = new Map(entries.map(([id, text]) => [toBareId(id), text]))
    this.#byMeaning = new Map(this.mode === 'known' ? entries.map(([, text]) => [toMeaning(text, null), text]) : [])
    this.#texts = new Set(Object.values(texts))
  }

  /**
   * The text to run: never empty. Where a request brings a text, its id is not looked at.
   *
   * @throws GraphQLError with the code BAD_REQUEST, DOCUMENT_NOT_FOUND or DOCUMENT_NOT_ALLOWED.
   */
  resolveText(request: DocumentRequest): string {
    const { query } = request
    if (typeof query === 'string' && query !== '') return this.#resolveGiven(query)
    if ((query ?? '') !== '') throw badRequest('The member "query" must be a string')
    const asked = findId(request)
    if (asked === null) throw badRequest('The member "query" must be a string, or "documentId" the id of a document')
    const text = this.#byId.get(toBareId(asked.id))
    if (text === undefined) throw this.#notFound(asked)
    return text
  }

  /** True for what {@link StoredDocuments.resolveText} can have given. */
  mayRun(text: string): boolean {
    return this.mode === 'open' || this.#texts.has(text)
  }

  #resolveGiven(text: string): string {
    if (this.mode === 'open') return text
    const stored = this.mode === 'known' ? this.#findStored(text) : null
    if (stored === null) throw this.notAllowed()
    return stored
  }

  /** Null also for what is too large or is no document: whatever else is wrong with it, it is not stored. */
  #findStored(text: string): string | null {
    if (this.#texts.has(text)) return text
    try {
      return this.#byMeaning.get(toMeaning(text, this.#limits)) ?? null
    } catch {
      return null
    }
  }

  notAllowed(): GraphQLError {
    const message =
      this.mode === 'only'
        ? 'Only stored documents are run here: send the id of one, and no text'
        : 'Only stored documents are run here'
    return new GraphQLError(message, {
      extensions: { code: 'DOCUMENT_NOT_ALLOWED', http: { status: 400, spec: true } },
    })
  }

  #notFound({ canSendText }: AskedId): GraphQLError {
    // The word by which the clients of Apollo know that they may send the text now.
    const message =
      canSendText && this.mode !== 'only'
        ? 'PersistedQueryNotFound'
        : 'No stored document has the id that was asked for'
    return new GraphQLError(message, { extensions: { code: 'DOCUMENT_NOT_FOUND', http: { status: 404, spec: true } } })
  }
}

/** Lets nothing be parsed that {@link StoredDocuments} would not have given, whichever transport it came by. */
export const documentGate = (documents: StoredDocuments): Plugin => ({
  onParse({ params }) {
    if (!documents.mayRun(params.source.toString())) throw documents.notAllowed()
  },
})
