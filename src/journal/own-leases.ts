import { randomUUID } from 'node:crypto'
import type { Leases } from '../domain/ports/leases.ts'
import { ShownInterests } from './shown-interests.ts'

/** The leases of a gateway that has its store for itself: it has each at once, for as long as it wants it. */
export const createOwnLeases = (): Leases => {
  const replica = randomUUID()
  const interests = new ShownInterests()
  return {
    replica,
    hold: (name, work) => {
      const end = new AbortController()
      const done = work({ name, fence: 1 }, end.signal)
      return {
        [Symbol.asyncDispose]: async () => {
          end.abort()
          await done
        },
      }
    },
    isAlive: () => true,
    listLiving: async () => new Set([replica]),
    onDeath: () => ({ [Symbol.dispose]: () => {} }),
    // Nobody else has anything.
    nudge: () => {},
    onNudge: () => ({ [Symbol.dispose]: () => {} }),
    show: (interest) => interests.show(interest),
    isWanted: (interest) => interests.isWanted(interest),
    onWanted: (call) => interests.onWanted(call),
  }
}
