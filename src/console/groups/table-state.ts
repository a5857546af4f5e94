import type {
  Health,
  OrderDirection,
  ProtectionGroupFilter,
  ProtectionGroupOrder,
  ProtectionGroupOrderField,
  ProtectionState,
  ReplicationFilter,
  ReplicationOrder,
  ReplicationOrderField,
  RpoVerdict,
  Vendor,
} from '../generated/graphql.ts'

/** Groups, or machines one by one. */
export type TableKind = 'groups' | 'machines'

/** Filters that are on or off; off is no filter. `tested` and `untested` are known for groups only. */
export const tableFlags = [
  'awaiting',
  'stale',
  'conflicts',
  'testing',
  'tested',
  'untested',
  'grouped',
  'alone',
] as const
export type TableFlag = (typeof tableFlags)[number]

export type OrderField = ProtectionGroupOrderField | ReplicationOrderField

/** What a table shows: everything that a link to it has to carry. */
export interface TableState {
  /** In the name or description. */
  readonly text: string
  readonly vendors: readonly Vendor[]
  readonly healths: readonly Health[]
  readonly states: readonly ProtectionState[]
  readonly verdicts: readonly RpoVerdict[]
  /** Ids of sites at either end. */
  readonly siteIds: readonly string[]
  readonly flags: readonly TableFlag[]
  readonly orderField: OrderField
  readonly direction: OrderDirection
}

/** Everything, the worst first. */
export const wholeTable: TableState = {
  text: '',
  vendors: [],
  healths: [],
  states: [],
  verdicts: [],
  siteIds: [],
  flags: [],
  orderField: 'HEALTH',
  direction: 'ASC',
}

export const healthWords: readonly Health[] = ['CRITICAL', 'WARNING', 'UNKNOWN', 'HEALTHY']
export const verdictWords: readonly RpoVerdict[] = ['VIOLATING', 'NEVER_SYNCED', 'NOT_MEASURED', 'MEETING']
export const stateWords: readonly ProtectionState[] = [
  'PROTECTED',
  'NOT_MEETING_TARGET',
  'INITIALIZING',
  'SYNCING',
  'PAUSED',
  'TESTING',
  'FAILING_OVER',
  'MOVING',
  'AWAITING_COMMIT',
  'COMMITTING',
  'ROLLING_BACK',
  'RECOVERED',
  'NEEDS_CONFIGURATION',
  'DISCONNECTED',
  'ERROR',
  'DELETING',
  'UNKNOWN',
]

const commonOrder: readonly OrderField[] = ['NAME', 'HEALTH', 'RPO', 'RPO_VIOLATION', 'STORAGE', 'UPDATED']
const orderFields: Readonly<Record<TableKind, readonly OrderField[]>> = {
  groups: [...commonOrder, 'LAST_TEST'],
  machines: commonOrder,
}

/** The flags that say something about this kind; the others are left alone in a link, and do nothing. */
export const flagsOf: Readonly<Record<TableKind, readonly TableFlag[]>> = {
  groups: ['awaiting', 'stale', 'conflicts', 'testing', 'tested', 'untested'],
  machines: ['awaiting', 'stale', 'conflicts', 'grouped', 'alone'],
}

const vendorForm = /^[A-Z][A-Z0-9_]*$/

const listOf = <T extends string>(params: URLSearchParams, name: string, known: readonly T[]): readonly T[] => {
  const wanted = new Set((params.get(name) ?? '').split(','))
  return known.filter((word) => wanted.has(word))
}

const isVendor = (word: string): word is Vendor => vendorForm.test(word)

/** Reads the query string of a link. What it does not know is left out, so that an old link shows a table, not an error. */
export const parseTableState = (kind: TableKind, search: string): TableState => {
  const params = new URLSearchParams(search)
  const orderField = orderFields[kind].find((field) => field === params.get('sort')?.replace(/^-/, ''))
  return {
    text: params.get('q') ?? '',
    vendors: (params.get('vendor') ?? '').split(',').filter(isVendor),
    healths: listOf(params, 'health', healthWords),
    states: listOf(params, 'state', stateWords),
    verdicts: listOf(params, 'rpo', verdictWords),
    siteIds: (params.get('site') ?? '').split(',').filter((id) => id !== ''),
    flags: listOf(params, 'only', flagsOf[kind]),
    orderField: orderField ?? wholeTable.orderField,
    direction: orderField !== undefined && params.get('sort')?.startsWith('-') === true ? 'DESC' : 'ASC',
  }
}

/** The query string, with its question mark, of what differs from {@link wholeTable}; empty when nothing does. */
export const toSearch = (state: TableState): string => {
  const sort = `${state.direction === 'DESC' ? '-' : ''}${state.orderField}`
  const entries: readonly (readonly [string, string])[] = [
    ['q', state.text],
    ['vendor', state.vendors.join(',')],
    ['health', state.healths.join(',')],
    ['state', state.states.join(',')],
    ['rpo', state.verdicts.join(',')],
    ['site', state.siteIds.join(',')],
    ['only', state.flags.join(',')],
    ['sort', sort === wholeTable.orderField ? '' : sort],
  ]
  const search = new URLSearchParams(entries.filter(([, value]) => value !== '').map(([name, value]) => [name, value]))
  // Commas are allowed as they are in a query string, and links are read by people.
  return search.size === 0 ? '' : `?${search.toString().replaceAll('%2C', ',')}`
}

const some = <T>(words: readonly T[]): T[] | null => (words.length === 0 ? null : [...words])

const commonFilter = (state: TableState) => ({
  vendors: some(state.vendors),
  siteIds: some(state.siteIds),
  states: some(state.states),
  healths: some(state.healths),
  rpoVerdicts: some(state.verdicts),
  text: state.text.trim() === '' ? null : state.text.trim(),
  isAwaitingDecision: state.flags.includes('awaiting') ? true : null,
  isStale: state.flags.includes('stale') ? true : null,
  hasConflicts: state.flags.includes('conflicts') ? true : null,
})

/** True and false cancel each other out, as both chips pressed mean "either". */
const either = (state: TableState, yes: TableFlag, no: TableFlag): boolean | null =>
  state.flags.includes(yes) === state.flags.includes(no) ? null : state.flags.includes(yes)

/** What the gateway is asked for. */
export const toGroupFilter = (state: TableState): ProtectionGroupFilter => ({
  ...commonFilter(state),
  isTestRunning: state.flags.includes('testing') ? true : null,
  isTested: either(state, 'tested', 'untested'),
})

/** What the gateway is asked for. */
export const toMachineFilter = (state: TableState): ReplicationFilter => ({
  ...commonFilter(state),
  isGrouped: either(state, 'grouped', 'alone'),
})

export const toGroupOrder = ({ orderField, direction }: TableState): ProtectionGroupOrder => ({
  field: orderField,
  direction,
})

export const toMachineOrder = ({ orderField, direction }: TableState): ReplicationOrder => ({
  field: orderField === 'LAST_TEST' ? 'NAME' : orderField,
  direction,
})

/** Presses a column's head: another column begins with its own direction, the same one turns round. */
export const pressOrder = (state: TableState, field: OrderField): TableState =>
  state.orderField === field
    ? { ...state, direction: state.direction === 'ASC' ? 'DESC' : 'ASC' }
    : { ...state, orderField: field, direction: field === 'RPO' || field === 'RPO_VIOLATION' ? 'DESC' : 'ASC' }

/** The list with the word added, or without it when it was in. */
export const toggled = <T>(words: readonly T[], word: T): readonly T[] =>
  words.includes(word) ? words.filter((other) => other !== word) : [...words, word]

/** How many filters are on, the text included; 0 shows everything. */
export const countFilters = (state: TableState): number =>
  [state.vendors, state.healths, state.states, state.verdicts, state.siteIds, state.flags].reduce(
    (count, words) => count + words.length,
    state.text.trim() === '' ? 0 : 1,
  )
