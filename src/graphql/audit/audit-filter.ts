import { builder } from '../builder.ts'
import { OperationEnum } from '../task/task-enums.ts'
import { AuditKindEnum } from './audit-type.ts'

export const AuditFilterInput = builder.inputType('AuditFilter', {
  description: 'Narrows the audit log. What is given must all match; what is left out matches everything.',
  fields: (t) => ({
    kinds: t.field({ type: [AuditKindEnum], description: 'Only entries of one of these kinds.' }),
    callers: t.stringList({ description: 'Only what one of these callers asked for.' }),
    operations: t.field({ type: [OperationEnum], description: 'Only of one of these operations.' }),
    targetIds: t.idList({ description: 'Only about one of these replications or groups, also when it is gone.' }),
    taskIds: t.idList({ description: 'Only about one of these tasks.' }),
    from: t.field({ type: 'DateTime', description: 'Only entries written then or later.' }),
    to: t.field({ type: 'DateTime', description: 'Only entries written then or before.' }),
  }),
})
