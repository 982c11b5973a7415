import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { reasons } from '@kentei/verify/parts'
import { build } from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'
import { assets } from '../../src/node/assets.ts'
import {
  languagesOf,
  noteArguments,
  parseMessage,
  readSentences,
  readVariants,
  subjectsOf,
} from '../../src/node/texts.ts'
import { givenNames } from '../../src/platform/words/catalogue.ts'
import { elementsOf, shortened } from '../../src/platform/words/message.ts'

const FOLDER = 'src/texts'
const languages = await languagesOf(FOLDER)
const subjects = await Promise.all(
  (await subjectsOf(FOLDER)).map(async (subject) => ({
    subject,
    sentences: await readSentences(FOLDER, subject),
    variants: await readVariants(FOLDER, subject),
  })),
)

/** What a message needs, whatever the order in which it names it. */
const needs = (message = '') => [...noteArguments(parseMessage(message), new Map()).keys()].sort().join()

/** Every string and template of the code, with a wildcard for what a template puts in. */
async function stringsOfCode(): Promise<{ readonly exact: ReadonlySet<string>; readonly patterns: readonly RegExp[] }> {
  const files = (await readdir('src', { recursive: true })).filter((file) => /[.]tsx?$/.test(file))
  const code = (await Promise.all(files.map((file) => readFile(join('src', file), 'utf8')))).join('\n')
  const exact = new Set([...code.matchAll(/['"]((?:[\w/-]+\.)+[\w-]+)['"]/g)].map(([, text = '']) => text))
  // a template that begins with what is put in says nothing about a key
  const templates = new Set([...code.matchAll(/`((?:[\w-]+\.)+[\w.-]*\$\{[^`]*)`/g)].map(([, text = '']) => text))
  return {
    exact,
    patterns: [...templates].map(
      (text) => new RegExp(`^${text.replaceAll('.', '[.]').replace(/\$\{[^}]*\}/g, '.+')}$`),
    ),
  }
}

describe.each(subjects)('the texts about $subject', ({ sentences, variants }) => {
  const [first = {}, ...others] = Object.values(sentences)

  it('have the same keys in every language, in the same order', () => {
    for (const other of others) expect(Object.keys(other)).toEqual(Object.keys(first))
  })

  it('have the same arguments in every language', () => {
    for (const other of others)
      expect(Object.keys(first).filter((key) => needs(first[key]) !== needs(other[key]))).toEqual([])
  })

  it('have in a variant some of the same keys, in the same order and with the same arguments', () => {
    for (const variant of Object.values(variants)) {
      expect(Object.keys(variant)).toEqual(Object.keys(first).filter((key) => key in variant))
      expect(Object.keys(variant).filter((key) => needs(first[key]) !== needs(variant[key]))).toEqual([])
    }
  })
})

describe('the texts', () => {
  const keys = subjects.flatMap(({ sentences }) => Object.keys(Object.values(sentences)[0] ?? {}))

  it('use no key twice, so that services can take any subjects together', () => {
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
  })

  it('are in bundles what the parser makes of them', () => {
    for (const message of subjects.flatMap(({ sentences }) => Object.values(sentences).flatMap(Object.values<string>)))
      expect(elementsOf(shortened(parseMessage(message)))).toEqual(parseMessage(message))
  })

  it('have no sentence that no code shows', async () => {
    const { exact, patterns } = await stringsOfCode()
    const named = (key: string) => exact.has(key) || patterns.some((pattern) => pattern.test(key))
    // of a list, the code names what its keys have in common
    expect(keys.filter((key) => !named(key) && !named(key.replace(/[.]\d+$/, '')))).toEqual([])
  })
})

/** Words that are not said to people: a name from the settings, or a word that everybody knows, stands for each. */
const UNSAID = /市場|薄れ|重み|信号|帳簿|合言葉|題名|依頼者|働き手|ハッシュ/

it('no Japanese sentence says a word of ours that people do not use', () => {
  const said = subjects.flatMap(({ sentences }) => Object.entries(sentences.ja ?? {}))
  expect(said.filter(([, sentence]) => UNSAID.test(sentence)).map(([key]) => key)).toEqual([
    // for those who build what it asks for
    'conformance.mend.escrow.clients',
    'conformance.mend.escrow.pairwise',
  ])
})

it('no Japanese document calls the marketplace by the word for a place of prices', async () => {
  const files = (await readdir('src/docs/ja', { recursive: true })).filter((file) => file.endsWith('.md'))
  const texts = await Promise.all(files.map((file) => readFile(join('src/docs/ja', file), 'utf8')))
  expect(files.length).toBeGreaterThan(3)
  expect(files.filter((_, at) => texts[at]?.includes('市場'))).toEqual([])
})

it('a sentence about the marketplace belongs to pages, which fill in its name', async () => {
  const asking = subjects.filter(({ sentences }) =>
    Object.values(sentences).some((all) => givenNames.some((name) => JSON.stringify(all).includes(`{${name}}`))),
  )
  const pages = await Promise.all(
    ['src/web/ui/message.ts', 'src/sandbox/pages/texts.ts'].map((file) => readFile(file, 'utf8')),
  )
  const filled = new Set(pages.flatMap((code) => [...code.matchAll(/texts\/([\w-]+)\?texts/g)].map(([, name]) => name)))
  expect(asking.length).toBeGreaterThan(5)
  expect(asking.filter(({ subject }) => !filled.has(subject)).map(({ subject }) => subject)).toEqual([])
})

const JAPANESE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u
const isComment = (line: string): boolean => /^\s*(\/\/|\/\*|\*)/.test(line)

it.each(['sandbox', 'web', 'platform', 'ranking', 'credential', 'authoring', 'cli'])(
  'the code of %s holds no Japanese: its sentences are texts, and words it knows are data',
  async (room) => {
    const files = (await readdir(join('src', room), { recursive: true }))
      .filter((file) => /(?<![.]data)[.]tsx?$/.test(file))
      .map((file) => join(room, file))
    const found = await Promise.all(
      files.map(async (file) => {
        const lines = (await readFile(join('src', file), 'utf8')).split('\n')
        return lines.flatMap((line, at) => (JAPANESE.test(line) && !isComment(line) ? [`${file}:${at + 1}`] : []))
      }),
    )
    expect(files.length).toBeGreaterThan(1)
    expect(found.flat()).toEqual([])
  },
)

/** A string of the code that reads like a sentence. */
const ENGLISH = /(['"`])[A-Za-z][^'"`]* (?:is|are|the|not|of|with|has|no|for|to|must|cannot) [^'"`]*\1/

it('the code of the command line holds no English sentence: they are texts, and what it writes elsewhere is data', async () => {
  const files = (await readdir('src/cli', { recursive: true })).filter((file) => /(?<![.]data)[.]tsx?$/.test(file))
  const found = await Promise.all(
    files.map(async (file) => {
      const lines = (await readFile(join('src/cli', file), 'utf8')).split('\n')
      return lines.flatMap((line, at) => (ENGLISH.test(line) && !isComment(line) ? [`${file}:${at + 1}`] : []))
    }),
  )
  // a JSON Schema is the same for every editor
  expect(found.flat().filter((place) => !place.startsWith('schema-command.ts'))).toEqual([])
})

describe('the English reasons why a check is not passed', () => {
  it('are those of the package that others verify with', () => {
    const own = subjects.find(({ subject }) => subject === 'reason')?.sentences.en
    expect(own).toEqual(
      Object.fromEntries(Object.entries(reasons).map(([code, [, sentence]]) => [`reason.${code}`, sentence])),
    )
  })
})

describe('a third language', async () => {
  const root = await mkdtemp(join(await cacheFolder(), 'language-'))
  afterAll(() => rm(root, { recursive: true, force: true }))

  it('is one folder: pages and findings say its sentences and dates with what is filled in', async () => {
    for (const part of [
      'authoring/said.ts',
      'platform/page/dates.ts',
      'platform/page/words.ts',
      'platform/words',
      'texts',
      'web/ui/message.ts',
      'world/brand.ts',
    ])
      await cp(join('src', part), join(root, 'src', part), { recursive: true })
    const own: Readonly<Record<string, string>> = { 'locale.name': 'Toy', 'time.locale': 'fr-FR', 'time.month': 'long' }
    await mkdir(join(root, FOLDER, 'xx'))
    for (const { subject, sentences } of subjects) {
      const toy = Object.fromEntries(
        Object.entries(sentences.en ?? {}).map(([key, message]) => [key, own[key] ?? `⟦${message}⟧`]),
      )
      await writeFile(join(root, FOLDER, 'xx', `${subject}.json`), JSON.stringify(toy))
    }
    const outfile = join(root, 'pages.mjs')
    const contents =
      "export * from './platform/page/dates.ts'; export * from './platform/page/words.ts'; export * from './web/ui/message.ts'; export * from './authoring/said.ts'"
    await build({
      stdin: { contents, resolveDir: join(root, 'src') },
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      plugins: [assets()],
    })
    const {
      textsOf,
      languages: found,
      nameOfLanguage,
      dayTimeText,
      listed,
      say,
      sentenceOf,
    } = (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as {
      textsOf(language: string): (key: string, values?: object) => string
      languages: readonly string[]
      nameOfLanguage(language: string): string
      dayTimeText(language: string, at: number): string
      listed(words: readonly string[]): object
      say(key: string, values?: object): object
      sentenceOf(said: object, language: string): string
    }
    expect(found.map(nameOfLanguage)).toEqual(['English', '日本語', 'Toy'])
    expect(textsOf('xx')('start.title')).toBe('⟦Start the exam⟧')
    expect(textsOf('xx')('unit.minutes', { count: 5 })).toBe('⟦5 min⟧')
    expect(dayTimeText('xx', Date.parse('2026-11-24T06:11:00Z'))).toBe('⟦24 novembre 2026, ⟦15:11 JST⟧⟧')
    expect(sentenceOf(say('finding.variablesUnused', { unused: listed(['a', 'b']) }), 'xx')).toBe(
      '⟦these variables are not used: a⟦, ⟧b⟧',
    )
    expect(languages).not.toContain('xx')
  })
})

/** Where what a test bundles still finds the packages. */
async function cacheFolder(): Promise<string> {
  const folder = 'node_modules/.cache/kentei-test'
  await mkdir(folder, { recursive: true })
  return folder
}
