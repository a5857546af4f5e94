import type { HistoryEvent } from '../../domain/history-event.ts'
import type { Ordering } from '../../inventory/paging.ts'
import { builder } from '../builder.ts'
import { connectionType } from '../connection-type.ts'

const HistoryEventRef = builder.objectRef<HistoryEvent>('HistoryEvent')
HistoryEventRef.implement({
  description: 'Something that happened to a group or replication, as the vendor keeps it.',
  fields: (t) => ({
    vendorId: t.exposeString('vendorId', { description: "The vendor's own identifier of the entry." }),
    at: t.expose('at', { type: 'DateTime', description: 'When it happened.' }),
    vendorOperation: t.exposeString('vendorOperation', { description: "The vendor's word for what happened." }),
    description: t.exposeString('description', { description: 'What happened, for people.' }),
    user: t.exposeString('user', { nullable: true, description: 'Who did it; null where the vendor does not tell.' }),
    wasSuccessful: t.exposeBoolean('wasSuccessful', {
      nullable: true,
      description: 'How it went; null while it goes on, and where the vendor does not tell.',
    }),
  }),
})

export const HistoryConnectionRef = connectionType('HistoryEvent', HistoryEventRef, {
  list: 'What happened, the newest first.',
  coverage: 'Why nothing is there, where the site could not be asked; empty when all is well.',
})

export const newestEventFirst: Ordering<HistoryEvent> = {
  name: 'AT-',
  isDescending: true,
  toKey: ({ at }) => at.getTime(),
  toId: ({ vendorId }) => vendorId,
}
