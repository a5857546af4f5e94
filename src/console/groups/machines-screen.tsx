import { TableScreen } from './table-screen.tsx'

/** All replicated machines of both vendors, in groups and alone. */
export const MachinesScreen = () => <TableScreen key="machines" kind="machines" />
