import { TargetScreen } from './target-screen.tsx'

/** One replicated machine, in a group or alone. */
export const MachineScreen = ({ id }: { readonly id: string }) => <TargetScreen key={id} id={id} listPath="/machines" />
