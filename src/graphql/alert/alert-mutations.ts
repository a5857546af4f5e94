import type { AlertInput } from '../../operations/dismiss-alert.ts'
import { builder } from '../builder.ts'
import { keyFields } from '../mutation/operation-input.ts'
import { taskMutation } from '../mutation/task-mutation.ts'

interface GivenAlert {
  readonly alertId: string
  readonly idempotencyKey: string
  readonly reason?: string | null | undefined
}

const AlertInputRef = builder.inputRef<GivenAlert>('AlertInput')
AlertInputRef.implement({
  description: 'Which alert.',
  fields: (t) => ({
    alertId: t.id({ required: true, description: 'An alert that a site raised itself.' }),
    ...keyFields(t),
  }),
})

const toInput = (given: GivenAlert): AlertInput => ({
  alertId: given.alertId,
  idempotencyKey: given.idempotencyKey,
  reason: given.reason ?? null,
  options: [],
  given: { ...given },
})

taskMutation('dismissAlert', {
  description: 'Puts an alert aside at the vendor, for everybody. What it warns of goes on.',
  input: AlertInputRef,
  run: (given, { operations, viewer }) => operations().dismissAlert(toInput(given), viewer),
})

taskMutation('undismissAlert', {
  description: 'Takes a dismissal back.',
  input: AlertInputRef,
  run: (given, { operations, viewer }) => operations().undismissAlert(toInput(given), viewer),
})
