import { scopes, type Viewer } from '../../domain/viewer.ts'
import { builder } from '../builder.ts'

export const ViewerRef = builder.objectRef<Viewer>('Viewer')
ViewerRef.implement({
  description: 'Who is asking.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'Under which name: the one of `AuditEntry.caller`. Idempotency keys are kept under it.',
    }),
    scopes: t.field({
      type: ['String'],
      description:
        'What the caller may do: `dr:read`, `dr:operate` for what can be taken back, `dr:recover` for what moves or ends machines, `dr:audit` for the audit log, `dr:introspect` for this schema itself.',
      resolve: (viewer) => scopes.filter((scope) => viewer.scopes.has(scope)),
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the token ends, and with it the socket or event stream that it has opened; null for one that does not end by itself.',
    }),
    isAnonymous: t.exposeBoolean('isAnonymous', {
      description: 'Whether the caller has shown no token. Only where the gateway lets such callers in.',
    }),
  }),
})
