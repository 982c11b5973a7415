import { describe, expect, it } from 'vitest'
import { noteArguments, parseMessage, readSentences } from '../../../src/node/texts.ts'
import { textsOf } from '../../../src/sandbox/pages/texts.ts'

/** A name that is written from right to left and ends in a sign that belongs to neither direction. */
const NAME = 'נועם (ב)'
const ISOLATED = `\u2068${NAME}\u2069`
const subjects = ['account', 'case', 'contract', 'front', 'guide', 'job', 'market', 'play', 'reviews', 'work']

/** The name for whatever a sentence takes, but where it counts. */
const valuesOf = (message: string) =>
  Object.fromEntries(
    [...noteArguments(parseMessage(message), new Map())].map(([name, type]) => [name, type === 'number' ? 2 : NAME]),
  )

describe('a name that is written from right to left', () => {
  it.each(['ja', 'en'] as const)(
    'stands by itself in every sentence of the marketplace that takes it (%s)',
    async (locale) => {
      const say = textsOf(locale) as unknown as (key: string, values: object) => string
      const sentences = (await Promise.all(subjects.map((subject) => readSentences('src/texts', subject)))).flatMap(
        (of) => Object.entries(of[locale] ?? {}),
      )
      const named = sentences
        .map(([key, message]) => [key, say(key, valuesOf(message))] as const)
        .filter(([, said]) => said.includes(NAME))
      expect(named.length).toBeGreaterThan(20)
      expect(named.filter(([, said]) => said.replaceAll(ISOLATED, '').includes(NAME)).map(([key]) => key)).toEqual([])
    },
  )

  it('leaves a name that is written from left to right alone', () => {
    expect(textsOf('ja')('contract.theirs.delivered', { client: 'つどい' })).toBe('つどいの検収を待っています')
  })
})
