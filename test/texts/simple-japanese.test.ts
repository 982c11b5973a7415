import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { readReadings, withReadings } from '../../src/node/readings.ts'
import { noteArguments, parseMessage, readSentences, readVariants, subjectsOf } from '../../src/node/texts.ts'
import { withoutReadings } from '../../src/platform/words/readings.ts'
import { HARD_FORMS, HARD_WORDS } from './hard-words.data.ts'

const FOLDER = 'src/texts'
const SIMPLE = `${FOLDER}/ja-simple`
const subjects = await Promise.all(
  (await subjectsOf(FOLDER)).map(async (subject) => ({
    subject,
    of: (await readSentences(FOLDER, subject)).ja ?? {},
    simple: (await readVariants(FOLDER, subject))['ja-simple'] ?? {},
  })),
)
const texts = subjects.flatMap(({ simple }) => Object.entries(simple))
const readings = await readReadings(SIMPLE)
const listed = (await readFile(`${SIMPLE}/readings.txt`, 'utf8')).split(/\s+/).filter((word) => word !== '')

/** A text as it is read, with something short for whatever is filled in. */
const shown = (text: string): string =>
  text
    .replace(/《[^》]*》/g, '')
    .replace(/\{(\w+), (?:plural|select),.*\}\}/g, '12日')
    .replace(/\{\w+[^{}]*\}/g, '12')
const sentencesOf = (text: string): readonly string[] =>
  shown(text)
    .split(/(?<=。)/)
    .filter((sentence) => sentence.trim() !== '')
/** The longest that is let through; most are of 30 or less. */
const MOST_CHARACTERS = 45

/** Keys whose text is copied to other places: they stay as ordinary readers know them. */
const LEAVE_THE_PAGES = ['verify.pictureAlt', 'showing.post', 'wait.event', 'exam.level']

/** Ends of sentences that a page begins, and remarks in brackets. */
const REST = ['claims.length', 'csv.file']

/** All of these is for candidates. */
const CANDIDATES = ['attempt', 'concern', 'exam', 'practical', 'records', 'result', 'task', 'welcome']

const findings = (find: (text: string, key: string) => unknown): readonly string[] =>
  texts.flatMap(([key, text]) => (find(text, key) ? [`${key}: ${text}`] : []))

describe('texts in simple Japanese', () => {
  it('are there for all that candidates read, but for what leaves the pages and a title', () => {
    const left = subjects
      .filter(({ subject }) => CANDIDATES.includes(subject))
      .flatMap(({ of, simple }) =>
        Object.entries(of).flatMap(([key, text]) => (/\p{sc=Han}/u.test(text) && !(key in simple) ? [key] : [])),
      )
    const outside = [...LEAVE_THE_PAGES, 'practice.titleOf']
    expect(left.filter((key) => !outside.includes(key))).toEqual([])
  })

  it('say one short thing at a time', () => {
    expect(findings((text) => sentencesOf(text).some((sentence) => [...sentence].length > MOST_CHARACTERS))).toEqual([])
    const lengths = texts.flatMap(([, text]) => sentencesOf(text).map((sentence) => [...sentence].length))
    const short = lengths.filter((length) => length <= 30).length
    expect(short / lengths.length).toBeGreaterThan(0.9)
  })

  it.each(Object.entries(HARD_WORDS))('do not say %s, but %s', (hard) => {
    expect(findings((text) => shown(text).includes(hard))).toEqual([])
  })

  it('have no forms of politeness besides です and ます, and deny nothing twice', () => {
    expect(findings((text) => HARD_FORMS.some((form) => form.test(shown(text))))).toEqual([])
  })

  it('end their sentences in です or ます', () => {
    const polite = /(?:です|ます|ません|ました|でした|ください)(?:（[^）]*）)?。$/
    const rude = findings((text) =>
      sentencesOf(text).some((sentence) => sentence.endsWith('。') && !polite.test(sentence)),
    )
    expect(rude.map((found) => found.split(':')[0])).toEqual(REST)
  })

  it('have the reading of every kanji, but of the name that a switch shows', () => {
    const unread = (text: string) => withReadings(text, readings).replace(/\ufff9[^\ufffb]*\ufffb/g, '')
    expect(findings((text, key) => key !== 'locale.name' && /\p{sc=Han}/u.test(unread(text)))).toEqual([])
  })

  it('need every reading of their list', () => {
    const said = texts.map(([, text]) => text).join('\n')
    const word = (entry: string) => entry.replace(/《[^》]*》/g, '')
    expect(listed.filter((entry) => !said.includes(word(entry)))).toEqual([])
    expect(listed.filter((entry, at) => listed.findIndex((other) => word(other) === word(entry)) !== at)).toEqual([])
  })

  it('lose no number and nothing that is filled in', () => {
    const needs = (text: string) => [...noteArguments(parseMessage(text), new Map()).keys()].sort().join()
    const numbers = (text: string) => new Set(shown(text).match(/\d[\d.,]*/g))
    const lost = subjects.flatMap(({ of, simple }) =>
      Object.entries(simple).flatMap(([key, text]) => {
        const kept = numbers(text)
        return [...numbers(of[key] ?? '')].some((number) => !kept.has(number)) || needs(of[key] ?? '') !== needs(text)
          ? [`${key}: ${text}`]
          : []
      }),
    )
    expect(lost).toEqual([])
  })

  it('are not what is copied from a page to other places', () => {
    const keys = texts.map(([key]) => key)
    expect(LEAVE_THE_PAGES.filter((key) => keys.includes(key))).toEqual([])
    expect(subjects.flatMap(({ of }) => Object.keys(of)).filter((key) => LEAVE_THE_PAGES.includes(key))).toHaveLength(
      LEAVE_THE_PAGES.length,
    )
  })

  it('are the words alone where readings cannot be', () => {
    expect(withoutReadings(withReadings('検定を受ける', readings))).toBe('検定を受ける')
  })
})
