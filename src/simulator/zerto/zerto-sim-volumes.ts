import { resolvePlace, vraNameOf, type NamedThing } from './zerto-sim-infrastructure.ts'
import type { View } from './zerto-sim-links.ts'
import { placementOf } from './zerto-sim-vm-view.ts'
import { hashUuid, type SimVm, type SimVpg } from './zerto-sim-vpg.ts'

/** One disk that Zerto knows at a site. */
export interface SimVolume {
  readonly type: 'Protected' | 'Recovery' | 'Journal' | 'Scratch' | 'Appliance'
  readonly id: string
  readonly datastore: NamedThing
  /** The machine it is attached to. */
  readonly owner: NamedThing
  /** What it protects; null for the disk of an appliance. */
  readonly protects: { readonly vm: NamedThing; readonly vpg: SimVpg } | null
  readonly provisionedMb: number
  readonly usedMb: number
}

/** Identifier of the machine that an appliance is. */
const vraVmOf = (host: NamedThing): NamedThing => ({
  identifier: host.identifier.replace('.host-', '.vm-9'),
  name: vraNameOf(host.name),
})

/** What one machine of one group has at the site that was asked. */
const volumesOf = (view: View, vpg: SimVpg, vm: SimVm): readonly SimVolume[] => {
  const { site } = view
  const protects = { vm: { identifier: vm.identifiers[vpg.protectedSite], name: vm.name }, vpg }
  const volume = (type: SimVolume['type'], datastore: NamedThing, owner: NamedThing, share: number): SimVolume => ({
    type,
    datastore,
    owner,
    protects,
    id: hashUuid(`${vpg.id}${vm.name}${type}`),
    provisionedMb: Math.ceil(vm.provisionedMb * share),
    usedMb: Math.ceil(vm.usedMb * share),
  })
  if (vpg.protectedSite === site.index) {
    return [volume('Protected', placementOf(site, vm).datastore, protects.vm, 1)]
  }
  const { host, datastore } = resolvePlace(site.infrastructure, vpg.recovery, vm.name)
  const owner = vraVmOf(host)
  return [
    volume('Recovery', datastore, owner, 1),
    volume('Journal', datastore, owner, 0.05),
    ...(vpg.test === null ? [] : [volume('Scratch', datastore, owner, 0.02)]),
  ]
}

/** Every disk at the site that was asked: protected here, recovered here, and those of the appliances. */
export const listVolumes = (view: View): readonly SimVolume[] => {
  const { world, site } = view
  const [datastore] = site.infrastructure.datastores
  const appliances = site.infrastructure.hosts.flatMap((host): SimVolume[] =>
    datastore === undefined
      ? []
      : [
          {
            datastore,
            type: 'Appliance',
            id: hashUuid(`${host.identifier}appliance`),
            owner: vraVmOf(host),
            protects: null,
            provisionedMb: 13_312,
            usedMb: 4096,
          },
        ],
  )
  const groups = [...world.vpgs.values()]
  return [...groups.flatMap((vpg) => vpg.vms.flatMap((vm) => volumesOf(view, vpg, vm))), ...appliances]
}

const bytes = (megabytes: number): number => megabytes * 1_048_576

const named = (thing: NamedThing | null) => (thing === null ? null : { Identifier: thing.identifier, Name: thing.name })

/** What every call says of a disk: what it is for, where it lies and how large it is. */
export const toDiskApi = (volume: SimVolume) => {
  const fileName = `${volume.protects?.vm.name ?? volume.owner.name}-${volume.type.toLowerCase()}.vmdk`
  const relative = `${volume.owner.name}/${fileName}`
  return {
    VolumeType: volume.type,
    VolumeIdentifier: volume.id,
    Path: { Full: `[${volume.datastore.name}] ${relative}`, Relative: relative, FileName: fileName },
    Size: { UsedInBytes: bytes(volume.usedMb), ProvisionedInBytes: bytes(volume.provisionedMb) },
    Datastore: named(volume.datastore),
  }
}

/** A disk as `GET /v1/volumes` lists it. */
export const toVolumeApi = (volume: SimVolume): object => {
  const vpg = volume.protects?.vpg
  return {
    ...toDiskApi(volume),
    IsThinProvisioned: true,
    OwningVm: named(volume.owner),
    ProtectedVm: named(volume.protects?.vm ?? null),
    Vpg: vpg === undefined ? null : { Identifier: vpg.id, Name: vpg.name },
    StoragePolicy: null,
  }
}

const usageOf = (volumes: readonly SimVolume[], type?: SimVolume['type']) => {
  const rows = type === undefined ? volumes : volumes.filter((volume) => volume.type === type)
  return {
    UsedInBytes: bytes(rows.reduce((sum, { usedMb }) => sum + usedMb, 0)),
    ProvisionedInBytes: bytes(rows.reduce((sum, { provisionedMb }) => sum + provisionedMb, 0)),
  }
}

/** What else lies on a datastore, and how large it is at least. */
const otherBytes = bytes(512 * 1024)
const smallestBytes = bytes(4 * 1024 * 1024)

/** What lies on one datastore; it is always half as large again as what is on it. */
export const toDatastoreUsageApi = (volumes: readonly SimVolume[]): object => {
  const all = usageOf(volumes)
  const used = all.UsedInBytes + otherBytes
  const capacity = Math.max(smallestBytes, Math.ceil(used * 1.5))
  return {
    Datastore: {
      CapacityInBytes: capacity,
      FreeInBytes: capacity - used,
      UsedInBytes: used,
      ProvisionedInBytes: all.ProvisionedInBytes + otherBytes,
    },
    Zerto: {
      Protected: usageOf(volumes, 'Protected'),
      Recovery: usageOf(volumes, 'Recovery'),
      Journal: usageOf(volumes, 'Journal'),
      Scratch: usageOf(volumes, 'Scratch'),
      Appliances: usageOf(volumes, 'Appliance'),
      Unknown: { UsedInBytes: 0, ProvisionedInBytes: 0 },
    },
  }
}
