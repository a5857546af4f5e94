/**
 * A document with the types of its answer and its variables: what client-preset of GraphQL Code Generator writes with
 * `documentMode: 'string'`. A plain string will do, too, without types.
 */
export interface GatewayDocument<Data, Variables> {
  /** Its text. */
  toString(): string
  /** Carries the types; never called. */
  readonly __apiType?: ((variables: Variables) => Data) | undefined
  /** What code generation has noted beside the text; `hash` is the document's id among the persisted ones. */
  readonly __meta__?: Readonly<Record<string, unknown>> | undefined
}

/** How documents travel: as their text, or by their id among the persisted ones, where they have one. */
export type DocumentMode = 'text' | 'id'

/** What a request says of its document, the same over HTTP and on the socket. */
export interface NamedDocument {
  readonly query: string
  readonly documentId?: string
}

/** A document whose types do not matter. */
export type UntypedDocument = Pick<GatewayDocument<unknown, unknown>, 'toString' | '__meta__'>

/** @param mode `id` falls back to the text for a document without an id. */
export const nameDocument = (document: UntypedDocument, mode: DocumentMode): NamedDocument => {
  const { __meta__: noted } = document
  const hash = noted?.['hash']
  return mode === 'id' && typeof hash === 'string' ? { query: '', documentId: hash } : { query: document.toString() }
}
