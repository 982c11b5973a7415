/** Digits with thousands separators, never in exponent form. */
export function printNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 20, useGrouping: true })
}
