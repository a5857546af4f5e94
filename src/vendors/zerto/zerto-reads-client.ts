import { DomainError } from '../../domain/errors.ts'
import { toGlobalId } from '../../domain/global-id.ts'
import type { TimeSpan } from '../../domain/ports/vendor-reads.ts'
import {
  childrenWire,
  readsWire,
  type WireAlert,
  type WireChild,
  type WireDatastore,
  type WireEvent,
  type WireLicense,
  type WireRecoveryReport,
  type WireServiceProfile,
  type WireVra,
} from './zerto-reads-wire.ts'
import type { ZertoTransport } from './zerto-transport.ts'

const encode = encodeURIComponent

/** The most that a page of reports may hold (API description of 10.0 U6). */
const reportPageSize = 1000
/** A site that never comes to an end is not followed for ever. */
const mostReportPages = 50

const toQuery = (members: Readonly<Record<string, string | number | null>>): string => {
  const given = Object.entries(members).filter(([, value]) => value !== null)
  return given.length === 0 ? '' : `?${given.map(([name, value]) => `${name}=${encode(String(value))}`).join('&')}`
}

/** One function for an endpoint of what is read on demand, with the vendor's words in and out. */
export class ZertoReadsClient {
  readonly #transport: ZertoTransport

  constructor(transport: ZertoTransport) {
    this.#transport = transport
  }

  async listAlerts(signal: AbortSignal): Promise<readonly WireAlert[]> {
    return (await this.#transport.get('/v1/alerts', readsWire.alerts, signal)).value
  }

  /** The newest 1,000 at most: the site gives no more. */
  async listEvents(vpgId: string, span: TimeSpan, signal: AbortSignal): Promise<readonly WireEvent[]> {
    const query = toQuery({
      vpgIdentifier: vpgId,
      startDate: span.from?.toISOString() ?? null,
      endDate: span.to?.toISOString() ?? null,
    })
    return (await this.#transport.get(`/v1/events${query}`, readsWire.events, signal)).value
  }

  /** All pages; one report stands once, however the pages overlap. @throws VENDOR_PROTOCOL when the pages never end. */
  async listRecoveryReports(span: TimeSpan, signal: AbortSignal): Promise<readonly WireRecoveryReport[]> {
    const reports = new Map<string, WireRecoveryReport>()
    for (let pageNumber = 1; pageNumber <= mostReportPages; pageNumber += 1) {
      const query = toQuery({
        startTime: span.from?.toISOString() ?? null,
        endTime: span.to?.toISOString() ?? null,
        pageNumber,
        pageSize: reportPageSize,
      })
      const path = `/v1/reports/recovery${query}`
      const { value: page } = await this.#transport.get(path, readsWire.recoveryReports, signal)
      const before = reports.size
      for (const report of page) reports.set(report.RecoveryOperationIdentifier, report)
      // A page that brings nothing new is one the site has given before.
      if (page.length < reportPageSize || reports.size === before) return [...reports.values()]
    }
    throw this.#endless()
  }

  async listServiceProfiles(signal: AbortSignal): Promise<readonly WireServiceProfile[]> {
    return (await this.#transport.get('/v1/serviceprofiles', readsWire.serviceProfiles, signal)).value
  }

  async listVras(signal: AbortSignal): Promise<readonly WireVra[]> {
    return (await this.#transport.get('/v1/vras', readsWire.vras, signal)).value
  }

  /** Null where the site is not licensed: it answers 204 (the vendor's Python SDK). */
  findLicense(signal: AbortSignal): Promise<WireLicense | null> {
    return this.#transport.find('/v1/license', readsWire.license, signal)
  }

  /** Those of the asked site only. */
  async listDatastores(signal: AbortSignal): Promise<readonly WireDatastore[]> {
    return (await this.#transport.get('/v1/datastores', readsWire.datastores, signal)).value
  }

  async listZorgs(signal: AbortSignal) {
    return (await this.#transport.get('/v1/zorgs', readsWire.zorgs, signal)).value
  }

  /**
   * Children of the asked site, or of a site it is paired with: both can be asked for here.
   *
   * @param orgVdcId Those of an organisation's data center; null is the site's own.
   */
  async listChildren(
    kind: keyof typeof childrenWire,
    place: { readonly siteId: string; readonly orgVdcId: string | null },
    signal: AbortSignal,
  ): Promise<readonly WireChild[]> {
    const { siteId, orgVdcId } = place
    const orgVdc = orgVdcId === null ? '' : `/orgvdcs/${encode(orgVdcId)}`
    const path = `/v1/virtualizationsites/${encode(siteId)}${orgVdc}/${kind}`
    return (await this.#transport.get(path, childrenWire[kind], signal, toGlobalId('Site', 'ZERTO', siteId))).value
  }

  #endless(): DomainError {
    const { siteName } = this.#transport
    const message = `site ${siteName}: more than ${mostReportPages} pages of recovery reports: ask for a shorter span`
    return DomainError.vendor({ code: 'VENDOR_PROTOCOL', message, siteName })
  }
}
