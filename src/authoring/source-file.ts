import { UNSAFE_SIGNS } from '../item/markup/compiled-html.ts'
import { error, type Place, type Report } from './diagnostic.ts'
import { say } from './said.ts'

/** A file as it was read: `path` relative to the exam's folder with `/`, content as text or as bytes. */
export interface SourceFile {
  readonly path: string
  readonly content: string | Uint8Array
}

/** The file as it travels and is kept: pictures as bytes, everything else as text, with its byte order mark where it has one. */
export const asText = ({ path, content }: SourceFile): SourceFile => ({
  path,
  content:
    path.startsWith('assets/') || typeof content === 'string'
      ? content
      : new TextDecoder('utf-8', { ignoreBOM: true }).decode(content),
})

/** A text file may hold this many UTF-16 units; 50,000 items need about 25 million. */
const LONGEST_TEXT = 64_000_000
const MOST_CONTROLS_SHOWN = 20

/**
 * The text of a file with `\n` line ends and no byte order mark; unsafe characters are reported and become U+FFFD.
 * Undefined when it is no text at all.
 */
export function decodeSource(file: SourceFile, report: Report): string | undefined {
  const start = { line: 1, column: 1 }
  if (file.content.length > LONGEST_TEXT) {
    report(start, error('limits/file-size', say('finding.fileTooLarge'), say('advice.splitByTopic')))
    return undefined
  }
  const raw = typeof file.content === 'string' ? file.content : decodeUtf8(file.content, report)
  if (raw === undefined) return undefined
  let text = raw.charCodeAt(0) === 0xfeff ? raw.slice(1) : raw
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n')
  if (!text.isWellFormed()) {
    report(start, error('text/encoding', say('finding.unpairedSurrogate'), say('advice.deleteCharacter')))
    text = text.toWellFormed()
  }
  return withoutUnsafe(text, report)
}

function decodeUtf8(bytes: Uint8Array, report: Report): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    const at = placeOfInvalidByte(bytes)
    report(at, error('text/encoding', say('finding.notUtf8'), say('advice.saveAsUtf8')))
    return undefined
  }
}

/** Where lossy decoding puts its first replacement character that the bytes do not hold themselves. */
function placeOfInvalidByte(bytes: Uint8Array): Place {
  const lines = new TextDecoder('utf-8').decode(bytes).split('\n')
  const index = lines.findIndex((line) => line.includes('\ufffd'))
  return index < 0
    ? { line: 1, column: 1 }
    : { line: index + 1, column: (lines[index] as string).indexOf('\ufffd') + 1 }
}

function withoutUnsafe(text: string, report: Report): string {
  if (text.search(UNSAFE_SIGNS) < 0) return text
  let shown = 0
  text.split('\n').forEach((line, index) => {
    for (const match of line.matchAll(UNSAFE_SIGNS)) {
      if (shown++ >= MOST_CONTROLS_SHOWN) return
      const code = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
      report(
        { line: index + 1, column: match.index + 1 },
        error('text/control', say('finding.invisibleCharacter', { code }), say('advice.deleteCharacter')),
      )
    }
  })
  return text.replace(UNSAFE_SIGNS, (c) => (c === '\u2028' || c === '\u2029' ? ' ' : '\ufffd'))
}
