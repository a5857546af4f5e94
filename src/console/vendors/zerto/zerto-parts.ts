import type { FieldModel, FieldValues } from '../../actions/field-model.ts'
import { ZertoDetailsDocument } from '../../generated/graphql.ts'
import type { VendorParts } from '../vendor-parts.ts'

const decides = ({ commitPolicy }: FieldValues): boolean => commitPolicy === 'COMMIT' || commitPolicy === 'ROLLBACK'

const commitPolicy: readonly FieldModel[] = [
  {
    kind: 'choice',
    name: 'commitPolicy',
    label: 'Who decides',
    help: 'The recovered machines run, and it is kept open whether they stay.',
    byDefault: 'MANUAL',
    choices: [
      { value: 'MANUAL', label: 'A person', help: 'It waits until somebody commits or rolls back.' },
      { value: 'COMMIT', label: 'Commit by itself', help: 'It is committed after the waiting time.' },
      { value: 'ROLLBACK', label: 'Roll back by itself', help: 'It is rolled back after the waiting time.' },
    ],
  },
  {
    kind: 'number',
    name: 'commitAfterSeconds',
    label: 'Waiting time',
    help: '0 decides at once.',
    unit: 'minutes',
    factor: 60,
    least: 0,
    most: 35_791_394,
    byDefault: 60,
    applies: decides,
  },
]

const reverse = (byDefault: boolean): FieldModel => ({
  kind: 'switch',
  name: 'reverseProtection',
  label: 'Reverse protection',
  help: byDefault
    ? 'Protects the moved machines back to where they came from.'
    : 'Protects the recovered machines back. Off, the group needs configuration afterwards.',
  byDefault,
})

const keepSourceVms: FieldModel = {
  kind: 'choice',
  name: 'keepSourceVms',
  label: 'Machines at the source',
  help: 'Has to be said when they are not protected back.',
  byDefault: null,
  isRequired: true,
  isBoolean: true,
  choices: [
    { value: 'true', label: 'Keep them' },
    { value: 'false', label: 'Remove them' },
  ],
  applies: ({ reverseProtection }) => reverseProtection === false,
}

/** Zerto: ZertoFailoverOptions and its kin of the schema. */
export const zertoParts: VendorParts = {
  name: 'Zerto',
  optionsMember: 'zerto',
  ownFields: {
    UPDATE: [
      {
        kind: 'choice',
        name: 'priority',
        label: 'Priority',
        help: 'Whose data goes first.',
        byDefault: null,
        choices: [
          { value: 'HIGH', label: 'High' },
          { value: 'MEDIUM', label: 'Medium' },
          { value: 'LOW', label: 'Low' },
        ],
      },
    ],
  },
  options: {
    FAILOVER: [
      ...commitPolicy,
      {
        kind: 'choice',
        name: 'shutdownPolicy',
        label: 'Machines at the source',
        byDefault: 'NONE',
        choices: [
          { value: 'NONE', label: 'Leave them alone', help: 'For when nobody can reach them.' },
          { value: 'GRACEFUL', label: 'Shut down', help: 'Where that is impossible, the failover fails.' },
          { value: 'FORCE', label: 'Shut down, then power off', help: 'After five minutes they are powered off.' },
        ],
      },
      reverse(false),
    ],
    COMMIT_FAILOVER: [reverse(false)],
    MOVE: [
      ...commitPolicy,
      {
        kind: 'switch',
        name: 'forceShutdown',
        label: 'Power off at the source',
        help: 'Off, the machines get five minutes to shut down first.',
        byDefault: false,
      },
      reverse(true),
      keepSourceVms,
      {
        kind: 'switch',
        name: 'continueOnPreScriptFailure',
        label: 'Go on when the script fails',
        help: 'The one that runs before the move.',
        byDefault: false,
      },
    ],
    COMMIT_MOVE: [reverse(true), keepSourceVms],
    STOP: [
      {
        kind: 'switch',
        name: 'keepRecoveryVolumes',
        label: 'Keep the replica disks',
        help: 'To start from them again.',
        byDefault: true,
      },
      {
        kind: 'switch',
        name: 'force',
        label: 'Force',
        help: 'Deletes also in states that forbid it.',
        byDefault: false,
      },
    ],
    START_CLONE: [
      {
        kind: 'listed',
        name: 'datastoreId',
        label: 'Datastore',
        list: 'DATASTORE',
        emptyLabel: 'The one with the most free space (default)',
      },
    ],
    UPDATE: [
      { kind: 'text', name: 'name', label: 'Name', most: 80 },
      {
        kind: 'number',
        name: 'journalHistoryHours',
        label: 'Journal history',
        help: 'How far back one can recover.',
        unit: 'hours',
        least: 1,
        most: 720,
        byDefault: null,
      },
      {
        kind: 'number',
        name: 'testIntervalMinutes',
        label: 'Test interval',
        help: 'How often a test failover is due.',
        unit: 'days',
        factor: 1440,
        least: 1,
        most: 730,
        byDefault: null,
      },
      {
        kind: 'choice',
        name: 'useWanCompression',
        label: 'Compress the traffic',
        byDefault: null,
        isBoolean: true,
        choices: [
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ],
      },
    ],
  },
  detailsDocument: ZertoDetailsDocument,
}
