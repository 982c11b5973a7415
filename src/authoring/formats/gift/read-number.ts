const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d{1,2})?`
const RANGE = new RegExp(`^(${NUMBER})\\s*\\.\\.\\s*(${NUMBER})$`, 'i')
const AROUND = new RegExp(`^(${NUMBER})(?:\\s*:\\s*(${NUMBER}))?$`, 'i')

/** Reads `3`, `3:0.5` (a value and its margin) or `2.5..3.5`; undefined for anything else. */
export function readNumber(written: string): { readonly value: number; readonly tolerance: number } | undefined {
  const text = written.trim().replace(/^\+/, '')
  const range = RANGE.exec(text)
  if (range) {
    const [from, to] = [Number(range[1]), Number(range[2])]
    const decimals = Math.max(...[range[1], range[2]].map((end = '') => end.split('.')[1]?.length ?? 0)) + 1
    const half = (sum: number) => (/e/i.test(text) ? sum / 2 : Number((sum / 2).toFixed(Math.min(decimals, 20))))
    return to >= from ? { value: half(from + to), tolerance: half(to - from) } : undefined
  }
  const around = AROUND.exec(text)
  if (!around) return undefined
  const [value, tolerance] = [Number(around[1]), Number(around[2] ?? 0)]
  return Number.isFinite(value) && tolerance >= 0 ? { value, tolerance } : undefined
}
