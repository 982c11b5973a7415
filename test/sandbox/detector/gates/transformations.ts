import { type Random, randomFrom, type Seed } from '../../../../src/kernel/random.ts'
import { figuresFor, homoglyphs, romanised, variantKanji } from './look-alikes.data.ts'

/** Wraps a text so that a person still reads it and a machine may not. The same seed gives the same text. */
export type Transformation = (text: string, seed: Seed) => string

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** What a reader takes for one letter each: a pair of surrogates, a letter with its marks, a joined emoji. */
const lettersOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment)

const pick = <T>(random: Random, among: readonly T[]): T => among[random.below(among.length)] as T

/** Puts something between neighbours on a line; lines stay. */
const between = (text: string, gap: () => string): string =>
  text
    .split('\n')
    .map((line) => lettersOf(line).reduce((before, letter) => (before ? before + gap() + letter : letter), ''))
    .join('\n')

/** Puts something behind every letter that is no space. */
const behind = (text: string, mark: () => string): string =>
  lettersOf(text)
    .map((letter) => (letter.trim() ? letter + mark() : letter))
    .join('')

const perLetter = (text: string, change: (letter: string) => string): string => lettersOf(text).map(change).join('')

/** A letter that lies as far from one alphabet's first as it does from another's; others stay. */
const shifted = (letter: string, first: string, last: string, to: number): string =>
  letter.length === 1 && letter >= first && letter <= last
    ? String.fromCodePoint(letter.charCodeAt(0) - first.charCodeAt(0) + to)
    : letter

/** Brackets that a right-to-left override shows the other way round. */
const mirrored = '()（）「」『』【】[]<>〈〉《》{}［］＜＞≪≫'

const mirror = (letter: string): string => {
  const at = mirrored.indexOf(letter)
  return at < 0 ? letter : (mirrored[at ^ 1] as string)
}

const RLO = '\u202e'
const PDF = '\u202c'
const LRI = '\u2066'
const PDI = '\u2069'

const HALF_WIDTH =
  'ヲｦァｧィｨゥｩェｪォｫャｬュｭョｮッｯーｰアｱイｲウｳエｴオｵカｶキｷクｸケｹコｺサｻシｼスｽセｾソｿタﾀチﾁツﾂテﾃトﾄナﾅニﾆヌﾇネﾈノﾉハﾊヒﾋフﾌヘﾍホﾎマﾏミﾐムﾑメﾒモﾓヤﾔユﾕヨﾖラﾗリﾘルﾙレﾚロﾛワﾜンﾝ'

/** Katakana in half width, a voiced one as two. */
const halfWidth = (letter: string): string =>
  Array.from(letter.normalize('NFD'), (part) => {
    if (part === '\u3099') return 'ﾞ'
    if (part === '\u309a') return 'ﾟ'
    const at = HALF_WIDTH.indexOf(part)
    return at < 0 || at % 2 === 1 ? part : (HALF_WIDTH[at + 1] as string)
  }).join('')

const isKatakana = (letter: string) => /^[ァ-ヶー]$/.test(letter)

const CIRCLED_KATAKANA = 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ'

const circled = (letter: string): string => {
  const at = letter.length === 1 ? CIRCLED_KATAKANA.indexOf(letter) : -1
  if (at >= 0) return String.fromCodePoint(0x32d0 + at)
  if (letter === '0') return '⓪'
  return [
    ['A', 'Z', 0x24b6],
    ['a', 'z', 0x24d0],
    ['1', '9', 0x2460],
  ].reduce((now, [first, last, to]) => shifted(now, first as string, last as string, to as number), letter)
}

/** Bold, bold italic or sans-serif, as the seed says. */
const mathematical = (text: string, seed: Seed): string => {
  const [upper, digits] = pick(randomFrom(seed), [
    [0x1d400, 0x1d7ce],
    [0x1d468, 0x1d7ce],
    [0x1d5d4, 0x1d7ec],
  ] as const)
  return perLetter(text, (letter) =>
    [
      ['A', 'Z', upper],
      ['a', 'z', upper + 26],
      ['0', '9', digits],
    ].reduce((now, [first, last, to]) => shifted(now, first as string, last as string, to as number), letter),
  )
}

const otherKana = (letter: string): string => {
  if (/^[ぁ-ゖ]$/.test(letter)) return shifted(letter, 'ぁ', 'ゖ', 'ァ'.charCodeAt(0))
  return /^[ァ-ヶ]$/.test(letter) ? shifted(letter, 'ァ', 'ヶ', 'ぁ'.charCodeAt(0)) : letter
}

/** Columns that are read from above to below, the first at the right; a gap where a column ends early. */
export const COLUMN = 8

function inColumns(text: string): string {
  const letters = lettersOf(text.replaceAll('\n', ''))
  const columns = Array.from({ length: Math.ceil(letters.length / COLUMN) }, (_, at) =>
    letters.slice(at * COLUMN, (at + 1) * COLUMN),
  ).reverse()
  return Array.from({ length: COLUMN }, (_, row) => columns.map((column) => column[row] ?? '　').join('　')).join('\n')
}

/** A line break after every two to four letters. */
function inShreds(text: string, seed: Seed): string {
  const random = randomFrom(seed)
  let left = 2 + random.below(3)
  return perLetter(text, (letter) => {
    if (letter === '\n') return letter
    left--
    if (left > 0) return letter
    left = 2 + random.below(3)
    return `${letter}\n`
  })
}

const drawn = (marks: readonly string[], seed: Seed): (() => string) => {
  const random = randomFrom(seed)
  return () => pick(random, marks)
}

/** Each letter as one of its look-alikes, if it has any. */
const lookAlike = (text: string, table: Readonly<Record<string, string>>, seed: Seed): string => {
  const random = randomFrom(seed)
  return perLetter(text, (letter) => pick(random, Array.from(table[letter] ?? letter)))
}

const ways = {
  /** Stored from last to first and shown from first to last. */
  'right-to-left override': (text) =>
    text
      .split('\n')
      .map((line) => (line ? RLO + lettersOf(line).reverse().map(mirror).join('') + PDF : line))
      .join('\n'),
  'bidirectional isolates': (text) => perLetter(text, (letter) => (letter.trim() ? LRI + letter + PDI : letter)),
  'zero-width characters': (text, seed) => between(text, drawn(['\u200b', '\u200c', '\u2060', '\ufeff'], seed)),
  'soft hyphens': (text) => between(text, () => '\u00ad'),
  'variation selectors': (text, seed) => behind(text, drawn(['\ufe00', '\ufe0e', '\u{e0100}', '\u{e0101}'], seed)),
  'tag characters': (text, seed) => behind(text, drawn(['\u{e0061}', '\u{e006f}', '\u{e007a}'], seed)),
  'combining marks': (text, seed) => {
    const mark = drawn(['\u0336', '\u0332', '\u0305', '\u20e3'], seed)()
    return behind(text, () => mark)
  },
  'emoji after every third letter': (text, seed) => {
    const random = randomFrom(seed)
    let at = 0
    return perLetter(text, (letter) =>
      letter.trim() && ++at % 3 === 0 ? letter + pick(random, ['🌸', '✨', '😊', '🍀', '💕', '🎀']) : letter,
    )
  },
  'spaces between': (text, seed) => {
    const space = drawn([' ', '　', '\u2009', '\u00a0'], seed)()
    return between(text, () => space)
  },
  'middle dots between': (text, seed) => {
    const dot = drawn(['・', '·', '•', '･'], seed)()
    return between(text, () => dot)
  },
  'punctuation between': (text, seed) => between(text, drawn(['.', '-', '_', '*', '/', '|', '~', '+'], seed)),
  'brackets around': (text) => perLetter(text, (letter) => (letter.trim() ? `【${letter}】` : letter)),
  'other widths': (text) =>
    perLetter(text, (letter) => (isKatakana(letter) ? halfWidth(letter) : shifted(letter, '!', '~', 0xff01))),
  'circled letters': (text) => perLetter(text, circled),
  'mathematical letters': mathematical,
  homoglyphs: (text, seed) => lookAlike(text, homoglyphs, seed),
  'variant kanji': (text, seed) => lookAlike(text, variantKanji, seed),
  'the other kana': (text) => perLetter(text, otherKana),
  'line breaks': inShreds,
  columns: inColumns,
  /** Read by whoever sees it rendered. */
  'character references': (text) =>
    perLetter(text, (letter) =>
      letter.trim() ? Array.from(letter, (point) => `&#${point.codePointAt(0)};`).join('') : letter,
    ),
  /** Read by whoever opens it as an address. */
  'percent-encoding': (text) => perLetter(text, (letter) => (letter.trim() ? encodeURIComponent(letter) : letter)),
  'figures for letters': (text) => perLetter(text, (letter) => figuresFor[letter] ?? letter),
  /** One letter in three stands twice or thrice. */
  'repeated letters': (text, seed) => {
    const random = randomFrom(seed)
    return perLetter(text, (letter) =>
      /^\p{L}$/u.test(letter) ? letter.repeat(pick(random, [1, 1, 1, 1, 2, 3])) : letter,
    )
  },
  'romanised words': (text) => romanised.reduce((now, [word, latin]) => now.replaceAll(word, ` ${latin} `), text),
  'capitals in turn': (text, seed) => {
    const random = randomFrom(seed)
    return perLetter(text, (letter) => (random.below(2) ? letter.toUpperCase() : letter.toLowerCase()))
  },
} satisfies Record<string, Transformation>

export type TransformationName = keyof typeof ways

export const transformations: Readonly<Record<TransformationName, Transformation>> = ways

export const transformationNames = Object.keys(ways) as TransformationName[]

/** A post with its title and its body transformed. */
export const transformPost = <P extends { readonly title: string; readonly body: string }>(
  post: P,
  name: TransformationName,
  seed: Seed,
): P => ({ ...post, title: transformations[name](post.title, seed), body: transformations[name](post.body, seed) })

export interface Dilution {
  /** How many letters are added: UTF-16 units, 0 or more. */
  readonly letters: number
  /** What they are taken from, in drawn order, again from the first when it is not enough; not empty. */
  readonly from: readonly string[]
  readonly where: 'before' | 'after' | 'around'
  readonly seed: Seed
}

/** Adds so many letters of other texts before a text, after it, or half before and half after. */
export function dilute(text: string, { letters, from, where, seed }: Dilution): string {
  const texts = randomFrom(seed).shuffle(from)
  let added = ''
  for (let at = 0; added.length < letters; at++) added += `${texts[at % texts.length] as string}\n`
  const cut = { before: letters, after: 0, around: letters >> 1 }[where]
  const parts = [added.slice(0, cut), text, added.slice(cut, letters)]
  return parts.filter(Boolean).join('\n')
}
