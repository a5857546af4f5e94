import { z } from 'zod'

/** Where `/metrics` is served; null where it is not. */
export type MetricsPlace = { readonly host: string; readonly port: number } | null

const lastPort = 65_535

/** The section `metrics` of the configuration. The port 9464 is the one that Prometheus lists for exporters of OpenTelemetry. */
export const metricsSection = z
  .strictObject({
    host: z.string().min(1).prefault('127.0.0.1'),
    port: z
      .preprocess((value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value), z.int())
      .refine((port) => port >= 0 && port <= lastPort, 'must be a port')
      .prefault(9464),
  })
  .optional()
