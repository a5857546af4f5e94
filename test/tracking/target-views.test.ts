import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { ProtectionGroup } from '../../src/domain/protection-group.ts'
import { TargetViews } from '../../src/tracking/target-views.ts'
import { sampleRecovery } from './sample-recovery.ts'
import { ScriptedSite } from './scripted-site.ts'

const targets = Array.from({ length: 30 }, (_, number) => ({
  kind: 'ProtectionGroup' as const,
  vendor: 'ZERTO' as const,
  nativeId: `group-${number}`,
}))

/** A site that answers for its groups when it is let to, until the round ends. */
class SlowSite extends ScriptedSite {
  readonly round = new AbortController()
  readonly waiting: (() => void)[] = []
  asked = 0

  override async getGroup(nativeId: string): Promise<ProtectionGroup> {
    this.asked += 1
    this.recoveries.set(nativeId, sampleRecovery('NONE'))
    await new Promise<void>((resolve, reject) => {
      this.waiting.push(resolve)
      this.round.signal.addEventListener('abort', () => reject(new Error('The round is over')))
    })
    return super.getGroup(nativeId)
  }
}

it('leaves room at a site for what people do there, however many targets a round looks at', async () => {
  const site = new SlowSite('boston')
  const views = new TargetViews(site, site.round.signal)
  const looked = Promise.all(targets.map((target) => views.view(target)))
  const together: number[] = []
  for (let left = targets.length; left > 0;) {
    await setImmediate()
    const answers = site.waiting.splice(0)
    together.push(answers.length)
    left -= answers.length
    for (const answer of answers) answer()
  }
  expect((await looked).map(({ kind }) => kind)).toEqual(targets.map(() => 'SEEN'))
  expect(Math.max(...together)).toBe(4)
  expect(site.asked).toBe(targets.length)
})

it('asks for nothing more when the round is over', async () => {
  const site = new SlowSite('boston')
  const views = new TargetViews(site, site.round.signal)
  const looked = Promise.allSettled(targets.map((target) => views.view(target)))
  await setImmediate()
  site.round.abort()
  expect((await looked).map(({ status }) => status)).toEqual(targets.map(() => 'rejected'))
  expect(site.asked).toBe(4)
})
