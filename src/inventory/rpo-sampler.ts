import type { RpoHistory, RpoSample } from '../domain/ports/rpo-history.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { Seen } from './merge-observations.ts'

/** Of each group at most one sample in this time. */
const leastMs = 60_000

/** One sample at least in this time, when somebody looks at all, also when nothing changes. */
const mostMs = 5 * 60_000

/** Whether a look at this moment may be worth a sample, whatever it has found. */
const isDue = (at: Date, last: RpoSample): boolean => {
  // A clock that was set back must not stop the sampling.
  return Math.abs(at.getTime() - last.at.getTime()) >= leastMs
}

const isWorthKeeping = (sample: RpoSample, last: RpoSample): boolean => {
  if (Math.abs(sample.at.getTime() - last.at.getTime()) >= mostMs) return true
  const { verdict, targetSeconds, actualSeconds } = sample
  return verdict !== last.verdict || targetSeconds !== last.targetSeconds || actualSeconds !== last.actualSeconds
}

/** What is to be kept of a group; null where it is nothing. */
const findSample = ({ id, rpo, observations, isStale }: Seen<ProtectionGroup>, last: RpoSample | undefined) => {
  const at = observations[0]?.observedAt
  if (isStale || at === undefined || (last !== undefined && !isDue(at, last))) return null
  const { actualSeconds, targetSeconds, verdict } = rpo
  const sample: RpoSample = { groupId: id, at, actualSeconds, targetSeconds, verdict }
  return last === undefined || isWorthKeeping(sample, last) ? sample : null
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
      const sample = findSample(group, this.#newest.get(group.id))
      if (sample !== null) samples.push(sample)
    }
    if (samples.length === 0) return
    await this.#history.append(samples)
    for (const sample of samples) this.#newest.set(sample.groupId, sample)
  }
}
