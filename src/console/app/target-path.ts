/** The page of a group, or of a machine. */
export const toTargetPath = ({ __typename, id }: { readonly __typename: string; readonly id: string }): string =>
  `/${__typename === 'ProtectionGroup' ? 'groups' : 'machines'}/${encodeURIComponent(id)}`

export const toTaskPath = (id: string): string => `/tasks/${encodeURIComponent(id)}`
