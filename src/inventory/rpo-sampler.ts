import type { RpoHistory, RpoSample } from '../domain/ports/rpo-history.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { Seen } from './merge-observations.ts'

/** Of each group at most one sample in this time. */
const leastMs = 60_000

/** One sample at least in this time, when somebody looks at all, also when nothing changes. */
const mostMs = 5 * 60_000

const isWorthKeeping = (sample: RpoSample, last: RpoSample | undefined): boolean => {
  if (last === undefined) return true
  // A clock that was set back must not stop the sampling.
  const agoMs = Math.abs(sample.at.getTime() - last.at.getTime())
  if (agoMs < leastMs || agoMs >= mostMs) return agoMs >= mostMs
  const { verdict, targetSeconds, actualSeconds } = sample
  return verdict !== last.verdict || targetSeconds !== last.targetSeconds || actualSeconds !== last.actualSeconds
}

const toSample = ({ id, rpo, observations }: Seen<ProtectionGroup>): RpoSample | null => {
  const at = observations[0]?.observedAt
  if (at === undefined) return null
  const { actualSeconds, targetSeconds, verdict } = rpo
  return { groupId: id, at, actualSeconds, targetSeconds, verdict }
}

/** Keeps how groups keep their objectives over time. What could not be read leaves a gap. */
export class RpoSampler {
  readonly #history: RpoHistory
  #newest: Map<string, RpoSample> | null = null

  constructor(history: RpoHistory) {
    this.#history = history
  }

  /** @param groups The merged list, as it was read just now. @throws STORE_BUSY, STORE_UNAVAILABLE */
  async sample(groups: Iterable<Seen<ProtectionGroup>>): Promise<void> {
    this.#newest ??= new Map((await this.#history.listNewest()).map((sample) => [sample.groupId, sample]))
    const samples: RpoSample[] = []
    for (const group of groups) {
      const sample = group.isStale ? null : toSample(group)
      if (sample !== null && isWorthKeeping(sample, this.#newest.get(sample.groupId))) samples.push(sample)
    }
    if (samples.length === 0) return
    await this.#history.append(samples)
    for (const sample of samples) this.#newest.set(sample.groupId, sample)
  }
}
