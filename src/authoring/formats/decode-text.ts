import { fail, ok, type Result } from '../../kernel/result.ts'
import { UNSAFE } from '../source-file.ts'
import { type ImportProblem, type Loss, loss, problem } from './exchange.ts'

/** A text to import may hold this many bytes: some ten thousand items. */
const MOST_BYTES = 64_000_000

export interface DecodedText {
  readonly text: string
  readonly losses: readonly Loss[]
}

/** The text of a file to import: UTF-8, `\n` line ends, no byte order mark, no character that shows nothing. */
export function decodeText(bytes: Uint8Array): Result<DecodedText, ImportProblem> {
  if (bytes.length > MOST_BYTES) return fail(problem('too-large', 'ファイルが大きすぎます（64 MB まで）', 'the file is too large (at most 64 MB)'))
  const other = otherEncoding(bytes)
  if (other) return fail(notUtf8(other))
  const text = new TextDecoder('utf-8', { ignoreBOM: false }).decode(bytes)
  return ok(cleanText(text))
}

/** Takes out what shows nothing, and says so. */
export function cleanText(written: string): DecodedText {
  const text = written.replace(/\r\n?|[\u2028\u2029]/g, '\n').toWellFormed()
  const unsafe = text.match(UNSAFE)
  if (!unsafe) return { text, losses: [] }
  const codes = [...new Set(unsafe)].slice(0, 8).map((c) => `U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
  const named = codes.join(', ')
  return {
    text: text.replace(UNSAFE, ''),
    losses: [loss('characters', `見えない文字を${unsafe.length}個除きました（${named}）`, `${unsafe.length} invisible characters were taken out (${named})`)],
  }
}

type OtherEncoding = 'UTF-16' | 'Shift_JIS' | 'EUC-JP' | 'unknown'

function otherEncoding(bytes: Uint8Array): OtherEncoding | undefined {
  const [a, b] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return 'UTF-16'
  if (decodes(bytes, 'utf-8')) return countZeros(bytes) > bytes.length / 8 ? 'UTF-16' : undefined
  // Shift_JIS reads almost any EUC-JP text too, but as half-width katakana
  if (decodes(bytes, 'euc-jp') && !decodes(bytes, 'shift_jis')) return 'EUC-JP'
  if (decodes(bytes, 'shift_jis')) return 'Shift_JIS'
  return countZeros(bytes) > bytes.length / 8 ? 'UTF-16' : 'unknown'
}

function decodes(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

const countZeros = (bytes: Uint8Array): number => bytes.subarray(0, 4_000).reduce((zeros, byte) => zeros + (byte === 0 ? 1 : 0), 0) * (bytes.length > 4_000 ? bytes.length / 4_000 : 1)

function notUtf8(encoding: OtherEncoding): ImportProblem {
  const ja = encoding === 'unknown' ? 'UTF-8 として読めません' : `${encoding} で保存されています`
  const en = encoding === 'unknown' ? 'this is not valid UTF-8' : `this file is saved as ${encoding}`
  return problem(
    'encoding',
    `${ja}。Excel では「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を、エディターでは文字コード UTF-8 を選んで保存し直してください`,
    `${en}: save it again as UTF-8 (in Excel: "Save As", "CSV UTF-8 (Comma delimited)"; in an editor: encoding UTF-8)`,
  )
}
