import { badInput, findObject, findText, findWord, type JsonObject } from './vcda-sim-body.ts'
import type { SimReplication } from './vcda-sim-model.ts'
import { parseStartup } from './vcda-sim-start-source.ts'

const types = ['vcVmReconfigure', 'vcVappReconfigure'] as const

/**
 * `sourceReconfigure` of a PATCH: the vApp that machines from a machine room go into, and in which order they start.
 *
 * @throws VcdaRefusal for an unknown type or a member of the wrong type.
 */
export const parseSourceChange = (body: JsonObject): ((replication: SimReplication) => void) => {
  const change = findObject(body, 'sourceReconfigure')
  if (change === null) return () => {}
  const type = findWord(change, 'type', types)
  if (type === null) throw badInput('type is required.', 'type')
  const vappName = findText(change, 'vappName')
  const ofOne = findObject(change, 'vmStartupInfo')
  const byVm = findObject(change, 'vmStartupInfoMap') ?? {}
  const startups = new Map(Object.keys(byVm).map((vmId) => [vmId, parseStartup(findObject(byVm, vmId))]))
  const startupOfOne = ofOne === null ? null : parseStartup(ofOne)
  return (replication) => {
    const startup = type === 'vcVmReconfigure' ? startupOfOne : startups.get(replication.vmId)
    replication.startupInfo = startup ?? replication.startupInfo
    if (vappName !== null) replication.source = { ...replication.source, vappName }
  }
}
