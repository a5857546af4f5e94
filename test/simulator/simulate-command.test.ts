import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createHttpClient } from '../../src/upstream/undici-http-client.ts'
import { runCommand } from '../support/run-command.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dr-simulate-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const free = ['--vcda', '127.0.0.1:0', '--zerto', '127.0.0.1:0', '--admin', '127.0.0.1:0', '--fleet', '6']

const siteList = z.array(z.object({ name: z.string(), url: z.string() }))

const adminOf = (text: string): string => /http:\/\/\S+\/_simulator/.exec(text)?.[0] ?? ''

const listSites = async (admin: string) => siteList.parse(await (await fetch(`${admin}/sites`)).json())

describe('simulate', () => {
  it('prints where everything is, takes orders, and ends when it is told to', async () => {
    await using running = runCommand(['simulate', ...free], { cwd: folder })
    const text = await running.saying(/_simulator\n/)
    const sites = await listSites(adminOf(text))
    expect(sites.map(({ name }) => name)).toEqual(['cloud-east', 'cloud-west', 'Boston', 'London'])
    for (const { name, url } of sites) expect(text).toContain(`${url}  ${name}`)
    const ordered = await fetch(`${adminOf(text)}/faults`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ site: 'boston', effect: { kind: 'ANSWER', status: 418 } }),
    })
    expect(ordered.status).toBe(201)
    const statuses = await Promise.all(sites.map(async ({ url }) => (await fetch(`${url}/none`)).status))
    expect(statuses.map((status) => status === 418)).toEqual([false, false, true, false])
    running.stop()
    expect(await running.ended).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('shows a certificate of its own, which is printed, saved and enough to trust it', async () => {
    await using running = runCommand(['simulate', ...free, '--tls', '--tls-cert', 'new/cert.pem'], { cwd: folder })
    const text = await running.saying(/-----END CERTIFICATE-----/)
    const ca = readFileSync(join(folder, 'new/cert.pem'), 'utf8')
    expect(text).toContain(ca)
    expect(ca).not.toContain('PRIVATE KEY')
    const pin = /SHA-256(?::[\dA-F]{2}){32}/.exec(text)?.[0] ?? ''
    for (const { name, url } of await listSites(adminOf(text))) {
      expect(url).toMatch(/^https:/)
      for (const tls of [{ ca }, { pin }]) {
        await using client = createHttpClient({ siteName: name, url, tls })
        const signal = AbortSignal.timeout(10_000)
        const reply = await client.request({ effect: 'READ', method: 'GET', path: '/none', signal })
        expect(reply.status).toBeGreaterThanOrEqual(400)
      }
    }
  })

  it('plays the generations that it is told to', async () => {
    const options = ['--zerto-profile', 'windows', '--vcda-version', '4.2']
    await using running = runCommand(['simulate', ...free, ...options], { cwd: folder })
    const [cloud, , zvm] = await listSites(adminOf(await running.saying(/_simulator\n/)))
    expect((await fetch(`${cloud?.url}/sites`)).headers.get('content-type')).toContain('h4-v4.2+json')
    const session = await fetch(`${zvm?.url}/v1/session/add`, { method: 'POST' })
    expect(session.status).toBe(401)
    expect(session.headers.get('www-authenticate')).toMatch(/^Basic/)
  })

  it.each([
    ['--zerto-profile', 'linux', 'zvma, windows'],
    ['--vcda-version', '3.0', '4.2, 4.5, 4.6, 4.7'],
    ['--admin', 'nowhere', 'HOST:PORT'],
    ['--speed', 'fast', 'a number'],
  ])('says what %s can be when it is %s', async (option, value, words) => {
    const { exitCode, stderr } = await runCommand(['simulate', option, value], { cwd: folder }).ended
    expect(exitCode).toBe(64)
    expect(stderr.split('\n')[0]).toContain(`${option} has to be`)
    expect(stderr.split('\n')[0]).toContain(words)
  })
})
