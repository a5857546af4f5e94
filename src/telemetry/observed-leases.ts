import type { LeaseObserver } from '../domain/ports/lease-observer.ts'
import type { Leases } from '../domain/ports/leases.ts'

/** The same leases, with an observer who is told which of them this gateway has. */
export const observeLeases = (leases: Leases, observer: LeaseObserver): Leases => ({
  replica: leases.replica,
  hold: (name, work) => {
    observer.noteLease(name, 'WANTED')
    const held = leases.hold(name, async (lease, lost) => {
      observer.noteLease(name, 'TAKEN')
      // Its work may take a while to end: others may have it from this moment on.
      lost.addEventListener('abort', () => observer.noteLease(name, 'LOST'), { once: true })
      await work(lease, lost)
    })
    return {
      [Symbol.asyncDispose]: async () => {
        await held[Symbol.asyncDispose]()
        observer.noteLease(name, 'LEFT')
      },
    }
  },
  isAlive: () => leases.isAlive(),
  listLiving: () => leases.listLiving(),
  onDeath: (call) => leases.onDeath(call),
  nudge: (name) => leases.nudge(name),
  onNudge: (call) => leases.onNudge(call),
  show: (interest) => leases.show(interest),
  isWanted: (interest) => leases.isWanted(interest),
  onWanted: (call) => leases.onWanted(call),
})
