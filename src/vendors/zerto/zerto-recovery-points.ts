import type { Clock } from '../../domain/ports/clock.ts'
import type { RecoveryPointQuery } from '../../domain/ports/vendor-adapter.ts'
import { findProblem } from '../../domain/errors.ts'
import type { RecoveryPoint } from '../../domain/recovery-point.ts'
import { SharedFlights } from '../../std/shared-flights.ts'
import type { ZertoClient } from './zerto-client.ts'
import { findReplicationParts, isNativeId } from './zerto-ids.ts'
import { toRecoveryPoint } from './zerto-mapping.ts'
import type { OwnSite } from './zerto-own-site.ts'

/** How far back a query without a beginning goes: some 720 checkpoints at one in five seconds. */
const openWindowMs = 60 * 60_000

interface Span {
  readonly from: Date | null
  readonly to: Date | null
}

const isInside = (span: Span, at: Date): boolean =>
  (span.from === null || at >= span.from) && (span.to === null || at <= span.to)

/**
 * Reads checkpoints, one call for a group: no call gives those of several. Equal questions that are under way at once, as
 * those of a group's machines are, share one call, whoever asks.
 */
export class RecoveryPointReader {
  readonly #client: ZertoClient
  readonly #ownSite: OwnSite
  readonly #clock: Clock
  readonly #flights = new SharedFlights<readonly RecoveryPoint[]>()

  constructor(client: ZertoClient, ownSite: OwnSite, clock: Clock) {
    this.#client = client
    this.#ownSite = ownSite
    this.#clock = clock
  }

  /** The checkpoints of each query, in the order of the queries, newest first; none of what the site does not know. */
  async list(
    queries: readonly RecoveryPointQuery[],
    signal: AbortSignal,
  ): Promise<readonly (readonly RecoveryPoint[])[]> {
    return Promise.all(
      queries.map(async (query) => {
        const vpgId = findVpgId(query)
        if (vpgId === null) return []
        const key = [vpgId, query.from?.getTime(), query.to?.getTime()].join(' ')
        return this.#flights.join(key, signal, (shared) => this.#listKnown(vpgId, query, shared))
      }),
    )
  }

  async #listKnown(vpgId: string, query: Span, signal: AbortSignal): Promise<readonly RecoveryPoint[]> {
    try {
      return await this.#listOne(vpgId, query, signal)
    } catch (error) {
      // One group that is gone must not cost the other queries their answers.
      if (findProblem(error)?.code === 'NOT_FOUND') return []
      throw error
    }
  }

  async #listOne(vpgId: string, query: Span, signal: AbortSignal): Promise<readonly RecoveryPoint[]> {
    const read = async (span: Span & { readonly from: Date }): Promise<readonly RecoveryPoint[]> => {
      const rows = await this.#client.listCheckpoints(vpgId, span, signal)
      const utcOffsetMinutes = await this.#ownSite.getUtcOffsetMinutes(signal)
      const points = rows.map((row) => toRecoveryPoint(row, vpgId, utcOffsetMinutes))
      // Neither the order nor the exact ends of the vendor's span are documented.
      return points.filter((point) => isInside(query, point.takenAt)).sort(compareNewestFirst)
    }
    if (query.from !== null) return read({ from: query.from, to: query.to })
    // "The last hour" is the site's.
    const end = query.to?.getTime() ?? this.#clock.now().getTime() + this.#ownSite.clockSkewMs
    const recent = await read({ from: new Date(end - openWindowMs), to: query.to })
    if (recent.length > 0 || query.to !== null) return recent
    // Replication has stood still for longer: just then somebody will want the newest points.
    const latest = await this.#client.findLatestCheckpoint(vpgId, signal)
    if (latest === null) return []
    const utcOffsetMinutes = await this.#ownSite.getUtcOffsetMinutes(signal)
    const takenAt = toRecoveryPoint(latest, vpgId, utcOffsetMinutes).takenAt.getTime()
    return read({ from: new Date(takenAt - openWindowMs), to: null })
  }
}

const compareNewestFirst = (a: RecoveryPoint, b: RecoveryPoint): number => b.takenAt.getTime() - a.takenAt.getTime()

const findVpgId = ({ kind, nativeId }: RecoveryPointQuery): string | null => {
  if (kind === 'Replication') return findReplicationParts(nativeId)?.vpgId ?? null
  return isNativeId(kind, nativeId) ? nativeId : null
}
