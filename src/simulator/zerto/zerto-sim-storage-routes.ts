import { enumNames } from './zerto-sim-enums.ts'
import { filterRows, numbered } from './zerto-sim-filters.ts'
import { clusterOf, type NamedThing } from './zerto-sim-infrastructure.ts'
import { ZvmRefusal } from './zerto-sim-request.ts'
import { get, type Call, type Route } from './zerto-sim-router.ts'
import { listVolumes, toDatastoreUsageApi, toVolumeApi, type SimVolume } from './zerto-sim-volumes.ts'
import { listVras, toVraApi, vraFilters } from './zerto-sim-vras.ts'

const countVms = (volumes: readonly SimVolume[], type: SimVolume['type']): number =>
  volumes.filter((volume) => volume.type === type).length

const toDatastoreApi = (call: Call, datastore: NamedThing, all: readonly SimVolume[]): object => {
  const { infrastructure } = call.site
  const cluster = clusterOf(infrastructure, datastore.identifier)
  const volumes = all.filter((volume) => volume.datastore.identifier === datastore.identifier)
  const index = infrastructure.datastores.indexOf(datastore)
  return {
    DatastoreIdentifier: datastore.identifier,
    DatastoreName: datastore.name,
    Config: {
      Devices: [`naa.600140500000000000000000000000${10 + index}`],
      Type: 'VMFS',
      OwningDatastoreCluster:
        cluster === null
          ? null
          : { DatastoreClusterIdentifier: cluster.identifier, DatastoreClusterName: cluster.name },
    },
    Stats: {
      NumVRAs: countVms(volumes, 'Appliance'),
      NumIncomingVMs: countVms(volumes, 'Recovery'),
      NumOutgoingVMs: countVms(volumes, 'Protected'),
      AvailabilityStatus: 'Normal',
      Usage: toDatastoreUsageApi(volumes),
    },
    Health: { Status: 'Normal', Alerts: [] },
  }
}

const getDatastore = (call: Call): object => {
  const id = call.param('datastore')
  const datastore = call.site.infrastructure.datastores.find(({ identifier }) => identifier === id)
  if (datastore === undefined) throw ZvmRefusal.unknown('Datastore', id)
  return toDatastoreApi(call, datastore, listVolumes(call))
}

const filterVolumes = (call: Call): readonly SimVolume[] =>
  filterRows(listVolumes(call), call.request, {
    volumeType: ({ type }) => numbered(enumNames.volumeType, enumNames.volumeType.indexOf(type)),
    vpgIdentifier: ({ protects }) => [protects?.vpg.id ?? ''],
    datastoreIdentifier: ({ datastore }) => [datastore.identifier],
    protectedVmIdentifier: ({ protects }) => [protects?.vm.identifier ?? ''],
    owningVmIdentifier: ({ owner }) => [owner.identifier],
  })

const getVra = (call: Call): object => {
  const vra = listVras(call).find(({ id }) => id === call.param('vra'))
  if (vra === undefined) throw ZvmRefusal.unknown('VRA', call.param('vra'))
  return toVraApi(call, vra)
}

/** Datastores, disks and replication appliances of the site that was asked. */
export const storageRoutes: readonly Route[] = [
  get('/datastores', (call) => {
    const volumes = listVolumes(call)
    return call.site.infrastructure.datastores.map((datastore) => toDatastoreApi(call, datastore, volumes))
  }),
  get('/datastores/:datastore', getDatastore),
  get('/volumes', (call) => filterVolumes(call).map(toVolumeApi)),
  get('/vras', (call) => filterRows(listVras(call), call.request, vraFilters(call)).map((vra) => toVraApi(call, vra))),
  get('/vras/statuses', () => enumNames.vraStatus),
  get('/vras/ipconfigurationtypes', () => enumNames.vraIpConfiguration),
  get('/vras/:vra', getVra),
]
