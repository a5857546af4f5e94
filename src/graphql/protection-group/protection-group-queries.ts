import { objectListQuery } from '../object-list.ts'
import { ProtectionGroupConnectionRef } from './protection-group-type.ts'

objectListQuery({
  field: 'protectionGroups',
  name: 'ProtectionGroup',
  noun: 'groups',
  type: ProtectionGroupConnectionRef,
  list: (inventory, maxAgeSeconds) => inventory.listGroups(maxAgeSeconds),
})
