import { objectListQuery } from '../object-list.ts'
import { ReplicationConnectionRef } from './replication-type.ts'

objectListQuery({
  field: 'replications',
  name: 'Replication',
  noun: 'replications',
  type: ReplicationConnectionRef,
  list: (inventory, maxAgeSeconds) => inventory.listReplications(maxAgeSeconds),
})
