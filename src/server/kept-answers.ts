import type { GraphQLSchema } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Viewer } from '../domain/viewer.ts'
import type { ListRead } from '../domain/list-read.ts'
import { LastingDocuments } from './lasting-documents.ts'
import { toViewerKey } from './viewer-key.ts'

/**
 * Tells versions of lists apart, by how old they may be; null is the configured age. No version where a list is not whole,
 * since its answer says so in its errors, and where the sites are to be asked each time.
 */
export interface ListVersions {
  /** Of what is known, without asking anybody. */
  readonly known: (reads: readonly ListRead[], maxAgeSeconds: number | null) => string | null
  /** The same, and no version either where one of the lists is older. */
  readonly young: (reads: readonly ListRead[], maxAgeSeconds: number | null) => string | null
}

/** Of what an answer was made that is a function of the lists alone. */
export interface AnswerOrigin {
  readonly reads: readonly ListRead[]
  /** How old the lists may be when it is given again; null is the configured age. */
  readonly maxAgeSeconds: number | null
  readonly version: string
}

/** A finished answer, as it goes over HTTP. */
export interface KeptAnswer {
  readonly contentType: string
  readonly body: Buffer
  /** As its caller named it; null without a name, and where nobody counts or traces operations. */
  readonly operationName: string | null
}

interface Kept extends KeptAnswer, AnswerOrigin {}

/** All that is kept together, and the most that one answer may have. */
const mostBytes = 64 * 1024 * 1024
const mostAnswerBytes = 8 * 1024 * 1024
/** A longer request is answered anew. */
const mostRequestBytes = 16 * 1024
/** So many characters of what was asked are remembered at least, and at most twice as many. */
const askedCharacters = 2 * 1024 * 1024

/**
 * What has to be equal for the same answer: the rights, what the caller accepts, and what he asks, to the letter; null for
 * what is answered anew each time.
 */
export const toAnswerKey = (viewer: Viewer, accept: string | undefined, body: Buffer): string | null =>
  // One character for each byte: the text itself is not looked at here.
  body.length > mostRequestBytes ? null : `${toViewerKey(viewer)}\n${accept ?? ''}\n${body.toString('latin1')}`

/** Remembers what was asked lately. */
class AskedLately {
  #newer = new Set<string>()
  #older: ReadonlySet<string> = new Set()
  #characters = 0

  /** Whether it was asked before this time. */
  ask(key: string): boolean {
    if (this.#newer.has(key)) return true
    if (this.#characters > askedCharacters) {
      this.#older = this.#newer
      this.#newer = new Set()
      this.#characters = 0
    }
    this.#newer.add(key)
    this.#characters += key.length
    return this.#older.has(key)
  }
}

/** Finished answers by what was asked, by whom it may be seen, and the version of the lists that it was made from. */
export class KeptAnswers {
  readonly #versions: ListVersions
  readonly #asked = new AskedLately()
  readonly #kept = new Map<string, Kept>()
  #bytes = 0
  #epoch = 0

  constructor(versions: ListVersions) {
    this.#versions = versions
  }

  /** What may be given again; null when there is nothing, or the lists have changed since or are too old by now. */
  find(key: string): KeptAnswer | null {
    const kept = this.#kept.get(key)
    if (kept === undefined) return null
    if (this.#versions.young(kept.reads, kept.maxAgeSeconds) === kept.version) return kept
    this.#delete(key)
    return null
  }

  /** Grows when everything is forgotten: an answer that was begun before may not be kept afterwards. */
  get epoch(): number {
    return this.#epoch
  }

  /** What is answered has changed apart from the lists. */
  forgetAll(): void {
    this.#epoch += 1
    this.#kept.clear()
    this.#bytes = 0
  }

  /**
   * Keeps an answer from the second time on that somebody asks for it: what is asked once only would cost more to hold than
   * all else that is done for it, since memory that lives for a while has to be looked through.
   */
  keep(
    key: string,
    { reads, maxAgeSeconds, version }: AnswerOrigin,
    { contentType, body, operationName }: KeptAnswer,
  ): void {
    this.#delete(key)
    if (body.length > mostAnswerBytes || !this.#asked.ask(key)) return
    this.#kept.set(key, { reads, maxAgeSeconds, version, contentType, body, operationName })
    this.#bytes += body.length + key.length
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= mostBytes) return
      this.#delete(oldest)
    }
  }

  #delete(key: string): void {
    const kept = this.#kept.get(key)
    if (kept === undefined) return
    this.#kept.delete(key)
    this.#bytes -= kept.body.length + key.length
  }
}

/** An operation on a socket leaves no trail. */
interface TrailContext {
  readonly trail?: { origin: AnswerOrigin | null }
}

/** Says on the trail of a query of what its answer was made: only where that are the lists alone, and nothing failed. */
export const answerOrigins = (schema: GraphQLSchema, versions: ListVersions): Plugin<TrailContext> => {
  const documents = new LastingDocuments(schema)
  return {
    onExecute: ({ args }) => {
      const { trail } = args.contextValue
      const found = trail === undefined ? null : documents.find(args.document, args.operationName ?? null)
      if (trail === undefined || found === null) return undefined
      const { reads, maxAgeSeconds } = found(args.variableValues ?? {})
      const version = versions.known(reads, maxAgeSeconds)
      if (version === null) return undefined
      return {
        onExecuteDone: ({ result }) => {
          const isGood = 'data' in result && result.errors === undefined
          if (isGood && versions.known(reads, maxAgeSeconds) === version) {
            trail.origin = { reads, maxAgeSeconds, version }
          }
        },
      }
    },
  }
}
