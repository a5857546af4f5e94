import { describe, expect, it } from 'vitest'
import { auditKinds } from '../../src/domain/audit.ts'
import { readSearch, searchAll } from './explore.ts'

describe('two gateways on one journal that are killed at any step', () => {
  it('send nothing twice, lose nothing and tell the truth', { timeout: 120_000 }, async () => {
    // A1, A2, C1, C2, C3, C4, C9, N8, N14
    const reached = await searchAll({ gateways: 2, ...readSearch(6_000) })
    // A search that never came to one of these has not looked for what goes wrong there.
    expect([...reached].sort()).toEqual([...auditKinds].sort())
  })
})
