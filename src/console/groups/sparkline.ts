/** One part of a span of time, of which the worst is drawn. */
export interface SparkPart {
  readonly maxSeconds: number | null
  readonly targetSeconds: number | null
}

/** What is drawn: lines between neighbours, dots for those without, and the height of the target. */
export interface SparkShape {
  /** `M0 4 L6 3`; empty when there is nothing to connect. */
  readonly path: string
  readonly dots: readonly { readonly x: number; readonly y: number }[]
  /** Null without a target. */
  readonly targetY: number | null
}

const round = (value: number): number => Math.round(value * 10) / 10

/** The parts as a line in a box; parts without a sample are gaps in it, not zeros. */
export const toSparkShape = (parts: readonly SparkPart[], width: number, height: number): SparkShape => {
  const targets = parts.flatMap(({ targetSeconds }) => (targetSeconds === null ? [] : [targetSeconds]))
  const target = targets.at(-1) ?? null
  const most = Math.max(1, ...parts.map(({ maxSeconds }) => maxSeconds ?? 0), target ?? 0) * 1.1
  const toY = (seconds: number): number => round(height - 1 - (seconds / most) * (height - 2))
  // A dot at either end stays whole.
  const toX = (index: number): number => round(2 + (parts.length < 2 ? 0.5 : index / (parts.length - 1)) * (width - 4))
  const at = (index: number): number | null => parts[index]?.maxSeconds ?? null
  let path = ''
  const dots: { x: number; y: number }[] = []
  for (const [index, { maxSeconds }] of parts.entries()) {
    if (maxSeconds === null) continue
    const point = { x: toX(index), y: toY(maxSeconds) }
    if (at(index - 1) !== null) path += `L${point.x} ${point.y}`
    else if (at(index + 1) === null) dots.push(point)
    else path += `M${point.x} ${point.y}`
  }
  return { path, dots, targetY: target === null ? null : toY(target) }
}
