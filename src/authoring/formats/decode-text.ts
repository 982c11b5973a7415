import { UNSAFE_SIGNS } from '../../item/markup/compiled-html.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { say } from '../said.ts'
import { type ImportProblem, type Loss, loss, problem } from './exchange.ts'

/** A text to import may hold this many bytes: some ten thousand items. */
const MOST_BYTES = 64_000_000

export interface DecodedText {
  readonly text: string
  readonly losses: readonly Loss[]
}

/**
 * The text of a file to import: `\n` line ends, no byte order mark, no character that shows nothing. UTF-8, and what
 * spreadsheets of Windows save besides where there is no doubt: UTF-16 with its mark, Shift_JIS and EUC-JP with kana in them.
 */
export function decodeText(bytes: Uint8Array): Result<DecodedText, ImportProblem> {
  if (bytes.length > MOST_BYTES) return fail(problem('too-large', say('exchange.fileTooLarge')))
  const utf8 = decodeStrictly(bytes, 'utf-8')
  if (utf8 !== undefined && !holdsZeros(bytes)) return ok(cleanText(utf8))
  const other = readOther(bytes)
  if (!other)
    return fail(
      notUtf8(
        utf8 !== undefined ? 'UTF-16' : decodeStrictly(bytes, 'shift_jis') === undefined ? 'unknown' : 'Shift_JIS',
      ),
    )
  const { text, losses } = cleanText(other.text)
  const read = loss('characters', say('exchange.readAsEncoding', { encoding: other.encoding }))
  return ok({ text, losses: [read, ...losses] })
}

/** Takes out what shows nothing, and says so. */
export function cleanText(written: string): DecodedText {
  const text = written.replace(/\r\n?|[\u2028\u2029]/g, '\n').toWellFormed()
  const unsafe = text.match(UNSAFE_SIGNS)
  if (!unsafe) return { text, losses: [] }
  const codes = [...new Set(unsafe)]
    .slice(0, 8)
    .map((c) => `U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
  const named = codes.join(', ')
  return {
    text: text.replace(UNSAFE_SIGNS, ''),
    losses: [loss('characters', say('exchange.invisibleTakenOut', { count: unsafe.length, codes: named }))],
  }
}

/** Text in another encoding, where nothing else fits. Kana tell it from the letters of Europe, which fit into Shift_JIS too. */
function readOther(bytes: Uint8Array): { readonly encoding: string; readonly text: string } | undefined {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined
  const encodings = mark ? [mark] : ['shift_jis', 'euc-jp']
  for (const encoding of encodings) {
    const text = decodeStrictly(bytes, encoding)
    if (text !== undefined && (mark || (KANA.test(text) && !HALF_WIDTH_KANA.test(text))))
      return { encoding: NAMES[encoding] as string, text }
  }
  return undefined
}

const NAMES: Readonly<Record<string, string>> = {
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  shift_jis: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
}

const KANA = /[\u3041-\u3096\u30a1-\u30fa]/
/** EUC-JP read as Shift_JIS is full of them. */
const HALF_WIDTH_KANA = /[\uff61-\uff9f]{2}/

/** The text in an encoding; undefined where a byte does not fit. */
export function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** UTF-16 of letters from before U+0100 is valid UTF-8, with a zero for every other byte. */
const holdsZeros = (bytes: Uint8Array): boolean => {
  const head = bytes.subarray(0, 4_000)
  return head.reduce((zeros, byte) => zeros + (byte === 0 ? 1 : 0), 0) > head.length / 8
}

function notUtf8(encoding: 'UTF-16' | 'Shift_JIS' | 'unknown'): ImportProblem {
  const what = encoding === 'unknown' ? say('finding.notUtf8') : say('exchange.savedAs', { encoding })
  return problem('encoding', say('exchange.saveAsUtf8', { what }))
}
