import { builder } from '../builder.ts'
import { OperationEnum, TaskStateEnum } from './task-enums.ts'

export const TaskFilterInput = builder.inputType('TaskFilter', {
  description: 'Narrows a list of tasks. What is given must all match; what is left out matches everything.',
  fields: (t) => ({
    states: t.field({ type: [TaskStateEnum], description: 'Only in one of these states.' }),
    operations: t.field({ type: [OperationEnum], description: 'Only of one of these kinds.' }),
    targetIds: t.idList({ description: 'Only on one of these replications or groups.' }),
    siteNames: t.stringList({ description: 'Only of these sites, by their names in the configuration.' }),
  }),
})
