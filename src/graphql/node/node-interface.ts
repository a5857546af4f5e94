import { parseGlobalId } from '../../domain/global-id.ts'
import { builder } from '../builder.ts'

export const NodeRef = builder.interfaceRef<{ readonly id: string }>('Node')
NodeRef.implement({
  description: 'Anything with an id of its own. `node(id:)` finds it again.',
  resolveType: ({ id }) => parseGlobalId(id)?.kind,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Opaque, and the same for as long as the vendor keeps the object.' }),
  }),
})
