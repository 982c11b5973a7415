/** One line of the table: what was measured, and whether it keeps its floor (`least`) or its ceiling (`most`). */
export interface Measure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly least?: number
  readonly most?: number
  /** The figures behind a ratio. */
  readonly detail?: string
}

export const holds = ({ value, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Measure): boolean =>
  value >= least && value <= most

/** The same with bounds so many times as wide, for machines that do other things besides. */
export const widened = (measure: Measure, slack: number): Measure => ({
  ...measure,
  ...(measure.least === undefined ? {} : { least: measure.least / slack }),
  ...(measure.most === undefined ? {} : { most: measure.most * slack }),
})

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

export const rounded = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2)

/** Milliseconds that `act` takes. */
export async function timed(act: () => unknown): Promise<number> {
  const start = performance.now()
  await act()
  return performance.now() - start
}

/**
 * Runs two things in turn, so that whatever else the machine does hits both. One round of each warms up.
 * @returns the median of the rounds' ratios b/a, and the median milliseconds of each.
 */
export async function inTurn(
  rounds: number,
  a: () => Promise<number>,
  b: () => Promise<number>,
): Promise<{ ratio: number; a: number; b: number }> {
  const pairs: [number, number][] = []
  for (let round = -1; round < rounds; round += 1) {
    const pair =
      round % 2 === 0
        ? ([await a(), await b()] as [number, number])
        : (([late, early]) => [early, late] as [number, number])([await b(), await a()] as [number, number])
    if (round >= 0) pairs.push(pair)
  }
  return {
    ratio: median(pairs.map(([x, y]) => y / x)),
    a: median(pairs.map(([x]) => x)),
    b: median(pairs.map(([, y]) => y)),
  }
}
