import { formatDateTime, formatDuration, formatPlural, formatTime } from '../format.ts'
import type { PlanWarningCode } from '../generated/graphql.ts'
import { stateStatus, toWords, type Status } from '../status.ts'
import { AsOf } from '../ui/clock.tsx'
import { StatusBadge, StatusIcon } from '../ui/status-badge.tsx'
import type { Plan } from './use-operation.ts'

/** Those that may cost data or run a machine twice; the others are worth knowing. */
const grave: readonly PlanWarningCode[] = [
  'SPLIT_BRAIN_RISK',
  'SOURCE_ALIVE',
  'SOURCE_UNREACHABLE',
  'NEVER_SYNCED',
  'RECOVERY_POINT_GONE',
  'DESTINATION_PROBLEM',
]

const warningStatus = (code: PlanWarningCode): Status => (grave.includes(code) ? 'critical' : 'warn')

const lossInWords = ({ operation, lossSeconds }: Plan): string => {
  if (lossSeconds === null) return 'not known'
  return lossSeconds === 0 && operation === 'MOVE' ? 'none' : formatDuration(lossSeconds)
}

const decisionInWords = ({ decision }: Plan): string | null => {
  if (decision === null) return null
  if (decision.policy === 'MANUAL') return 'Then it waits until a person commits it or rolls it back.'
  const what = decision.policy === 'COMMIT' ? 'committed' : 'rolled back'
  return decision.afterSeconds === null || decision.afterSeconds === 0
    ? `Then it is ${what} at once, by itself.`
    : `Then it is ${what} by itself after ${formatDuration(decision.afterSeconds)}.`
}

const Headline = ({ plan }: { readonly plan: Plan }) => (
  <dl className="actions-figures">
    <div>
      <dt>Data loss</dt>
      <dd
        className={plan.lossSeconds === null || plan.lossSeconds > 0 ? 'actions-figure' : 'actions-figure actions-good'}
      >
        {lossInWords(plan)}
      </dd>
    </div>
    <div>
      <dt>Recovery point</dt>
      <dd className="actions-figure">
        {plan.recoveryPoint === null ? (
          plan.operation === 'MOVE' ? (
            'the present'
          ) : (
            'the newest of each machine'
          )
        ) : (
          <time dateTime={plan.recoveryPoint.takenAt} title={formatDateTime(plan.recoveryPoint.takenAt)}>
            {formatTime(plan.recoveryPoint.takenAt)}
          </time>
        )}
      </dd>
    </div>
    <div>
      <dt>Takes about</dt>
      <dd className="actions-figure">
        {plan.expectedDuration === null ? 'not known' : formatDuration(plan.expectedDuration.seconds)}
      </dd>
    </div>
    <div>
      <dt>Machines</dt>
      <dd className="actions-figure">{plan.machines.length}</dd>
    </div>
  </dl>
)

const Warnings = ({ plan: { warnings } }: { readonly plan: Plan }) =>
  warnings.length === 0 ? (
    <p className="actions-clear">
      <StatusIcon status="ok" /> Nothing speaks against it.
    </p>
  ) : (
    <ul className="actions-warnings" aria-label="What speaks against it">
      {warnings.map(({ code, message }) => (
        <li key={`${code}${message}`} className={`status-${warningStatus(code)}`}>
          <StatusIcon status={warningStatus(code)} label={warningStatus(code) === 'critical' ? 'Grave' : 'Warning'} />
          <span>{message}</span>
        </li>
      ))}
    </ul>
  )

const reachWords = (isReachable: boolean | null): string => {
  if (isReachable === null) return 'not asked'
  return isReachable ? 'answers' : 'does not answer'
}

const Sites = ({ plan: { sites } }: { readonly plan: Plan }) => (
  <ul className="actions-sites" aria-label="Sites">
    {sites.map(({ role, siteName, isReachable, state, problem }) => (
      <li key={`${role}${siteName}`}>
        <span className="muted">{toWords(role)}</span>
        <strong>{siteName}</strong>
        <StatusBadge status={isReachable === true ? 'ok' : isReachable === null ? 'unknown' : 'critical'}>
          {reachWords(isReachable)}
        </StatusBadge>
        {state !== null && <StatusBadge status={stateStatus(state)}>{toWords(state)}</StatusBadge>}
        {problem !== null && <span className="muted">{problem.message}</span>}
      </li>
    ))}
  </ul>
)

/** What a press would do, before it is pressed. */
export const PlanView = ({ plan }: { readonly plan: Plan }) => (
  <div className="actions-plan">
    <Headline plan={plan} />
    <Warnings plan={plan} />
    <Sites plan={plan} />
    {decisionInWords(plan) !== null && <p>{decisionInWords(plan)}</p>}
    <details>
      <summary>{formatPlural(plan.machines.length, 'machine')}, in the order in which they start</summary>
      <ol className="actions-machines">
        {plan.machines.map(({ replicationId, name, startup }) => (
          <li key={replicationId}>
            {name}
            {startup?.startDelaySeconds !== null && startup?.startDelaySeconds !== undefined && (
              <span className="muted"> after {formatDuration(startup.startDelaySeconds)}</span>
            )}
          </li>
        ))}
      </ol>
    </details>
    <details>
      <summary>What is sent to the site: {formatPlural(plan.calls.length, 'call')}</summary>
      {plan.calls.map(({ method, path, body }) => (
        // A call may be as wide as it is; the keyboard can scroll it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre key={`${method}${path}`} className="actions-call mono" tabIndex={0}>
          {method} {path}
          {body === null || body === undefined ? '' : `\n${JSON.stringify(body, null, 2)}`}
        </pre>
      ))}
    </details>
    <p className="muted">
      Planned, <AsOf at={plan.plannedAt} />. It is done only if everything still is like this.
    </p>
  </div>
)
