const dayMs = 24 * 60 * 60 * 1000

/** How a group stands with its tests. NEVER: no test is known. */
export const testVerdicts = ['IN_TIME', 'OVERDUE', 'NEVER'] as const
export type TestVerdict = (typeof testVerdicts)[number]

/** Ends of the spans by which the ages of tests are counted, in days; what is older than the last one is one span more. */
export const testAgeDays = [7, 30, 90, 182, 365] as const

/** The later of two moments; null where neither is known. */
export const toLater = (one: Date | null, other: Date | null): Date | null => {
  if (one === null || other === null) return one ?? other
  return one > other ? one : other
}

/** The end of the time in which a test counts as recent; null where no test is known. */
export const toTestDueAt = (lastTestedAt: Date | null, testIntervalDays: number): Date | null =>
  lastTestedAt === null ? null : new Date(lastTestedAt.getTime() + testIntervalDays * dayMs)

/** How a target stood with its tests at a moment. */
export const judgeTest = (lastTestedAt: Date | null, at: Date, testIntervalDays: number): TestVerdict => {
  if (lastTestedAt === null) return 'NEVER'
  return at.getTime() - lastTestedAt.getTime() > testIntervalDays * dayMs ? 'OVERDUE' : 'IN_TIME'
}

/** Age in days at a moment, with fractions; a moment that is not over yet has the age 0. */
export const toAgeDays = (then: Date, at: Date): number => Math.max(0, at.getTime() - then.getTime()) / dayMs

/** Index of the span of {@link testAgeDays} that an age is in; their number for what is older than all of them. */
export const toTestAgeSpan = (ageDays: number): number => {
  const index = testAgeDays.findIndex((end) => ageDays <= end)
  return index === -1 ? testAgeDays.length : index
}
