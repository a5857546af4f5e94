import { expect } from 'vitest'
import { query } from '../support/graphql-client.ts'
import type { TestGateway } from '../support/start-gateway.ts'

/** What these tests ask of a plan. */
export interface PlanSeen {
  readonly __typename: string
  readonly code?: string
  readonly message?: string
  readonly planToken: string
  readonly lossSeconds: number | null
  readonly recoveryPoint: { readonly id: string } | null
  readonly sites: readonly {
    readonly role: string
    readonly siteName: string
    readonly isReachable: boolean | null
    readonly state: string | null
  }[]
  readonly machines: readonly { readonly name: string }[]
  readonly calls: readonly { readonly method: string; readonly path: string; readonly body: unknown }[]
  readonly warnings: readonly { readonly code: string; readonly message: string; readonly ids: readonly string[] }[]
  readonly expectedDuration: { readonly seconds: number; readonly runCount: number; readonly basis: string } | null
}

/** What these tests ask of the answer to a mutation. */
export interface Outcome {
  readonly __typename: string
  readonly code?: string
  readonly message?: string
  readonly changes?: readonly string[]
  readonly evidence?: readonly string[]
  readonly fields?: readonly { readonly path: string }[]
  readonly task?: {
    readonly id: string
    readonly state: string
    readonly warnings: readonly { readonly code: string; readonly message: string }[]
    readonly request: { readonly overriddenRisks: readonly string[]; readonly reason: string | null }
  }
}

/** A target as its list shows it. */
export interface TargetSeen {
  readonly id: string
  readonly name: string
  readonly vendor: string
  readonly source: { readonly site: { readonly name: string } }
  readonly actions: readonly { readonly action: string; readonly available: boolean }[]
}

const planFields = `... on RecoveryPlan {
  planToken lossSeconds recoveryPoint { id } sites { role siteName isReachable state } machines { name }
  calls { method path body } warnings { code message ids } expectedDuration { seconds runCount basis }
}
... on Problem { code message }`

const outcomeFields = `... on TaskStarted {
  task { id state warnings { code message } request { overriddenRisks reason } }
}
... on Problem { code message }
... on PlanChanged { changes }
... on SplitBrainRisk { evidence }
... on InvalidInput { fields { path } }`

const ask = async <T>(gateway: TestGateway, document: string, variables: object): Promise<T> => {
  const { body } = await query<{ readonly it: T }>(gateway.url, document, variables)
  if (body.data === null || body.data === undefined) throw new Error(JSON.stringify(body))
  return body.data.it
}

export const askPlan = (gateway: TestGateway, field: 'planFailover' | 'planMove', input: object): Promise<PlanSeen> => {
  const type = field === 'planMove' ? 'PlanMoveInput' : 'PlanFailoverInput'
  return ask(gateway, `query ($input: ${type}!) { it: ${field}(input: $input) { __typename ${planFields} } }`, {
    input,
  })
}

/** The same; fails when it is refused. */
export const requirePlan = async (...args: Parameters<typeof askPlan>): Promise<PlanSeen> => {
  const plan = await askPlan(...args)
  expect(plan).toMatchObject({ __typename: 'RecoveryPlan' })
  return plan
}

export const run = (gateway: TestGateway, field: 'failover' | 'move', input: object): Promise<Outcome> => {
  const type = field === 'move' ? 'MoveInput' : 'FailoverInput'
  return ask(gateway, `mutation ($input: ${type}!) { it: ${field}(input: $input) { __typename ${outcomeFields} } }`, {
    input,
  })
}

/** Every group of both vendors. */
export const listGroups = async (gateway: TestGateway): Promise<readonly TargetSeen[]> => {
  const fields = 'id name vendor source { site { name } } actions { action available }'
  const { nodes } = await ask<{ readonly nodes: readonly TargetSeen[] }>(
    gateway,
    `{ it: protectionGroups(first: 500) { nodes { ${fields} } } }`,
    {},
  )
  return nodes
}

/** A group of the vendor to which this may be done; by name where it matters which. */
export const requireGroup = async (
  gateway: TestGateway,
  wanted: { readonly vendor: string; readonly action: string; readonly name?: string },
): Promise<TargetSeen> => {
  const found = (await listGroups(gateway)).find(
    ({ vendor, name, actions }) =>
      vendor === wanted.vendor &&
      (wanted.name === undefined || name === wanted.name) &&
      actions.some(({ action, available }) => action === wanted.action && available),
  )
  if (found === undefined) throw new Error(`no group is ${JSON.stringify(wanted)}`)
  return found
}

/** Everything that the site of this name is asked is cut off from now on. */
export const takeDown = (gateway: TestGateway, siteName: string): void => {
  const site = [...gateway.vcda.sites, ...gateway.zerto.sites].find(({ name }) => name === siteName)
  if (site === undefined) throw new Error(`no simulated site is ${siteName}`)
  site.service.faults.add({ path: /./, effect: { kind: 'RESET_BEFORE' } })
}
