import { retentionBounds, rpoBoundsMinutes } from './vcda-inferred.ts'
import {
  badInput,
  findFlag,
  findNumber,
  findObject,
  findObjects,
  findText,
  findWord,
  type JsonObject,
} from './vcda-sim-body.ts'
import { dataConnectionTypes, targetDiskTypes, type ReplicationSettings, type SlaProfile } from './vcda-sim-model.ts'
import type { RetentionRule } from './vcda-sim-timeline.ts'

const parseRule = (rule: JsonObject): RetentionRule => {
  const numberOfInstances = findNumber(rule, 'numberOfInstances') ?? 0
  const distance = findNumber(rule, 'distance') ?? 0
  if (!Number.isInteger(numberOfInstances) || numberOfInstances < 1) {
    throw badInput('numberOfInstances must be a positive whole number.', 'numberOfInstances')
  }
  if (!Number.isInteger(distance) || distance < 1) throw badInput('distance must be whole minutes.', 'distance')
  return { numberOfInstances, distance }
}

const parseRules = (body: JsonObject): readonly RetentionRule[] | null => {
  const policy = findObject(body, 'retentionPolicy')
  if (policy === null) return null
  const rules = (findObjects(policy, 'rules') ?? []).map(parseRule)
  const instances = rules.reduce((sum, rule) => sum + rule.numberOfInstances, 0)
  if (rules.length > retentionBounds.rules || instances > retentionBounds.instances) {
    throw badInput('Too many retention rules or instances.', 'retentionPolicy')
  }
  return rules
}

const parseRpo = (body: JsonObject): number | null => {
  const rpo = findNumber(body, 'rpo')
  if (rpo === null) return null
  const { lowest, highest } = rpoBoundsMinutes
  if (!Number.isInteger(rpo) || rpo < lowest || rpo > highest) {
    throw badInput(`rpo must be from ${lowest} to ${highest} minutes.`, String(rpo))
  }
  return rpo
}

type Members = { -readonly [K in keyof ReplicationSettings]?: ReplicationSettings[K] }

const findProfile = (body: JsonObject, profiles: ReadonlyMap<string, SlaProfile>): SlaProfile | null => {
  const id = findText(body, 'slaProfileId')
  if (id === null || id === '') return null
  const profile = profiles.get(id)
  if (profile === undefined) throw badInput(`SLA profile ${id} was not found.`, id)
  return profile
}

const parseCustom = (body: JsonObject): Members => {
  const members: Members = {}
  const rpo = parseRpo(body)
  const dataConnectionType = findWord(body, 'dataConnectionType', dataConnectionTypes)
  const quiesced = findFlag(body, 'quiesced')
  const rules = parseRules(body)
  if (rpo !== null) members.rpo = rpo
  if (dataConnectionType !== null) members.dataConnectionType = dataConnectionType
  if (quiesced !== null) members.quiesced = quiesced
  if (rules !== null) members.rules = rules
  return members
}

const parsePlain = (body: JsonObject): Members => {
  const members: Members = {}
  const description = findText(body, 'description')
  const initialSyncTime = findNumber(body, 'initialSyncTime')
  if (description !== null) members.description = description
  if (initialSyncTime !== null) {
    if (!Number.isInteger(initialSyncTime)) throw badInput('initialSyncTime must be whole milliseconds.')
    members.initialSyncTime = initialSyncTime
  }
  return members
}

/** `initialSyncTime` can be changed from 4.4 on; older appliances do not know the member there. */
const initialSyncTimeSince = 4.4

const parsePlainChange = (body: JsonObject, version: number): Members => {
  const { initialSyncTime, ...members } = parsePlain(body)
  if (version < initialSyncTimeSince || initialSyncTime === undefined) return members
  return { ...members, initialSyncTime }
}

const toProfileSettings = ({ id, rpo, rules, quiesced, dataConnectionType }: SlaProfile) => ({
  rpo,
  rules,
  quiesced,
  dataConnectionType,
  slaProfileId: id,
})

const unset: ReplicationSettings = {
  description: '',
  rpo: rpoBoundsMinutes.highest,
  dataConnectionType: 'ENCRYPTED_COMPRESSED',
  quiesced: false,
  rules: [],
  initialSyncTime: 0,
  targetDiskType: 'THIN',
  slaProfileId: null,
}

/**
 * The settings of a start. A profile replaces the custom values; a migration has 24 hours, no instances and no profile.
 *
 * @throws VcdaRefusal BadRequest or BadUserInput, also when neither `rpo` nor `slaProfileId` is given.
 */
export const parseNewSettings = (
  body: JsonObject,
  profiles: ReadonlyMap<string, SlaProfile>,
  isMigration: boolean,
): ReplicationSettings => {
  const custom = parseCustom(body)
  const targetDiskType = findWord(body, 'targetDiskType', targetDiskTypes) ?? unset.targetDiskType
  const settings = { ...unset, ...parsePlain(body), ...custom, targetDiskType }
  const profile = findProfile(body, profiles)
  if (isMigration) return { ...settings, rpo: rpoBoundsMinutes.highest, rules: [] }
  if (profile !== null) return { ...settings, ...toProfileSettings(profile) }
  if (custom.rpo === undefined) throw badInput('Either rpo or slaProfileId is required.', 'rpo')
  return settings
}

/**
 * What a reconfigure changes: absent members stay, and a custom value without a profile drops the old profile.
 *
 * @param version Of the appliance.
 *
 * @throws VcdaRefusal BadRequest or BadUserInput.
 */
export const parseChangedSettings = (
  body: JsonObject,
  profiles: ReadonlyMap<string, SlaProfile>,
  version: number,
): Partial<ReplicationSettings> => {
  const custom = parseCustom(body)
  const plain = parsePlainChange(body, version)
  const profile = findProfile(body, profiles)
  if (profile !== null) return { ...plain, ...toProfileSettings(profile) }
  const dropsProfile = Object.keys(custom).length > 0
  return { ...plain, ...custom, ...(dropsProfile ? { slaProfileId: null } : {}) }
}
