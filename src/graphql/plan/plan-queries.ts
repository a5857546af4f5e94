import type { PlanInput } from '../../operations/plan-recovery.ts'
import { builder } from '../builder.ts'
import { optionFields, toOptionBlocks } from '../mutation/operation-input.ts'
import { choiceFields, toChoice, type GivenChoice } from '../recovery/recovery-input.ts'
import { PlanResultUnion, toPlanResult } from './plan-type.ts'

interface GivenPlan extends GivenChoice {
  readonly targetId: string
}

// Both sides are read: the target, its recovery point, and what runs and stands there.
const callsOfPlan = 4

const targetDescription = 'A replication or a group.'

const PlanFailoverInputRef = builder.inputRef<GivenPlan>('PlanFailoverInput')
PlanFailoverInputRef.implement({
  description: 'Which failover to plan: as it would be asked for.',
  fields: (t) => ({
    targetId: t.id({ required: true, description: targetDescription }),
    ...choiceFields(t, 'FAILOVER'),
  }),
})

const PlanMoveInputRef = builder.inputRef<GivenPlan>('PlanMoveInput')
PlanMoveInputRef.implement({
  description: 'Which move to plan: as it would be asked for.',
  fields: (t) => ({
    targetId: t.id({ required: true, description: targetDescription }),
    ...optionFields(t, 'MOVE'),
  }),
})

const toPlanInput = (given: GivenPlan): PlanInput => ({
  targetId: given.targetId,
  options: toOptionBlocks(given),
  ...toChoice(given),
})

builder.queryFields((t) => ({
  planFailover: t.field({
    type: PlanResultUnion,
    extensions: { vendorCalls: callsOfPlan },
    description:
      'What a failover would do if it were sent now: both sides are read, nothing is sent. Refused as the mutation would be.',
    args: { input: t.arg({ type: PlanFailoverInputRef, required: true, description: 'What to plan.' }) },
    resolve: async (_root, { input }, { operations, viewer, signal }) =>
      toPlanResult(await operations().planFailover(toPlanInput(input), viewer, signal)),
  }),
  planMove: t.field({
    type: PlanResultUnion,
    extensions: { vendorCalls: callsOfPlan },
    description:
      'What a move would do if it were sent now: both sides are read, nothing is sent. Refused as the mutation would be.',
    args: { input: t.arg({ type: PlanMoveInputRef, required: true, description: 'What to plan.' }) },
    resolve: async (_root, { input }, { operations, viewer, signal }) =>
      toPlanResult(await operations().planMove(toPlanInput(input), viewer, signal)),
  }),
}))
