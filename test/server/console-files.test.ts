import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConsoleFiles, type ConsoleConfig } from '../../src/server/console-files.ts'

const script = `console.log('${'x'.repeat(2_000)}')`

const buildFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-console-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>DR Gateway</title>')
  writeFileSync(join(folder, 'assets/index-abc.js'), script)
  writeFileSync(join(folder, 'persisted-documents.json'), '{"sha256:1":"{ viewer { name } }"}')
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

const config: ConsoleConfig = {
  login: {
    kind: 'oidc',
    name: 'Example',
    clientId: 'console',
    authorizationEndpoint: 'https://idp.example/authorize',
    tokenEndpoint: 'https://idp.example/token',
    scope: 'openid',
  },
  documents: 'text',
}

const serveFolder = async (folder: string) => {
  const files = await loadConsoleFiles(folder)
  if (files === null) throw new Error('There is no console')
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      if (!(await files.answer(request, response, config))) response.writeHead(404).end()
    }
    void answer()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  const url = `http://127.0.0.1:${address.port}`
  return {
    files,
    get: (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
      fetch(`${url}${path}`, { method, headers: { accept: 'text/html', ...headers }, redirect: 'manual' }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

describe('the files of the console', () => {
  it('are null where it has not been built', async () => {
    expect(await loadConsoleFiles(join(tmpdir(), 'dr-gateway-no-such-folder'))).toBeNull()
  })

  it.for(['/', '/groups', '/groups/abc', '/tasks/x', '/audit', '/start', '/login/callback'])(
    'give the page for the screen %s',
    async (path) => {
      using built = buildFolder()
      await using served = await serveFolder(built.folder)
      const answer = await served.get(path)
      expect(answer.status).toBe(200)
      expect(await answer.text()).toContain('<title>DR Gateway</title>')
      expect(answer.headers.get('cache-control')).toBe('no-cache')
    },
  )

  it.for([
    '/nowhere',
    '/groups/a/b',
    '/assets/missing.js',
    '/assets/../package.json',
    '/%2e%2e/x',
    '/graphql',
    '/index.html',
  ])('leave %s to others', async (path) => {
    using built = buildFolder()
    await using served = await serveFolder(built.folder)
    expect((await served.get(path)).status).toBe(404)
  })

  it('leave the root to the list of what there is, for a program', async () => {
    using built = buildFolder()
    await using served = await serveFolder(built.folder)
    expect((await served.get('/', { accept: '*/*' })).status).toBe(404)
    expect((await served.get('/', {}, 'POST')).status).toBe(404)
  })

  it('let nothing in from outside but the provider of tokens', async () => {
    using built = buildFolder()
    await using served = await serveFolder(built.folder)
    const policy = (await served.get('/')).headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(policy).toMatch(/connect-src 'self' ws:\/\/\S+ wss:\/\/\S+ https:\/\/idp\.example;/)
    expect(policy).toContain("frame-ancestors 'none'")
  })

  it('are kept for good by their hash, pressed, and not sent twice', async () => {
    using built = buildFolder()
    await using served = await serveFolder(built.folder)
    for (const encoding of ['br', 'gzip', 'identity']) {
      const answer = await served.get('/assets/index-abc.js', { 'accept-encoding': encoding })
      expect(answer.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding)
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(answer.headers.get('vary')).toBe('accept-encoding')
      expect(
        createHash('sha256')
          .update(await answer.text())
          .digest('hex'),
      ).toBe(createHash('sha256').update(script).digest('hex'))
      const etag = answer.headers.get('etag') ?? ''
      expect((await served.get('/assets/index-abc.js', { 'if-none-match': etag })).status).toBe(304)
    }
  })

  it('tell the page how people sign in, and keep the stored documents for the gateway', async () => {
    using built = buildFolder()
    await using served = await serveFolder(built.folder)
    expect(await (await served.get('/console-config.json')).json()).toEqual(config)
    expect((await served.get('/persisted-documents.json')).status).toBe(404)
    expect(served.files.documentTexts).toEqual({ 'sha256:1': '{ viewer { name } }' })
  })
})
