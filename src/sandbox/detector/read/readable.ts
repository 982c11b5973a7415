import { type Folding, isJapanese, isLatinLetter, isLatinOrDigit } from './fold-characters.ts'

// Whether a folded text is one that the detector has learnt to read: Japanese or English, in letters.

/** Words that no English text of some length does without, and that other languages in Latin letters hardly have. */
const common = new Set(
  'the and of for you is we are with your this that our from have wil be on it an as by or not must please per work need can they al any if when what who how i my us their them who has was but only one each after before first more than there here week day pay paid send write job aply make use free'.split(
    ' ',
  ),
)
/** Fewer words than this say little. */
const ENOUGH_WORDS = 18
const LEAST_COMMON = 0.06

/** A text of so many letters has some that can be read, and at least this share. */
const ENOUGH_LETTERS = 20
const LEAST_LETTERS = 0.15

function isEnglish({ codes, length }: Folding): boolean {
  let [words, known] = [0, 0]
  let word = ''
  for (let at = 0; at <= length; at += 1) {
    const code = codes[at] as number
    if (at < length && isLatinLetter(code)) {
      word += String.fromCharCode(code)
      continue
    }
    if (word === '') continue
    words += 1
    if (common.has(word)) known += 1
    word = ''
  }
  return words < ENOUGH_WORDS || known >= words * LEAST_COMMON
}

/** Whether the letters of a text, of so many UTF-16 units before folding, are such as the detector reads. */
export function isReadable(folding: Folding, units: number, script: 'japanese' | 'latin'): boolean {
  let letters = 0
  for (let at = 0; at < folding.length; at += 1)
    if (isLatinOrDigit(folding.codes[at]) || isJapanese(folding.codes[at])) letters += 1
  if (units >= ENOUGH_LETTERS && letters < units * LEAST_LETTERS) return false
  return script === 'japanese' || isEnglish(folding)
}
