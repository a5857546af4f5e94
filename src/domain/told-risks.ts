import type { AuditEntry } from './audit.ts'
import type { Problem } from './errors.ts'
import type { Task } from './task.ts'

/** What stands for a sentence about a risk that was told to somebody who may see more. */
export const untoldRisk = 'a risk that was told to the caller; you may not see what it names'

const withoutEvidence = (problem: Problem): Problem =>
  problem.code === 'SPLIT_BRAIN_RISK' ? { ...problem, evidence: problem.evidence.map(() => untoldRisk) } : problem

/**
 * The risks of a task as they may be told to a caller who is bound to a part of the world and did not ask for it: that they
 * were there, without what they name. Sentences about a risk name what whoever asked could see.
 */
export const toUntoldRisks = ({ request, warnings }: Pick<Task, 'request' | 'warnings'>) => ({
  overriddenRisks: (request?.overriddenRisks ?? []).map(() => untoldRisk),
  warnings: warnings.map(withoutEvidence),
})

/** The same for an entry of the audit log. */
export const toUntoldEntry = (entry: AuditEntry): AuditEntry => ({
  ...entry,
  problem: entry.problem === null ? null : withoutEvidence(entry.problem),
  overriddenRisks: entry.overriddenRisks.map(() => untoldRisk),
})
