import type { TracesPlace } from './config-traces.ts'
import type { Logger } from './domain/ports/logger.ts'
import type { Tracing } from './telemetry/tracing.ts'

/**
 * Begins to trace. Nothing is asked of the collector: whether it is there is not known before something is handed over.
 *
 * @returns null where nobody has asked for it; then nothing of the library is loaded.
 */
export const openTraces = async (
  place: TracesPlace,
  { version, logger }: { readonly version: string; readonly logger: Logger },
): Promise<Tracing | null> => {
  if (place === null) return null
  const { Tracing } = await import('./telemetry/tracing.ts')
  const { url, headers, sampleRatio } = place
  const shown = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.reveal()]))
  logger.info('Traces are handed over', { url, sampleRatio })
  return new Tracing({ url, headers: shown, sampleRatio, version, logger })
}
