import type { Action } from '../generated/graphql.ts'
import { Button } from '../ui/button.tsx'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { findAction, type ActTarget } from './act-target.ts'
import { actionGroups, operationWords } from './operation-words.ts'
import './actions.css'

interface ActionBarProps {
  readonly target: ActTarget
  readonly onAct: (action: Action) => void
}

/** Always in sight, whether they may be taken or not. */
const always: readonly Action[] = ['TEST_FAILOVER', 'FAILOVER', 'MOVE']
/** In sight only where they may be taken: what ends something that is under way. */
const whenPossible: readonly Action[] = [
  'END_TEST_FAILOVER',
  'ROLLBACK_FAILOVER',
  'COMMIT_FAILOVER',
  'ROLLBACK_MOVE',
  'COMMIT_MOVE',
  'REVERSE',
]
/** The one that stands out is the first of these that is in sight. */
const byWeight: readonly Action[] = ['COMMIT_FAILOVER', 'COMMIT_MOVE', 'END_TEST_FAILOVER', 'REVERSE', 'FAILOVER']

/** What may be done, with the reason for what may not. */
export const ActionBar = ({ target, onAct }: ActionBarProps) => {
  const isShown = (action: Action): boolean => {
    const found = findAction(target, action)
    return found !== null && (always.includes(action) || (whenPossible.includes(action) && found.available))
  }
  const shown = [...whenPossible, ...always].filter(isShown)
  const primary = byWeight.find((action) => shown.includes(action))
  const items: readonly MenuItem[] = actionGroups
    .flatMap(({ actions }) => actions)
    .filter((action) => !shown.includes(action))
    .flatMap((action) => {
      const found = findAction(target, action)
      if (found === null) return []
      const reason = found.available ? null : (found.reason ?? 'Not possible now')
      const isDangerous = found.safety === 'DESTRUCTIVE'
      return [{ label: operationWords[action].label, onSelect: () => onAct(action), reason, isDangerous }]
    })
  return (
    <div className="actions-bar" role="group" aria-label={`Actions of ${target.name}`}>
      {shown.map((action) => {
        const found = findAction(target, action)
        return (
          <Button
            key={action}
            size="small"
            variant={action === primary ? 'primary' : 'plain'}
            reason={found?.available === true ? null : (found?.reason ?? 'Not possible now')}
            onClick={() => onAct(action)}
          >
            {operationWords[action].label}
          </Button>
        )
      })}
      <Menu label="More actions" items={items} />
    </div>
  )
}
