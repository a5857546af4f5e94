import { parseGlobalId } from '../../src/domain/global-id.ts'
import type { RecordedExchange } from '../../src/simulator/http-service.ts'
import type { Random } from '../../src/simulator/random.ts'
import { EndTestFailoverDocument, TestFailoverDocument } from '../generated/graphql.ts'
import type { ReplicaRig } from './replica-rig.ts'

const documents = {
  TEST_FAILOVER: { document: TestFailoverDocument.toString(), root: 'testFailover' },
  END_TEST_FAILOVER: { document: EndTestFailoverDocument.toString(), root: 'endTestFailover' },
} as const

type Operation = keyof typeof documents

/** Somebody wants something once, however often he asks. */
export interface Press {
  readonly key: string
  readonly operation: Operation
  readonly targetId: string
  /** How many calls for the target each site had answered before. */
  readonly callsBefore: readonly number[]
}

const groupsQuery = '{ protectionGroups(first: 500, maxAgeSeconds: 0) { nodes { id actions { action available } } } }'

/** A member of something that may have none. */
const findMember = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const toText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What each site was asked to change about a target, oldest first. */
export const listCalls = ({ zerto }: ReplicaRig, targetId: string): readonly (readonly RecordedExchange[])[] => {
  const nativeId = encodeURIComponent(parseGlobalId(targetId)?.nativeId ?? '')
  return zerto.sites.map(({ service }) =>
    service.exchanges.filter(({ method, path }) => method !== 'GET' && path.split('/').includes(nativeId)),
  )
}

const findOperation = (node: unknown): Operation | null => {
  const lit = toList(findMember(node, 'actions'))
    .filter((one) => findMember(one, 'available') === true)
    .map((one) => findMember(one, 'action'))
  if (lit.includes('END_TEST_FAILOVER')) return 'END_TEST_FAILOVER'
  return lit.includes('TEST_FAILOVER') ? 'TEST_FAILOVER' : null
}

/** Up to so many things that can be asked for. @param isBusy Targets that are left alone. */
export const choosePresses = async (
  rig: ReplicaRig,
  random: Random,
  {
    round,
    count,
    isBusy,
  }: { readonly round: number; readonly count: number; readonly isBusy: (targetId: string) => boolean },
): Promise<readonly Press[]> => {
  let data: unknown = null
  for (const replica of rig.replicas) data ??= await rig.ask(replica, groupsQuery)
  const free = toList(findMember(findMember(data, 'protectionGroups'), 'nodes')).flatMap((node) => {
    const [targetId, operation] = [toText(findMember(node, 'id')), findOperation(node)]
    return operation === null || isBusy(targetId) ? [] : [{ targetId, operation }]
  })
  const chosen: Press[] = []
  while (chosen.length < count && free.length > 0) {
    const [one] = free.splice(random.between(0, free.length - 1), 1)
    if (one === undefined) break
    const callsBefore = listCalls(rig, one.targetId).map(({ length }) => length)
    chosen.push({ ...one, key: `round-${round}-${chosen.length}`, callsBefore })
  }
  return chosen
}

/** What a press was answered: a task, a refusal, or nothing at all. */
export type Answer =
  | { readonly kind: 'TASK'; readonly taskId: string }
  | { readonly kind: 'REFUSED'; readonly code: string }
  | { readonly kind: 'NONE' }

/** Asks one gateway for it. */
export const press = async (rig: ReplicaRig, place: number, { operation, targetId, key }: Press): Promise<Answer> => {
  const replica = rig.replicas[place % rig.replicas.length]
  const { document, root } = documents[operation]
  const variables = { input: { targetId, idempotencyKey: key } }
  const data = replica === undefined ? null : await rig.ask(replica, document, variables)
  const outcome = findMember(data, root)
  const taskId = toText(findMember(findMember(outcome, 'task'), 'id'))
  if (taskId !== '') return { kind: 'TASK', taskId }
  const code = toText(findMember(outcome, 'code'))
  return code === '' ? { kind: 'NONE' } : { kind: 'REFUSED', code }
}
