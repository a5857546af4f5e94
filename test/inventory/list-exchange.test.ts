import { expect, it } from 'vitest'
import type { SharedLists } from '../../src/domain/ports/shared-lists.ts'
import type { ProtectionEvent } from '../../src/domain/protection-event.ts'
import { ListExchange } from '../../src/inventory/list-exchange.ts'
import { toListText } from '../../src/inventory/list-text.ts'
import { createSiteFeed } from '../../src/inventory/site-feed.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import type { Store } from '../../src/journal/store.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { takeLease } from '../conformance/leases.suite.ts'
import { createPostgresPlace } from '../journal/store-place.ts'
import { ScriptedSite } from '../tracking/scripted-site.ts'
import { sampleGroup } from './sample-lists.ts'
import { until } from './shared-rig.ts'

const listsOf = ({ lists }: Store): SharedLists => {
  if (lists === null) throw new Error('The store has one gateway')
  return lists
}

it('takes over, when it finds that another gateway reads by now, what that one has told until then', async () => {
  // C10: a gateway that stood still hears of what was told before it hears that it has lost the lease.
  await using place = await createPostgresPlace()
  await using store = await place.open({ clock: systemClock })
  await using otherStore = await place.open({ clock: systemClock })
  await using seat = takeLease(store.leases, 'lists')
  const { lease } = await seat.had
  const feed = createSiteFeed(new ScriptedSite('boston'), systemClock, () => {})
  const lists = listsOf(store)
  const changes = createMemoryEventBus<ProtectionEvent>()
  const options = { feeds: [feed], changes, leases: store.leases, clock: systemClock, logger: silentLogger }
  await using exchange = new ListExchange({ ...options, lists, onOutdated: () => {} })
  await exchange.start()
  exchange.lead(lease)

  const heard = Promise.withResolvers<void>()
  using stack = new DisposableStack()
  stack.use(lists.onNews(heard.resolve))
  await place.edit(`update leases set fence = fence + 1, holder = '${otherStore.leases.replica}' where name = 'lists'`)
  const observedAt = new Date()
  const answer = { observedAt, problem: null, heard: 0, answered: 0, toAgeMs: () => 0 }
  const text = toListText(feed, [sampleGroup({ nativeId: 'told' })])
  const newLease = { ...lease, fence: lease.fence + 1 }
  await listsOf(otherStore).tell(newLease, { siteName: 'boston', list: 'groups', ...answer, text })
  await heard.promise
  // It has looked by then.
  await lists.readSince(0)
  expect(feed.groups.last.value).toBeNull()
  await exchange.follow()
  await until(() => feed.groups.last.value?.[0]?.nativeId === 'told')
  expect(feed.groups.last).toMatchObject({ observedAt, problem: null })
})
