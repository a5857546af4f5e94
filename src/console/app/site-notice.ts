import { formatTime } from '../format.ts'
import type { SiteStatesQuery } from '../generated/graphql.ts'
import type { Status } from '../status.ts'

/** A site, as the shell asks for it. */
export type SiteState = SiteStatesQuery['sites'][number]

export interface SiteNotice {
  readonly status: Status
  readonly title: string
  readonly text: string
}

const nameOf = ({ configuredName, name }: SiteState): string => configuredName ?? name

/** `a`, `a and b`, `a, b and c`. */
export const toEnumeration = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** Which part of the picture is old, in plain words; null when all sites answer. */
export const toSiteNotice = (sites: readonly SiteState[]): SiteNotice | null => {
  const down = sites.filter(({ connection }) => connection?.state === 'DOWN')
  if (down.length === 0) return null
  const verb = down.length === 1 ? 'does not answer' : 'do not answer'
  const ages = down.map((site) => {
    const at = site.connection?.lastSuccessAt ?? null
    return at === null
      ? `nothing of ${nameOf(site)} has been read yet`
      : `${nameOf(site)} was last read at ${formatTime(at)}`
  })
  return {
    status: down.length === sites.length ? 'critical' : 'warn',
    title: `${toEnumeration(down.map(nameOf))} ${verb}.`,
    text: `What only ${down.length === 1 ? 'it lists' : 'they list'} is shown as it was: ${toEnumeration(ages)}. Everything else is current.`,
  }
}
