// One character at a time: what it looks like to a reader, in lower-case Latin letters, kana, kanji, signs and emoji.

/** Characters a reader cannot see: zero-width, bidi controls, variation selectors, soft hyphens, fillers, tags. */
const invisible = /^[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]$/u
const mark = /^\p{M}$/u
const control = /^\p{Cc}$/u
const space = /^\s$/

/** Letters of other scripts that pass for Latin ones: each pair is a look-alike and its letter, after lower-casing. */
const lookalikes = new Map<string, string>(
  Object.entries({
    a: 'аαɑᴀ⍺',
    b: 'ьвʙƅβß',
    c: 'сϲᴄⅽ',
    d: 'ԁɗᴅ',
    e: 'еєεҽᴇ℮ɛ',
    f: 'ꜰғ',
    g: 'ɡԍɢ',
    h: 'һнʜ',
    i: 'іїιıɩɪӏ',
    j: 'јϳᴊ',
    k: 'кκᴋ',
    l: 'ⅼʟ',
    m: 'мᴍ',
    n: 'пηɴո',
    o: 'оοσօᴏ',
    p: 'рρᴘ',
    q: 'ԛǫ',
    r: 'гʀ',
    s: 'ѕꜱ',
    t: 'тτᴛ',
    u: 'υսᴜ',
    v: 'ѵνᴠ',
    w: 'ԝшωᴡ',
    x: 'хχ',
    y: 'уγүʏ',
    z: 'ᴢ',
    '|': 'ǀ∣│┃',
    '-': '‐‑‒–—―−﹘⁃',
    ー: '〜～〰',
    '・': '·•‧∙⋅･●',
    "'": '’‘ʼ＇`´',
    '"': '“”〝〟',
  }).flatMap(([letter, alike]) => [...alike].map((character): [string, string] => [character, letter])),
)

/** Enclosed letters that have no compatibility mapping (🅻 🅛) and the regional indicators (🇱). */
function enclosedLetter(code: number): string | undefined {
  for (const first of [0x1f150, 0x1f170, 0x1f1e6]) {
    if (code >= first && code < first + 26) return String.fromCharCode(97 + code - first)
  }
  return undefined
}

/** Greek capitals that look like another letter than their small forms do: Ν is N, but ν is v. */
const capitalLookalike = (letter: string): string => (letter === 'Ν' ? 'n' : letter === 'Η' ? 'h' : 'y')

function foldOnce(text: string): string {
  let folded = ''
  for (const character of text.normalize('NFKC').replace(/[ΝΗΥ]/g, capitalLookalike).toLowerCase()) {
    const code = character.codePointAt(0) ?? 0
    // U+FEFF is a space to JavaScript, but nobody sees it
    if (invisible.test(character)) continue
    if (space.test(character)) folded += /[\n\r\u2028\u2029]/.test(character) ? '\n' : ' '
    else if (control.test(character)) continue
    else if (code >= 0x3041 && code <= 0x30fe) folded += mark.test(character) ? '' : (lookalikes.get(character) ?? character)
    else {
      // accents go, but the voiced kana keep theirs
      const bare = code > 0x7f && code < 0x2000 ? [...character.normalize('NFKD')].filter((part) => !mark.test(part)).join('') : character
      if (!mark.test(character)) folded += enclosedLetter(code) ?? lookalikes.get(bare) ?? bare
    }
  }
  return folded
}

/** What one character looks like, as code points: none for an invisible one, several for a ligature. */
function foldCharacter(code: number): readonly number[] {
  let folded = String.fromCodePoint(code)
  // a look-alike may only show after lower-casing, an accent only after a compatibility mapping
  for (let round = 0; round < 4; round += 1) {
    const again = foldOnce(folded)
    if (again === folded) break
    folded = again
  }
  return [...folded].map((character) => character.codePointAt(0) ?? 0)
}

/** Remembered by code point; the rare ones above U+FFFF are folded anew, but for emoji. */
const known: (readonly number[] | undefined)[] = new Array(0x20000).fill(undefined)

export function foldedCharacter(code: number): readonly number[] {
  const found = known[code]
  if (found) return found
  const folded = foldCharacter(code)
  if (code < known.length) known[code] = folded
  return folded
}

const VOICED = '\u3099'
const SEMI_VOICED = '\u309a'

/** The voiced sound a kana and a mark make, written as one; undefined where they make none. */
export function voice(kana: number, sign: number): number | undefined {
  const which = sign === 0x3099 || sign === 0xff9e || sign === 0x309b ? VOICED : sign === 0x309a || sign === 0xff9f || sign === 0x309c ? SEMI_VOICED : undefined
  if (!which || kana < 0x3041 || kana > 0x30fe) return undefined
  const composed = (String.fromCodePoint(kana) + which).normalize('NFC')
  return composed.length === 1 ? composed.charCodeAt(0) : undefined
}

export const isVoicingSign = (code: number): boolean => code === 0x3099 || code === 0x309a || code === 0xff9e || code === 0xff9f || code === 0x309b || code === 0x309c
