import type { FieldModel } from '../../actions/field-model.ts'
import { VcdaDetailsDocument } from '../../generated/graphql.ts'
import type { VendorParts } from '../vendor-parts.ts'

const powerOn: FieldModel = {
  kind: 'switch',
  name: 'powerOn',
  label: 'Power on',
  help: 'Starts the recovered machines.',
  byDefault: true,
}

const recoveryOptions: readonly FieldModel[] = [
  powerOn,
  {
    kind: 'switch',
    name: 'consolidate',
    label: 'Consolidate disks',
    help: 'Joins the disks with their snapshots after the recovery: slower now, faster later.',
    byDefault: false,
  },
  {
    kind: 'switch',
    name: 'copySecurityTags',
    label: 'Copy security tags',
    help: 'Gives the recovered machines the security tags of the source. From version 4.7 on.',
    byDefault: false,
  },
]

/** VMware Cloud Director Availability: VcdaFailoverOptions and its kin of the schema. */
export const vcdaParts: VendorParts = {
  name: 'VCDA',
  optionsMember: 'vcda',
  ownFields: {
    UPDATE: [{ kind: 'text', name: 'description', label: 'Description', most: 255 }],
  },
  options: {
    FAILOVER: recoveryOptions,
    MOVE: recoveryOptions,
    TEST_FAILOVER: [
      powerOn,
      {
        kind: 'switch',
        name: 'syncFirst',
        label: 'Synchronise first',
        help: 'Transfers what has changed before the test begins. Not together with a chosen recovery point.',
        byDefault: false,
        applies: ({ recoveryPointId, recoveryPointByReplication }) =>
          (recoveryPointId === undefined || recoveryPointId === '') && recoveryPointByReplication === undefined,
      },
    ],
    UPDATE: [
      {
        kind: 'choice',
        name: 'dataConnectionType',
        label: 'Data connection',
        help: 'How data travels.',
        byDefault: null,
        choices: [
          { value: 'ENCRYPTED_COMPRESSED', label: 'Encrypted and compressed' },
          { value: 'ENCRYPTED', label: 'Encrypted' },
          { value: 'PLAIN', label: 'Plain' },
        ],
      },
      {
        kind: 'choice',
        name: 'isQuiesced',
        label: 'Quiet the guest',
        help: 'Before a recovery point is taken.',
        byDefault: null,
        isBoolean: true,
        choices: [
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ],
      },
      {
        kind: 'text',
        name: 'owner',
        label: 'Owner',
        help: 'As organisation@site. For providers only.',
        most: 255,
      },
      {
        kind: 'switch',
        name: 'reapplyStorageProfile',
        label: 'Apply the storage profile again',
        byDefault: false,
      },
    ],
  },
  detailsDocument: VcdaDetailsDocument,
}
