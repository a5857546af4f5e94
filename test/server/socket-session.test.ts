import { expect, test } from 'vitest'
import { toViewer, type Viewer } from '../../src/domain/viewer.ts'
import { lastingGrants } from '../../src/server/grant-watch.ts'
import { SocketSession } from '../../src/server/socket-session.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'

const at = (siteNames: readonly string[] | null, organizations: readonly string[] | null = null): Viewer =>
  toViewer({
    name: 'alice',
    grants: [{ scopes: ['dr:read'], siteNames, organizations }],
    expiresAt: null,
    isAnonymous: false,
  })

/** A session of somebody who began with one viewer and may show others, by what stands behind Bearer. */
const startSession = (first: Viewer, others: Readonly<Record<string, Viewer>>): SocketSession => {
  const session = new SocketSession({
    authenticate: async (given) => others[(given ?? '').replace('Bearer ', '')] ?? null,
    grants: lastingGrants,
    logger: silentLogger,
    onExpired: () => undefined,
    onWithdrawn: () => undefined,
  })
  session.begin(first)
  return session
}

test('goes on with a token whose scopes hold at the same places or at more, and never at fewer', async () => {
  // A1
  using session = startSession(at(['cloud-a']), {
    elsewhere: at(['zvm-a']),
    'one tenant only': at(['cloud-a'], ['acme']),
    'two sites': at(['zvm-a', 'cloud-a']),
    'the first site': at(['cloud-a']),
    everywhere: at(null),
  })
  const refresh = async (token: string): Promise<boolean> => (await session.refresh(token)) !== null
  expect([await refresh('elsewhere'), await refresh('one tenant only'), await refresh('unknown')]).toEqual([
    false,
    false,
    false,
  ])
  expect([await refresh('two sites'), await refresh('the first site')]).toEqual([true, false])
  expect([await refresh('everywhere'), await refresh('two sites')]).toEqual([true, false])
})

test('does not go on when it is over', async () => {
  const session = startSession(at(null), { same: at(null) })
  session[Symbol.dispose]()
  expect([await session.refresh('same'), session.isOver]).toEqual([null, true])
})
