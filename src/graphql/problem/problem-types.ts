import type { FieldProblem, Problem, ProblemCode, StoreProblemCode, VendorProblemData } from '../../domain/errors.ts'
import { builder } from '../builder.ts'
import { ActionEnum, CapabilityEnum, ProtectionStateEnum } from '../protection/protection-enums.ts'
import { SiteRef } from '../site/site-type.ts'
import { TaskRef } from '../task/task-type.ts'
import { VendorEnum } from '../vendor-enum.ts'
import { ProblemRef } from './problem-interface.ts'

type ProblemOf<C extends ProblemCode> = Extract<Problem, { readonly code: C }>

const FieldProblemRef = builder.objectRef<FieldProblem>('FieldProblem')
FieldProblemRef.implement({
  description: 'One member of an input that breaks a rule.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'Where, e.g. `input.rpoSeconds`.' }),
    message: t.exposeString('message', { description: 'Which rule, for people.' }),
  }),
})

export const InvalidInputRef = builder.objectRef<ProblemOf<'INVALID_INPUT'>>('InvalidInput')
InvalidInputRef.implement({
  description: 'The input breaks a rule. Nothing was sent.',
  interfaces: [ProblemRef],
  fields: (t) => ({
    fields: t.field({
      type: [FieldProblemRef],
      description: 'Which members, and why.',
      resolve: ({ fields }) => [...fields],
    }),
  }),
})

export const NotFoundRef = builder.objectRef<ProblemOf<'NOT_FOUND'>>('NotFound')
NotFoundRef.implement({
  description: 'Nothing is known under the id. Nothing was sent.',
  interfaces: [ProblemRef],
  fields: (t) => ({ id: t.exposeID('id', { description: 'The id that was given.' }) }),
})

export const InvalidStateRef = builder.objectRef<ProblemOf<'INVALID_STATE'>>('InvalidState')
InvalidStateRef.implement({
  description:
    'The target is in a state that does not allow it, or something else is under way on it. Nothing was sent.',
  interfaces: [ProblemRef],
  fields: (t) => ({
    state: t.expose('state', { type: ProtectionStateEnum, description: 'The state, read a moment ago.' }),
    availableActions: t.field({
      type: [ActionEnum],
      description: 'What may be done instead.',
      resolve: ({ availableActions }) => [...availableActions],
    }),
  }),
})

export const UnsupportedRef = builder.objectRef<ProblemOf<'CAPABILITY_UNSUPPORTED'>>('Unsupported')
UnsupportedRef.implement({
  description: 'The site, at its version, has no such thing. Nothing was sent.',
  interfaces: [ProblemRef],
  fields: (t) => ({
    capability: t.expose('capability', { type: CapabilityEnum, description: 'What it lacks.' }),
    vendor: t.expose('vendor', { type: VendorEnum, description: 'The product that lacks it.' }),
  }),
})

export const PermissionDeniedRef = builder.objectRef<ProblemOf<'PERMISSION_DENIED'>>('PermissionDenied')
PermissionDeniedRef.implement({
  description: 'The caller lacks a scope. Nothing was sent.',
  interfaces: [ProblemRef],
  fields: (t) => ({ requiredScope: t.exposeString('requiredScope', { description: 'The scope it needs.' }) }),
})

export const VendorProblemRef = builder.objectRef<VendorProblemData>('VendorProblem')
VendorProblemRef.implement({
  description:
    'A vendor site refused, failed, or could not be reached. `code` says which, and whether anything was done.',
  interfaces: [ProblemRef],
  fields: (t) => ({
    site: t.field({
      type: SiteRef,
      nullable: true,
      description: 'The site; null when it has been taken out of the configuration meanwhile.',
      resolve: ({ siteName }, _args, { loaders }) => loaders.findSiteByName(siteName),
    }),
    siteName: t.exposeString('siteName', { description: 'Its name in the configuration.' }),
    vendorCode: t.exposeString('vendorCode', { nullable: true, description: "The vendor's own error code." }),
    vendorMessage: t.exposeString('vendorMessage', { nullable: true, description: "The vendor's own words." }),
    httpStatus: t.exposeInt('httpStatus', {
      nullable: true,
      description: 'HTTP status of the answer; null without one.',
    }),
    retryAfterSeconds: t.exposeInt('retryAfterSeconds', {
      nullable: true,
      description: 'Seconds after which the vendor wants to be asked again; null when it did not say.',
    }),
    operationId: t.exposeString('operationId', {
      nullable: true,
      description: "Finds the call in the vendor's log, where it keeps one.",
    }),
  }),
})

export const IdempotencyMismatchRef = builder.objectRef<ProblemOf<'IDEMPOTENCY_MISMATCH'>>('IdempotencyMismatch')
IdempotencyMismatchRef.implement({
  description: 'The key was used before with another input. Nothing was sent: a new intention needs a new key.',
  interfaces: [ProblemRef],
  fields: (t) => ({
    original: t.field({
      type: TaskRef,
      nullable: true,
      description: 'The task that the key belongs to; null when it is no longer kept.',
      resolve: ({ originalTaskId }, _args, { tasks }) => tasks.getTask(originalTaskId),
    }),
  }),
})

export const SplitBrainRiskRef = builder.objectRef<ProblemOf<'SPLIT_BRAIN_RISK'>>('SplitBrainRisk')
SplitBrainRiskRef.implement({
  description: 'The same machine could come to run twice. Nothing was sent.',
  interfaces: [ProblemRef],
  fields: (t) => ({
    evidence: t.field({
      type: ['String'],
      description: 'What speaks for it, for people.',
      resolve: ({ evidence }) => [...evidence],
    }),
  }),
})

export const PlanChangedRef = builder.objectRef<ProblemOf<'PLAN_CHANGED'>>('PlanChanged')
PlanChangedRef.implement({
  description: 'What was planned is no longer how things are. Nothing was sent: plan again.',
  interfaces: [ProblemRef],
  fields: (t) => ({
    changes: t.field({
      type: ['String'],
      description: 'What has changed, for people.',
      resolve: ({ changes }) => [...changes],
    }),
  }),
})

export const StoreProblemRef = builder.objectRef<ProblemOf<StoreProblemCode>>('StoreProblem')
StoreProblemRef.implement({
  description: "The gateway's own store cannot take it down, so nothing was sent. The key is not used up.",
  interfaces: [ProblemRef],
})
