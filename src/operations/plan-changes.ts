import type { PlanFacts } from './plan-token.ts'

type Change = (before: PlanFacts, now: PlanFacts) => readonly string[]

const moved =
  (what: string, valueOf: (facts: PlanFacts) => string | null): Change =>
  (before, now) => {
    const [old, current] = [valueOf(before) ?? 'none', valueOf(now) ?? 'none']
    return old === current ? [] : [`${what} was ${old}, is ${current}`]
  }

const answers: Readonly<Record<string, string>> = { true: 'answered', false: 'did not answer', null: 'was not asked' }
const answersNow: Readonly<Record<string, string>> = {
  true: 'answers now',
  false: 'does not answer now',
  null: 'is not asked now',
}

/** By the names that the target gives its ends: whoever may see it may know these. */
const ofSites: Change = (before, now) =>
  (['SOURCE', 'DESTINATION'] as const).flatMap((role) => {
    const [old, current] = [before.sites[role] ?? null, now.sites[role] ?? null]
    if (old === current) return []
    const name = role === 'SOURCE' ? now.direction.from : now.direction.to
    return [`the site ${name} ${answers[String(old)]}, and ${answersNow[String(current)]}`]
  })

const ofDirection: Change = ({ direction: before }, { direction: now }) =>
  before.hash === now.hash
    ? []
    : [`it went from ${before.from} to ${before.to}, and goes from ${now.from} to ${now.to}`]

const ofMembers: Change = (before, now) => {
  if (before.membersHash === now.membersHash) return []
  if (before.members === null || now.members === null) return ['the machines are not the same']
  const [old, current] = [new Map(Object.entries(before.members)), new Map(Object.entries(now.members))]
  const added = [...current].filter(([key]) => !old.has(key)).map(([, name]) => `the machine ${name} was added`)
  const gone = [...old].filter(([key]) => !current.has(key)).map(([, name]) => `the machine ${name} is gone`)
  const renamed = [...current].flatMap(([key, name]) => {
    const was = old.get(key)
    return was === undefined || was === name ? [] : [`the machine ${was} is called ${name} now`]
  })
  const changes = [...added, ...gone, ...renamed]
  return changes.length === 0 ? ['the machines are not the same'] : changes
}

const ofWarnings: Change = (before, now) => [
  ...now.warnings.filter((code) => !before.warnings.includes(code)).map((code) => `there is a new warning: ${code}`),
  ...before.warnings.filter((code) => !now.warnings.includes(code)).map((code) => `there is no ${code} any more`),
]

const ofPoint: Change = (before, now) => {
  if (before.hasPoint === now.hasPoint || now.hasPoint === null || before.hasPoint === null) return []
  return [now.hasPoint ? 'the chosen recovery point is there now' : 'the chosen recovery point is gone']
}

type CallFacts = PlanFacts['calls'][number]

const ofCall = (before: CallFacts | undefined, now: CallFacts | undefined): readonly string[] => {
  if (before === undefined || now === undefined) {
    return [`what would be sent differs: ${now === undefined ? 'no ' : ''}${(now ?? before)?.call ?? ''}`]
  }
  if (before.call !== now.call) return [`what would be sent differs: it was ${before.call}, is ${now.call}`]
  if (before.bodyHash === now.bodyHash) return []
  const [old, current] = [before.members ?? {}, now.members ?? {}]
  const names = [...new Set([...Object.keys(old), ...Object.keys(current)])].filter(
    (name) => old[name] !== current[name],
  )
  return [`what would be sent differs: ${now.call}${names.length === 0 ? '' : `: ${names.join(', ')}`}`]
}

const ofCalls: Change = (before, now) =>
  Array.from({ length: Math.max(before.calls.length, now.calls.length) }, (_, at) =>
    ofCall(before.calls[at], now.calls[at]),
  ).flat()

const changes: readonly Change[] = [
  moved('the state', ({ state }) => state),
  moved('the phase of its recovery', ({ phase }) => phase),
  moved('what waits for a decision', ({ pending }) => pending),
  moved('the test failover', ({ test }) => test),
  ofSites,
  ofDirection,
  ofMembers,
  ofPoint,
  ofCalls,
  ofWarnings,
]

/** What is not as it was planned, for people; empty when all is the same. Pure. */
export const listPlanChanges = (before: PlanFacts, now: PlanFacts): readonly string[] =>
  changes.flatMap((find) => find(before, now))
