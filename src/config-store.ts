import { resolve } from 'node:path'
import { z } from 'zod'
import { Secret } from './std/secret.ts'

/** Where everything is kept. */
export type StorePlace =
  | {
      /** Absolute path of an SQLite file, or `:memory:`: for one gateway. */
      readonly path: string
    }
  | {
      /** `postgres://user:password@host:port/database`: for any number of gateways. */
      readonly url: Secret
    }

const sqlitePrefix = 'sqlite:'

const isPostgresUrl = (text: string): boolean => /^postgres(?:ql)?:\/\//.test(text)

const isStoreUrl = (text: string): boolean => {
  if (!isPostgresUrl(text)) return text.startsWith(sqlitePrefix) && text.length > sqlitePrefix.length
  if (!URL.canParse(text)) return false
  const { hostname, pathname } = new URL(text)
  return hostname !== '' && pathname.length > 1
}

/** The `store` of the file. */
export const storeSection = z
  .strictObject({
    url: z
      .string()
      .refine(isStoreUrl, 'must be sqlite: and a path, or postgres:// with a host and the name of a database')
      .prefault('sqlite:data/dr-gateway.db'),
  })
  .prefault({})

/** @param folder Of the file: paths in it are relative to this. */
export const toStorePlace = (url: string, folder: string): StorePlace => {
  if (isPostgresUrl(url)) return { url: new Secret(url) }
  const path = url.slice(sqlitePrefix.length)
  return { path: path === ':memory:' ? path : resolve(folder, path) }
}

// It stands behind the user, or among the settings. A reference in its place is not looked into.
const passwordInUrl = /^postgres(?:ql)?:\/\/(?:[^/?#:]*:(?!\$\{)[^/?#]+@|[^#]*[?&]password=(?!\$\{))/

const findMember = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)).get(name) : undefined

/** @param file As it was read, with its references unresolved. */
export const holdsStorePassword = (file: unknown): boolean => {
  const url = findMember(findMember(file, 'store'), 'url')
  return typeof url === 'string' && passwordInUrl.test(url)
}
