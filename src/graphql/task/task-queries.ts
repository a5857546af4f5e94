import { builder } from '../builder.ts'
import { noteGaps } from '../coverage.ts'
import { TaskFilterInput } from './task-filter.ts'
import { TaskConnectionRef } from './task-type.ts'
import { loadTasks } from './tasks-field.ts'

builder.queryField('tasks', (t) =>
  t.field({
    type: TaskConnectionRef,
    description:
      "Tasks, newest first, whoever started them: here, in the product's own UI, or by a schedule or policy. Every site is asked for new ones, then the list comes from the journal: it survives a restart, and what a site that does not answer has begun is missing.",
    args: {
      filter: t.arg({ type: TaskFilterInput, required: false, description: 'Which ones.' }),
      first: t.arg.int({ defaultValue: 50, description: 'How many, up to 500.' }),
      after: t.arg.string({ required: false, description: '`endCursor` of the page before.' }),
    },
    resolve: async (_root, { filter, first, after }, context, info) => {
      const query = {
        states: filter?.states ?? null,
        operations: filter?.operations ?? null,
        targetIds: filter?.targetIds ?? null,
        siteNames: filter?.siteNames ?? null,
      }
      const page = await loadTasks(query, { first: first ?? 50, after: after ?? null }, context)
      const coverage = await context.inventory.listCoverage()
      noteGaps(coverage, context, info)
      return { ...page, coverage }
    },
  }),
)
