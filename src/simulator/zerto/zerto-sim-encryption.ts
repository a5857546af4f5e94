import { linkTo, linkToVm, linkToVpg, type Link } from './zerto-sim-links.ts'
import { emptyReply, ZvmRefusal } from './zerto-sim-request.ts'
import { get, type Call, type Route } from './zerto-sim-router.ts'
import { requireVpg } from './zerto-sim-rules.ts'
import { listVolumes, toDiskApi, type SimVolume } from './zerto-sim-volumes.ts'
import { hashFraction, type SimVm, type SimVpg } from './zerto-sim-vpg.ts'

const toVpgLink = (call: Call, vpg: SimVpg): Link & { readonly name: string } => ({
  ...linkToVpg(call, vpg.id),
  name: vpg.name,
})

/** The link to a machine: this family of calls has its own, with a name. */
const toVmLink = (call: Call, vpg: SimVpg, vm: SimVm): object => ({
  ...linkTo(call, 'vms', vm.identifiers[vpg.protectedSite], 'VmApi'),
  href: linkToVm(call, vpg, vm).href,
  instance_identifier: null,
  name: vm.name,
})

const associated = ({ id, name }: SimVpg) => [{ Identifier: id, Name: name }]

/** What a machine writes, in megabytes: much of a suspicious one's data is encrypted. */
const toMetrics = (call: Call, key: string, level: number): object => {
  const written = Math.floor(hashFraction(`${key}${Math.floor(call.now / 60_000)}`) * 1000)
  const encrypted = Math.floor(written * (level === 0 ? 0.1 : 0.9))
  return { NonEncryptedData: written - encrypted, EncryptedData: encrypted, TrendChangeLevel: level }
}

interface Row {
  readonly vpg: SimVpg
  readonly level: number
}

const listRows = (call: Call, isOnlySuspected: boolean): readonly Row[] => {
  const rows = [...call.world.vpgs.values()].map((vpg) => ({ vpg, level: call.world.suspicionLevels.get(vpg.id) ?? 0 }))
  return isOnlySuspected ? rows.filter(({ level }) => level > 0) : rows
}

const toVolumeRow = (call: Call, volume: SimVolume) => {
  const { vm, vpg } = volume.protects ?? {}
  return {
    vpg,
    level: call.world.suspicionLevels.get(vpg?.id ?? '') ?? 0,
    common: {
      VolumeIdentifier: volume.id,
      AssociatedVm: vm === undefined ? null : { Identifier: vm.identifier, Name: vm.name },
      AssociatedVpgs: vpg === undefined ? [] : associated(vpg),
    },
  }
}

const listProtected = (call: Call): readonly SimVolume[] => listVolumes(call).filter(({ type }) => type === 'Protected')

const toSuspectedVolume = (call: Call, volume: SimVolume): object => {
  const { common, level } = toVolumeRow(call, volume)
  return { ...common, ...toDiskApi(volume), SuspicionLevel: level }
}

const base = '/encryptiondetection'
const profile = 'zvma'

const read = (path: string, list: (call: Call) => unknown): Route => get(`${base}${path}`, list, profile)

const write = (path: string, change: (call: Call) => void): Route => ({
  method: 'POST',
  path: `${base}${path}`,
  profile,
  handle: (call) => {
    change(call)
    return emptyReply
  },
})

/** What looks as if somebody were encrypting it: version 10 only. Which groups do is set in the world by a test. */
export const encryptionRoutes: readonly Route[] = [
  read('/suspected/vpgs', (call) =>
    listRows(call, true).map(({ vpg, level }) => ({ Link: toVpgLink(call, vpg), SuspicionLevel: level })),
  ),
  read('/suspected/vms', (call) =>
    listRows(call, true).flatMap(({ vpg, level }) =>
      vpg.vms.map((vm) => ({
        Link: toVmLink(call, vpg, vm),
        SuspicionLevel: level,
        AssociatedVpgs: associated(vpg),
      })),
    ),
  ),
  read('/suspected/volumes', (call) =>
    listProtected(call)
      .filter((volume) => toVolumeRow(call, volume).level > 0)
      .map((volume) => toSuspectedVolume(call, volume)),
  ),
  read('/metrics/vpgs', (call) =>
    listRows(call, false).map(({ vpg, level }) => ({
      Link: toVpgLink(call, vpg),
      EncryptionMetrics: toMetrics(call, vpg.id, level),
    })),
  ),
  read('/metrics/vms', (call) =>
    listRows(call, false).flatMap(({ vpg, level }) =>
      vpg.vms.map((vm) => ({
        Link: toVmLink(call, vpg, vm),
        AssociatedVpgs: associated(vpg),
        EncryptionMetrics: toMetrics(call, `${vpg.id}${vm.name}`, level),
      })),
    ),
  ),
  read('/metrics/volumes', (call) =>
    listProtected(call).map((volume) => {
      const { common, level } = toVolumeRow(call, volume)
      return { ...common, EncryptionMetrics: toMetrics(call, volume.id, level) }
    }),
  ),
  read('/state', (call) => ({ EncryptionDetectionEnabled: call.world.isEncryptionDetectionOn })),
  write('/state', (call) => {
    const isOn = call.body().flag('EncryptionDetectionEnabled')
    if (isOn === null) throw ZvmRefusal.badInput('EncryptionDetectionEnabled is missing.')
    call.world.isEncryptionDetectionOn = isOn
  }),
  write('/dismissevent', (call) => {
    const vpgs = call
      .body()
      .texts('VpgIdentifiers')
      .map((id) => requireVpg(call.world, id))
    for (const vpg of vpgs) call.world.suspicionLevels.delete(vpg.id)
  }),
]
