import type { Random } from '../../src/kernel/random.ts'

/** Texts that have broken parsers, databases, templates and dates elsewhere. */
const TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  '1e400',
  '-0',
  'NaN',
  '9007199254740993',
  '99999999999999999999',
  'null',
  'undefined',
  'true',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  '..%2f..%2f',
  '%',
  '%00',
  '%zz',
  '%c0%af',
  '%ff',
  "' OR 1=1 --",
  '"; DROP TABLE workers; --',
  '<script>alert(1)</script>',
  '"><img src=x>',
  '#{7*7}',
  '{{7*7}}',
  '\\',
  '\u0000',
  'a\u0000b',
  '\r\nset-cookie: a=b',
  '\u2028',
  '\ud800',
  '\udfff\ud800',
  '\u202eabc',
  '\u200b',
  '﷽',
  '𠮷👩‍👩‍👧',
  'e\u0301'.repeat(40),
  '🏴'.repeat(50),
  '٣',
  '１２',
  '2026-02-30T25:61:61Z',
  '2026-11-25T03:00:00Z',
  '0000-00-00',
  '+275760-09-13T00:00:00.001Z',
  'P1Y',
  'PT9999999999H',
  'x',
  'x.x.x',
  'eyJhbGciOiJub25lIn0.e30.',
  'eyJ.eyJ.A',
  'did:web:',
  'https://',
  'http://[::1',
  'javascript:alert(1)',
  'data:,',
  'att_1',
  'crd_1',
  '[]',
  '{}',
  '{"a":',
  '*',
  '"a"',
  'W/"a"',
  'bytes=0-99999999999',
  'ja,en;q=0.x',
  'a'.repeat(300),
  'a'.repeat(5_000),
] as const

const NUMBERS = [0, -0, -1, 1, 0.5, 3, 1e21, 2 ** 53, -(2 ** 53), 2 ** 31, 1e308, Number.MIN_VALUE] as const

export const pick = <T>(random: Random, values: readonly T[]): T => values[random.below(values.length)] as T

/** Happens `n` times of a hundred. */
export const chance = (random: Random, n: number): boolean => random.below(100) < n

export const hostileText = (random: Random): string =>
  chance(random, 10) ? pick(random, TEXTS) + pick(random, TEXTS) : pick(random, TEXTS)

/** Any JSON value, some of them deep or long. */
export function hostileValue(random: Random, depth = 0): unknown {
  const kind = random.below(depth > 2 ? 4 : 8)
  if (kind <= 1) return hostileText(random)
  if (kind === 2) return pick(random, NUMBERS)
  if (kind === 3) return pick(random, [null, true, false, [], {}])
  if (kind === 4) return Array.from({ length: random.below(5) }, () => hostileValue(random, depth + 1))
  if (kind === 5) return Array(pick(random, [101, 1_001])).fill(pick(random, [0, '', null, {}]))
  if (kind === 6) return Array.from({ length: 200 }).reduce((inner) => [inner], 0 as unknown)
  return Object.fromEntries(
    Array.from({ length: random.below(4) }, () => [hostileText(random), hostileValue(random, depth + 1)]),
  )
}
