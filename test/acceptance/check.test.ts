import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { startSimulator, type Simulator } from '../../src/simulator/main.ts'
import { createSelfSigned } from '../../src/simulator/self-signed.ts'
import { runCommand, type CommandEnd } from '../support/run-command.ts'

const host = '127.0.0.1'
const free = { host, port: 0 }
const signIns = /^\/(sessions|auth\/|v1\/session)/
const day = 86_400_000
const certificate = await createSelfSigned({ hosts: [host], validTo: new Date(Date.now() + 20 * day - 60_000) })

let simulator: Simulator
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dr-gateway-check-'))
  simulator = await startSimulator({ speed: 1, seed: 7, fleetSize: 12, vcda: free, zerto: free, tls: certificate })
})
afterEach(async () => {
  await simulator[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

const services = () => [...simulator.vcda.sites, ...simulator.zerto.sites].map(({ service }) => service)

const toSites = () => [
  ...simulator.vcda.sites.map(({ name, service, login }, index) => ({
    name,
    vendor: 'vcda',
    url: service.url,
    tls: index === 0 ? { ca: 'ca.pem' } : { pin: certificate.pin },
    login: { type: 'localUser', user: login.user, password: '${env:VCDA_PASSWORD}' },
  })),
  ...simulator.zerto.sites.map(({ name, service, login }, index) => ({
    name,
    vendor: 'zerto',
    url: service.url,
    tls: { pin: certificate.pin },
    login: { type: 'password', username: login.username, password: `\${env:ZERTO_PASSWORD_${index}}` },
  })),
]

const passwords = (): Record<string, string> => ({
  VCDA_PASSWORD: simulator.vcda.sites[0]?.login.password ?? '',
  ...Object.fromEntries(simulator.zerto.sites.map(({ login }, index) => [`ZERTO_PASSWORD_${index}`, login.password])),
})

const check = (sites: readonly object[], env = passwords()): Promise<CommandEnd> => {
  const sha256 = createHash('sha256').update('token').digest('hex')
  const auth = { tokens: [{ name: 'portal', sha256, scopes: ['dr:read'] }] }
  writeFileSync(join(folder, 'ca.pem'), certificate.cert)
  writeFileSync(join(folder, 'gateway.yaml'), stringify({ auth, sites }))
  return runCommand(['check', '--config', 'gateway.yaml'], { cwd: folder, env }).ended
}

/** The part of the text that is about one site. */
const partOf = (text: string, name: string): string =>
  text.split('\n\n').find((part) => part.split('\n')[0]?.includes(`  ${name}  `)) ?? ''

describe('check', () => {
  it('says of each site what it is, and that it can be used', async () => {
    const { exitCode, stdout, stderr } = await check(toSites())
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    for (const { name, service } of [...simulator.vcda.sites, ...simulator.zerto.sites]) {
      const part = partOf(stdout, name)
      expect(part).toMatch(new RegExp(`^ok +${name} +(VCDA|ZERTO) +${service.url}\\n`))
      expect(part).toMatch(/product version +\d+\.\d/)
      expect(part).toMatch(/can +START_REPLICATION UPDATE/)
      expect(part).toMatch(/clock +as ours/)
      expect(part).toMatch(/certificate +CN=127\.0\.0\.1, expires \d{4}-\d\d-\d\d \(in 19 days\)/)
      expect(part).toContain(certificate.pin)
      expect(part).toMatch(/warning +The certificate expires in 19 days\./)
    }
    expect(partOf(stdout, 'cloud-east')).toMatch(/API version +4\.7/)
    expect(partOf(stdout, 'cloud-east')).toMatch(/paired with +cloud-west/)
    expect(partOf(stdout, 'cloud-east')).toMatch(/cannot .*COMMIT_FAILOVER/)
    expect(stdout).toContain('All sites can be used.')
  })

  it('changes nothing at any site', async () => {
    await check(toSites())
    const seen = services().flatMap(({ exchanges }) => exchanges)
    expect(seen.filter(({ method, path }) => method === 'GET' && !signIns.test(path)).length).toBeGreaterThan(3)
    expect(seen.filter(({ method, path }) => method !== 'GET' && !signIns.test(path))).toEqual([])
  })

  it('fails for the sites that cannot be used, says why, and looks at the others all the same', async () => {
    const [first, second, third, fourth] = toSites()
    const other = await createSelfSigned({ hosts: [host] })
    const { exitCode, stdout } = await check(
      [
        { ...first, login: { type: 'localUser', user: 'root', password: '${env:WRONG_PASSWORD}' } },
        { ...second, tls: { pin: other.pin } },
        { ...third, url: 'https://127.0.0.1:1' },
        { ...fourth },
      ],
      { ...passwords(), WRONG_PASSWORD: 'a-canary-in-a-mine' },
    )
    expect(exitCode).toBe(69)
    expect(partOf(stdout, 'cloud-east')).toMatch(/^FAILED[^]*problem[^]*[Cc]heck the login/)
    expect(partOf(stdout, 'cloud-west').replaceAll(/\s+/g, ' ')).toContain(
      'which is not the pinned one. Nothing was sent.',
    )
    // The certificate is shown all the same, for a person to compare.
    expect(partOf(stdout, 'cloud-west')).toContain(certificate.pin)
    expect(partOf(stdout, 'Boston')).toMatch(/^FAILED[^]*ECONNREFUSED/)
    expect(partOf(stdout, 'London')).toMatch(/^ok/)
    expect(stdout).toContain('3 of 4 sites cannot be used.')
    // N12, A4
    expect(simulator.vcda.sites[1]?.service.exchanges).toEqual([])
    expect(stdout).not.toContain('canary')
    for (const password of Object.values(passwords())) expect(stdout).not.toContain(password)
  })

  it('shows how far a clock is off, and what a site without TLS gives away', async () => {
    // N13
    await using plain = await startSimulator({ speed: 1, seed: 7, fleetSize: 12, vcda: free, zerto: free })
    plain.clock.turn(3_600_000)
    const [cloud] = plain.vcda.sites
    const { exitCode, stdout } = await check([{ ...toSites()[0], url: cloud?.service.url, tls: {} }])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/clock +3(599|600)\.\d s ahead of ours/)
    expect(stdout).toContain("The site's clock and ours differ")
    expect(stdout).toContain('The login travels without TLS')
    expect(stdout).not.toContain('certificate')
  })

  it('shows a certificate that has expired, and does not sign in', async () => {
    // N12
    const expired = await createSelfSigned({
      hosts: [host],
      validFrom: new Date(Date.now() - 9 * day),
      validTo: new Date(Date.now() - 3.5 * day),
    })
    const options = { speed: 1, seed: 7, fleetSize: 12, vcda: free, zerto: free, tls: expired }
    await using old = await startSimulator(options)
    const [cloud] = old.vcda.sites
    const { exitCode, stdout } = await check([{ ...toSites()[0], url: cloud?.service.url, tls: { pin: expired.pin } }])
    expect(exitCode).toBe(69)
    expect(stdout).toMatch(/certificate +CN=127\.0\.0\.1, expired \d{4}-\d\d-\d\d \(3 days ago\)/)
    expect(stdout).toMatch(/problem .*expired/)
    expect(cloud?.service.exchanges).toEqual([])
  })

  it('refuses a configuration with mistakes before it calls anybody', async () => {
    const [first] = toSites()
    const { exitCode, stderr } = await check([{ ...first, vendor: 'acme', tls: { pin: 'all of them' } }])
    expect(exitCode).toBe(78)
    expect(stderr).toContain('sites.0.vendor')
    expect(stderr).toContain('sites.0.tls')
    expect(services().flatMap(({ exchanges }) => exchanges)).toEqual([])
  })

  it('wants to be told which configuration', async () => {
    const { exitCode, stderr } = await runCommand(['check'], { cwd: folder, env: { DR_GATEWAY_CONFIG: 'none.yaml' } })
      .ended
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 78, stderr: expect.stringContaining('none.yaml') })
  })
})
