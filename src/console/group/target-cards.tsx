import { useGateway } from '../app/gateway.tsx'
import { Link } from '../app/router.tsx'
import { toRefusal } from '../actions/answer-words.ts'
import {
  formatBytes,
  formatDateTime,
  formatDuration,
  formatPercent,
  formatShortDuration,
  formatTime,
} from '../format.ts'
import {
  ConsoleDismissAlertDocument,
  type AlertOfTargetFragment,
  type EndOfTargetFragment,
  type HypervisorKind,
  type MemberRowFragment,
} from '../generated/graphql.ts'
import { healthStatus, readinessStatus, toWords, verdictStatus, type Status } from '../status.ts'
import { Button } from '../ui/button.tsx'
import { Card, Fact, Facts } from '../ui/card.tsx'
import { Ago } from '../ui/clock.tsx'
import { Icon } from '../ui/icon.tsx'
import { Empty } from '../ui/notice.tsx'
import { Badge, StatusBadge, StatusIcon } from '../ui/status-badge.tsx'
import { Table, Td, Th } from '../ui/table.tsx'
import { toast } from '../ui/toast.tsx'
import type { TargetFacts } from './use-target.ts'

const nothing = <span className="muted">–</span>

const SyncWords = ({ sync }: { readonly sync: MemberRowFragment['sync'] }) =>
  sync?.percent === null || sync?.percent === undefined ? null : (
    <span className="muted"> {formatPercent(Math.round(sync.percent))} transferred</span>
  )

const MemberLine = ({
  member: { id, name, state, health, rpo, storage, sync },
}: {
  readonly member: MemberRowFragment
}) => (
  <tr>
    <Td>
      <Link to={`/machines/${id}`}>{name}</Link>
    </Td>
    <Td>
      <StatusBadge status={healthStatus(health)}>{toWords(health)}</StatusBadge>
    </Td>
    <Td>
      {toWords(state)}
      <SyncWords sync={sync} />
    </Td>
    <Td isNumeric>
      <span className="group-figures">
        <StatusIcon status={verdictStatus(rpo.verdict)} label={toWords(rpo.verdict)} />
        <span>
          {rpo.actualSeconds === null ? nothing : formatShortDuration(rpo.actualSeconds)}
          {rpo.targetSeconds !== null && <span className="muted"> / {formatShortDuration(rpo.targetSeconds)}</span>}
        </span>
      </span>
    </Td>
    <Td isNumeric>{storage.usedBytes === null ? nothing : formatBytes(storage.usedBytes)}</Td>
  </tr>
)

/** The machines of a group. */
export const MembersCard = ({ members }: { readonly members: readonly MemberRowFragment[] }) => (
  <Card title={`Machines (${members.length})`} isFlush>
    {members.length === 0 ? (
      <Empty title="No machine" />
    ) : (
      <Table label="Machines of the group">
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>Health</Th>
            <Th>State</Th>
            <Th isNumeric>RPO, actual / target</Th>
            <Th isNumeric>Storage</Th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <MemberLine key={member.id} member={member} />
          ))}
        </tbody>
      </Table>
    )}
  </Card>
)

type Readiness = Extract<TargetFacts, { __typename: 'ProtectionGroup' }>['readiness']

/** Whether it could be failed over now, and why. */
/** The gateway counts in seconds; people read `2 h 57 min` faster than `10617 s`. */
const inLargerUnits = (text: string): string =>
  text.replaceAll(/\b(?<seconds>\d{3,}) s\b/g, (_whole, seconds: string) =>
    formatDuration(Number(seconds)).replaceAll(' ', '\u00A0'),
  )

/** Lets the vendor's words, which are joined by slashes and underscores, be broken there and not anywhere. */
const breakable = (words: string | null): string | null => words?.replaceAll(/(?<=[/_])/g, '\u200B') ?? null

export const ReadinessCard = ({ readiness }: { readonly readiness: Readiness }) => (
  <Card
    title="Readiness"
    actions={<StatusBadge status={readinessStatus(readiness.verdict)}>{toWords(readiness.verdict)}</StatusBadge>}
  >
    <ul className="group-checks">
      {readiness.checks.map(({ name, verdict, detail }) => (
        <li key={name}>
          <StatusIcon status={readinessStatus(verdict)} label={toWords(verdict)} />
          <span>
            <strong>{toWords(name)}</strong> {inLargerUnits(detail)}
          </span>
        </li>
      ))}
    </ul>
  </Card>
)

const levelStatus: Readonly<Record<AlertOfTargetFragment['level'], Status>> = {
  ERROR: 'critical',
  WARNING: 'warn',
  UNKNOWN: 'unknown',
}

const DismissButton = ({ alert, onDone }: { readonly alert: AlertOfTargetFragment; readonly onDone: () => void }) => {
  const gateway = useGateway()
  const dismiss = async (): Promise<void> => {
    try {
      const { data, errors } = await gateway.keys.press(`DISMISS_ALERT ${alert.id}`, (idempotencyKey) =>
        gateway.mutate(ConsoleDismissAlertDocument, { input: { alertId: alert.id, idempotencyKey } }),
      )
      if (data === null) throw new Error(errors[0]?.message ?? 'The gateway gave no answer')
      const { answer } = data
      if (answer.__typename === 'TaskStarted') toast({ status: 'ok', title: 'The alert is dismissed' })
      else toast({ status: 'critical', title: toRefusal(answer).title, text: answer.message })
    } catch (error) {
      toast({ status: 'critical', title: 'No answer came', text: error instanceof Error ? error.message : '' })
    }
    onDone()
  }
  return (
    <Button size="small" variant="quiet" aria-label={`Dismiss: ${alert.description}`} onClick={() => void dismiss()}>
      Dismiss
    </Button>
  )
}

interface AlertsCardProps {
  readonly alerts: readonly AlertOfTargetFragment[]
  readonly canDismiss: boolean
  readonly onDone: () => void
}

/** The alerts that are on. */
export const AlertsCard = ({ alerts, canDismiss, onDone }: AlertsCardProps) => (
  <Card title={alerts.length === 0 ? 'Alerts' : `Alerts (${alerts.length})`}>
    {alerts.length === 0 && <p className="muted">None is on.</p>}
    <ul className="group-alerts">
      {alerts.map((alert) => (
        <li key={alert.id}>
          <StatusIcon status={levelStatus[alert.level]} label={toWords(alert.level)} />
          <span>
            {alert.description}
            <span className="muted">
              {alert.turnedOnAt !== null && (
                <>
                  {' '}
                  <Ago at={alert.turnedOnAt} />
                </>
              )}
              {alert.isDerived && ' · found by the gateway'}
              {alert.isDismissed && ' · dismissed'}
            </span>
          </span>
          {canDismiss && !alert.isDismissed && !alert.isDerived && <DismissButton alert={alert} onDone={onDone} />}
        </li>
      ))}
    </ul>
  </Card>
)

const hypervisorWords: Readonly<Record<HypervisorKind, string>> = {
  VSPHERE: 'vSphere',
  CLOUD_DIRECTOR: 'Cloud Director',
  HYPER_V: 'Hyper-V',
  AWS: 'AWS',
  AZURE: 'Azure',
  UNKNOWN: 'Another hypervisor',
}

const siteStatus = ({ site }: EndOfTargetFragment): readonly [Status, string] => {
  if (!site.isConfigured || site.connection === null) return ['unknown', 'not asked']
  const { state } = site.connection
  return [state === 'UP' ? 'ok' : state === 'DOWN' ? 'critical' : 'warn', toWords(state)]
}

const End = ({
  end,
  role,
  seenAt,
}: {
  readonly end: EndOfTargetFragment
  readonly role: string
  readonly seenAt: string | null
}) => {
  const [status, words] = siteStatus(end)
  const places = [end.organization, end.datacenter, end.vApp, end.datastore, end.storageProfile].filter(
    (word) => word !== null,
  )
  return (
    <div className="group-end">
      <p className="muted">{role}</p>
      <p className="group-end-name">
        <strong>{end.site.name}</strong> <StatusBadge status={status}>{words}</StatusBadge>
      </p>
      {places.length > 0 && <p>{places.join(' · ')}</p>}
      {end.hypervisor !== null && <p className="muted">{hypervisorWords[end.hypervisor]}</p>}
      <p className="muted">{seenAt === null ? 'Does not list it' : `Listed it at ${formatTime(seenAt)}`}</p>
      {end.site.connection?.lastProblem !== null && end.site.connection?.lastProblem !== undefined && (
        <p>{end.site.connection.lastProblem.message}</p>
      )}
    </div>
  )
}

/** Both ends, who of them has seen it when, and on what they do not agree. */
export const SitesCard = ({ facts }: { readonly facts: TargetFacts }) => {
  const seenBy = (siteId: string): string | null =>
    facts.observations.find(({ site }) => site.id === siteId)?.observedAt ?? null
  return (
    <Card title="Sites">
      <div className="group-ends">
        <End end={facts.source} role="Source: it runs here" seenAt={seenBy(facts.source.site.id)} />
        <Icon name="arrowRight" label="is replicated to" />
        <End end={facts.destination} role="Destination" seenAt={seenBy(facts.destination.site.id)} />
      </div>
      {facts.conflicts.length > 0 && (
        <>
          <p className="group-conflict-title">
            <StatusIcon status="warn" /> The sites do not agree
          </p>
          <Facts>
            {facts.conflicts.map(({ field, values }) => (
              <Fact key={field} label={field}>
                {values.map(({ site, value }) => (
                  <span key={site.id} className="group-conflict">
                    {site.name}: {value}
                  </span>
                ))}
              </Fact>
            ))}
          </Facts>
        </>
      )}
    </Card>
  )
}

/** What else is known of it from the lists. */
export const FactsCard = ({ facts }: { readonly facts: TargetFacts }) => {
  const isGroup = facts.__typename === 'ProtectionGroup'
  const { storage, sync } = facts
  return (
    <Card title="Facts">
      <Facts>
        <Fact label="State at the vendor">{breakable(facts.vendorState)}</Fact>
        <Fact label="Purpose">{toWords(facts.purpose)}</Fact>
        {isGroup && facts.priority !== null && <Fact label="Priority">{toWords(facts.priority)}</Fact>}
        {isGroup && (
          <Fact label="Last test">
            {facts.lastTestedAt === null ? 'never known' : <Ago at={facts.lastTestedAt} />}
            {facts.testDueAt !== null && <span className="muted">, due {formatDateTime(facts.testDueAt)}</span>}
          </Fact>
        )}
        {storage.usedBytes !== null && <Fact label="Storage used">{formatBytes(storage.usedBytes)}</Fact>}
        {storage.provisionedBytes !== null && (
          <Fact label="Storage provisioned">{formatBytes(storage.provisionedBytes)}</Fact>
        )}
        {storage.journalUsedBytes !== null && <Fact label="Journal">{formatBytes(storage.journalUsedBytes)}</Fact>}
        {sync !== null && sync.percent !== null && (
          <Fact label="Transfer">
            {formatPercent(Math.round(sync.percent))}
            {sync.etaSeconds !== null && <span className="muted">, {formatDuration(sync.etaSeconds)} to go</span>}
          </Fact>
        )}
        {!isGroup && facts.vm.guestOs !== null && <Fact label="Guest">{facts.vm.guestOs}</Fact>}
        {!isGroup && facts.vm.cpuCount !== null && <Fact label="CPUs">{facts.vm.cpuCount}</Fact>}
        {!isGroup && facts.vm.memoryBytes !== null && <Fact label="Memory">{formatBytes(facts.vm.memoryBytes)}</Fact>}
        {!isGroup && facts.settings.slaProfileName !== null && (
          <Fact label="Profile">{facts.settings.slaProfileName}</Fact>
        )}
        {!isGroup && facts.settings.retentionRules.length > 0 && (
          <Fact label="Kept">
            {facts.settings.retentionRules
              .map(({ count, distanceSeconds }) => `${count} × ${formatDuration(distanceSeconds)}`)
              .join(', ')}
          </Fact>
        )}
        {facts.isReversed && (
          <Fact label="Direction">
            <Badge>reversed</Badge>
          </Fact>
        )}
        {facts.description !== null && facts.description !== '' && <Fact label="Description">{facts.description}</Fact>}
      </Facts>
    </Card>
  )
}
