import { inferredRefusals } from './vcda-inferred.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'
import { routeTables, type Handler } from './vcda-sim-route-table.ts'

const routes = routeTables.flatMap(({ since, table }) =>
  Object.entries(table).map(([key, handle]) => {
    const [method = '', path = ''] = key.split(' ')
    return { since, method, parts: path.split('/'), handle }
  }),
)

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new VcdaRefusal(inferredRefusals.pathNotFound, `${segment} cannot be decoded.`)
  }
}

const matchParts = (parts: readonly string[], segments: readonly string[]): Record<string, string> | null => {
  if (parts.length !== segments.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? ''
    if (part.startsWith('{')) params[part.slice(1, -1)] = decode(segment)
    else if (part !== segment) return null
  }
  return params
}

/**
 * The call behind a method and a path.
 *
 * @param version Of the appliance: what came later is not there.
 * @throws VcdaRefusal for a path that is not there, or not with this method.
 */
export const findRoute = (
  method: string,
  path: string,
  version: number,
): { handle: Handler; params: Record<string, string> } => {
  const segments = path.split('/')
  let isKnownPath = false
  for (const route of routes) {
    if (route.since > version) continue
    const params = matchParts(route.parts, segments)
    if (params === null) continue
    if (route.method === method) return { handle: route.handle, params }
    isKnownPath = true
  }
  if (isKnownPath) throw new VcdaRefusal(inferredRefusals.methodNotAllowed, `${method} is not supported.`, [method])
  throw new VcdaRefusal(inferredRefusals.pathNotFound, `${path} was not found.`, [path])
}
