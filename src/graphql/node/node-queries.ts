import { DomainError } from '../../domain/errors.ts'
import { parseGlobalId, type NodeKey, type NodeKind } from '../../domain/global-id.ts'
import type { TaskTarget } from '../../domain/task.ts'
import { builder } from '../builder.ts'
import type { GatewayContext } from '../context.ts'
import { callsOfReports, findRecovery } from '../recovery-report/recovery-report-list.ts'
import { NodeRef } from './node-interface.ts'

type Found = { readonly id: string } | null
type Finder = (id: string, key: NodeKey, context: GatewayContext) => Promise<Found>

/** How many ids may be asked for at once. As many as one list may hold: each may cost a read. */
export const mostIds = 500

const findTarget =
  (kind: TaskTarget['kind']): Finder =>
  async (_id, { vendor, nativeId }, { loaders }) =>
    loaders.targets.load({ kind, vendor, nativeId })

/** A recovery point carries the identifier of its owner in front of its own. */
const findRecoveryPoint: Finder = async (id, { vendor, nativeId }, { inventory, loaders }) => {
  const owner = nativeId.slice(0, Math.max(0, nativeId.lastIndexOf('/')))
  const kinds = ['Replication', 'ProtectionGroup'] as const
  const kind = kinds.find((word) => inventory.adaptersFor({ kind: word, vendor, nativeId: owner }).length > 0)
  if (kind === undefined) return null
  const { points, problem } = await loaders.recoveryPoints.load({
    kind,
    vendor,
    nativeId: owner,
    from: new Date(0),
    to: null,
  })
  if (problem !== null && problem.code !== 'NOT_FOUND') throw new DomainError(problem)
  return points.find((point) => point.id === id) ?? null
}

const finders: Readonly<Record<NodeKind, Finder>> = {
  Site: async (id, _key, { inventory }) => {
    await inventory.listSites()
    return inventory.findSite(id)
  },
  Replication: findTarget('Replication'),
  ProtectionGroup: findTarget('ProtectionGroup'),
  RecoveryPoint: findRecoveryPoint,
  Task: async (id, _key, { loaders }) => loaders.tasks.load(id),
  Alert: async (id, _key, { inventory }) => {
    const { alerts } = await inventory.listAlerts()
    return alerts.find((alert) => alert.id === id) ?? null
  },
  RecoveryReport: async (id, _key, context) => findRecovery(id, context),
}

/** What has the id, for the caller; null for what is gone or out of reach, and for what is no id of this gateway. */
export const findNode = async (id: string, context: GatewayContext): Promise<Found> => {
  const key = parseGlobalId(id)
  return key === null ? null : finders[key.kind](id, key, context)
}

/** What is in none of the lists is asked for. Ids come here as they were sent. */
const callsOf = (id: unknown): number => {
  const kind = typeof id === 'string' ? parseGlobalId(id)?.kind : undefined
  if (kind === 'RecoveryPoint') return 1
  return kind === 'RecoveryReport' ? callsOfReports : 0
}

const toIds = (ids: unknown): readonly unknown[] => (Array.isArray(ids) ? ids : [])

interface GivenIds {
  readonly id?: unknown
  readonly ids?: unknown
}

builder.queryFields((t) => ({
  node: t.field({
    type: NodeRef,
    nullable: true,
    extensions: { vendorCalls: ({ id }: GivenIds) => callsOf(id) },
    description: 'Anything with an id, found again; null for what is gone and for what is no id of this gateway.',
    args: { id: t.arg.id({ required: true, description: 'The id.' }) },
    resolve: (_root, { id }, context) => findNode(id, context),
  }),
  nodes: t.field({
    type: [NodeRef],
    nullable: { items: true, list: false },
    extensions: {
      vendorCalls: ({ ids }: GivenIds) => toIds(ids).reduce<number>((sum, id) => sum + callsOf(id), 0),
      listSize: ({ ids }: GivenIds) => toIds(ids).length,
    },
    description: 'The same for several ids, in their order; up to 500.',
    args: { ids: t.arg.idList({ required: true, description: 'The ids.' }) },
    resolve: (_root, { ids }, context) => {
      if (ids.length > mostIds) throw DomainError.invalidInput('ids', `${ids.length} are more than ${mostIds}`)
      return Promise.all(ids.map((id) => findNode(id, context)))
    },
  }),
}))
