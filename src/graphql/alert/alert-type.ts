import type { Alert, AlertLevel, AlertSubject } from '../../domain/alert.ts'
import { parseGlobalId } from '../../domain/global-id.ts'
import type { Ordering } from '../../inventory/paging.ts'
import { builder } from '../builder.ts'
import { connectionType } from '../connection-type.ts'
import { describedEnum } from '../described-enum.ts'
import { NodeRef } from '../node/node-interface.ts'
import { RecoveryTargetRef } from '../protection/recovery-target.ts'
import { SiteRef } from '../site/site-type.ts'
import { VendorEnum } from '../vendor-enum.ts'

export const AlertLevelEnum = describedEnum<AlertLevel>('AlertLevel', 'How urgent an alert is.', {
  WARNING: 'Look at it.',
  ERROR: 'Look at it now.',
  UNKNOWN: 'The vendor said something that this gateway does not know.',
})

const AlertSubjectEnum = describedEnum<AlertSubject>('AlertSubject', 'What an alert is about.', {
  SITE: 'The site itself.',
  GROUP: 'A group.',
  REPLICATION: 'A single machine.',
  APPLIANCE: 'A machine that carries replication traffic.',
  STORAGE: 'Storage.',
  LICENSE: 'The licence.',
  OTHER: 'Something else.',
})

export const AlertRef = builder.objectRef<Alert>('Alert')
AlertRef.implement({
  description: 'Something a person should look at.',
  interfaces: [NodeRef],
  fields: (t) => ({
    vendor: t.expose('vendor', { type: VendorEnum, description: 'The product.' }),
    level: t.expose('level', { type: AlertLevelEnum, description: 'How urgent it is.' }),
    subject: t.expose('subject', { type: AlertSubjectEnum, description: 'What it is about.' }),
    code: t.exposeString('code', { nullable: true, description: "The vendor's own code; null where it has none." }),
    description: t.exposeString('description', { description: 'What is wrong, for people.' }),
    turnedOnAt: t.expose('turnedOnAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when; null where nobody tells.',
    }),
    isDismissed: t.exposeBoolean('isDismissed', { description: 'Somebody has put it aside.' }),
    isDerived: t.exposeBoolean('isDerived', {
      description: 'Concluded by this gateway, because the vendor raises no alerts of its own. It cannot be dismissed.',
    }),
    site: t.field({
      type: SiteRef,
      nullable: true,
      description: 'The site that raised it; null when it is no longer known.',
      resolve: ({ siteId }, _args, { loaders }) => loaders.findSite(siteId),
    }),
    targets: t.field({
      type: [RecoveryTargetRef],
      description: 'The replications and groups it is about; what is gone is left out.',
      resolve: async ({ targetIds }, _args, { loaders }) => {
        const keys = targetIds.flatMap((id) => {
          const key = parseGlobalId(id)
          if (key?.kind !== 'Replication' && key?.kind !== 'ProtectionGroup') return []
          return [{ kind: key.kind, vendor: key.vendor, nativeId: key.nativeId }]
        })
        const targets = await Promise.all(keys.map((key) => loaders.targets.load(key)))
        return targets.filter((target) => target !== null)
      },
    }),
  }),
})

export const AlertConnectionRef = connectionType('Alert', AlertRef, { list: 'Alerts, the newest first.' })

/** Since when first; alerts without a moment come last. */
export const newestAlertFirst: Ordering<Alert> = {
  name: 'TURNED_ON-',
  isDescending: true,
  toKey: ({ turnedOnAt }) => turnedOnAt?.getTime() ?? 0,
  toId: ({ id }) => id,
}
