import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from '@graphql-codegen/cli'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { stringify } from 'yaml'
import { runCommand, type CommandEnd } from '../support/run-command.ts'

const root = join(import.meta.dirname, '../..')
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dr-gateway-documents-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const site = {
  name: 'cloud-a',
  vendor: 'vcda',
  // Nobody answers there: what is asked here is about the gateway alone.
  url: 'http://127.0.0.1:9',
  login: { type: 'localUser', user: 'root', password: '${env:VCDA_PASSWORD}' },
}
const grant = { name: 'portal', sha256: sha256('token'), scopes: ['dr:read', 'dr:introspect'] }
const env = { VCDA_PASSWORD: 'canary-4711' }

const writeConfig = (documents: object, more: object = {}): void => {
  const config = { listen: { port: 0 }, auth: { tokens: [grant] }, sites: [site], documents, ...more }
  writeFileSync(join(folder, 'gateway.yaml'), stringify(config))
}

const run = (command: string) => runCommand([command, '--config', 'gateway.yaml'], { cwd: folder, env })

/** What client-preset writes for the example documents of this repository, as it is set up by who wants the file. */
const generateFile = async (hashAlgorithm: 'sha1' | 'sha256'): Promise<Record<string, string>> => {
  const files: readonly { readonly filename: string; readonly content: string }[] = await generate(
    {
      cwd: root,
      schema: 'schema/schema.graphql',
      documents: 'schema/operations/**/*.graphql',
      silent: true,
      generates: {
        'nowhere/': {
          preset: 'client',
          presetConfig: { persistedDocuments: { hashAlgorithm } },
          config: { strictScalars: false },
        },
      },
    },
    false,
  )
  const file = files.find(({ filename }) => filename.endsWith('persisted-documents.json'))
  return JSON.parse(file?.content ?? '')
}

const idOf = (texts: Readonly<Record<string, string>>, name: string): string =>
  Object.entries(texts).find(([, text]) => text.includes(name))?.[0] ?? ''

describe('the file that client-preset writes', () => {
  it.each(['sha1', 'sha256'] as const)(
    'is taken as it is, with ids of %s, over HTTP and WebSocket',
    async (algorithm) => {
      const texts = await generateFile(algorithm)
      expect(Object.keys(texts)[0]).toMatch(algorithm === 'sha256' ? /^sha256:[\da-f]{64}$/ : /^[\da-f]{40}$/)
      writeFileSync(join(folder, 'persisted-documents.json'), JSON.stringify(texts))
      writeConfig({ mode: 'only', path: 'persisted-documents.json' })
      await using gateway = run('serve')
      const [, url = ''] = /serves (\S+)/.exec(await gateway.saying(/serves \S+\n/)) ?? []
      const documentId = idOf(texts, 'query Viewer')
      const answer = { data: { viewer: expect.objectContaining({ name: 'portal' }) } }

      const ask = async (body: object): Promise<unknown> => {
        const headers = { 'content-type': 'application/json', authorization: 'Bearer token' }
        return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json()
      }
      expect(await ask({ documentId })).toEqual(answer)
      const refusal = { errors: [{ extensions: { code: 'DOCUMENT_NOT_ALLOWED' } }] }
      expect(await ask({ query: '{ __schema { queryType { name } } }' })).toMatchObject(refusal)
      expect(await ask({ query: texts[documentId] })).toMatchObject(refusal)

      const client = createClient({
        url: url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: { authorization: 'Bearer token' },
      })
      const results = client.iterate({
        query: '',
        extensions: { persistedQuery: { version: 1, sha256Hash: documentId } },
      })
      expect((await results.next()).value).toEqual(answer)
      await client.dispose()
    },
  )
})

const failed = (command: string): Promise<CommandEnd> => run(command).ended

describe('a start with stored documents that cannot be run', () => {
  it.each(['serve', 'check'])('ends `%s` with 78 and a list of them all', async (command) => {
    const dear = 'query Dear { replications(first: 500) { nodes { recoveryPoints { totalCount } } } }'
    const texts = { good: '{ viewer { name } }', unknown: '{ viewers { name } }', broken: '{', dear }
    writeFileSync(join(folder, 'bad.json'), JSON.stringify(texts))
    writeConfig({ mode: 'known', path: 'bad.json' })
    const { exitCode, stderr, stdout } = await failed(command)
    expect({ exitCode, stdout }).toEqual({ exitCode: 78, stdout: '' })
    expect(stderr.replaceAll(folder, '.').trimEnd().split('\n')).toEqual([
      './bad.json cannot be used:',
      expect.stringContaining('  unknown: Cannot query field "viewers" on type "Query".'),
      '  broken: Syntax Error: Expected Name, found <EOF>.',
      '  dear: The operation may cause 500 calls to vendors; limits.maxVendorCalls allows 250',
    ])
  })

  it('looks at them with the limits of the configuration', async () => {
    const text = '{ viewer { name } }'
    writeFileSync(
      join(folder, 'good.json'),
      JSON.stringify({ small: text, large: `{ ${'a'.repeat(1_020)}: viewer { name } }` }),
    )
    writeConfig({ mode: 'known', path: 'good.json' }, { limits: { maxDocumentCharacters: 1_024 } })
    const { exitCode, stderr } = await failed('serve')
    expect(exitCode).toBe(78)
    expect(stderr).toContain('large: The document has 1041 characters; limits.maxDocumentCharacters allows 1024')
    expect(stderr).not.toContain('small')
  })

  it('ends with 78 where the file is missing', async () => {
    writeConfig({ mode: 'only', path: 'nowhere.json' })
    const { exitCode, stderr } = await failed('serve')
    expect({ exitCode, stderr }).toEqual({
      exitCode: 78,
      stderr: 'gateway.yaml cannot be used:\n  documents.path: the file nowhere.json cannot be read (ENOENT)\n',
    })
  })
})
