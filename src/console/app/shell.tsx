import { Suspense, useEffect, useRef, type ReactNode } from 'react'
import { formatTime } from '../format.ts'
import { SiteStatesDocument } from '../generated/graphql.ts'
import { isFinalTask } from '../status.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { Notice, Waiting } from '../ui/notice.tsx'
import { StatusIcon } from '../ui/status-badge.tsx'
import { useConnection, useEvery, useQuery } from './gateway.tsx'
import { Link, toRoute, usePath } from './router.tsx'
import { ScreenGuard } from './screen-guard.tsx'
import type { Session } from './session.ts'
import { toSiteNotice, type SiteState } from './site-notice.ts'
import { useTasks } from './task-feed.tsx'
import { setTheme, useTheme } from './theme.ts'
import { useViewer } from './viewer.tsx'
import './shell.css'

interface Entry {
  readonly to: string
  readonly label: string
  readonly icon: IconName
  readonly screens: readonly string[]
}

const entries: readonly Entry[] = [
  { to: '/', label: 'Overview', icon: 'overview', screens: ['overview'] },
  { to: '/groups', label: 'Groups', icon: 'groups', screens: ['groups', 'group'] },
  { to: '/machines', label: 'Machines', icon: 'machine', screens: ['machines', 'machine'] },
  { to: '/tasks', label: 'Tasks', icon: 'tasks', screens: ['tasks', 'task'] },
  { to: '/audit', label: 'Audit log', icon: 'audit', screens: ['audit'] },
]

const Navigation = () => {
  const { screen } = toRoute(usePath())
  const running = useTasks().filter(({ state }) => !isFinalTask(state)).length
  return (
    <nav className="nav" aria-label="Screens">
      {entries.map(({ to, label, icon, screens }) => (
        <Link key={to} to={to} className="nav-link" aria-current={screens.includes(screen) ? 'page' : undefined}>
          <Icon name={icon} />
          <span>{label}</span>
          {to === '/tasks' && running > 0 && (
            <span className="nav-count">
              {running}
              <span className="hidden"> under way</span>
            </span>
          )}
        </Link>
      ))}
    </nav>
  )
}

const siteSigns = {
  UP: { status: 'ok', word: 'answers' },
  DEGRADED: { status: 'warn', word: 'answers badly' },
  DOWN: { status: 'critical', word: 'does not answer' },
} as const

const Sites = ({ sites }: { readonly sites: readonly SiteState[] }) => (
  <section className="sites" aria-label="Connections to the sites">
    <h2 className="sites-title">Sites</h2>
    <ul>
      {sites.map(({ id, configuredName, name, connection }) => {
        const sign = connection === null ? null : siteSigns[connection.state]
        return (
          <li key={id} className="site">
            <StatusIcon status={sign?.status ?? 'unknown'} />
            <span className="clip">{configuredName ?? name}</span>
            <span className={sign?.status === 'ok' ? 'hidden' : 'site-word'}>{sign?.word ?? 'not asked yet'}</span>
          </li>
        )
      })}
    </ul>
  </section>
)

const ConnectionSign = () => {
  const { kind } = useConnection()
  const [status, word] =
    kind === 'open'
      ? (['ok', 'Live'] as const)
      : kind === 'lost'
        ? (['warn', 'Cut off'] as const)
        : kind === 'refused'
          ? (['critical', 'Signed out'] as const)
          : (['busy', 'Connecting'] as const)
  return (
    <span className="live" role="status">
      <StatusIcon status={status} />
      {word}
    </span>
  )
}

const ConnectionNotice = () => {
  const { kind, since } = useConnection()
  if (kind !== 'lost') return null
  return (
    <Notice status="warn" title={`The line to the gateway was lost at ${formatTime(since)}.`}>
      What you see is as of then. It is tried again by itself, and nothing that happens meanwhile is left out.
    </Notice>
  )
}

const Account = ({ session }: { readonly session: Session }) => {
  const viewer = useViewer()
  const { isDark } = useTheme()
  return (
    <div className="account">
      <span className="account-name clip" title={viewer?.scopes.join(', ')}>
        {viewer?.name ?? ''}
      </span>
      <Button
        variant="quiet"
        size="small"
        icon={isDark ? 'sun' : 'moon'}
        aria-label={isDark ? 'Use light colours' : 'Use dark colours'}
        onClick={() => setTheme(isDark ? 'light' : 'dark')}
      />
      {session.config.login.kind !== 'none' && (
        <Menu
          label="Account"
          icon="user"
          variant="quiet"
          isCompact
          items={[{ label: 'Sign out', onSelect: () => session.signOut() }]}
        />
      )}
    </div>
  )
}

/** What is around every screen. */
export const Shell = ({ session, children }: { readonly session: Session; readonly children: ReactNode }) => {
  const path = usePath()
  const main = useRef<HTMLElement>(null)
  const isFirst = useRef(true)
  const { kind } = useConnection()
  const { data, problem, refresh } = useQuery(SiteStatesDocument, {})
  useEvery(10_000, refresh)
  // Who does not see that the screen has changed is taken to its beginning.
  useEffect(() => {
    if (!isFirst.current) main.current?.focus()
    isFirst.current = false
  }, [path])
  const sites = (data?.sites ?? []).filter(({ isConfigured }) => isConfigured)
  const siteNotice = toSiteNotice(sites)
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="side">
        <div className="brand">
          <Icon name="shield" size={18} />
          <span>DR Gateway</span>
          <ConnectionSign />
        </div>
        <Navigation />
        <div className="side-start">
          <ButtonLink to="/start" icon="plus">
            Start replication
          </ButtonLink>
        </div>
        <div className="side-rest">
          {sites.length > 0 && <Sites sites={sites} />}
          <Account session={session} />
        </div>
      </header>
      <main id="main" className="main" ref={main} tabIndex={-1}>
        <div className="notices">
          <ConnectionNotice />
          {problem !== null && kind !== 'lost' && <Notice status="critical" title={`${problem}.`} />}
          {siteNotice !== null && (
            <Notice status={siteNotice.status} title={siteNotice.title}>
              {siteNotice.text}
            </Notice>
          )}
        </div>
        <ScreenGuard path={path}>
          <Suspense fallback={<Waiting what="Loading the screen …" />}>{children}</Suspense>
        </ScreenGuard>
      </main>
    </div>
  )
}
