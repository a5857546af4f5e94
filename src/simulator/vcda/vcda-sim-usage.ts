import { rtTrafficSpanMs, usageIntervalsMs, usageSamplesAtMost } from './vcda-inferred.ts'
import { badInput } from './vcda-sim-body.ts'
import { requireReplication, requireSite, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import type { SimReplication } from './vcda-sim-model.ts'
import { VcdaRefusal, refusals } from './vcda-sim-refusal.ts'
import { transferBytesOf, type Rendered } from './vcda-sim-rendering.ts'

/** A span cut into equal parts, each named by its beginning. Milliseconds since 1970. */
interface Window {
  readonly start: number
  readonly end: number
  readonly stepMs: number
  /** How the caller named the step, and the member under which it is told. */
  readonly label: Rendered
}

const dayMs = 86_400_000

const readMs = (query: URLSearchParams, name: string, otherwise: number): number => {
  const text = query.get(name)
  if (text === null || text === '') return otherwise
  if (!/^\d{1,16}$/.test(text)) throw new VcdaRefusal(refusals.badRequest, `${name} must be a time.`, [name, text])
  return Number(text)
}

/** `interval` by name; the oldest versions have `resolution` in seconds in its place. */
const readStep = (query: URLSearchParams): Pick<Window, 'stepMs' | 'label'> => {
  const interval = query.get('interval')
  const resolution = query.get('resolution')
  if (interval === null && resolution !== null) {
    if (!/^[1-9]\d{0,6}$/.test(resolution)) throw badInput('resolution must be whole seconds.', resolution)
    return { stepMs: Number(resolution) * 1_000, label: { resolution: Number(resolution) } }
  }
  const name = interval === null || interval === '' ? 'HOUR' : interval
  const stepMs = usageIntervalsMs.get(name)
  if (stepMs === undefined) throw new VcdaRefusal(refusals.badRequest, `Unknown interval ${name}.`, [name])
  return { stepMs, label: { interval: name } }
}

/** The last day by hours unless asked otherwise. Both ends are moved to whole steps, as the documents allow. */
const readWindow = (call: VcdaCall): Window => {
  const step = readStep(call.query)
  const until = Math.min(call.now, readMs(call.query, 'end', call.now))
  const from = readMs(call.query, 'start', until - dayMs)
  if (from > until) throw badInput('start must not be after end.', String(from))
  const end = Math.ceil(until / step.stepMs) * step.stepMs
  const start = Math.max(Math.floor(from / step.stepMs) * step.stepMs, end - usageSamplesAtMost * step.stepMs)
  return { ...step, start, end }
}

/** `DataPoints`. Bytes are whole numbers; one version of the documents prints them as text, which no client expects. */
const renderSeries = (label: string, window: Window, bytesAt: (from: number, until: number) => number): VcdaAnswer => {
  const count = Math.round((window.end - window.start) / window.stepMs)
  const samples = Array.from({ length: count }, (_, index) => {
    const timestamp = window.start + index * window.stepMs
    return { bytes: bytesAt(timestamp, timestamp + window.stepMs), timestamp }
  })
  return { status: 200, body: { label, start: window.start, end: window.end, ...window.label, samples } }
}

/** What arrived in a span, the first moment included and the last not. */
const trafficOf = (replication: SimReplication, from: number, until: number, now: number): number =>
  replication.timeline
    .between(from, Math.min(until, now + 1))
    .reduce((sum, moment) => sum + transferBytesOf(replication, moment), 0)

/** GET /vm-replications/{id}/traffic: bytes of each part. */
export const getTraffic = (call: VcdaCall): VcdaAnswer => {
  const replication = requireReplication(call)
  return renderSeries(replication.id, readWindow(call), (from, until) => trafficOf(replication, from, until, call.now))
}

/** What the replica takes up: the machine's size from the first instance on, and a little for each that is kept. */
const diskUsageAt = (replication: SimReplication, at: number): number => {
  const latest = replication.timeline.latest(at)
  return latest === null ? 0 : replication.sizeGigabytes * 1_073_741_824 + transferBytesOf(replication, latest)
}

/** GET /vm-replications/{id}/disk-usage: bytes in use at the end of each part. */
export const getDiskUsage = (call: VcdaCall): VcdaAnswer => {
  const replication = requireReplication(call)
  const bytesAt = (_from: number, until: number) => diskUsageAt(replication, Math.min(until, call.now))
  return renderSeries(replication.id, readWindow(call), bytesAt)
}

/** GET /vm-replications/{id}/rt-traffic: one point, now. */
export const getRealTimeTraffic = (call: VcdaCall): VcdaAnswer => {
  const replication = requireReplication(call)
  const bytes = trafficOf(replication, call.now - rtTrafficSpanMs, call.now + 1, call.now)
  return { status: 200, body: { label: replication.id, bytes, timestamp: call.now } }
}

/** GET /owner/{org@site}/traffic: the sum of what the organisation's replications have had. */
export const getOwnerTraffic = (call: VcdaCall): VcdaAnswer => {
  const owner = call.params.owner ?? ''
  const [org = '', site = '', ...rest] = owner.split('@')
  if (org === '' || site === '' || rest.length > 0) throw badInput(`${owner} is not of the form org@site.`, owner)
  requireSite(call.world, site)
  if (!call.session.isProvider && org !== call.session.org)
    throw new VcdaRefusal(refusals.forbidden, 'Permission denied.')
  const owned = [...call.world.replications.values()].filter((replication) => replication.owner === owner)
  const bytesAt = (from: number, until: number) =>
    owned.reduce((sum, replication) => sum + trafficOf(replication, from, until, call.now), 0)
  return renderSeries(owner, readWindow(call), bytesAt)
}
