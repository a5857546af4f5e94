import SchemaBuilder, { type InputRef } from '@pothos/core'
import type { Operation } from '../domain/actions.ts'
import type { VendorDetails } from '../domain/protection.ts'
import type { Vendor } from '../domain/vendor.ts'
import type { GatewayContext } from './context.ts'

export interface SchemaTypes {
  Context: GatewayContext
  DefaultFieldNullability: false
  Scalars: {
    DateTime: { Input: Date; Output: Date }
    ByteCount: { Input: number; Output: number }
    Cursor: { Input: string; Output: string }
    JSON: { Input: unknown; Output: unknown }
    _Any: { Input: unknown; Output: unknown }
    ID: { Input: string; Output: string }
  }
}

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [],
  defaultFieldNullability: false,
})

/** A vendor's own details type; made by `builder.objectRef<ThatVendorsDetails>('Name')`, implemented there or later. */
export type DetailsRef = ReturnType<ReturnType<typeof builder.objectRef<VendorDetails>>['implement']>

/**
 * What one vendor adds to the public schema. The common types name no vendor: they ask {@link vendorParts}, so a new
 * vendor changes nothing here.
 */
export interface VendorPart {
  readonly vendor: Vendor
  /** The member of every input that holds this vendor's own options, e.g. `acme`. */
  readonly optionName: string
  /** The vendor's own words, for descriptions: `ProtectionGroup: 'a vApp replication'`. */
  readonly words: Readonly<Record<'Site' | 'Replication' | 'ProtectionGroup' | 'RecoveryPoint', string>>
  /** Every field that has no common name. */
  readonly details: {
    readonly Replication: DetailsRef
    readonly ProtectionGroup: DetailsRef
    readonly Site: DetailsRef
  }
  /** Input objects with the options of an operation; an operation left out has none. */
  readonly options: Partial<Readonly<Record<Operation, InputRef<object>>>>
  /** What `startReplication` can start: member of the input's `work` -> its input object. */
  readonly work: Readonly<Record<string, { readonly type: InputRef<object>; readonly description: string }>>
}

const parts: VendorPart[] = []

/** Called by the registry, once for each vendor, before the schema is made. */
export const addVendorPart = (part: VendorPart): void => {
  parts.push(part)
}

export const vendorParts = (): readonly VendorPart[] => parts

/** A description with each vendor's own word behind it. */
export const inVendorWords = (text: string, kind: keyof VendorPart['words']): string =>
  [text, ...parts.map((part) => `${part.vendor}: ${part.words[kind]}.`)].join(' ')
