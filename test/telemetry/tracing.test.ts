import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { Secret } from '../../src/std/secret.ts'
import { createJsonLogger, silentLogger } from '../../src/telemetry/json-logger.ts'
import { Tracing } from '../../src/telemetry/tracing.ts'
import { query } from '../support/graphql-client.ts'
import { runCommand } from '../support/run-command.ts'
import { startGateway } from '../support/start-gateway.ts'
import { startTraceCollector, type CollectedSpan, type TraceCollector } from './trace-collector.ts'

const batchSize = 256
const mostWaiting = 2_048

const start = (url: string, logger = silentLogger): Tracing =>
  new Tracing({ url, headers: {}, sampleRatio: 1, version: '1.2.3', logger })

/** Lets spans begin and end, one after the other. */
const make = (tracing: Tracing, count: number): void => {
  for (let number = 0; number < count; number += 1) tracing.run({ kind: 'STEP', name: 'work' }, () => {})
}

const workInSteps = (tracing: Tracing, name: string) =>
  tracing.run({ kind: 'OPERATION', name }, async () => {
    await new Promise(setImmediate)
    await tracing.run({ kind: 'STEP', name: `step of ${name}` }, async () => {
      await new Promise(setImmediate)
      return tracing.run({ kind: 'CALL', name: `call of ${name}` }, async () => name)
    })
  })

describe('what is handed over', () => {
  let collector: TraceCollector
  beforeEach(async () => {
    collector = await startTraceCollector()
  })
  afterEach(() => collector[Symbol.asyncDispose]())

  const collect = async (work: (tracing: Tracing) => unknown): Promise<readonly CollectedSpan[]> => {
    await using tracing = start(collector.url)
    await work(tracing)
    await tracing[Symbol.asyncDispose]()
    return collector.spans
  }
  const parentOf = (name: string): string | null => {
    const { parentId } = collector.spans.find((span) => span.name === name) ?? { parentId: 'none' }
    return collector.spans.find(({ spanId }) => spanId === parentId)?.name ?? parentId
  }

  it('knows what belongs to what, however long it is waited for, and however much is done at the same time', async () => {
    await collect((tracing) => Promise.all([workInSteps(tracing, 'one'), workInSteps(tracing, 'other')]))
    for (const name of ['one', 'other']) {
      expect(parentOf(name)).toBeNull()
      expect(parentOf(`step of ${name}`)).toBe(name)
      expect(parentOf(`call of ${name}`)).toBe(`step of ${name}`)
    }
  })

  it('takes what goes on after the end of what has begun it for something of its own', async () => {
    const { promise: end, resolve } = Promise.withResolvers<void>()
    await collect(async (tracing) => {
      let loop: Promise<void> = Promise.resolve()
      await tracing.run({ kind: 'OPERATION', name: 'subscribe' }, async () => {
        loop = (async () => {
          await tracing.run({ kind: 'STEP', name: 'first look' }, async () => {})
          await end
          await tracing.run({ kind: 'STEP', name: 'later look' }, async () => {})
          await tracing.run({ kind: 'WAIT', name: 'later wait' }, async () => {})
        })()
        await new Promise(setImmediate)
      })
      resolve()
      await loop
    })
    expect(parentOf('first look')).toBe('subscribe')
    expect(parentOf('later look')).toBeNull()
    expect(collector.spans.map(({ name }) => name)).not.toContain('later wait')
  })

  it('says of a failure its code, of what nobody has expected only that, and lets both through', async () => {
    const secret = new Error('canary-1')
    const known = DomainError.notFound('canary-2')
    await collect(async (tracing) => {
      await expect(tracing.run({ kind: 'STEP', name: 'bug' }, () => Promise.reject(secret))).rejects.toBe(secret)
      const fail = () =>
        tracing.run({ kind: 'STEP', name: 'refusal' }, () => {
          throw known
        })
      expect(fail).toThrow(known)
    })
    const codes = Object.fromEntries(collector.spans.map(({ name, facts }) => [name, facts['error.type']]))
    expect(codes).toEqual({ bug: 'INTERNAL_SERVER_ERROR', refusal: 'NOT_FOUND' })
    expect(collector.spans.every(({ hasFailed }) => hasFailed)).toBe(true)
    expect(collector.text).not.toContain('canary')
  })
})

describe('a collector that is in trouble', () => {
  it('is told of in the log once, and once more when it is well again', async () => {
    const lines: string[] = []
    const logger = createJsonLogger({ level: 'debug', write: (line) => lines.push(String(JSON.parse(line).message)) })
    let status = 400
    let answered = 0
    await using collector = await startTraceCollector({
      answer: (request, response) => {
        request.resume().on('end', () => {
          answered += 1
          response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
        })
      },
    })
    await using tracing = start(collector.url, logger)
    for (const [count, answer] of [400, 400, 200, 200].entries()) {
      status = answer
      make(tracing, batchSize)
      await expect.poll(() => answered).toBe(count + 1)
    }
    await expect.poll(() => lines.length).toBe(2)
    await tracing[Symbol.asyncDispose]()
    expect(lines).toEqual([
      'Traces cannot be handed over, and are dropped until they can',
      'Traces can be handed over again',
    ])
  })

  it('and does not answer has no more waiting for it than is bounded', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    let received = 0
    await using collector = await startTraceCollector({
      answer: (request, response) => {
        let body = ''
        request.setEncoding('utf8').on('data', (piece: string) => {
          body += piece
        })
        request.on('end', () => {
          received += JSON.parse(body).resourceSpans[0].scopeSpans[0].spans.length
          void gate.then(() => response.end('{}'))
        })
      },
    })
    await using tracing = start(collector.url)
    make(tracing, 20 * mostWaiting)
    await expect.poll(() => received).toBeGreaterThan(0)
    make(tracing, 20 * mostWaiting)
    open()
    await tracing[Symbol.asyncDispose]()
    expect(received).toBeGreaterThanOrEqual(mostWaiting)
    expect(received).toBeLessThanOrEqual(mostWaiting + 2 * batchSize)
  })

  it('or is not there costs no answer, and not the end of the gateway', async () => {
    const gone = await startTraceCollector()
    await gone[Symbol.asyncDispose]()
    await using silent = await startTraceCollector({ answer: () => {} })
    for (const { url } of [gone, silent]) {
      await using gateway = await startGateway({ more: { traces: { url, headers: {}, sampleRatio: 1 } } })
      for (let time = 0; time < 3; time += 1) {
        const { body } = await query(gateway.url, '{ sites { name } }')
        expect(body.errors).toBeUndefined()
      }
    }
  })
})

/** Tells of every package of OpenTelemetry that is loaded. The interface itself comes with the library of the figures. */
const tellLoaded = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  registerHooks({
    resolve: (name, context, next) => {
      const found = next(name, context)
      if (/@opentelemetry\\/(?!api\\/)/.test(found.url)) process.stderr.write('LOADED ' + found.url + '\\n')
      return found
    },
  })
`)}`

const config = (more: string): string => `
listen: { port: 0 }
store: { url: "sqlite:./dr.db" }
auth: { tokens: [{ name: ci, sha256: "${'ab'.repeat(32)}", scopes: [dr:read] }] }
sites:
  - { name: a, vendor: vcda, url: https://192.0.2.1, login: { type: localUser, user: root, password: "\${env:PASSWORD}" } }
${more}`

const run = async (more: string): Promise<{ readonly stderr: string; readonly exitCode: number | null }> => {
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-'))
  try {
    writeFileSync(join(folder, 'gateway.yaml'), config(more))
    const env = { NODE_OPTIONS: `--import=${tellLoaded}`, PASSWORD: 'x', COLLECTOR_TOKEN: 'y' }
    await using command = runCommand(['serve', '--config', 'gateway.yaml'], { cwd: folder, env })
    const said = await command.saying(/DR Gateway serves \S+\n/)
    const url = /serves (?<url>\S+)/.exec(said)?.groups?.['url'] ?? ''
    expect((await fetch(new URL('/health/startup', url))).status).toBe(200)
    command.stop()
    return await command.ended
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('a gateway in a process of its own', () => {
  it('loads nothing of it unless it is configured', async () => {
    expect(await run('')).toEqual(expect.objectContaining({ stderr: '', exitCode: 0 }))
    await using collector = await startTraceCollector()
    const headers = '{ authorization: "Bearer ${env:COLLECTOR_TOKEN}" }'
    const { stderr, exitCode } = await run(`traces: { url: "${collector.url}", headers: ${headers} }`)
    expect(stderr).toContain('LOADED')
    expect(exitCode).toBe(0)
  })
})

it('says the headers of a collector to nobody but it', async () => {
  const lines: string[] = []
  await using collector = await startTraceCollector()
  const logger = createJsonLogger({ level: 'debug', write: (line) => lines.push(line) })
  const traces = { url: collector.url, headers: { authorization: new Secret('Bearer canary') }, sampleRatio: 1 }
  {
    await using gateway = await startGateway({ more: { traces, logger } })
    await query(gateway.url, '{ sites { name } }')
  }
  expect(collector.headers[0]?.authorization).toBe('Bearer canary')
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.join('') + collector.text).not.toContain('canary')
})
