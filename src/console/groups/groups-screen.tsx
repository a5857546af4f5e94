import { TableScreen } from './table-screen.tsx'

/** All groups of both vendors. */
export const GroupsScreen = () => <TableScreen key="groups" kind="groups" />
