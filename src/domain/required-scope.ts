import type { Action } from './actions.ts'
import { DomainError } from './errors.ts'
import { isWithin, type Place } from './reach.ts'
import { reachOf, type Scope, type Viewer } from './viewer.ts'

/** What each action takes: `dr:recover` for what moves or ends machines. */
export const scopeOf: Readonly<Record<Action, Scope>> = {
  UPDATE: 'dr:operate',
  PAUSE: 'dr:operate',
  RESUME: 'dr:operate',
  SYNC: 'dr:operate',
  STOP: 'dr:recover',
  FAILOVER: 'dr:recover',
  COMMIT_FAILOVER: 'dr:recover',
  ROLLBACK_FAILOVER: 'dr:recover',
  TEST_FAILOVER: 'dr:operate',
  END_TEST_FAILOVER: 'dr:operate',
  MOVE: 'dr:recover',
  COMMIT_MOVE: 'dr:recover',
  ROLLBACK_MOVE: 'dr:recover',
  REVERSE: 'dr:recover',
  CREATE_CHECKPOINT: 'dr:operate',
  START_CLONE: 'dr:operate',
  ABORT_CLONE: 'dr:operate',
}

type Asker = Pick<Viewer, 'name' | 'grants' | 'scopes'>

/**
 * Why a caller may not do what takes a scope, in a sentence; null when he may.
 *
 * @param places The ends of what it is to be done to; null asks for the scope alone, wherever it holds.
 */
export const findScopeRefusal = (viewer: Asker, scope: Scope, places: readonly Place[] | null): string | null => {
  if (!viewer.scopes.has(scope)) return `This needs the scope ${scope}, which ${viewer.name} does not have`
  if (places === null || isWithin(reachOf(viewer, scope), places)) return null
  return `This needs the scope ${scope}, which ${viewer.name} does not have for it`
}

/**
 * @param places As for {@link findScopeRefusal}.
 * @throws PERMISSION_DENIED
 */
export const requireScope = (viewer: Asker, scope: Scope, places: readonly Place[] | null = null): void => {
  const message = findScopeRefusal(viewer, scope, places)
  if (message !== null) throw new DomainError({ code: 'PERMISSION_DENIED', message, requiredScope: scope })
}
