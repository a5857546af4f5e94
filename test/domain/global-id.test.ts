import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nodeKinds, parseGlobalId, toGlobalId } from '../../src/domain/global-id.ts'
import { vendors } from '../../src/domain/vendor.ts'

it('gives back the key it was made from, whatever the vendor puts into its identifiers', () => {
  const nativeId = fc.string({ minLength: 1, maxLength: 200 }).filter((text) => text.isWellFormed())
  fc.assert(
    fc.property(fc.constantFrom(...nodeKinds), fc.constantFrom(...vendors), nativeId, (kind, vendor, id) => {
      expect(parseGlobalId(toGlobalId(kind, vendor, id))).toEqual({ kind, vendor, nativeId: id })
    }),
  )
})

// V1
it('takes nothing for an id that it has not made itself', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000 }), (text) => {
      const key = parseGlobalId(text)
      expect(key === null || toGlobalId(key.kind, key.vendor, key.nativeId) === text).toBe(true)
    }),
  )
})

it.each([
  ['padding', `${toGlobalId('Site', 'VCDA', 'site1')}==`],
  ['another alphabet', Buffer.from('Site:VCDA:site1?>').toString('base64')],
  ['an unknown kind', Buffer.from('Planet:VCDA:1').toString('base64url')],
  ['an unknown vendor', Buffer.from('Site:ACME:1').toString('base64url')],
  ['nothing behind the vendor', Buffer.from('Site:VCDA:').toString('base64url')],
  ['too long a text', toGlobalId('Site', 'VCDA', 'x'.repeat(2000))],
  ['an empty text', ''],
])('refuses %s', (_what, id) => {
  expect(parseGlobalId(id)).toBeNull()
})
