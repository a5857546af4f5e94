import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { zstdDecompressSync } from 'node:zlib'

/** What of a Base64 text depends on these bytes alone, wherever in a text they begin. */
const listBase64Cores = (secret: string): readonly string[] =>
  [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
    const whole = bytes.length - (bytes.length % 3)
    return bytes
      .subarray(0, whole)
      .toString('base64')
      .slice(before === 0 ? 0 : 4)
  })

/** Every form in which a secret may have leaked, the plain one first. */
const listForms = (secret: string): readonly string[] => {
  const cores = listBase64Cores(secret)
  const forms = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    Buffer.from(secret).toString('hex'),
    ...cores,
    ...cores.map((core) => core.replaceAll('+', '-').replaceAll('/', '_')),
  ]
  // What is shorter stands in everything.
  return [...new Set(forms)].filter(({ length }) => length >= 6)
}

/** A place that was searched, and what was found there. */
export interface Find {
  readonly place: string
  readonly secret: string
  readonly around: string
}

/** Where one of the secrets stands, in clear or in one of the forms in which they travel. */
export const findCanaries = (places: Readonly<Record<string, string>>, secrets: readonly string[]): readonly Find[] =>
  Object.entries(places).flatMap(([place, text]) =>
    secrets.flatMap((secret) =>
      listForms(secret).flatMap((form) => {
        const at = text.indexOf(form)
        return at === -1 ? [] : [{ place, secret, around: text.slice(Math.max(0, at - 80), at + form.length + 40) }]
      }),
    ),
  )

const unpack = (bytes: Uint8Array): string => {
  const plain = Buffer.from(bytes).toString('latin1')
  try {
    return `${plain}${zstdDecompressSync(bytes).toString('utf8')}`
  } catch {
    return plain
  }
}

/** All that the file of a store holds, unpacked. */
const readStore = (path: string): string => {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    const tables = database.prepare("select name from sqlite_master where type = 'table'").all()
    return tables
      .flatMap(({ name }) => database.prepare(`select * from "${String(name)}"`).all())
      .flatMap((row) => Object.values(row))
      .map((value) => (value instanceof Uint8Array ? unpack(value) : String(value)))
      .join('\n')
  } finally {
    database.close()
  }
}

/** Everything that stands in the files of a folder, by name: as bytes, and in a store as what it holds. */
export const readFolder = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => {
        const path = join(entry.parentPath, entry.name)
        const raw = [entry.name, readFileSync(path, 'utf8')] as const
        return entry.name.endsWith('.db') ? [raw, [`${entry.name}, unpacked`, readStore(path)] as const] : [raw]
      }),
  )
