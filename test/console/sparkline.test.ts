import { expect, test } from 'vitest'
import { toSparkShape } from '../../src/console/groups/sparkline.ts'

const parts = (...seconds: (number | null)[]) => seconds.map((maxSeconds) => ({ maxSeconds, targetSeconds: 100 }))

test('a gap in the samples is a gap in the line, and a lone sample a dot', () => {
  const { path, dots } = toSparkShape(parts(10, 20, null, 30, null, 40, 50), 64, 20)
  expect(path.match(/M/g)).toHaveLength(2)
  expect(dots.map(({ x }) => x)).toEqual([32])
})

test('what is worse is drawn higher, and all of it stays in the box, the target too', () => {
  const { path, targetY } = toSparkShape(parts(0, 500), 60, 20)
  const heights = [...path.matchAll(/[ML][\d.]+ (?<y>[\d.]+)/g)].map(({ groups }) => Number(groups?.['y']))
  expect(heights[0]).toBeGreaterThan(heights[1] ?? Infinity)
  expect(Math.min(...heights, targetY ?? 0)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...heights, targetY ?? 0)).toBeLessThanOrEqual(20)
})

test('nothing is drawn of a span without samples', () => {
  expect(
    toSparkShape(
      parts(null, null).map((part) => ({ ...part, targetSeconds: null })),
      60,
      20,
    ),
  ).toEqual({
    path: '',
    dots: [],
    targetY: null,
  })
})
