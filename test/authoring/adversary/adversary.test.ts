import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FEWEST_ITEMS, MOST_HITS, type OptionsOnly, tryAdversary } from '../../../src/authoring/adversary.ts'
import { randomFrom } from '../../../src/kernel/random.ts'

/** The single-choice items of both banks as they were in November 2026, whose keys ask, tell and propose. */
const bankOf2026 = (exam: string): OptionsOnly[] =>
  JSON.parse(readFileSync(new URL(`${exam}.json`, import.meta.url), 'utf8'))

test.each([
  ['web-writer', 0.5],
  ['business-admin', 0.38],
])(
  'the adversary learns how the keys of %s of 2026 sound, so that a weak one cannot pass for a good bank',
  (exam, least) => {
    const report = tryAdversary(bankOf2026(exam), 'ja')
    expect(report?.hits).toBeGreaterThanOrEqual(least)
    expect(report?.chance).toBeCloseTo(0.25)
  },
)

test('the adversary finds nothing where keys are dealt by lot', () => {
  const random = randomFrom('5'.repeat(32))
  const dealt = bankOf2026('web-writer').map(({ options }) => ({ options, key: random.below(options.length) }))
  expect(tryAdversary(dealt, 'ja')?.hits).toBeLessThanOrEqual(MOST_HITS)
})

test('the adversary names the cue that keys show', () => {
  const questions = Array.from({ length: 60 }, (_, i): OptionsOnly => {
    const options = [`Delete entry ${i}`, `Keep entry ${i}`, `Move entry ${i}`, `Copy entry ${i}`]
    const key = (i * 7) % 4
    return { options: options.map((text, at) => (at === key ? `${text} and ask first` : `${text} at some time`)), key }
  })
  const report = tryAdversary(questions, 'en')
  expect(report?.hits).toBe(1)
  expect(report?.cues.slice(0, 4).map(({ cue }) => cue)).toContain('ask')
})

test('a bank that is too small to learn from has no report', () => {
  expect(tryAdversary(bankOf2026('web-writer').slice(0, FEWEST_ITEMS - 1), 'ja')).toBeUndefined()
})
