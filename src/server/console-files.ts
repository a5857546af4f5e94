import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** How people sign in at the console. */
export type ConsoleLogin =
  | { readonly kind: 'none' }
  | { readonly kind: 'token' }
  | {
      readonly kind: 'oidc'
      readonly name: string
      readonly clientId: string
      readonly authorizationEndpoint: string
      readonly tokenEndpoint: string
      readonly scope: string
    }

/** What the console is told before anybody has signed in, as `/console-config.json`. */
export interface ConsoleConfig {
  readonly login: ConsoleLogin
  /** `id` where documents are run by their id alone. */
  readonly documents: 'text' | 'id'
}

type Encoding = 'br' | 'gzip' | 'identity'

interface StaticFile {
  readonly type: string
  readonly bytes: Buffer
  readonly etag: string
  /** Its name changes with what is in it. */
  readonly isImmutable: boolean
  /** Pressed when somebody first asks for it so. */
  readonly pressed: Map<Encoding, Promise<Buffer>>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
}

/** Where the console's own address is one of its screens: a reload there gets the page, anything else is not found. */
const screenPath = /^\/(?:(?:groups|machines|tasks)(?:\/[^/]+)?|start|audit|login\/callback)?$/

/** What the build puts beside the page for the gateway, not for browsers. */
const documentsName = 'persisted-documents.json'

const toStatic = (path: string, bytes: Buffer): StaticFile => ({
  type: types[extname(path)] ?? 'application/octet-stream',
  bytes,
  etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
  isImmutable: path.startsWith('/assets/'),
  pressed: new Map(),
})

const press = (file: StaticFile, encoding: Encoding): Promise<Buffer> => {
  if (encoding === 'identity') return Promise.resolve(file.bytes)
  const kept = file.pressed.get(encoding)
  if (kept !== undefined) return kept
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: file.bytes.length }
  const pressed =
    encoding === 'br' ? promisify(brotliCompress)(file.bytes, { params }) : promisify(gzip)(file.bytes, { level: 9 })
  file.pressed.set(encoding, pressed)
  return pressed
}

const toEncoding = (request: IncomingMessage, file: StaticFile): Encoding => {
  const accepted = request.headers['accept-encoding'] ?? ''
  if (file.type.startsWith('font/')) return 'identity'
  return /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity'
}

const plainHost = /^[\w.:[\]-]+$/

/** The page runs its own scripts and styles, and calls this server and the provider of its tokens; nothing else. */
const toPolicy = ({ login }: ConsoleConfig, host: string): string =>
  [
    "default-src 'self'",
    "object-src 'none'",
    // Not every browser counts a WebSocket to the page's own host as 'self'.
    [
      `connect-src 'self' ws://${host} wss://${host}`,
      ...(login.kind === 'oidc' ? [new URL(login.tokenEndpoint).origin] : []),
    ].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const send = async (
  request: IncomingMessage,
  response: ServerResponse,
  file: StaticFile,
  more: Readonly<Record<string, string>>,
): Promise<void> => {
  const headers = {
    ...more,
    etag: file.etag,
    vary: 'accept-encoding',
    'cache-control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304, headers).end()
    return
  }
  const encoding = toEncoding(request, file)
  const body = await press(file, encoding)
  response.writeHead(200, {
    ...headers,
    'content-type': file.type,
    'content-length': body.length,
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** The console as it was built, in memory. */
export class ConsoleFiles {
  readonly #files: ReadonlyMap<string, StaticFile>
  readonly #page: StaticFile
  /** What the console asks, text by id: for a gateway that runs stored documents only. */
  readonly documentTexts: Readonly<Record<string, string>>

  constructor(files: ReadonlyMap<string, Buffer>) {
    const page = files.get('/index.html')
    if (page === undefined) throw new Error('The console has no page')
    this.#page = toStatic('/index.html', page)
    this.#files = new Map(
      [...files]
        .filter(([path]) => path !== `/${documentsName}` && path !== '/index.html')
        .map(([path, bytes]) => [path, toStatic(path, bytes)]),
    )
    const documents: unknown = JSON.parse(String(files.get(`/${documentsName}`) ?? '{}'))
    this.documentTexts = Object.fromEntries(
      Object.entries(documents ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  }

  /** Answers what is the console's to answer. @returns False for any other path or method, unanswered. */
  async answer(request: IncomingMessage, response: ServerResponse, config: ConsoleConfig): Promise<boolean> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    const path = request.url?.split('?', 1)[0] ?? ''
    const { host = '' } = request.headers
    const policy = { 'content-security-policy': toPolicy(config, plainHost.test(host) ? host : 'localhost') }
    if (path === '/console-config.json') {
      await send(request, response, toStatic(path, Buffer.from(JSON.stringify(config))), {})
      return true
    }
    const file = this.#files.get(path)
    if (file !== undefined) {
      await send(request, response, file, {})
      return true
    }
    // A program that asks for the root wants to be told what there is.
    if (!screenPath.test(path) || !(request.headers.accept ?? '').includes('text/html')) return false
    await send(request, response, this.#page, policy)
    return true
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** @returns Null where the console has not been built. @throws What reading throws otherwise. */
export const loadConsoleFiles = async (folder: string): Promise<ConsoleFiles | null> => {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    const read = files.map(async (file) => {
      const path = `/${relative(folder, file).split(sep).join('/')}`
      return [path, await readFile(file)] as const
    })
    const byPath = new Map(await Promise.all(read))
    return byPath.has('/index.html') ? new ConsoleFiles(byPath) : null
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}
