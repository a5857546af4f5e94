import { isIP } from 'node:net'
import { connect } from 'node:tls'
import type { SiteConfig } from './config.ts'
import { capabilityNames, listCapabilities } from './domain/capabilities.ts'
import { findProblem, type ProblemCode } from './domain/errors.ts'
import type { SiteReport } from './domain/site.ts'
import type { Vendor } from './domain/vendor.ts'
import { makeLookup } from './upstream/site-address.ts'
import type { AdapterDependencies } from './upstream/site-options.ts'
import { createAdapter } from './vendors/registry.ts'

/** The certificate that a site shows, trusted or not. */
export interface ShownCertificate {
  /** e.g. `CN=vcda.example`. */
  readonly subject: string
  readonly expiresAt: Date
  /** In the form in which a configuration takes it. */
  readonly pin: string
}

/** What came of looking at one configured site. */
export interface SiteCheck {
  readonly name: string
  readonly vendor: Vendor
  readonly url: string
  /** What the site says of itself; null when it could not be asked. */
  readonly report: SiteReport | null
  /** Null without TLS, and where the site did not answer. */
  readonly certificate: ShownCertificate | null
  /** Why the site cannot be used, in plain words; empty when it can. */
  readonly problems: readonly string[]
  /** What will bite later, in plain words. */
  readonly warnings: readonly string[]
}

const handshakeMs = 10_000
const siteMs = 60_000
const dayMs = 86_400_000
const soonDays = 30
const notableSkewMs = 30_000

/**
 * Looks at a certificate by a handshake of its own, over which nothing is sent: it is shown to a person even where it
 * must not be trusted. Signing in goes another way, which trusts only what the configuration says.
 */
const findCertificate = (url: URL, allowLocalAddresses: boolean): Promise<ShownCertificate | null> =>
  new Promise((resolve) => {
    const host = url.hostname.replaceAll(/^\[|\]$/g, '')
    const socket = connect({
      ...(isIP(host) === 0 ? { servername: host } : {}),
      host,
      port: Number(url.port || 443),
      rejectUnauthorized: false,
      timeout: handshakeMs,
      lookup: makeLookup(url, allowLocalAddresses),
    })
    const end = (certificate: ShownCertificate | null): void => {
      socket.destroy()
      resolve(certificate)
    }
    socket.once('error', () => end(null))
    socket.once('timeout', () => end(null))
    socket.once('secureConnect', () => {
      const shown = socket.getPeerX509Certificate()
      if (shown === undefined) return end(null)
      const { subject, fingerprint256, validToDate } = shown
      return end({ subject: subject.replaceAll('\n', ', '), pin: `SHA-256:${fingerprint256}`, expiresAt: validToDate })
    })
  })

const advice: Readonly<Partial<Record<ProblemCode, string>>> = {
  VENDOR_REFUSED: 'Check the login in the configuration, and what it may do at the site.',
  RATE_LIMITED: 'It has been asked too often; try again later.',
  VENDOR_UNAVAILABLE: 'Check the address, the way there, and that the site runs.',
  TIMEOUT: 'Something listens there and does not answer; check the address and the site.',
  VENDOR_PROTOCOL: 'What answers there is not what this vendor has; check the address and the version.',
}

const mistrust = /TLS|certificate|altname|self-signed|issuer/i

/** Plain words for what went wrong; a password is in none of the messages. */
const toWords = (error: unknown): string => {
  const message = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
  const problem = findProblem(error)
  if (problem?.code === 'VENDOR_UNAVAILABLE' && mistrust.test(message)) {
    return `${message}. Nothing was sent. Compare the certificate with the site's own before you trust it by \`tls.ca\` or \`tls.pin\`.`
  }
  const hint = problem === null ? undefined : advice[problem.code]
  return hint === undefined ? message : `${message}. ${hint}`
}

const toWarnings = (site: SiteConfig, report: SiteReport | null, certificate: ShownCertificate | null): string[] => {
  const warnings: string[] = []
  if (new URL(site.url).protocol === 'http:')
    warnings.push('The login travels without TLS: anybody on the way can read it.')
  const daysLeft = certificate === null ? null : (certificate.expiresAt.getTime() - Date.now()) / dayMs
  if (daysLeft !== null && daysLeft > 0 && daysLeft < soonDays) {
    warnings.push(`The certificate expires in ${Math.floor(daysLeft)} days.`)
  }
  if (Math.abs(report?.clockSkewMs ?? 0) >= notableSkewMs) {
    warnings.push("The site's clock and ours differ: times in lists are not comparable with those of other sites.")
  }
  return warnings
}

const checkSite = async (site: SiteConfig, dependencies: AdapterDependencies): Promise<SiteCheck> => {
  const { vendor, ...options } = site
  const url = new URL(site.url)
  const looking = url.protocol === 'https:' ? findCertificate(url, site.allowLocalAddresses) : null
  const problems: string[] = []
  let report: SiteReport | null = null
  try {
    await using adapter = createAdapter(vendor, options, dependencies)
    report = await adapter.readSite(AbortSignal.timeout(siteMs))
  } catch (error) {
    problems.push(toWords(error))
  }
  const certificate = await looking
  const warnings = toWarnings(site, report, certificate)
  return { name: site.name, vendor, url: site.url, report, certificate, problems, warnings }
}

/** Signs in to each site, asks what it is, and leaves. Changes nothing there, and fails by itself for no site. */
export const checkSites = (
  sites: readonly SiteConfig[],
  dependencies: AdapterDependencies,
): Promise<readonly SiteCheck[]> => Promise.all(sites.map((site) => checkSite(site, dependencies)))

const labelWidth = 16
const textWidth = 100

/** Words in lines of about a terminal's width, the first one beginning with the label. */
const toLines = (label: string, words: readonly string[]): readonly string[] => {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length > textWidth) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines.map((line, index) => `  ${(index === 0 ? label : '').padEnd(labelWidth)}${line}`)
}

const toSkewText = (skewMs: number | null): string => {
  if (skewMs === null) return 'not told'
  if (skewMs === 0) return 'as ours'
  return `${(Math.abs(skewMs) / 1000).toFixed(1)} s ${skewMs > 0 ? 'ahead of' : 'behind'} ours`
}

const toExpiryText = (expiresAt: Date, now: Date): string => {
  const leftMs = expiresAt.getTime() - now.getTime()
  const days = Math.floor(Math.abs(leftMs) / dayMs)
  const day = expiresAt.toISOString().slice(0, 10)
  return leftMs < 0 ? `expired ${day} (${days} days ago)` : `expires ${day} (in ${days} days)`
}

const describeReport = ({ local, peers, capabilities, clockSkewMs, details }: SiteReport): readonly string[] => {
  const has = listCapabilities(capabilities)
  const hasNot = capabilityNames.filter((name) => !capabilities.supports[name])
  const apiVersion = 'apiVersion' in details && typeof details.apiVersion === 'string' ? details.apiVersion : null
  return [
    ...toLines('is', [local.name]),
    ...toLines('product version', [local.productVersion ?? 'not told']),
    ...toLines('API version', [apiVersion ?? 'not told']),
    ...toLines('paired with', peers.length === 0 ? ['no site'] : peers.map(({ name }) => name)),
    ...toLines('clock', [toSkewText(clockSkewMs)]),
    ...toLines('can', has),
    ...toLines('cannot', hasNot),
  ]
}

const describeCheck = (check: SiteCheck, now: Date): readonly string[] => {
  const { name, vendor, url, report, certificate, problems, warnings } = check
  return [
    `${problems.length === 0 ? 'ok    ' : 'FAILED'}  ${name}  ${vendor}  ${url}`,
    ...(report === null ? [] : describeReport(report)),
    ...(certificate === null
      ? []
      : [
          ...toLines('certificate', [`${certificate.subject}, ${toExpiryText(certificate.expiresAt, now)}`]),
          ...toLines('', [certificate.pin]),
        ]),
    ...problems.flatMap((problem) => toLines('problem', problem.split(' '))),
    ...warnings.flatMap((warning) => toLines('warning', warning.split(' '))),
    '',
  ]
}

/** All that was found, for a person at a terminal. */
export const describeChecks = (checks: readonly SiteCheck[], now: Date): string => {
  const failed = checks.filter(({ problems }) => problems.length > 0).length
  const sum = failed === 0 ? 'All sites can be used.' : `${failed} of ${checks.length} sites cannot be used.`
  return [...checks.flatMap((check) => describeCheck(check, now)), sum, ''].join('\n')
}
