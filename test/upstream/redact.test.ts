import { describe, expect, it } from 'vitest'
import { redact, redactText } from '../../src/upstream/redact.ts'

const canary = 'c4n4ry-Secret'

describe('redact', () => {
  it.for([
    { localPassword: canary },
    { type: 'vcdCookie', vcdCookie: canary },
    { headers: { 'X-VCAV-Auth': canary, authorization: canary, 'x-zerto-session': canary } },
    { nested: [{ client_secret: canary, access_token: canary }] },
    { msg: `login failed for password=${canary}` },
    { msg: `Authorization: Bearer ${canary}` },
  ])('leaves nothing of a secret in %j', (message) => {
    // A4 of FAULTS
    const clean = JSON.stringify(redact(message))
    expect(clean).not.toContain(canary)
    expect(clean).toContain('[redacted]')
  })

  it('leaves out stack traces and keeps what explains the failure', () => {
    const error = { code: 'Forbidden', msg: 'Permission denied.', args: [], stacktrace: 'com.vmware.h4.Api: at line 3' }
    expect(redact(error)).toEqual({ code: 'Forbidden', msg: 'Permission denied.', args: [] })
    expect(redactText('Boom\n    at Foo.bar(Foo.java:3)\n    at Foo.baz(Foo.java:9)')).toBe('Boom')
  })

  it('ends where a message is endless', () => {
    const ring: { self?: unknown } = {}
    ring.self = ring
    expect(JSON.stringify(redact(ring)).length).toBeLessThan(200)
    expect(redactText('x'.repeat(100_000)).length).toBeLessThan(2100)
  })
})
