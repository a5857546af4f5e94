import { isVendor, type Vendor } from './vendor.ts'

/** The kinds of object that have an id of their own in the public API. */
export const nodeKinds = [
  'Site',
  'Replication',
  'ProtectionGroup',
  'RecoveryPoint',
  'Task',
  'Alert',
  'RecoveryReport',
] as const
export type NodeKind = (typeof nodeKinds)[number]

/** What a global id says: which kind of object, of which vendor, under which of the vendor's own identifiers. */
export interface NodeKey {
  readonly kind: NodeKind
  readonly vendor: Vendor
  /** The vendor's own identifier. Made and taken apart only by that vendor's mapping. */
  readonly nativeId: string
}

const isNodeKind = (word: string): word is NodeKind => (nodeKinds as readonly string[]).includes(word)

// Longer than any identifier either vendor makes; keeps a hostile id from costing anything.
const longestId = 1024

/** The opaque id that clients see. The same key always gives the same id. */
export const toGlobalId = (kind: NodeKind, vendor: Vendor, nativeId: string): string =>
  Buffer.from(`${kind}:${vendor}:${nativeId}`, 'utf8').toString('base64url')

/**
 * Reads an id that a client sent. Null for anything this gateway cannot have made: another encoding of the same
 * words, an unknown kind or vendor, control characters.
 */
export const parseGlobalId = (id: string): NodeKey | null => {
  if (id.length === 0 || id.length > longestId) return null
  const text = Buffer.from(id, 'base64url').toString('utf8')
  const [kind, vendor, ...rest] = text.split(':')
  const nativeId = rest.join(':')
  if (kind === undefined || vendor === undefined || nativeId === '') return null
  if (!isNodeKind(kind) || !isVendor(vendor)) return null
  if (toGlobalId(kind, vendor, nativeId) !== id) return null
  return { kind, vendor, nativeId }
}
