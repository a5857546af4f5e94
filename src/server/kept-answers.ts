import type { GraphQLSchema } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Viewer } from '../domain/viewer.ts'
import type { ListRead } from '../domain/list-read.ts'
import { LastingDocuments } from './lasting-documents.ts'
import { findBody } from './request-parsing.ts'
import { toViewerKey } from './viewer-key.ts'

/**
 * Tells versions of lists apart, by how old they may be; null is the configured age. No version where a list is not whole,
 * since its answer says so in its errors, and where the sites are to be asked each time.
 */
export interface ListVersions {
  /** Of what is known, without asking anybody. */
  readonly known: (reads: readonly ListRead[], maxAgeSeconds: number | null) => string | null
  /** The same after asking the sites whose lists are older; null is the configured age. */
  readonly young: (reads: readonly ListRead[], maxAgeSeconds: number | null) => Promise<string | null>
}

interface Kept {
  readonly reads: readonly ListRead[]
  /** How old the lists may be when it is given again. */
  readonly maxAgeSeconds: number | null
  readonly version: string
  readonly contentType: string
  readonly body: Uint8Array<ArrayBuffer>
}

/** What one request leaves behind on its way. */
interface Trail {
  /** What has to be equal for the same answer. */
  readonly key: string
  /** From which lists its answer was made, at which version; null as long as it is not known to last. */
  made: Pick<Kept, 'reads' | 'maxAgeSeconds' | 'version'> | null
  /** What is given again. */
  kept: Kept | null
}

/** All that is kept together, and the most that one answer may have. */
const mostBytes = 64 * 1024 * 1024
const mostAnswerBytes = 8 * 1024 * 1024
/** A longer request is answered anew. */
const mostKeyCharacters = 16 * 1024

/** Finished answers by what was asked, by whom it may be seen, and the version of the lists that it was made from. */
export class KeptAnswers {
  readonly #kept = new Map<string, Kept>()
  #bytes = 0

  get(key: string): Kept | undefined {
    return this.#kept.get(key)
  }

  set(key: string, kept: Kept): void {
    this.delete(key)
    if (kept.body.length > mostAnswerBytes) return
    this.#kept.set(key, kept)
    this.#bytes += kept.body.length + key.length
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= mostBytes) return
      this.delete(oldest)
    }
  }

  delete(key: string): void {
    const kept = this.#kept.get(key)
    if (kept === undefined) return
    this.#kept.delete(key)
    this.#bytes -= kept.body.length + key.length
  }
}

interface KeepingContext {
  readonly viewer?: Viewer
  /** Over HTTP only. */
  readonly request?: Request
}

/**
 * Gives a finished answer again when the same is asked with the same rights, and the lists that it was made from are the
 * same and young enough. Only queries over HTTP whose answer is a function of the lists, and which had no error.
 */
export const keptAnswers = (schema: GraphQLSchema, versions: ListVersions): Plugin<KeepingContext, KeepingContext> => {
  const answers = new KeptAnswers()
  const documents = new LastingDocuments(schema)
  const trails = new WeakMap<Request, Trail>()

  /** Keeps what has just been made, where it lasts. */
  const keep = async ({ key, made }: Trail, response: Response): Promise<Kept | null> => {
    if (made === null || response.status !== 200) return null
    const contentType = response.headers.get('content-type') ?? ''
    const kept = { ...made, contentType, body: new TextEncoder().encode(await response.text()) }
    answers.set(key, kept)
    return kept
  }

  return {
    async onParams({ request, params, context: { viewer }, setResult }) {
      const text = findBody(params)
      if (viewer === undefined || text === undefined || text.length > mostKeyCharacters) return
      const key = `${toViewerKey(viewer)}\n${request.headers.get('accept') ?? ''}\n${text}`
      const trail: Trail = { key, made: null, kept: null }
      trails.set(request, trail)
      const kept = answers.get(key)
      if (kept === undefined) return
      if ((await versions.young(kept.reads, kept.maxAgeSeconds)) !== kept.version) answers.delete(key)
      else {
        trail.kept = kept
        // Stands for it until the response is there.
        setResult({ data: null })
      }
    },
    onExecute: ({ args }) => {
      const { request } = args.contextValue
      const trail = request === undefined ? undefined : trails.get(request)
      const found = trail === undefined ? null : documents.find(args.document, args.operationName ?? null)
      if (trail === undefined || found === null) return undefined
      const { reads, maxAgeSeconds } = found(args.variableValues ?? {})
      const version = versions.known(reads, maxAgeSeconds)
      if (version === null) return undefined
      return {
        onExecuteDone: ({ result }) => {
          const isGood = 'data' in result && result.errors === undefined
          if (isGood && versions.known(reads, maxAgeSeconds) === version) trail.made = { reads, maxAgeSeconds, version }
        },
      }
    },
    onResponse: async (answered) => {
      const { request, response, fetchAPI } = answered
      const trail = trails.get(request)
      if (trail === undefined) return
      const kept = trail.kept ?? (await keep(trail, response))
      if (kept === null) return
      const { body, contentType } = kept
      answered.setResponse(new fetchAPI.Response(body, { headers: { 'content-type': contentType } }))
    },
  }
}
