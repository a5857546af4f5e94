import { builder } from '../builder.ts'
import { noteGaps } from '../coverage.ts'
import { loadObjectPage, objectFilterInput, objectOrderInput } from '../object-list.ts'
import { ReplicationConnectionRef } from './replication-type.ts'

const ReplicationFilterInput = objectFilterInput(
  'ReplicationFilter',
  'Narrows a list of replications. What is given must all match; what is left out matches everything.',
)
const ReplicationOrderInput = objectOrderInput(
  'ReplicationOrder',
  'How a list of replications is sorted; the id settles ties.',
)

builder.queryField('replications', (t) =>
  t.field({
    type: ReplicationConnectionRef,
    description:
      'All replications of every configured site as one list. A site that does not answer costs its own part only: see `coverage`.',
    args: {
      filter: t.arg({ type: ReplicationFilterInput, required: false, description: 'Which ones.' }),
      orderBy: t.arg({ type: ReplicationOrderInput, required: false, description: 'By name when left out.' }),
      first: t.arg.int({ defaultValue: 50, description: 'How many, up to 500.' }),
      after: t.arg.string({ required: false, description: '`endCursor` of the page before, in the same order.' }),
      maxAgeSeconds: t.arg.int({
        required: false,
        description: 'How old the answer may be, in seconds; 0 asks the sites now. Left out, as configured.',
      }),
    },
    resolve: async (_root, args, context, info) => {
      const connection = await loadObjectPage(args, (maxAge) => context.inventory.listReplications(maxAge))
      noteGaps(connection.coverage, context, info)
      return connection
    },
  }),
)
