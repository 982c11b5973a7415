/** Acts on all values, at most `atOnce` at a time; the results are in the order of the values. */
export async function mapConcurrently<T, R>(values: readonly T[], atOnce: number, act: (value: T) => R | Promise<R>): Promise<R[]> {
  const results: R[] = new Array(values.length)
  let next = 0
  const work = async () => {
    while (next < values.length) {
      const index = next++
      results[index] = await act(values[index] as T)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, values.length) }, work))
  return results
}
