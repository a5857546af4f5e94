/** Options of operations that only this vendor has. */
import { builder } from '../../graphql/builder.ts'

export const CommitPolicyRef = builder.enumType('ZertoCommitPolicy', {
  description: 'What happens to a recovery that waits before commit.',
  values: {
    COMMIT: { description: 'After the waiting time it is committed.' },
    ROLLBACK: { description: 'After the waiting time it is rolled back.' },
    MANUAL: { description: "It waits until a person commits it or rolls it back; the vendor's None." },
  } as const,
})

export const ShutdownPolicyRef = builder.enumType('ZertoShutdownPolicy', {
  description: 'What happens to the protected machines before a failover.',
  values: {
    NONE: { description: 'They are not touched: nobody can reach them.' },
    GRACEFUL: { description: 'They are shut down through their tools; where that is impossible, the failover fails.' },
    FORCE: { description: 'They are shut down, and powered off after five minutes.' },
  } as const,
})

export const PriorityRef = builder.enumType('ZertoGroupPriority', {
  description: 'Which VPG goes first when the bandwidth does not suffice for all.',
  values: {
    LOW: { description: 'After the others.' },
    MEDIUM: { description: 'The ordinary one.' },
    HIGH: { description: 'Before the others.' },
  } as const,
})

export const FailoverOptions = builder.inputType('ZertoFailoverOptions', {
  description: 'How a VPG is failed over. Each is sent, also where it is left out: the vendor has other defaults.',
  fields: (t) => ({
    commitPolicy: t.field({ type: CommitPolicyRef, description: 'Left out: MANUAL.' }),
    commitAfterSeconds: t.int({
      description: 'How long COMMIT or ROLLBACK waits, in seconds; 0 acts at once. Left out: 3600.',
    }),
    shutdownPolicy: t.field({ type: ShutdownPolicyRef, description: 'Left out: NONE.' }),
    reverseProtection: t.boolean({
      description:
        'True protects the recovered machines back to where they came from. Left out: false, and the VPG then needs configuration.',
    }),
  }),
})

export const CommitFailoverOptions = builder.inputType('ZertoCommitFailoverOptions', {
  description: 'How a failover is committed.',
  fields: (t) => ({
    reverseProtection: t.boolean({
      description: 'True protects the recovered machines back. Left out: false, and the VPG then needs configuration.',
    }),
  }),
})

export const MoveOptions = builder.inputType('ZertoMoveOptions', {
  description: 'How a VPG is moved. Each is sent, also where it is left out: the defaults differ between sites.',
  fields: (t) => ({
    commitPolicy: t.field({ type: CommitPolicyRef, description: 'Left out: MANUAL.' }),
    commitAfterSeconds: t.int({
      description: 'How long COMMIT or ROLLBACK waits, in seconds; 0 acts at once. Left out: 3600.',
    }),
    forceShutdown: t.boolean({
      description: 'True powers the protected machines off. Left out: false, they get five minutes to shut down first.',
    }),
    reverseProtection: t.boolean({ description: 'True protects the moved machines back. Left out: true.' }),
    keepSourceVms: t.boolean({
      description:
        'True keeps the protected machines, false removes them. Only, and then required, without reverse protection.',
    }),
    continueOnPreScriptFailure: t.boolean({
      description: 'True goes on when the script before the move fails. Left out: false.',
    }),
  }),
})

export const CommitMoveOptions = builder.inputType('ZertoCommitMoveOptions', {
  description: 'How a move is committed. Say what the move said: the vendor refuses some changes of mind.',
  fields: (t) => ({
    reverseProtection: t.boolean({ description: 'True protects the moved machines back. Left out: true.' }),
    keepSourceVms: t.boolean({
      description:
        'True keeps the protected machines, false removes them. Only, and then required, without reverse protection.',
    }),
  }),
})

export const StopOptions = builder.inputType('ZertoStopOptions', {
  description: 'How a VPG is deleted.',
  fields: (t) => ({
    keepRecoveryVolumes: t.boolean({
      description: 'True keeps the replica disks, to start from them again. Left out: true.',
    }),
    force: t.boolean({ description: 'True deletes also in states that forbid it. Left out: false.' }),
  }),
})

export const CloneOptions = builder.inputType('ZertoCloneOptions', {
  description: 'Where a clone of a VPG is made.',
  fields: (t) => ({
    datastoreId: t.string({
      description:
        'Identifier of the datastore. Left out: the one with the most free space. Not where the recovery site is a cloud.',
    }),
  }),
})
