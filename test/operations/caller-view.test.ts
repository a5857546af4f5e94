import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import type { Place } from '../../src/domain/reach.ts'
import type { Grant, Scope } from '../../src/domain/viewer.ts'
import { requireReach, requireSiteReach, toCallerView, toPlannerView } from '../../src/operations/caller-view.ts'
import { viewerOf } from '../support/viewer-of.ts'

const grant = (
  scopes: readonly Scope[],
  siteNames: readonly string[] | null,
  organizations: readonly string[] | null,
): Grant => ({
  scopes,
  siteNames,
  organizations,
})

const toAbsent = () => DomainError.notFound('x')

const codeOf = (check: () => void): string | null => {
  try {
    check()
    return null
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
}

const acme: readonly Place[] = [
  { siteName: 'east', organization: 'Acme' },
  { siteName: 'west', organization: 'Acme' },
]
const globex: readonly Place[] = [{ siteName: 'west', organization: 'Globex' }]
const nowhere: readonly Place[] = []

const operate = (...grants: readonly Grant[]) => toCallerView(viewerOf('carol', [], { grants }), 'dr:operate')

describe('a caller', () => {
  // A3, W12
  it.each([
    ['with the scope everywhere', operate(grant(['dr:operate'], null, null)), [null, null, null]],
    ['of an organisation', operate(grant(['dr:operate'], null, ['acme'])), [null, 'NOT_FOUND', 'NOT_FOUND']],
    ['of a site', operate(grant(['dr:operate'], ['west'], null)), [null, null, 'NOT_FOUND']],
    [
      'of a site who looks everywhere',
      operate(grant(['dr:read'], null, null), grant(['dr:operate'], ['east'], null)),
      [null, 'PERMISSION_DENIED', 'NOT_FOUND'],
    ],
    [
      'who only looks at one organisation and works for another',
      operate(grant(['dr:read'], null, ['globex']), grant(['dr:operate'], null, ['acme'])),
      [null, 'PERMISSION_DENIED', 'NOT_FOUND'],
    ],
    [
      'of an organisation at a site where it has nothing',
      operate(grant(['dr:operate'], ['north'], ['acme'])),
      ['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'],
    ],
    ['without the scope', operate(grant(['dr:read'], null, ['acme'])), ['PERMISSION_DENIED', 'NOT_FOUND', 'NOT_FOUND']],
  ] as const)('%s is refused what is out of reach, and what is hidden as what is not there', (_who, view, codes) => {
    expect([acme, globex, nowhere].map((places) => codeOf(() => requireReach(view, places, toAbsent)))).toEqual(codes)
  })

  it('may plan whatever he may see', () => {
    const viewer = viewerOf('carol', [], {
      grants: [grant(['dr:read'], null, ['globex']), grant(['dr:recover'], null, ['acme'])],
    })
    const view = toPlannerView(viewer, 'dr:recover')
    expect([acme, globex, nowhere].map((places) => codeOf(() => requireReach(view, places, toAbsent)))).toEqual([
      null,
      null,
      'NOT_FOUND',
    ])
  })

  it.each([
    ['everywhere', operate(grant(['dr:operate'], null, null)), [null, null]],
    ['an organisation, at whatever site', operate(grant(['dr:operate'], null, ['acme'])), [null, null]],
    ['one site', operate(grant(['dr:operate'], ['east'], null)), [null, 'NOT_FOUND']],
    [
      'one site, and looks everywhere',
      operate(grant(['dr:read'], null, null), grant(['dr:operate'], ['east'], null)),
      [null, 'PERMISSION_DENIED'],
    ],
  ] as const)('who works for %s may begin something at the sites within reach only', (_who, view, codes) => {
    expect(['east', 'west'].map((name) => codeOf(() => requireSiteReach(view, name, toAbsent)))).toEqual(codes)
  })
})
