import { builder } from '../builder.ts'
import { noScope } from '../root-scopes.ts'
import { ViewerRef } from './viewer-type.ts'

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerRef,
    extensions: { scope: noScope },
    description:
      'Who is asking, what he may do, and until when. On a socket this is the present token, also after `refreshSession`.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
)
