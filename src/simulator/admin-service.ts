import type { z } from 'zod'
import type { SimClock } from './clock.ts'
import { clockInput, faultInput } from './fault-input.ts'
import type { ActiveFault, Fault } from './faults.ts'
import {
  startHttpService,
  type HttpService,
  type ServiceAddress,
  type ServiceReply,
  type ServiceRequest,
} from './http-service.ts'

/** A simulated site, as it can be acted on. */
export interface AdminSite {
  readonly name: string
  readonly product: string
  readonly service: HttpService
  /** What signs in there, by the vendor's name for the way to do it. */
  readonly logins: Readonly<Record<string, object>>
}

interface InputProblem {
  readonly path: string
  readonly message: string
}

const toReply = (status: number, value: unknown): ServiceReply => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
  body: `${JSON.stringify(value)}\n`,
})

const refuse = (status: number, message: string, path = ''): ServiceReply =>
  toReply(status, { problems: [{ path, message }] satisfies InputProblem[] })

const done: ServiceReply = { status: 204 }

/** What a body holds, or the answer that refuses it. */
const readInput = <T>(
  request: ServiceRequest,
  form: z.ZodType<T>,
): { readonly input: T } | { readonly refusal: ServiceReply } => {
  // A page in a browser can post a form to any address without being asked, and no JSON.
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return { refusal: refuse(415, 'Content-Type has to be application/json') }
  }
  let given: unknown
  try {
    given = JSON.parse(request.body)
  } catch {
    return { refusal: refuse(400, 'the body is not JSON') }
  }
  const parsed = form.safeParse(given)
  if (parsed.success) return { input: parsed.data }
  const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
  return { refusal: toReply(400, { problems }) }
}

const toFaultView = (site: string, { path, ...fault }: ActiveFault): object => ({
  site,
  ...fault,
  // An expression tells its text in the form in which it would stand between slashes.
  pathPattern: path.source === '(?:)' ? '' : path.source.replaceAll('\\/', '/'),
})

const addFault = (sites: readonly AdminSite[], request: ServiceRequest): ServiceReply => {
  const read = readInput(request, faultInput)
  if ('refusal' in read) return read.refusal
  const { site: name, pathPattern, effect, method, times, forSeconds } = read.input
  const site = sites.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
  if (site === undefined) {
    return refuse(400, `is none of ${sites.map((candidate) => candidate.name).join(', ')}`, 'site')
  }
  const fault: Fault = {
    path: pathPattern,
    effect,
    ...(method === undefined ? {} : { method }),
    ...(times === undefined ? {} : { times }),
    ...(forSeconds === undefined ? {} : { forSeconds }),
  }
  return toReply(201, { id: site.service.faults.add(fault) })
}

const answerFaults = (sites: readonly AdminSite[], request: ServiceRequest): ServiceReply | null => {
  switch (request.method) {
    case 'POST':
      return addFault(sites, request)
    case 'GET':
      return toReply(
        200,
        sites.flatMap(({ name, service }) => service.faults.list().map((fault) => toFaultView(name, fault))),
      )
    case 'DELETE':
      for (const { service } of sites) service.faults.clear()
      return done
    default:
      return null
  }
}

const answerClock = (clock: SimClock, request: ServiceRequest): ServiceReply | null => {
  if (request.method === 'POST') {
    const read = readInput(request, clockInput)
    if ('refusal' in read) return read.refusal
    if ('speed' in read.input) clock.setSpeed(read.input.speed)
    else clock.turn(read.input.turnSeconds * 1000)
  } else if (request.method !== 'GET') return null
  return toReply(200, { now: new Date(clock.now()).toISOString(), speed: clock.speed() })
}

const answerSites = (sites: readonly AdminSite[], request: ServiceRequest): ServiceReply | null => {
  if (request.method !== 'GET') return null
  return toReply(
    200,
    sites.map(({ name, product, service, logins }) => ({ name, product, url: service.url, logins })),
  )
}

const answerFault = (sites: readonly AdminSite[], request: ServiceRequest, id: string): ServiceReply | null => {
  if (request.method !== 'DELETE') return null
  return sites.some(({ service }) => service.faults.remove(id)) ? done : refuse(404, `no fault has the id ${id}`)
}

/**
 * Serves what a simulator is told by those who test against it: faults, time, and where its sites are. Plain HTTP
 * without a login: it belongs on an address that only they can reach.
 */
export const startAdminService = (options: {
  readonly address: ServiceAddress
  readonly clock: SimClock
  readonly sites: readonly AdminSite[]
}): Promise<HttpService> => {
  const { address, clock, sites } = options
  const answers: Readonly<Record<string, (request: ServiceRequest) => ServiceReply | null>> = {
    '/_simulator/sites': (request) => answerSites(sites, request),
    '/_simulator/faults': (request) => answerFaults(sites, request),
    '/_simulator/clock': (request) => answerClock(clock, request),
  }
  const findAnswer = (path: string): ((request: ServiceRequest) => ServiceReply | null) | undefined => {
    const id = /^\/_simulator\/faults\/(?<id>[\w-]+)$/.exec(path)?.groups?.['id']
    return id === undefined ? answers[path] : (request) => answerFault(sites, request, id)
  }
  return startHttpService({
    ...address,
    handle: (request) => {
      const answer = findAnswer(request.path)
      if (answer === undefined) return refuse(404, `there are ${Object.keys(answers).join(', ')}`)
      return answer(request) ?? refuse(405, `${request.method} is not for ${request.path}`)
    },
  })
}
