import { toGlobalId } from '../../domain/global-id.ts'
import type { RecoveryKind, RecoveryReport, RecoveryStep } from '../../domain/recovery-report.ts'
import { toDate, toErrorText } from './vcda-details.ts'
import { toReportNativeId } from './vcda-ids.ts'
import type { ExecutionReportWire, StepReportWire } from './vcda-read-wire.ts'
import { vappReplicationIdPattern } from './vcda-wire.ts'

/** `operation` of a report: TEST was seen, the others follow the paths (inferred). */
const kindOf: Readonly<Record<string, RecoveryKind>> = { TEST: 'TEST_FAILOVER', FAILOVER: 'FAILOVER', MIGRATE: 'MOVE' }

/** `result` of a report: SUCCEEDED was seen, FAILED is a task's word for the opposite (inferred). */
const successOf: Readonly<Record<string, boolean>> = { SUCCEEDED: true, FAILED: false }

const find = <T>(table: Readonly<Record<string, T>>, word: string | null | undefined): T | null =>
  typeof word === 'string' && Object.hasOwn(table, word) ? (table[word] ?? null) : null

const toVmSteps = (step: StepReportWire): readonly RecoveryStep[] =>
  (step.recoveryExecutions ?? []).flatMap(({ vappName, vmRecoveryExecutions }) =>
    (vmRecoveryExecutions ?? []).map((vm) => ({
      description: [vappName, vm.vmName ?? vm.replicationId, toErrorText(vm.error)]
        .filter((part) => part !== null && part !== undefined)
        .join(': '),
      result: vm.result ?? vm.recoveryState ?? null,
      startedAt: toDate(vm.execStart),
      endedAt: toDate(vm.execEnd),
    })),
  )

const toSteps = (step: StepReportWire, isExecuted: boolean): readonly RecoveryStep[] => {
  const error = toErrorText(step.error)
  const name = step.name ?? step.stepName ?? 'step'
  const left = step.isSkipped === true ? 'SKIPPED' : isExecuted ? null : 'NOT_EXECUTED'
  return [
    {
      description: error === null ? name : `${name}: ${error}`,
      result: step.result ?? left,
      startedAt: toDate(step.execStart),
      endedAt: toDate(step.execEnd),
    },
    ...toVmSteps(step),
  ]
}

/** The one vApp replication that a report is about; null where it is about several, or about none. */
const findGroupId = (steps: readonly StepReportWire[]): string | null => {
  const ids = steps.flatMap((step) => (step.recoveryExecutions ?? []).map((execution) => execution.vappReplicationId))
  const [only, ...others] = new Set(ids)
  const isOne = typeof only === 'string' && others.length === 0 && vappReplicationIdPattern.test(only)
  return isOne ? toGlobalId('ProtectionGroup', 'VCDA', only) : null
}

const unique = (names: readonly (string | null | undefined)[]): readonly string[] => [
  ...new Set(names.filter((name) => typeof name === 'string')),
]

/** The report of one execution of a recovery plan. Its machines stand below the step that recovered them. */
export const toRecoveryReport = (wire: ExecutionReportWire, planId: string, executionId: string): RecoveryReport => {
  const executed = wire.executedSteps ?? []
  const executions = executed.flatMap((step) => step.recoveryExecutions ?? [])
  const nativeId = toReportNativeId(planId, executionId)
  const sources = unique(executions.map(({ sourceSite }) => sourceSite))
  return {
    id: toGlobalId('RecoveryReport', 'VCDA', nativeId),
    vendor: 'VCDA',
    nativeId,
    kind: find(kindOf, wire.operation) ?? 'UNKNOWN',
    name: wire.planName ?? planId,
    groupId: findGroupId(executed),
    protectedSiteName: sources.length === 1 ? (sources[0] ?? null) : null,
    recoverySiteName: wire.site ?? null,
    startedAt: toDate(wire.execStart),
    endedAt: toDate(wire.execEnd),
    rtoSeconds: null,
    recoveredTo: null,
    wasSuccessful: find(successOf, wire.result),
    initiatedBy: null,
    notes: toErrorText(wire.error) ?? wire.planDescription ?? null,
    vmNames: unique(
      executions.flatMap(({ vmRecoveryExecutions }) => (vmRecoveryExecutions ?? []).map(({ vmName }) => vmName)),
    ),
    steps: [
      ...executed.flatMap((step) => toSteps(step, true)),
      ...(wire.notExecutedSteps ?? []).flatMap((step) => toSteps(step, false)),
    ],
  }
}
