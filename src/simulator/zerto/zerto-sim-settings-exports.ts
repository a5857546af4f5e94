import { isRecord, jsonReply, memberOf, ZvmRefusal } from './zerto-sim-request.ts'
import { get, type Call, type Route } from './zerto-sim-router.ts'
import { requireLicense } from './zerto-sim-rules.ts'
import { asProfile } from './zerto-sim-profile.ts'
import { commitSettings } from './zerto-sim-settings-commit.ts'
import { mergeObject, newSettings, settingsShape } from './zerto-sim-settings-document.ts'
import { settingsOf } from './zerto-sim-settings-of-vpg.ts'
import { otherSite, type SimVpg } from './zerto-sim-vpg.ts'

/** The settings of one group as an export keeps them. */
interface ExportedVpg {
  readonly name: string
  readonly sourceSiteName: string
  readonly targetSiteName: string
  readonly api: object
}

/** Exports kept; the oldest goes first. */
const exportsKept = 100

/** What one ZVM has exported, by the moment it did, in ISO. */
export class SettingsExports {
  readonly #exports = new Map<string, readonly ExportedVpg[]>()

  /** Resolves a moment of its own: a second export of the same millisecond counts as the next one. */
  add(now: number, vpgs: readonly ExportedVpg[]): string {
    let time = now
    while (this.#exports.has(new Date(time).toISOString())) time += 1
    const timeStamp = new Date(time).toISOString()
    this.#exports.set(timeStamp, vpgs)
    const oldest = this.#exports.keys().next().value
    if (this.#exports.size > exportsKept && oldest !== undefined) this.#exports.delete(oldest)
    return timeStamp
  }

  list(): readonly string[] {
    return [...this.#exports.keys()]
  }

  /** @throws ZvmRefusal when nothing was exported then. */
  get(timeStamp: string): readonly ExportedVpg[] {
    const time = Date.parse(timeStamp)
    const found = Number.isNaN(time) ? undefined : this.#exports.get(new Date(time).toISOString())
    if (found === undefined) throw ZvmRefusal.unknown('Exported settings', timeStamp)
    return found
  }
}

/** The groups of these names; all of them for an empty list. @throws ZvmRefusal for a name that no group has. */
const requireVpgs = (call: Call, names: readonly string[]): readonly SimVpg[] => {
  const vpgs = [...call.world.vpgs.values()]
  if (names.length === 0) return vpgs
  return names.map((name) => {
    const vpg = vpgs.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
    if (vpg === undefined) throw ZvmRefusal.rule(`No VPG is named ${name}.`)
    return vpg
  })
}

const toExported = (call: Call, vpg: SimVpg): ExportedVpg => {
  const { sites, profile } = call.world
  const names = {
    sourceSiteName: sites[vpg.protectedSite].name,
    targetSiteName: sites[otherSite(vpg.protectedSite)].name,
  }
  return {
    ...names,
    name: vpg.name,
    api: {
      SourceSiteName: names.sourceSiteName,
      TargetSiteName: names.targetSiteName,
      VpgIdentifier: vpg.id,
      VpgSettingsIdentifier: null,
      ...asProfile(profile, 'settings', settingsOf(call.world, vpg)),
    },
  }
}

const exportSettings = (call: Call): object => {
  const vpgs = requireVpgs(call, call.body().texts('VpgNames'))
  const timeStamp = call.exports.add(
    call.now,
    vpgs.map((vpg) => toExported(call, vpg)),
  )
  return { TimeStamp: timeStamp, ExportResult: { Result: 'Success', Message: '' } }
}

const readExport = (call: Call): object => {
  const wanted = call
    .body()
    .texts('VpgNames')
    .map((name) => name.toLowerCase())
  const vpgs = call.exports.get(call.param('time'))
  const named = vpgs.filter(({ name }) => wanted.length === 0 || wanted.includes(name.toLowerCase()))
  return { ExportedVpgSettingsApi: named.map(({ api }) => api), ErrorMessage: null }
}

/** Creates a group from exported settings. What does not hold together is a result, not a refusal of the call. */
const importOne = (call: Call, name: string, settings: unknown) => {
  try {
    const merged = mergeObject(settingsShape, settings, newSettings())
    return { name, taskId: commitSettings(call.world, merged, null, call).id, error: null }
  } catch (error) {
    if (error instanceof ZvmRefusal) return { name, taskId: null, error: error.message }
    throw error
  }
}

const importSettings = (call: Call): object => {
  requireLicense(call.world)
  const body = call.body()
  const wanted = body.texts('VpgNames').map((name) => name.toLowerCase())
  const given = memberOf(body.value, 'ExportedVpgSettingsApi')
  const rows = (Array.isArray(given) ? given : []).filter(isRecord).map((settings) => {
    const name = memberOf(memberOf(settings, 'Basic'), 'Name')
    return { settings, name: typeof name === 'string' ? name : '' }
  })
  const results = rows
    .filter(({ name }) => wanted.length === 0 || wanted.includes(name.toLowerCase()))
    .map(({ name, settings }) => importOne(call, name, settings))
  return {
    ValidationFailedResults: results.flatMap(({ name, error }) =>
      error === null ? [] : [{ VpgName: name, ErrorMessages: [error] }],
    ),
    ImportFailedResults: [],
    ImportTaskIdentifiers: results.flatMap(({ name, taskId }) =>
      taskId === null ? [] : [{ VpgName: name, TaskIdentifier: taskId }],
    ),
  }
}

const post = (path: string, run: (call: Call) => unknown): Route => ({
  method: 'POST',
  path,
  handle: (call) => jsonReply(run(call)),
})

/** Settings of groups as documents: exported, read again, and made into groups. */
export const exportRoutes: readonly Route[] = [
  post('/vpgsettings/exportsettings', exportSettings),
  get('/vpgsettings/exportedsettings', (call) => call.exports.list().map((timeStamp) => ({ TimeStamp: timeStamp }))),
  post('/vpgsettings/exportedsettings/:time', readExport),
  get('/vpgsettings/exportedsettings/:time/vpgsinfo', (call) =>
    call.exports.get(call.param('time')).map(({ name, sourceSiteName, targetSiteName }) => ({
      VpgName: name,
      SourceSiteName: sourceSiteName,
      TargetSiteName: targetSiteName,
    })),
  ),
  post('/vpgsettings/import', importSettings),
]
