import { TargetScreen } from './target-screen.tsx'

/** One group. */
export const GroupScreen = ({ id }: { readonly id: string }) => <TargetScreen key={id} id={id} listPath="/groups" />
