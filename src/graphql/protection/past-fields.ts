import type { TargetKind } from '../../domain/capabilities.ts'
import type { ProtectedObject } from '../../domain/protection.ts'
import type { Seen } from '../../inventory/merge-observations.ts'
import { AlertRef } from '../alert/alert-type.ts'
import type { builder } from '../builder.ts'
import { HistoryConnectionRef, newestEventFirst } from '../history/history-type.ts'
import { UsageMetricEnum, UsageSampleRef } from '../usage/usage-type.ts'
import { defaultPage, loadVendorPage, loadVendorValue } from '../vendor-list.ts'

type SeenRef = ReturnType<typeof builder.objectRef<Seen<ProtectedObject>>>
type FieldBuilder = Parameters<NonNullable<Parameters<SeenRef['implement']>[0]['fields']>>[0]

/** What a replication and a group tell beyond how they are now. Each costs a call to the vendor when it is asked for. */
export const pastFields = (t: FieldBuilder, kind: TargetKind) => ({
  alerts: t.field({
    type: [AlertRef],
    description: 'The alerts about it that are on. Served from the list of alerts: no call of its own.',
    resolve: async ({ id }, _args, { inventory }) => {
      const { alerts } = await inventory.listAlerts()
      return alerts.filter(({ targetIds }) => targetIds.includes(id))
    },
  }),
  history: t.field({
    type: HistoryConnectionRef,
    description: 'What happened to it, as far back as the vendor keeps it. Needs the capability HISTORY.',
    extensions: { vendorCalls: 1 },
    args: {
      first: t.arg.int({ defaultValue: defaultPage, description: 'How many, up to 500.' }),
      after: t.arg.string({ required: false, description: '`endCursor` of the page before.' }),
      from: t.arg({ type: 'DateTime', required: false, description: 'Not older than this.' }),
      to: t.arg({ type: 'DateTime', required: false, description: 'Not younger than this.' }),
    },
    resolve: ({ vendor, nativeId }, args, context, info) => {
      const span = { kind, nativeId, from: args.from ?? null, to: args.to ?? null }
      const read = () =>
        context.inventory.readTarget({ kind, vendor, nativeId }, (adapter) =>
          adapter.reads.listHistory(span, context.signal),
        )
      return loadVendorPage(read, newestEventFirst, args, context, info)
    },
  }),
  usage: t.field({
    type: [UsageSampleRef],
    nullable: true,
    description:
      'Traffic or disk usage over time, the oldest first. Needs the capability USAGE_HISTORY; null without it.',
    extensions: { vendorCalls: 1, listSize: 100 },
    args: {
      metric: t.arg({ type: UsageMetricEnum, required: true, description: 'What to measure.' }),
      from: t.arg({
        type: 'DateTime',
        required: false,
        description: 'Left out: as far back as the vendor gives by itself.',
      }),
      to: t.arg({ type: 'DateTime', required: false, description: 'Left out: until now.' }),
    },
    resolve: async ({ vendor, nativeId }, { metric, from, to }, context, info) => {
      const span = { kind, nativeId, from: from ?? null, to: to ?? null }
      const samples = await loadVendorValue(
        () =>
          context.inventory.readTarget({ kind, vendor, nativeId }, (adapter) =>
            adapter.reads.listUsage(metric, span, context.signal),
          ),
        context,
        info,
      )
      return samples === null ? null : [...samples]
    },
  }),
})
