import { Link } from '../app/router.tsx'
import { formatBytes, formatCount, formatPlural } from '../format.ts'
import type { OverviewQuery } from '../generated/graphql.ts'
import { vendorWords } from '../status.ts'
import { Card } from '../ui/card.tsx'
import { Ago } from '../ui/clock.tsx'
import { Empty } from '../ui/notice.tsx'
import { Badge, StatusBadge } from '../ui/status-badge.tsx'
import { Table, Td, Th } from '../ui/table.tsx'

type Overview = OverviewQuery['overview']

const signs = {
  UP: ['ok', 'Answers'],
  DEGRADED: ['warn', 'Answers badly'],
  DOWN: ['critical', 'Does not answer'],
} as const

const ConnectionBadge = ({ connection }: { readonly connection: Overview['bySite'][number]['site']['connection'] }) => {
  const [status, words] = connection === null ? (['unknown', 'Not configured'] as const) : signs[connection.state]
  return <StatusBadge status={status}>{words}</StatusBadge>
}

/** What runs where, and what is recovered to where. */
export const SiteTable = ({ sites }: { readonly sites: Overview['bySite'] }) => (
  <Card title="Sites" isFlush>
    <Table label="Sites">
      <thead>
        <tr>
          <Th>Site</Th>
          <Th className="wide-only">Vendor</Th>
          <Th>Connection</Th>
          <Th isNumeric>Run here</Th>
          <Th isNumeric>To here</Th>
          <Th isNumeric className="wide-only">
            Need attention
          </Th>
          <Th isNumeric className="wide-only">
            Journal
          </Th>
        </tr>
      </thead>
      <tbody>
        {sites.map(({ site, asSource, asDestination }) => (
          <tr key={site.id}>
            <Td>
              <Link to={`/groups?site=${encodeURIComponent(site.id)}`} className="overview-name">
                {site.configuredName ?? site.name}
              </Link>
            </Td>
            <Td className="wide-only">
              <Badge>{vendorWords(site.vendor)}</Badge>
            </Td>
            <Td>
              <ConnectionBadge connection={site.connection} />
            </Td>
            <Td isNumeric>{formatCount(asSource.vmCount)}</Td>
            <Td isNumeric>{formatCount(asDestination.vmCount)}</Td>
            <Td isNumeric className="wide-only">
              {formatCount(asDestination.unhealthyCount)}
            </Td>
            <Td isNumeric className="wide-only">
              {asDestination.storage.journalUsedBytes === null
                ? '–'
                : formatBytes(asDestination.storage.journalUsedBytes)}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  </Card>
)

type Untested = OverviewQuery['untested']['nodes'][number]

/** Groups whose test is longest ago. */
export const Untested = ({ total, groups }: { readonly total: number; readonly groups: readonly Untested[] }) => (
  <Card
    title="Due for a test"
    isFlush
    actions={total > 0 && <Link to="/groups?sort=LAST_TEST">{formatPlural(total, 'group')}</Link>}
  >
    {groups.length === 0 ? (
      <Empty title="No test is older than half a year." />
    ) : (
      <ul>
        {groups.map(({ id, name, lastTestedAt }) => (
          <li key={id} className="overview-item">
            <Link to={`/groups/${encodeURIComponent(id)}`} className="overview-name clip">
              {name}
            </Link>
            <span className="overview-item-end muted">
              {lastTestedAt === null ? (
                'never tested'
              ) : (
                <>
                  tested <Ago at={lastTestedAt} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    )}
  </Card>
)

interface DoublyProtectedProps {
  readonly machines: Overview['doublyProtected']
  readonly unprotectedCount: number | null
}

const mostShown = 6

/** Machines that two products protect, and how many nobody does. */
export const DoublyProtected = ({ machines, unprotectedCount }: DoublyProtectedProps) => (
  <Card
    title="Protected twice"
    isFlush
    actions={
      unprotectedCount !== null && <Link to="/start">{formatPlural(unprotectedCount, 'machine')} not protected</Link>
    }
  >
    {machines.length === 0 ? (
      <Empty title="No machine is protected by two products." />
    ) : (
      <ul>
        {machines.slice(0, mostShown).map(({ name, knownBy, protections }) => (
          <li key={protections.map(({ id }) => id).join()} className="overview-item">
            <span className="overview-name clip">{name}</span>
            <span className="overview-item-end">
              {knownBy === 'NAME_AND_ORGANIZATION' && <span className="muted">likely, by </span>}
              {protections.map(({ id, vendor, group }) => (
                <Link
                  key={id}
                  to={
                    group === null ? `/machines/${encodeURIComponent(id)}` : `/groups/${encodeURIComponent(group.id)}`
                  }
                >
                  <Badge>{vendorWords(vendor)}</Badge>
                </Link>
              ))}
            </span>
          </li>
        ))}
        {machines.length > mostShown && <li className="overview-item muted">and {machines.length - mostShown} more</li>}
      </ul>
    )}
  </Card>
)
