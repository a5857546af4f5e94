/** Payloads that are read on demand, in the vendor's own words and units, and their parsers. */
import * as z from 'zod'
import {
  flag,
  identifierOf,
  link,
  listOf,
  maybe,
  number,
  required,
  text,
  wireObject,
  word,
} from './zerto-wire-shapes.ts'

const links = listOf(wireObject({ identifier: text }))

/** `AlertApi`. Its identifier is that of its link. */
const alert = wireObject({
  AffectedVpgs: links,
  Description: text,
  Entity: word,
  HelpIdentifier: text,
  IsDismissed: flag,
  Level: word,
  Link: link,
  Site: link,
  TurnedOn: text,
}).transform((row, context) => ({ ...row, AlertIdentifier: identifierOf(null, row, 'AlertIdentifier', context) }))
export type WireAlert = z.infer<typeof alert>

/** `EventApi`. `EventIdentifier` and `Vpgs` are on older wires only; the description of 10.0 U6 has the links alone. */
const event = wireObject({
  Description: text,
  EventCompletedSuccessfully: flag,
  EventIdentifier: text,
  EventType: word,
  Link: link,
  OccurredOn: required.date,
  RelatedEntities: maybe(wireObject({ Vpgs: links })),
  UserName: text,
  Vpgs: listOf(wireObject({ VpgIdentifier: text })),
}).transform((row, context) => ({
  ...row,
  EventIdentifier: identifierOf(row.EventIdentifier, row, 'EventIdentifier', context),
}))
export type WireEvent = z.infer<typeof event>

const reportStep = wireObject({ Description: text, EndTime: text, Result: text, StartTime: text })

/** `RecoveryReportApi`. `RtoInSeconds` is a number in a string, and so are the dates. */
const recoveryReport = wireObject({
  General: maybe(
    wireObject({
      EndTime: text,
      InitiatedBy: text,
      Notes: text,
      PointInTime: text,
      ProtectedSiteName: text,
      RecoverySiteName: text,
      RecoveryType: word,
      RtoInSeconds: text,
      StartTime: text,
      Status: text,
      VpgIdentifier: text,
      VpgName: text,
    }),
  ),
  RecoveryOperationIdentifier: required.text,
  RecoverySettings: maybe(wireObject({ Steps: listOf(reportStep), Vms: listOf(wireObject({ VmName: text })) })),
})
export type WireRecoveryReport = z.infer<typeof recoveryReport>

/** `ServiceProfileApi`. Its identifier is that of its link; the spans of time are texts. */
const serviceProfile = wireObject({
  Description: text,
  History: text,
  Link: link,
  Rpo: text,
  ServiceProfileIdentifier: text,
  ServiceProfileName: text,
  TestInterval: text,
}).transform((row, context) => ({
  ...row,
  ServiceProfileIdentifier: identifierOf(row.ServiceProfileIdentifier, row, 'ServiceProfileIdentifier', context),
}))
export type WireServiceProfile = z.infer<typeof serviceProfile>

/** `VraApi`. `VraIdentifier` exceeds 2^53; `VraIdentifierStr` has it in a string (captured answer of 7.0). */
const vra = wireObject({
  HostDisplayName: text,
  IpAddress: text,
  Link: link,
  Status: word,
  VraIdentifierStr: text,
  VraName: required.text,
  VraNetworkDataApi: maybe(wireObject({ VraIPAddress: text })),
  VraVersion: text,
})
export type WireVra = z.infer<typeof vra>

/** `LicenseApi`. The key is not read. */
const license = wireObject({
  Details: maybe(wireObject({ ExpiryTime: text, LicenseType: text, MaxVms: number })),
  Usage: maybe(wireObject({ TotalVmsCount: number })),
})
export type WireLicense = z.infer<typeof license>

/** `DatastoreApi`: of the asked site only. */
const datastore = wireObject({
  DatastoreIdentifier: required.text,
  Health: maybe(wireObject({ Status: text })),
  Stats: maybe(
    wireObject({
      AvailabilityStatus: text,
      Usage: maybe(wireObject({ Datastore: maybe(wireObject({ CapacityInBytes: number, FreeInBytes: number })) })),
    }),
  ),
})
export type WireDatastore = z.infer<typeof datastore>

const zorg = wireObject({ Link: link, ZorgIdentifier: text, ZorgName: text }).transform((row, context) => ({
  ...row,
  ZorgIdentifier: identifierOf(row.ZorgIdentifier, row, 'ZorgIdentifier', context),
}))

/** What each endpoint that is read on demand answers with. */
export const readsWire = {
  alerts: z.array(alert),
  events: z.array(event),
  recoveryReports: z.array(recoveryReport),
  serviceProfiles: z.array(serviceProfile),
  vras: z.array(vra),
  license,
  datastores: z.array(datastore),
  zorgs: z.array(zorg),
} as const

/** A child of a virtualisation site: each kind has its own names for the same two or three things. */
export interface WireChild {
  readonly identifier: string
  readonly name: string
  /** What holds it, where the kind tells. */
  readonly parentId: string | null
  readonly status: string | null
}

const toChildren = <S extends z.ZodRawShape>(
  shape: S,
  toChild: (row: z.infer<z.ZodObject<S>>) => Partial<WireChild> & Pick<WireChild, 'identifier' | 'name'>,
): z.ZodType<readonly WireChild[]> =>
  z.array(wireObject(shape).transform((row): WireChild => ({ parentId: null, status: null, ...toChild(row) })))

const needed = required.text

/** The children of a virtualisation site, by the last segment of their path. */
export const childrenWire = {
  vms: toChildren({ OwningHostIdentifier: text, VmIdentifier: needed, VmName: needed }, (row) => ({
    identifier: row.VmIdentifier,
    name: row.VmName,
    parentId: row.OwningHostIdentifier,
  })),
  datastores: toChildren(
    {
      DatastoreIdentifier: needed,
      DatastoreName: needed,
      OwningDatastoreCluster: maybe(wireObject({ DatastoreClusterIdentifier: text })),
    },
    (row) => ({
      identifier: row.DatastoreIdentifier,
      name: row.DatastoreName,
      parentId: row.OwningDatastoreCluster?.DatastoreClusterIdentifier ?? null,
    }),
  ),
  networks: toChildren({ NetworkIdentifier: needed, VirtualizationNetworkName: needed }, (row) => ({
    identifier: row.NetworkIdentifier,
    name: row.VirtualizationNetworkName,
  })),
  hosts: toChildren({ ConnectionStatus: text, HostIdentifier: needed, VirtualizationHostName: needed }, (row) => ({
    identifier: row.HostIdentifier,
    name: row.VirtualizationHostName,
    status: row.ConnectionStatus,
  })),
  hostclusters: toChildren({ ClusterIdentifier: needed, VirtualizationClusterName: needed }, (row) => ({
    identifier: row.ClusterIdentifier,
    name: row.VirtualizationClusterName,
  })),
  folders: toChildren({ FolderIdentifier: needed, FolderName: needed }, (row) => ({
    identifier: row.FolderIdentifier,
    name: row.FolderName,
  })),
  resourcepools: toChildren({ ResourcePoolIdentifier: needed, ResourcepoolName: needed }, (row) => ({
    identifier: row.ResourcePoolIdentifier,
    name: row.ResourcepoolName,
  })),
  orgvdcs: toChildren({ Identifier: needed, OrgVdcName: needed }, (row) => ({
    identifier: row.Identifier,
    name: row.OrgVdcName,
  })),
  vcdvapps: toChildren({ VcdName: needed, VcdVappIdentifier: needed }, (row) => ({
    identifier: row.VcdVappIdentifier,
    name: row.VcdName,
  })),
  storagepolicies: toChildren(
    { IsEnabled: flag, StoragePolicyIdentifier: needed, StoragePolicyName: needed },
    (row) => ({
      identifier: row.StoragePolicyIdentifier,
      name: row.StoragePolicyName,
      status: row.IsEnabled === null ? null : row.IsEnabled ? 'Enabled' : 'Disabled',
    }),
  ),
} as const
