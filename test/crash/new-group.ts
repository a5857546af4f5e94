import type { CrashRig } from './crash-rig.ts'
import type { Intent } from './press.ts'
import { toGlobalId } from '../../src/domain/global-id.ts'

/**
 * The start of a new group, which is several calls at its vendor: at the first site, to the second. Null where nothing is
 * left to be protected.
 */
export const toGroupStart = (
  { zerto }: CrashRig,
  intent: Pick<Intent, 'key' | 'caller'> & { readonly newName: string },
): Intent | null => {
  const [{ unprotected }, { infrastructure }] = zerto.world.sites
  const [vmId] = unprotected.keys()
  const [from, to] = zerto.sites
  if (from === undefined || to === undefined) throw new Error('two sites were to start')
  if (vmId === undefined) return null
  const { hosts, datastores, folders, networks } = infrastructure
  const zertoGroup = {
    name: intent.newName,
    protectedSiteId: from.siteIdentifier,
    recoverySiteId: to.siteIdentifier,
    vms: [{ vmId }],
    defaultHostId: hosts[0]?.identifier,
    defaultDatastoreId: datastores[0]?.identifier,
    defaultFolderId: folders[0]?.identifier,
    failoverNetworkId: networks[0]?.identifier,
    testNetworkId: networks[1]?.identifier,
  }
  const siteId = toGlobalId('Site', 'ZERTO', from.siteIdentifier)
  return { ...intent, operation: 'START_REPLICATION', input: { siteId, work: { zertoGroup } }, targetNativeId: null }
}
