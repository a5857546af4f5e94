import { scopes, type Grant, type Viewer } from '../../domain/viewer.ts'
import { builder } from '../builder.ts'

const GrantRef = builder.objectRef<Grant>('Grant')
GrantRef.implement({
  description: 'Some scopes, and where they hold: at one of the sites and for one of the organisations at once.',
  fields: (t) => ({
    scopes: t.field({
      type: ['String'],
      description: 'As in `Viewer.scopes`.',
      resolve: (grant) => scopes.filter((scope) => grant.scopes.includes(scope)),
    }),
    sites: t.field({
      type: ['String'],
      nullable: true,
      description: 'Names of the sites at which they hold: those of `Site.configuredName`. Null: at all of them.',
      resolve: ({ siteNames }) => siteNames,
    }),
    organizations: t.field({
      type: ['String'],
      nullable: true,
      description:
        'The organisations for which they hold, in lower case. Null: for all, and for what belongs to none, as a site does as a whole.',
      resolve: ({ organizations }) => organizations,
    }),
  }),
})

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
    grants: t.field({
      type: [GrantRef],
      description: 'Where the caller may do it. A scope holds wherever one of the grants that have it does.',
      resolve: (viewer) => viewer.grants,
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
