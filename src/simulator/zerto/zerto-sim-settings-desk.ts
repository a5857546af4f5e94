import { settingsIdleSeconds } from './zerto-sim-inferred.ts'
import { asProfile } from './zerto-sim-profile.ts'
import { isRecord, memberOf, ZvmRefusal } from './zerto-sim-request.ts'
import { requireVpg } from './zerto-sim-rules.ts'
import { commitSettings } from './zerto-sim-settings-commit.ts'
import {
  mergeObject,
  mergeSettings,
  newSettings,
  newVmSettings,
  settingsShape,
  vmShape,
  type SettingsPart,
} from './zerto-sim-settings-document.ts'
import { settingsOf } from './zerto-sim-settings-of-vpg.ts'
import type { SimTask } from './zerto-sim-tasks.ts'
import type { Caller, ZertoWorld } from './zerto-world.ts'

/** The parts that have a path of their own, by its last segment in lower case. */
export const settingsParts = {
  basic: 'Basic',
  journal: 'Journal',
  scratch: 'Scratch',
  recovery: 'Recovery',
  networks: 'Networks',
  bootgroup: 'BootGroups',
  scripting: 'Scripting',
  ltr: 'LongTermRetention',
} as const

/** A member of a settings object that has a path of its own. */
export type SettingsPartName = (typeof settingsParts)[keyof typeof settingsParts]

interface Draft {
  readonly id: string
  /** The session that opened it; null on an appliance. */
  readonly session: string | null
  readonly vpgId: string | null
  settings: SettingsPart
  usedAt: number
}

/** Who asks, and when. */
type Asker = Pick<Caller, 'session' | 'now'>

/** The lists of a machine that have paths of their own, by the last segment, with what names a row. */
export const vmLists = {
  volumes: { list: 'Volumes', identifier: 'VolumeIdentifier' },
  nics: { list: 'Nics', identifier: 'NicIdentifier' },
} as const

/** See {@link vmLists}. */
export type VmListName = keyof typeof vmLists

/**
 * The settings objects that are being edited at one ZVM. Each dies when it is committed, deleted or left alone, and
 * belongs to the session that opened it, where there are sessions.
 */
export class SettingsDesk {
  readonly #world: ZertoWorld
  readonly #drafts = new Map<string, Draft>()

  constructor(world: ZertoWorld) {
    this.#world = world
  }

  /**
   * Opens settings: empty for `{}`, those of a group for its VpgIdentifier, with what the body gives besides.
   *
   * @param isRepopulated Machines as the group's defaults say, instead of as they were committed.
   */
  open(body: unknown, isRepopulated: boolean, asker: Asker): string {
    const vpgId = memberOf(body, 'VpgIdentifier')
    const vpg = typeof vpgId === 'string' && vpgId !== '' ? requireVpg(this.#world, vpgId) : null
    const base =
      vpg === null ? newSettings() : settingsOf(this.#world, isRepopulated ? { ...vpg, settings: null } : vpg)
    return this.#keep(vpg?.id ?? null, mergeObject(settingsShape, body, base), asker)
  }

  /** Opens the settings of a new group that are those of another one but for the name. */
  copy(vpgId: string, asker: Asker): string {
    const vpg = requireVpg(this.#world, vpgId)
    const settings = settingsOf(this.#world, vpg)
    const names = new Set([...this.#world.vpgs.values()].map(({ name }) => name))
    let number = 1
    while (names.has(`${vpg.name}_Copy_${number}`)) number += 1
    const renamed = mergeObject(settingsShape, { Basic: { Name: `${vpg.name}_Copy_${number}` } }, settings)
    return this.#keep(null, renamed, asker)
  }

  list(asker: Asker): readonly SettingsPart[] {
    this.#forgetUnused(asker.now)
    const own = [...this.#drafts.values()].filter(({ session }) => session === asker.session)
    return own.map((draft) => this.#toApi(draft))
  }

  get(id: string, asker: Asker): SettingsPart {
    return this.#toApi(this.#require(id, asker))
  }

  /** One part as {@link SettingsDesk.get} shows it. */
  getPart(id: string, part: SettingsPartName, asker: Asker): unknown {
    return this.get(id, asker)[part]
  }

  put(id: string, body: unknown, asker: Asker): void {
    const draft = this.#require(id, asker)
    draft.settings = mergeObject(settingsShape, body, draft.settings)
  }

  putPart(id: string, part: SettingsPartName, body: unknown, asker: Asker): void {
    const draft = this.#require(id, asker)
    const value = mergeSettings(settingsShape[part], body, draft.settings[part], part)
    draft.settings = { ...draft.settings, [part]: value }
  }

  listVms(id: string, asker: Asker): readonly SettingsPart[] {
    return rowsOf(this.get(id, asker), 'Vms')
  }

  /** @throws ZvmRefusal when the settings do not hold this machine. */
  getVm(id: string, vmIdentifier: string, asker: Asker): SettingsPart {
    return requireRow(this.listVms(id, asker), 'VmIdentifier', vmIdentifier)
  }

  /** Adds a machine, with what the body says about it. */
  addVm(id: string, body: unknown, asker: Asker): void {
    const draft = this.#require(id, asker)
    const vmIdentifier = memberOf(body, 'VmIdentifier')
    if (typeof vmIdentifier !== 'string') throw ZvmRefusal.badInput('VmIdentifier is missing.')
    const vm = mergeObject(vmShape, body, newVmSettings(vmIdentifier), 'Vm')
    const others = rowsOf(draft.settings, 'Vms').filter((item) => item['VmIdentifier'] !== vmIdentifier)
    draft.settings = { ...draft.settings, Vms: [...others, vm] }
  }

  putVm(id: string, vmIdentifier: string, body: unknown, asker: Asker): void {
    this.#changeVm(id, vmIdentifier, asker, (vm) => ({
      ...mergeObject(vmShape, body, vm, 'Vm'),
      VmIdentifier: vm['VmIdentifier'],
    }))
  }

  removeVm(id: string, vmIdentifier: string, asker: Asker): void {
    const draft = this.#require(id, asker)
    const rows = rowsOf(draft.settings, 'Vms')
    const vm = requireRow(rows, 'VmIdentifier', vmIdentifier)
    draft.settings = { ...draft.settings, Vms: rows.filter((item) => item !== vm) }
  }

  /** The volumes or network cards of a machine. */
  listOfVm(id: string, vmIdentifier: string, name: VmListName, asker: Asker): readonly SettingsPart[] {
    return rowsOf(this.getVm(id, vmIdentifier, asker), vmLists[name].list)
  }

  /** One of them. @throws ZvmRefusal when the machine has none of this identifier. */
  getOfVm(
    id: string,
    path: { readonly vm: string; readonly row: string },
    name: VmListName,
    asker: Asker,
  ): SettingsPart {
    return requireRow(this.listOfVm(id, path.vm, name, asker), vmLists[name].identifier, path.row)
  }

  putOfVm(
    id: string,
    path: { readonly vm: string; readonly row: string },
    name: VmListName,
    body: unknown,
    asker: Asker,
  ): void {
    const { list, identifier } = vmLists[name]
    this.#changeVm(id, path.vm, asker, (vm) => {
      const rows = rowsOf(vm, list)
      const before = requireRow(rows, identifier, path.row)
      const after = { ...mergeObject(vmShape[list][0], body, before, list), [identifier]: before[identifier] }
      return { ...vm, [list]: rows.map((row) => (row === before ? after : row)) }
    })
  }

  /** Commits; the settings object is gone afterwards. A refusal leaves it as it was. */
  commit(id: string, caller: Caller): SimTask {
    const draft = this.#require(id, caller)
    const vpg = draft.vpgId === null ? null : requireVpg(this.#world, draft.vpgId)
    const task = commitSettings(this.#world, draft.settings, vpg, caller)
    this.#drafts.delete(draft.id)
    return task
  }

  delete(id: string, asker: Asker): void {
    this.#drafts.delete(this.#require(id, asker).id)
  }

  #keep(vpgId: string | null, settings: SettingsPart, { session, now }: Asker): string {
    this.#forgetUnused(now)
    const draft = { id: this.#world.random.uuid(), session, vpgId, settings, usedAt: now }
    this.#drafts.set(draft.id, draft)
    return draft.id
  }

  #changeVm(id: string, vmIdentifier: string, asker: Asker, change: (vm: SettingsPart) => SettingsPart): void {
    const draft = this.#require(id, asker)
    const rows = rowsOf(draft.settings, 'Vms')
    const before = requireRow(rows, 'VmIdentifier', vmIdentifier)
    const after = change(before)
    draft.settings = { ...draft.settings, Vms: rows.map((item) => (item === before ? after : item)) }
  }

  #require(id: string, { session, now }: Asker): Draft {
    this.#forgetUnused(now)
    const draft = this.#drafts.get(id.toLowerCase())
    if (draft === undefined || draft.session !== session) throw ZvmRefusal.unknown('VPG settings', id)
    draft.usedAt = now
    return draft
  }

  #forgetUnused(now: number): void {
    for (const draft of this.#drafts.values()) {
      if (now - draft.usedAt >= settingsIdleSeconds * 1000) this.#drafts.delete(draft.id)
    }
  }

  #toApi(draft: Draft): SettingsPart {
    const { profile } = this.#world
    const api = { VpgIdentifier: draft.vpgId, VpgSettingsIdentifier: draft.id, ...draft.settings }
    return { ...asProfile(profile, 'settings', api) }
  }
}

const rowsOf = (part: SettingsPart, name: string): readonly SettingsPart[] => {
  const value = part[name]
  return Array.isArray(value) ? value.filter(isRecord) : []
}

const requireRow = (rows: readonly SettingsPart[], name: string, identifier: string): SettingsPart => {
  const row = rows.find((candidate) => candidate[name] === identifier)
  if (row === undefined) throw ZvmRefusal.unknown(name.replace('Identifier', ''), identifier)
  return row
}
