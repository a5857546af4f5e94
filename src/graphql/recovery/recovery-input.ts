import type { RecoveryGuard } from '../../operations/operation.ts'
import type { RecoveryChoice } from '../../operations/failover.ts'
import { optionFields, type targetFields } from '../mutation/operation-input.ts'

type FieldBuilder = Parameters<typeof targetFields>[0]

/** Which machines, and from which moment, as a client gives it. */
export interface GivenChoice {
  readonly recoveryPointId?: string | null | undefined
  readonly replicationIds?: readonly string[] | null | undefined
}

/** What a recovery is guarded by, as a client gives it. */
export interface GivenGuard {
  readonly planToken?: string | null | undefined
  readonly allowSplitBrainRisk?: boolean | null | undefined
}

/** `recoveryPointId`, `replicationIds` and the vendors' own options. */
export const choiceFields = (t: FieldBuilder, operation: 'FAILOVER' | 'TEST_FAILOVER' | 'START_CLONE') => ({
  recoveryPointId: t.id({ required: false, description: 'From which moment; left out, the newest.' }),
  replicationIds: t.idList({
    required: false,
    description: 'Only these members of the group; left out, all. Needs the capability RECOVER_SOME_MEMBERS.',
  }),
  ...optionFields(t, operation),
})

/** `planToken` and `allowSplitBrainRisk`. */
export const guardFields = (t: FieldBuilder) => ({
  planToken: t.string({
    required: false,
    description:
      'From a plan: it is then done only if everything still is as it was planned, else refused as PlanChanged. Left out, nothing is compared.',
  }),
  allowSplitBrainRisk: t.boolean({
    defaultValue: false,
    description:
      'True does it although one machine could come to run twice (SplitBrainRisk). Needs a `reason`; both are kept with the task and in the audit log.',
  }),
})

export const toChoice = (given: GivenChoice): RecoveryChoice => ({
  recoveryPointId: given.recoveryPointId ?? null,
  replicationIds: given.replicationIds ?? null,
})

export const toGuard = (given: GivenGuard): RecoveryGuard => ({
  planToken: given.planToken ?? null,
  allowSplitBrainRisk: given.allowSplitBrainRisk ?? false,
})
