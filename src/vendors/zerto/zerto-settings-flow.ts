/**
 * How a settings object is used: opened, filled and committed. Nothing starts before the commit, so an answer lost on the
 * way there means that nothing was done; the object that is left over is deleted, and would die by itself after 30
 * minutes.
 */
import type { Acceptance, PreparedCall, SendOptions } from '../../domain/ports/vendor-adapter.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Logger } from '../../domain/ports/logger.ts'
import type { WireCall } from '../../domain/task.ts'
import { toAcceptance } from './zerto-acceptance.ts'
import type { ZertoClient } from './zerto-client.ts'
import { toNothingStarted } from '../../upstream/unsent.ts'
import { isUnknownObjectRefusal } from './zerto-errors.ts'
import { mergeSettings } from './zerto-settings-parts.ts'
import type { WriteOptions, ZertoTransport } from './zerto-transport.ts'
import { findIdentifier } from './zerto-wire.ts'

/** Stands in the recorded calls for the identifier that the site gives when it opens the settings object. */
const settingsIdMark = '{vpgSettingsIdentifier}'

/** One step between opening and committing. `part` is the path behind the settings object's own. */
export type SettingsStep =
  | {
      readonly kind: 'SEND'
      readonly method: 'POST' | 'PUT' | 'DELETE'
      readonly part: string
      readonly body: unknown
    }
  /** Reads the part, lays the body over it, and puts it back whole. */
  | { readonly kind: 'MERGE'; readonly part: string; readonly body: unknown }

/** What is to be done with a settings object. */
export interface SettingsWork {
  readonly openBody: unknown
  readonly steps: readonly SettingsStep[]
  /** Name of the VPG that comes of it; null where one is changed. */
  readonly newName: string | null
}

/** What every use of a settings object needs. */
export interface SettingsContext {
  readonly siteName: string
  readonly client: ZertoClient
  readonly transport: ZertoTransport
  readonly logger: Logger
}

const toPath = (part = ''): string => `/v1/vpgSettings/${settingsIdMark}${part}`
const commitCall: WireCall = { method: 'POST', path: toPath('/commit'), body: null }

const toStepCall = (step: SettingsStep): WireCall => ({
  method: step.kind === 'MERGE' ? 'PUT' : step.method,
  path: toPath(step.part),
  body: step.body,
})

const withSettingsId = (call: WireCall, settingsId: string): WireCall => ({
  ...call,
  path: call.path.replace(settingsIdMark, encodeURIComponent(settingsId)),
})

/** Runs a step before the commit: whatever goes wrong there, nothing has started. */
const beforeCommit = async <T>(context: SettingsContext, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw toNothingStarted(context.siteName, error)
  })

const toDeletion = (settingsId: string): WireCall => ({
  method: 'DELETE',
  path: `/v1/vpgSettings/${encodeURIComponent(settingsId)}`,
  body: null,
})

// What takes away what is left of a send starts nothing.
const always = (): boolean => true

const abandon = async (context: SettingsContext, settingsId: string): Promise<void> => {
  try {
    // Cleaning up goes on although the caller may have left; the way to the site has its own deadline.
    await context.transport.write(toDeletion(settingsId), { signal: new AbortController().signal, mayLeave: always })
  } catch (error) {
    context.logger.warn('an abandoned settings object was left behind', {
      site: context.siteName,
      settingsId,
      reason: error instanceof Error ? error.message : String(error),
    })
  }
}

const runStep = async (
  { client, transport }: SettingsContext,
  step: SettingsStep,
  settingsId: string,
  options: WriteOptions,
): Promise<void> => {
  const call = withSettingsId(toStepCall(step), settingsId)
  if (step.kind === 'SEND') {
    await transport.write(call, options)
    return
  }
  const base = await client.getSettings(settingsId, step.part, options.signal)
  await transport.write({ ...call, body: mergeSettings(base, step.body) }, options)
}

const noSettingsId = (siteName: string): DomainError => {
  const message = `site ${siteName}: POST /v1/vpgSettings answered without an identifier`
  return DomainError.vendor({ code: 'VENDOR_PROTOCOL', message, siteName })
}

const send = async (
  context: SettingsContext,
  open: WireCall,
  steps: readonly SettingsStep[],
  options: SendOptions,
): Promise<Acceptance> => {
  const { remember } = options
  const body = await beforeCommit(context, context.transport.write(open, options))
  const settingsId = findIdentifier('VpgSettingsIdentifier', body)
  if (settingsId === null) throw toNothingStarted(context.siteName, noSettingsId(context.siteName))
  try {
    await remember(settingsId)
    for (const step of steps) {
      // Each builds on the one before it.
      await beforeCommit(context, runStep(context, step, settingsId, options))
    }
    await remember(null)
    const answer = await context.transport.write(withSettingsId(commitCall, settingsId), options)
    return toAcceptance(context.siteName, commitCall, answer)
  } catch (error) {
    // After a lost answer to the commit the object may be in use.
    if (!(error instanceof DomainError && error.code === 'OUTCOME_UNKNOWN')) await abandon(context, settingsId)
    throw error
  }
}

/**
 * Opens settings with a body, runs the steps, commits. In the recorded calls a merged step stands with what it changes;
 * what leaves has the other members beside it, as the site gave them in between.
 */
export const prepareSettings = (context: SettingsContext, { openBody, steps, newName }: SettingsWork): PreparedCall => {
  const open: WireCall = { method: 'POST', path: '/v1/vpgSettings', body: openBody }
  return {
    calls: [open, ...steps.map(toStepCall), commitCall],
    decision: null,
    newName,
    send: (options) => send(context, open, steps, options),
  }
}

/**
 * Deletes a settings object that a send has left open. One that is gone is fine: it ends with its session, with its
 * commit, and after 30 minutes by itself.
 *
 * @throws What reads throw: a deletion whose answer was lost may be repeated.
 */
export const deleteSettings = async (
  { siteName, transport }: SettingsContext,
  settingsId: string,
  signal: AbortSignal,
): Promise<void> => {
  try {
    await transport.write(toDeletion(settingsId), { signal, mayLeave: always })
  } catch (error) {
    if (isUnknownObjectRefusal(error)) return
    if (!signal.aborted) throw toNothingStarted(siteName, error)
    const message = `site ${siteName}: nobody waits any more for the deletion of settings ${settingsId}`
    throw DomainError.vendor({ code: 'CANCELLED', message, siteName, cause: error })
  }
}
