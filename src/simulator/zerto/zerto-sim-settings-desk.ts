import { settingsIdleSeconds } from './zerto-sim-inferred.ts'
import { isRecord, memberOf, ZvmRefusal } from './zerto-sim-request.ts'
import { requireVpg } from './zerto-sim-rules.ts'
import { commitSettings } from './zerto-sim-settings-commit.ts'
import {
  mergeObject,
  mergeSettings,
  newSettings,
  newVmSettings,
  settingsOf,
  settingsShape,
  vmShape,
  type SettingsPart,
} from './zerto-sim-settings-document.ts'
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
  readonly vpgId: string | null
  settings: SettingsPart
  usedAt: number
}

/** The settings objects that are being edited at one ZVM. Each dies when it is committed, deleted or left alone. */
export class SettingsDesk {
  readonly #world: ZertoWorld
  readonly #drafts = new Map<string, Draft>()

  constructor(world: ZertoWorld) {
    this.#world = world
  }

  /** Opens settings: empty for `{}`, those of a group for its VpgIdentifier, with what the body gives besides. */
  open(body: unknown, now: number): string {
    const vpgId = memberOf(body, 'VpgIdentifier')
    const vpg = typeof vpgId === 'string' && vpgId !== '' ? requireVpg(this.#world, vpgId) : null
    const base = vpg === null ? newSettings() : settingsOf(this.#world, vpg)
    const settings = mergeObject(settingsShape, body, base)
    const draft = { id: this.#world.random.uuid(), vpgId: vpg?.id ?? null, settings, usedAt: now }
    this.#forgetUnused(now)
    this.#drafts.set(draft.id, draft)
    return draft.id
  }

  list(now: number): readonly SettingsPart[] {
    this.#forgetUnused(now)
    return [...this.#drafts.values()].map(toApi)
  }

  get(id: string, now: number): SettingsPart {
    return toApi(this.#require(id, now))
  }

  getPart(id: string, part: SettingsPartName, now: number): unknown {
    return this.#require(id, now).settings[part]
  }

  put(id: string, body: unknown, now: number): void {
    const draft = this.#require(id, now)
    draft.settings = mergeObject(settingsShape, body, draft.settings)
  }

  putPart(id: string, part: SettingsPartName, body: unknown, now: number): void {
    const draft = this.#require(id, now)
    const value = mergeSettings(settingsShape[part], body, draft.settings[part], part)
    draft.settings = { ...draft.settings, [part]: value }
  }

  listVms(id: string, now: number): readonly SettingsPart[] {
    return vmsOf(this.#require(id, now))
  }

  /** @throws ZvmRefusal when the settings do not hold this machine. */
  getVm(id: string, vmIdentifier: string, now: number): SettingsPart {
    const vm = this.listVms(id, now).find((item) => item['VmIdentifier'] === vmIdentifier)
    if (vm === undefined) throw ZvmRefusal.unknown('Virtual machine', vmIdentifier)
    return vm
  }

  /** Adds a machine, with what the body says about it. */
  addVm(id: string, body: unknown, now: number): void {
    const draft = this.#require(id, now)
    const vmIdentifier = memberOf(body, 'VmIdentifier')
    if (typeof vmIdentifier !== 'string') throw ZvmRefusal.badInput('VmIdentifier is missing.')
    const vm = mergeObject(vmShape, body, newVmSettings(vmIdentifier), 'Vm')
    const others = vmsOf(draft).filter((item) => item['VmIdentifier'] !== vmIdentifier)
    draft.settings = { ...draft.settings, Vms: [...others, vm] }
  }

  putVm(id: string, vmIdentifier: string, body: unknown, now: number): void {
    const before = this.getVm(id, vmIdentifier, now)
    const after = { ...mergeObject(vmShape, body, before, 'Vm'), VmIdentifier: vmIdentifier }
    const draft = this.#require(id, now)
    draft.settings = { ...draft.settings, Vms: vmsOf(draft).map((item) => (item === before ? after : item)) }
  }

  removeVm(id: string, vmIdentifier: string, now: number): void {
    const vm = this.getVm(id, vmIdentifier, now)
    const draft = this.#require(id, now)
    draft.settings = { ...draft.settings, Vms: vmsOf(draft).filter((item) => item !== vm) }
  }

  /** Commits; the settings object is gone afterwards. A refusal leaves it as it was. */
  commit(id: string, caller: Caller): SimTask {
    const draft = this.#require(id, caller.now)
    const vpg = draft.vpgId === null ? null : requireVpg(this.#world, draft.vpgId)
    const task = commitSettings(this.#world, draft.settings, vpg, caller)
    this.#drafts.delete(draft.id)
    return task
  }

  delete(id: string, now: number): void {
    this.#drafts.delete(this.#require(id, now).id)
  }

  #require(id: string, now: number): Draft {
    this.#forgetUnused(now)
    const draft = this.#drafts.get(id.toLowerCase())
    if (draft === undefined) throw ZvmRefusal.unknown('VPG settings', id)
    draft.usedAt = now
    return draft
  }

  #forgetUnused(now: number): void {
    for (const draft of this.#drafts.values()) {
      if (now - draft.usedAt >= settingsIdleSeconds * 1000) this.#drafts.delete(draft.id)
    }
  }
}

const vmsOf = (draft: Draft): readonly SettingsPart[] => {
  const value = draft.settings['Vms']
  return Array.isArray(value) ? value.filter(isRecord) : []
}

const toApi = (draft: Draft): SettingsPart => ({
  VpgIdentifier: draft.vpgId,
  VpgSettingsIdentifier: draft.id,
  ...draft.settings,
})
