import { addVendorPart } from '../../graphql/builder.ts'
import { GroupDetailsRef, ReplicationDetailsRef, SiteDetailsRef } from './zerto-details-schema.ts'
import { UpdateOptions, GroupWork } from './zerto-group-schema.ts'
import {
  FailoverOptions,
  CommitFailoverOptions,
  MoveOptions,
  CommitMoveOptions,
  StopOptions,
  CloneOptions,
} from './zerto-options-schema.ts'

/** Gives the public schema what only this vendor has. Called once, before the schema is made. */
export const registerZertoSchema = (): void => {
  addVendorPart({
    vendor: 'ZERTO',
    optionName: 'zerto',
    words: {
      Site: 'a site with its Zerto Virtual Manager (ZVM)',
      ProtectionGroup: 'a virtual protection group (VPG)',
      Replication: 'a virtual machine inside one VPG',
      RecoveryPoint: 'a checkpoint',
    },
    details: { Replication: ReplicationDetailsRef, ProtectionGroup: GroupDetailsRef, Site: SiteDetailsRef },
    options: {
      UPDATE: UpdateOptions,
      STOP: StopOptions,
      FAILOVER: FailoverOptions,
      COMMIT_FAILOVER: CommitFailoverOptions,
      MOVE: MoveOptions,
      COMMIT_MOVE: CommitMoveOptions,
      START_CLONE: CloneOptions,
    },
    work: {
      zertoGroup: { type: GroupWork, description: 'A new virtual protection group (VPG).' },
    },
  })
}
