import { describe, expect, test } from 'vitest'
import { startTestServer } from '../server/start-test-server.ts'

const config = { login: { kind: 'none' }, documents: 'text' } as const

describe('a gateway whose console was not built', () => {
  test('says so at its root, with what it serves all the same, and leads nobody elsewhere', async () => {
    await using server = await startTestServer({ console: { files: null, config }, isGraphiqlEnabled: true })
    const answer = await fetch(new URL('/', server.url), { headers: { accept: 'text/html' }, redirect: 'manual' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const text = await answer.text()
    expect(text).toContain('The console is not built: npm run console:build')
    expect(text).toContain('/graphql')
    expect(text).toContain('/health/ready')
  })
})
