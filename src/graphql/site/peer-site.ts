import { parseGlobalId } from '../../domain/global-id.ts'
import { vendors } from '../../domain/vendor.ts'
import type { Site } from '../../inventory/site-view.ts'

/** A site of which no more is known than what stands beside an object: nobody who lists it has been read yet. */
export const toPeerSite = ({ siteId, siteName }: { readonly siteId: string; readonly siteName: string }): Site => {
  const key = parseGlobalId(siteId)
  return {
    id: siteId,
    vendor: key?.vendor ?? vendors[0],
    nativeId: key?.nativeId ?? siteId,
    name: siteName,
    description: null,
    location: null,
    productVersion: null,
    configuredName: null,
    connection: null,
    capabilities: null,
    peerIds: [],
    details: null,
  }
}
