import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findScopeRefusal, scopeOf } from '../../src/domain/required-scope.ts'
import { toViewer } from '../../src/domain/viewer.ts'

describe('the scope that something takes', () => {
  const viewer = toViewer({
    name: 'somebody',
    grants: [
      { scopes: ['dr:operate'], siteNames: ['boston'], organizations: null },
      { scopes: ['dr:read'], siteNames: null, organizations: null },
    ],
    expiresAt: null,
    isAnonymous: false,
  })
  const boston = [{ siteName: 'boston', organization: 'Acme' }]
  const denver = [{ siteName: 'denver', organization: 'Acme' }]

  it('is named where the caller does not have it, or not for that', () => {
    expect(findScopeRefusal(viewer, 'dr:recover', boston)).toBe(
      'This needs the scope dr:recover, which somebody does not have',
    )
    expect(findScopeRefusal(viewer, 'dr:operate', denver)).toBe(
      'This needs the scope dr:operate, which somebody does not have for it',
    )
  })

  it('is no hindrance where it reaches, and where only the scope is asked for', () => {
    expect(findScopeRefusal(viewer, 'dr:operate', boston)).toBeNull()
    expect(findScopeRefusal(viewer, 'dr:operate', null)).toBeNull()
    expect(findScopeRefusal(viewer, 'dr:read', [])).toBeNull()
  })
})

describe('the scope of an action', () => {
  it('is the one that its operation takes', async () => {
    // Buttons and refusals say the same.
    const folder = join(import.meta.dirname, '../../src/operations')
    const found = new Map<unknown, unknown>()
    for (const file of readdirSync(folder)) {
      const module: object = await import(join(folder, file))
      for (const value of Object.values(module)) {
        if (typeof value !== 'object' || value === null || !('operation' in value) || !('scope' in value)) continue
        found.set(value.operation, value.scope)
      }
    }
    expect(Object.fromEntries(found)).toEqual(scopeOf)
  })
})
