export type Pair = readonly [x: number, y: number]

const inOneOrder = (a: Pair, b: Pair): number => a[0] - b[0] || a[1] - b[1]

const isConstant = (values: readonly number[]): boolean => values.every((value) => value === values[0])

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * Pearson's product-moment correlation, −1..1. Undefined for fewer than two pairs and where either side never varies.
 * The pairs are summed in an order of their own, so that the same pairs give the same bits in any order.
 */
export function correlation(pairs: readonly Pair[]): number | undefined {
  const sorted = [...pairs].sort(inOneOrder)
  const [xs, ys] = [sorted.map(([x]) => x), sorted.map(([, y]) => y)]
  if (sorted.length < 2 || isConstant(xs) || isConstant(ys)) return undefined
  const [mx, my] = [mean(xs), mean(ys)]
  let [xx, yy, xy] = [0, 0, 0]
  for (const [x, y] of sorted) {
    xx += (x - mx) ** 2
    yy += (y - my) ** 2
    xy += (x - mx) * (y - my)
  }
  return Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy)))
}
