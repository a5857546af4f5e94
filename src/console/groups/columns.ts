import type { GroupRowFragment, MachineRowFragment } from '../generated/graphql.ts'
import { toWords, vendorWords } from '../status.ts'
import type { CsvCell } from './csv.ts'
import type { OrderField, TableKind } from './table-state.ts'

/** A row of either kind. */
export type TableRow = GroupRowFragment | MachineRowFragment

export const columnIds = [
  'name',
  'vendor',
  'health',
  'state',
  'rpo',
  'lastPoint',
  'lastTest',
  'direction',
  'machines',
  'group',
  'storage',
  'organization',
  'priority',
  'purpose',
] as const
export type ColumnId = (typeof columnIds)[number]

/** One column: where it is, and what it says in a spreadsheet. How it looks stands in `row-cell.tsx`. */
export interface Column {
  readonly id: ColumnId
  readonly label: string
  readonly kinds: readonly TableKind[]
  /** For the grid, e.g. `minmax(120px, 1fr)`. */
  readonly width: string
  /** The least it takes, in pixels: the table scrolls sideways below. */
  readonly leastWidth: number
  readonly isNumeric: boolean
  readonly orderField: OrderField | null
  readonly isShownByDefault: boolean
  /** What it becomes in a CSV file: a head and a value for each of its parts, in seconds, bytes and ISO times. */
  readonly csv: readonly { readonly head: string; readonly toCell: (row: TableRow) => CsvCell }[]
}

const both: readonly TableKind[] = ['groups', 'machines']

/** When the newest recovery point was taken; null when there is none or nobody tells. */
export const findLastPointAt = (row: TableRow): string | null =>
  row.__typename === 'Replication' ? (row.latestRecoveryPoint?.takenAt ?? row.rpo.lastSyncedAt) : row.rpo.lastSyncedAt

/** When it was last tested; a machine by the test of its group. */
export const findLastTestAt = (row: TableRow): string | null =>
  row.__typename === 'Replication' ? (row.group?.lastTestedAt ?? null) : row.lastTestedAt

const toPlace = ({ site, organization }: TableRow['source']): string =>
  organization === null ? site.name : `${site.name} (${organization})`

const plain = (head: string, toCell: (row: TableRow) => CsvCell) => [{ head, toCell }]

/** Machines have longer names, no sparkline, and their group mostly in the name. */
const ofMachines: Readonly<Partial<Record<ColumnId, Partial<Column>>>> = {
  name: { width: 'minmax(190px, 1.6fr)', leastWidth: 190 },
  rpo: { width: 'minmax(124px, 0.6fr)', leastWidth: 124 },
  group: { isShownByDefault: false },
}

interface ColumnShape extends Partial<Omit<Column, 'id' | 'label' | 'csv'>> {
  readonly csv: Column['csv']
}

const column = (id: ColumnId, label: string, leastWidth: number, shape: ColumnShape): Column => ({
  id,
  label,
  kinds: both,
  width: `minmax(${leastWidth}px, 1fr)`,
  leastWidth,
  isNumeric: false,
  orderField: null,
  isShownByDefault: true,
  ...shape,
})

const columns: readonly Column[] = [
  column('name', 'Name', 130, {
    width: 'minmax(130px, 1.6fr)',
    orderField: 'NAME',
    csv: plain('Name', ({ name }) => name),
  }),
  column('health', 'Health', 84, {
    width: '84px',
    orderField: 'HEALTH',
    csv: plain('Health', ({ health }) => toWords(health)),
  }),
  column('state', 'State', 128, {
    width: 'minmax(128px, 0.6fr)',
    csv: plain('State', ({ state }) => toWords(state)),
  }),
  column('rpo', 'RPO, actual / target', 180, {
    width: 'minmax(180px, 0.6fr)',
    orderField: 'RPO_VIOLATION',
    csv: [
      { head: 'RPO verdict', toCell: ({ rpo }) => toWords(rpo.verdict) },
      { head: 'RPO actual, s', toCell: ({ rpo }) => rpo.actualSeconds },
      { head: 'RPO target, s', toCell: ({ rpo }) => rpo.targetSeconds },
    ],
  }),
  column('lastPoint', 'Last point', 84, {
    width: '84px',
    orderField: 'RPO',
    csv: plain('Last recovery point', findLastPointAt),
  }),
  column('lastTest', 'Last test', 72, {
    width: '72px',
    orderField: 'LAST_TEST',
    csv: plain('Last test', findLastTestAt),
  }),
  column('direction', 'Direction', 150, {
    csv: [
      { head: 'Source', toCell: ({ source }) => toPlace(source) },
      { head: 'Destination', toCell: ({ destination }) => toPlace(destination) },
    ],
  }),
  column('vendor', 'Vendor', 56, {
    width: '56px',
    csv: plain('Vendor', ({ vendor }) => vendorWords(vendor)),
  }),
  column('machines', 'Machines', 62, {
    width: '62px',
    kinds: ['groups'],
    isNumeric: true,
    isShownByDefault: false,
    csv: plain('Machines', (row) => (row.__typename === 'ProtectionGroup' ? row.vmCount : null)),
  }),
  column('group', 'Group', 140, {
    kinds: ['machines'],
    csv: plain('Group', (row) => (row.__typename === 'Replication' ? (row.group?.name ?? null) : null)),
  }),
  column('storage', 'Storage', 96, {
    width: '96px',
    isNumeric: true,
    orderField: 'STORAGE',
    isShownByDefault: false,
    csv: [
      { head: 'Storage used, bytes', toCell: ({ storage }) => storage.usedBytes },
      { head: 'Storage provisioned, bytes', toCell: ({ storage }) => storage.provisionedBytes },
    ],
  }),
  column('organization', 'Organisation', 110, {
    isShownByDefault: false,
    csv: plain('Organisation', ({ source, destination }) => source.organization ?? destination.organization),
  }),
  column('priority', 'Priority', 80, {
    width: '80px',
    kinds: ['groups'],
    isShownByDefault: false,
    csv: plain('Priority', (row) =>
      row.__typename === 'ProtectionGroup' && row.priority !== null ? toWords(row.priority) : null,
    ),
  }),
  column('purpose', 'Purpose', 96, {
    width: '96px',
    isShownByDefault: false,
    csv: plain('Purpose', ({ purpose }) => toWords(purpose)),
  }),
]

/** The columns that this kind of row has, in the order in which they stand. */
export const columnsOf = (kind: TableKind): readonly Column[] =>
  columns
    .filter(({ kinds }) => kinds.includes(kind))
    .map((known) => (kind === 'machines' ? { ...known, ...ofMachines[known.id] } : known))

/** Where the chosen columns are kept in the browser. */
export const columnsStorageName = (kind: TableKind): string => `dr-console.columns.${kind}`

/** Reads the choice back; whatever else is there, the default. The name is always shown. */
export const parseColumnChoice = (kind: TableKind, stored: string | null): ReadonlySet<ColumnId> => {
  const known = columnsOf(kind)
  const words = stored === null ? null : stored.split(',')
  const chosen = known.filter(({ id, isShownByDefault }) => (words === null ? isShownByDefault : words.includes(id)))
  return new Set<ColumnId>(['name', ...chosen.map(({ id }) => id)])
}

/** The head and the cells of a file with all columns, shown or not: a file has room. */
export const toCsvTable = (
  kind: TableKind,
  rows: readonly TableRow[],
): { readonly head: readonly string[]; readonly cells: readonly (readonly CsvCell[])[] } => {
  const parts = columnsOf(kind).flatMap(({ csv }) => csv)
  return { head: parts.map(({ head }) => head), cells: rows.map((row) => parts.map(({ toCell }) => toCell(row))) }
}
