import { emptyReply, jsonReply, memberOf, queryValue, ZvmRefusal } from './zerto-sim-request.ts'
import { get, type Call, type Route } from './zerto-sim-router.ts'
import { requireLicense } from './zerto-sim-rules.ts'
import { settingsParts, type VmListName } from './zerto-sim-settings-desk.ts'

const base = '/vpgsettings/:settings'

const idOf = (call: Call): string => call.param('settings')

/** A change that is answered by nothing but 200. */
const change = (method: Route['method'], path: string, run: (call: Call) => void): Route => ({
  method,
  path,
  handle: (call) => {
    run(call)
    return emptyReply
  },
})

/** True when the query asks for machines as the group's defaults say. */
const isRepopulated = (call: Call): boolean => queryValue(call.request, 'repopulateSettings')?.toLowerCase() === 'true'

const openRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/vpgsettings',
    handle: (call) => jsonReply(call.desk.open(call.body().value, isRepopulated(call), call)),
  },
  {
    method: 'POST',
    path: '/vpgsettings/copyvpgsettings',
    handle: (call) => {
      const vpgId = call.body().text('VpgIdentifier')
      if (vpgId === null) throw ZvmRefusal.badInput('VpgIdentifier is missing.')
      return jsonReply(call.desk.copy(vpgId, call))
    },
  },
]

const wholeRoutes: readonly Route[] = [
  get('/vpgsettings', (call) => call.desk.list(call)),
  get(base, (call) => call.desk.get(idOf(call), call)),
  change('PUT', base, (call) => call.desk.put(idOf(call), call.body().value, call)),
  change('DELETE', base, (call) => call.desk.delete(idOf(call), call)),
  {
    method: 'POST',
    path: `${base}/commit`,
    handle: (call) => {
      requireLicense(call.world)
      return jsonReply(call.desk.commit(idOf(call), call).id)
    },
  },
]

const partRoutes = Object.entries(settingsParts).flatMap(([segment, part]): readonly Route[] => {
  const path = `${base}/${segment}`
  const put = (call: Call): void => call.desk.putPart(idOf(call), part, call.body().value, call)
  return [
    get(path, (call) => call.desk.getPart(idOf(call), part, call)),
    change('PUT', path, put),
    ...(segment === 'ltr' ? [change('POST', path, put)] : []),
  ]
})

const vmRoutes: readonly Route[] = [
  get(`${base}/vms`, (call) => call.desk.listVms(idOf(call), call)),
  change('POST', `${base}/vms`, (call) => call.desk.addVm(idOf(call), call.body().value, call)),
  get(`${base}/vms/:vm`, (call) => call.desk.getVm(idOf(call), call.param('vm'), call)),
  change('PUT', `${base}/vms/:vm`, (call) => call.desk.putVm(idOf(call), call.param('vm'), call.body().value, call)),
  change('DELETE', `${base}/vms/:vm`, (call) => call.desk.removeVm(idOf(call), call.param('vm'), call)),
]

const pathOf = (call: Call) => ({ vm: call.param('vm'), row: call.param('row') })

const vmListRoutes = (name: VmListName): readonly Route[] => {
  const path = `${base}/vms/:vm/${name}`
  return [
    get(path, (call) => call.desk.listOfVm(idOf(call), call.param('vm'), name, call)),
    get(`${path}/:row`, (call) => call.desk.getOfVm(idOf(call), pathOf(call), name, call)),
    change('PUT', `${path}/:row`, (call) => call.desk.putOfVm(idOf(call), pathOf(call), name, call.body().value, call)),
  ]
}

const priorityRoute = get(`${base}/priority`, (call) => {
  const basic = call.desk.getPart(idOf(call), 'Basic', call)
  return memberOf(basic, 'Priority')
})

/** Creating and editing groups: open, fill in whole or in parts, commit. */
export const settingsRoutes: readonly Route[] = [
  ...openRoutes,
  ...wholeRoutes,
  ...partRoutes,
  priorityRoute,
  ...vmRoutes,
  ...vmListRoutes('volumes'),
  ...vmListRoutes('nics'),
]
