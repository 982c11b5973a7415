import { describe, expect, it } from 'vitest'
import { parseMessage } from '../../../src/node/texts.ts'
import { catalogue } from '../../../src/platform/words/catalogue.ts'
import { shortened } from '../../../src/platform/words/message.ts'

interface Texts {
  readonly plain: undefined
  readonly days: { readonly count: number }
  readonly until: { readonly when: string | number }
  readonly by: { readonly who: 'client' | 'worker' }
  readonly only: undefined
  readonly 'steps.0': undefined
  readonly 'steps.1': undefined
}
const written = (message: string) => shortened(parseMessage(message))
const one = {
  ja: {
    plain: '検定',
    days: written('{count}日'),
    until: written('{when} まで書けます。'),
    by: written('{who, select, client {依頼者} other {働く人}}'),
  },
  en: {
    plain: 'Exam <now>',
    days: written('{count, plural, one {# day} other {# days}}'),
    until: written('You can write it until {when}.'),
    by: written('{who, select, client {the client} other {the worker}}'),
  },
}
const other = {
  ja: { only: '別', 'steps.0': '一', 'steps.1': '二' },
  en: { only: 'another', 'steps.0': 'one', 'steps.1': 'two' },
}
const { languages, in: textsIn, each } = catalogue<Texts, 'ja' | 'en'>([one, other])
const [ja, en] = [textsIn('ja'), textsIn('en')]

describe('a catalogue', () => {
  it('knows the languages of its subjects', () => {
    expect(languages).toEqual(['ja', 'en'])
  })

  it('gives a sentence as it stands, of any of its subjects', () => {
    expect([ja('plain'), en('plain'), en('only')]).toEqual(['検定', 'Exam <now>', 'another'])
  })

  it('counts as the language does', () => {
    expect([ja('days', { count: 1 }), en('days', { count: 1 }), en('days', { count: 1200 })]).toEqual([
      '1日',
      '1 day',
      '1,200 days',
    ])
  })

  it('chooses among cases', () => {
    expect([en('by', { who: 'client' }), en('by', { who: 'worker' })]).toEqual(['the client', 'the worker'])
  })

  it('isolates a value that is written from right to left, and no other', () => {
    expect(en('until', { when: 'שלום' })).toBe('You can write it until \u2068שלום\u2069.')
    expect(en('until', { when: 'Monday' })).toBe('You can write it until Monday.')
  })

  it('that is exact puts nothing around a value, whatever its direction', () => {
    const exact = catalogue<Texts, 'ja' | 'en'>([one], { exact: true })
    expect(exact.in('en')('until', { when: 'שלום' })).toBe('You can write it until שלום.')
  })

  it('says the same in each of its languages', () => {
    expect(each((t, language) => `${language}: ${t('days', { count: 1 })}`)).toEqual({ ja: 'ja: 1日', en: 'en: 1 day' })
  })

  it('puts a piece of a page where its language has it', () => {
    const time = { tag: 'time' }
    expect(en.parts('until', { when: time })).toEqual(['You can write it until ', time, '.'])
    expect(ja.parts('until', { when: time })).toEqual([time, ' まで書けます。'])
  })

  it('gives the sentences of a list in their order', () => {
    expect(en.list('steps')).toEqual(['one', 'two'])
  })

  it('finds a sentence by a name from elsewhere, or none', () => {
    expect([en.find('only'), en.find('none')]).toEqual(['another', undefined])
  })

  it('says of a variant what it has words for, and all else as its language does', () => {
    const simple = catalogue<Texts, 'ja' | 'en'>([{ ...one, 'ja-simple': { days: written('{count}にち') } }, other])
    const t = simple.in('ja-simple')
    expect([t('days', { count: 3 }), t('plain'), t('only')]).toEqual(['3にち', '検定', '別'])
    expect([simple.languages, simple.variants]).toEqual([['ja', 'en'], ['ja-simple']])
    expect(simple.languageOf('ja-simple')).toBe('ja')
  })

  it('says of a variant that there are no words for what its language does', () => {
    expect(textsIn('en-simple')('days', { count: 1 })).toBe('1 day')
  })

  it('throws for a key that it does not have', () => {
    expect(() => en('none' as 'plain')).toThrow('no text is called none')
  })
})
