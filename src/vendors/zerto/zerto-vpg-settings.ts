/**
 * Starting and changing a VPG: a settings object is opened, filled and committed. Nothing starts before the commit, so
 * an answer lost on the way there means that nothing was done; the object that is left over is deleted, and would die
 * by itself after 30 minutes.
 */
import type { Acceptance, PreparedCall, SendOptions } from '../../domain/ports/vendor-adapter.ts'
import type { CommandOf } from '../../domain/command.ts'
import { DomainError } from '../../domain/errors.ts'
import { parseGlobalId } from '../../domain/global-id.ts'
import type { Logger } from '../../domain/ports/logger.ts'
import type { WireCall } from '../../domain/task.ts'
import type { ZertoClient } from './zerto-client.ts'
import { toVpgId } from './zerto-commands.ts'
import { toNothingStarted } from './zerto-errors.ts'
import { isNativeId, nilGuid } from './zerto-ids.ts'
import { groupWorkSchema, optionSchemas, optionsPath, parseInput, workPath, type GroupWork } from './zerto-options.ts'
import { toAcceptance } from './zerto-acceptance.ts'
import { findIdentifier } from './zerto-wire.ts'

/** Stands in the recorded calls for the identifier that the site gives when it opens the settings object. */
const settingsIdMark = '{vpgSettingsIdentifier}'

/** What a new VPG gets where the caller says nothing: the values of the vendor's own example settings. */
const defaults = {
  rpoSeconds: 300,
  journalHistoryHours: 24,
  testIntervalMinutes: 262_080,
  priority: 'MEDIUM',
  useWanCompression: true,
  journalHardLimitMegabytes: 153_600,
  journalWarningMegabytes: 115_200,
  scriptTimeoutSeconds: 300,
} as const

const priorityNames = { LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High' } as const

const toPath = (part = ''): string => `/v1/vpgSettings/${settingsIdMark}${part}`
const openCall = (body: unknown): WireCall => ({ method: 'POST', path: '/v1/vpgSettings', body })
const commitCall: WireCall = { method: 'POST', path: toPath('/commit'), body: null }

const withSettingsId = (call: WireCall, settingsId: string): WireCall => ({
  ...call,
  path: call.path.replace(settingsIdMark, encodeURIComponent(settingsId)),
})

/** A site's own GUID, from its global id or as it is. */
const toNativeSiteId = (id: unknown): unknown => {
  const key = typeof id === 'string' ? parseGlobalId(id) : null
  return key !== null && key.kind === 'Site' && key.vendor === 'ZERTO' ? key.nativeId : id
}

const requireServiceProfile = (slaProfileId: string | null, rpoSeconds: number | null): string | null => {
  if (slaProfileId === null) return null
  // Profiles are named by a GUID, as sites are.
  if (!isNativeId('Site', slaProfileId)) {
    throw DomainError.invalidInput('input.slaProfileId', 'not the GUID of a service profile')
  }
  if (rpoSeconds === null) return slaProfileId
  throw DomainError.invalidInput('input.rpoSeconds', 'comes from the service profile: give one of the two')
}

const refuseDescription = (description: string | null): void => {
  if (description === null) return
  throw DomainError.invalidInput('input.description', 'the settings of a VPG have no description')
}

const toBasic = (command: CommandOf<'START_REPLICATION'>, work: GroupWork) => {
  const profileId = requireServiceProfile(command.slaProfileId, command.rpoSeconds)
  const own = {
    RpoInSeconds: command.rpoSeconds ?? defaults.rpoSeconds,
    TestIntervalInMinutes: work.testIntervalMinutes ?? defaults.testIntervalMinutes,
    JournalHistoryInHours: work.journalHistoryHours ?? defaults.journalHistoryHours,
  }
  return {
    Name: work.name,
    ...(profileId === null ? own : {}),
    Priority: priorityNames[work.priority ?? defaults.priority],
    UseWanCompression: work.useWanCompression ?? defaults.useWanCompression,
    ServiceProfileIdentifier: profileId,
    ZorgIdentifier: work.organizationId ?? null,
    ProtectedSiteIdentifier: work.protectedSiteId,
    RecoverySiteIdentifier: work.recoverySiteId,
  }
}

const toNetwork = (networkId: string | null | undefined) => ({
  VCD: null,
  Hypervisor: { DefaultNetworkIdentifier: networkId ?? null },
  PublicCloud: null,
})

const toVm = (vm: GroupWork['vms'][number]) => ({
  VmIdentifier: vm.vmId,
  BootGroupIdentifier: nilGuid,
  Recovery: {
    HostIdentifier: vm.recoveryHostId ?? null,
    HostClusterIdentifier: null,
    DatastoreIdentifier: vm.recoveryDatastoreId ?? null,
    DatastoreClusterIdentifier: null,
    FolderIdentifier: vm.recoveryFolderId ?? null,
    ResourcePoolIdentifier: null,
  },
})

/** The whole settings. Volumes and NICs of the machines are left to the site, which knows them. */
const toSettings = (command: CommandOf<'START_REPLICATION'>, work: GroupWork) => {
  const script = { Command: null, Parameters: null, TimeoutInSeconds: defaults.scriptTimeoutSeconds }
  return {
    Basic: toBasic(command, work),
    BootGroups: { BootGroups: [{ BootGroupIdentifier: nilGuid, Name: 'Default', BootDelayInSeconds: 0 }] },
    Journal: {
      Limitation: {
        HardLimitInMB: work.journalHardLimitMegabytes ?? defaults.journalHardLimitMegabytes,
        HardLimitInPercent: 0,
        WarningThresholdInMB: work.journalWarningMegabytes ?? defaults.journalWarningMegabytes,
        WarningThresholdInPercent: 0,
      },
      DatastoreIdentifier: work.journalDatastoreId ?? null,
      DatastoreClusterIdentifier: null,
    },
    Recovery: {
      DefaultHostIdentifier: work.defaultHostId ?? null,
      DefaultHostClusterIdentifier: work.defaultHostClusterId ?? null,
      DefaultDatastoreIdentifier: work.defaultDatastoreId ?? null,
      DefaultDatastoreClusterIdentifier: null,
      DefaultFolderIdentifier: work.defaultFolderId ?? null,
      ResourcePoolIdentifier: work.resourcePoolId ?? null,
    },
    Networks: { Failover: toNetwork(work.failoverNetworkId), FailoverTest: toNetwork(work.testNetworkId) },
    Scripting: { PreRecovery: script, PostRecovery: script, PostBackup: null },
    Vms: work.vms.map(toVm),
  }
}

const parseWork = (command: CommandOf<'START_REPLICATION'>): GroupWork => {
  if (command.workKind !== 'zertoGroup') {
    throw DomainError.invalidInput(`input.work.${command.workKind}`, 'this site starts groups: give zertoGroup')
  }
  const { protectedSiteId, recoverySiteId, ...rest } = command.work
  const work = {
    ...rest,
    protectedSiteId: toNativeSiteId(protectedSiteId),
    recoverySiteId: toNativeSiteId(recoverySiteId),
  }
  return parseInput(groupWorkSchema, work, workPath)
}

/** What both ways of using a settings object need. */
export interface SettingsContext {
  readonly siteName: string
  readonly client: ZertoClient
  readonly logger: Logger
}

/** Runs a step before the commit: whatever goes wrong there, nothing has started. */
const beforeCommit = async <T>(context: SettingsContext, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw toNothingStarted(context.siteName, error)
  })

const abandon = async (context: SettingsContext, settingsId: string): Promise<void> => {
  const call: WireCall = { method: 'DELETE', path: `/v1/vpgSettings/${encodeURIComponent(settingsId)}`, body: null }
  try {
    // Cleaning up goes on although the caller may have left; the way to the site has its own deadline.
    await context.client.write(call, new AbortController().signal)
  } catch (error) {
    context.logger.warn('an abandoned settings object was left behind', {
      site: context.siteName,
      settingsId,
      reason: error instanceof Error ? error.message : String(error),
    })
  }
}

const send = async (
  context: SettingsContext,
  open: WireCall,
  toFill: (settingsId: string) => Promise<WireCall>,
  { signal }: SendOptions,
): Promise<Acceptance> => {
  const body = await beforeCommit(context, context.client.write(open, signal))
  const settingsId = findIdentifier('VpgSettingsIdentifier', body)
  if (settingsId === null) throw toNothingStarted(context.siteName, noSettingsId(context.siteName))
  try {
    const fill = await beforeCommit(context, toFill(settingsId))
    await beforeCommit(context, context.client.write(withSettingsId(fill, settingsId), signal))
    return toAcceptance(
      context.siteName,
      commitCall,
      await context.client.write(withSettingsId(commitCall, settingsId), signal),
    )
  } catch (error) {
    // After a lost answer to the commit the object may be in use.
    if (!(error instanceof DomainError && error.code === 'OUTCOME_UNKNOWN')) await abandon(context, settingsId)
    throw error
  }
}

const noSettingsId = (siteName: string): DomainError => {
  const message = `site ${siteName}: POST /v1/vpgSettings answered without an identifier`
  return DomainError.vendor({ code: 'VENDOR_PROTOCOL', message, siteName })
}

/**
 * A new VPG: `POST /v1/vpgSettings` with `{}`, `PUT` of the whole settings, `POST …/commit`.
 *
 * @throws INVALID_INPUT when the work is not a VPG, or a member does not fit.
 */
export const prepareStart = (context: SettingsContext, command: CommandOf<'START_REPLICATION'>): PreparedCall => {
  refuseDescription(command.description)
  const open = openCall({})
  const fill: WireCall = { method: 'PUT', path: toPath(), body: toSettings(command, parseWork(command)) }
  return {
    calls: [open, fill, commitCall],
    send: (options) => send(context, open, async () => fill, options),
  }
}

const toChanges = (command: CommandOf<'UPDATE'>): Readonly<Record<string, unknown>> => {
  const { journalHistoryHours } = parseInput(optionSchemas.update, command.options, optionsPath)
  const profileId = requireServiceProfile(command.slaProfileId, command.rpoSeconds)
  const changes = {
    ...(command.rpoSeconds === null ? {} : { RpoInSeconds: command.rpoSeconds }),
    ...(command.priority === null ? {} : { Priority: priorityNames[command.priority] }),
    ...(profileId === null ? {} : { ServiceProfileIdentifier: profileId }),
    ...(journalHistoryHours === null || journalHistoryHours === undefined
      ? {}
      : { JournalHistoryInHours: journalHistoryHours }),
  }
  if (Object.keys(changes).length > 0) return changes
  throw DomainError.invalidInput('input', 'nothing to change was given')
}

/** The changes laid over what the site has, whatever the case of its names. */
const merge = (basic: Readonly<Record<string, unknown>>, changes: Readonly<Record<string, unknown>>) => {
  const changed = new Set(Object.keys(changes).map((name) => name.toLowerCase()))
  const kept = Object.entries(basic).filter(([name]) => !changed.has(name.toLowerCase()))
  return { ...Object.fromEntries(kept), ...changes }
}

/**
 * A change of an existing VPG: `POST /v1/vpgSettings` with its identifier, `PUT …/basic`, `POST …/commit`. The recorded
 * body of the PUT names what changes; what leaves has the other members beside it, as the site gave them in between.
 *
 * @throws INVALID_INPUT when nothing is to change, or something that cannot be changed.
 */
export const prepareUpdate = (context: SettingsContext, command: CommandOf<'UPDATE'>): PreparedCall => {
  refuseDescription(command.description)
  const changes = toChanges(command)
  const open = openCall({ VpgIdentifier: toVpgId('UPDATE', command.target) })
  const fill: WireCall = { method: 'PUT', path: toPath('/basic'), body: changes }
  return {
    calls: [open, fill, commitCall],
    send: (options) =>
      send(
        context,
        open,
        async (settingsId) => {
          const basic = await context.client.getBasicSettings(settingsId, options.signal)
          return { ...fill, body: merge(basic, changes) }
        },
        options,
      ),
  }
}
