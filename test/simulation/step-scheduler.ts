/*
 * fast-check's own scheduler picks the next step at random and cannot make a failing order simpler. Here the order is a
 * list of small numbers that fast-check makes: it shrinks like any other value, towards "each one runs to its end".
 */

/** Somebody whose steps are scheduled. */
export interface Actor {
  readonly name: string
  /** A dead actor never takes another step: what it was waiting for does not come. */
  isAlive: boolean
}

interface Step {
  readonly actor: Actor
  readonly words: string
  readonly go: () => void
}

// More steps than any scenario needs: an endless loop in the code under test ends here, with its trace.
const mostSteps = 20_000

/** Everything that has begun comes to its next scheduled step, or waits for time. Nothing in here uses a real timer. */
const untilStill = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Lets one of all waiting steps go at a time, in an order that is given beforehand, and writes down which. */
export class StepScheduler {
  /** What has happened, in words. */
  readonly trace: string[] = []
  readonly #onStep: () => void
  #order: readonly number[] = []
  #place = 0
  #waiting: Step[] = []
  #stepCount = 0
  #isSilent = false

  /** @param onStep Called after each step, when all that it has set off stands still. */
  constructor(onStep: () => void) {
    this.#onStep = onStep
  }

  /** @param order Which of the waiting steps goes next, counted from the one that came last; 0 when it is used up. */
  follow(order: readonly number[]): void {
    this.#order = order
    this.#place = 0
  }

  /** Resolves when it is this step's turn; never, when its actor dies before. */
  turn(actor: Actor, words: string): Promise<void> {
    return new Promise((resolve) => {
      if (actor.isAlive) this.#waiting.push({ actor, words, go: resolve })
    })
  }

  /** Writes down something that happens without a step of its own. */
  note(words: string): void {
    if (!this.#isSilent) this.trace.push(words)
  }

  /** Writes this down, and nothing more. */
  fallSilent(words: string): void {
    this.note(words)
    this.#isSilent = true
  }

  /** Lets steps go until `next` is chosen among them, and lets that go; resolves when all stands still again. */
  async runUntilChosen(words: string, next: () => void): Promise<void> {
    await untilStill()
    for (;;) {
      this.#bury()
      const place = this.#choose(this.#waiting.length + 1)
      if (place === 0) break
      await this.#letGo(place - 1)
    }
    this.note(words)
    next()
    await this.#settle()
  }

  /** Lets steps go until none waits. */
  async runAll(): Promise<void> {
    await untilStill()
    for (this.#bury(); this.#waiting.length > 0; this.#bury()) await this.#letGo(this.#choose(this.#waiting.length))
  }

  #bury(): void {
    this.#waiting = this.#waiting.filter(({ actor }) => actor.isAlive)
  }

  #choose(count: number): number {
    const choice = this.#order[this.#place] ?? 0
    this.#place += 1
    this.#stepCount += 1
    if (this.#stepCount > mostSteps) throw new Error(`It does not come to rest within ${mostSteps} steps`)
    return count - 1 - (choice % count)
  }

  async #letGo(place: number): Promise<void> {
    const [step] = this.#waiting.splice(place, 1)
    if (step === undefined) return
    this.note(`${step.actor.name}: ${step.words}`)
    step.go()
    await this.#settle()
  }

  async #settle(): Promise<void> {
    await untilStill()
    this.#onStep()
  }
}
