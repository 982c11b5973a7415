// Files of spreadsheets, read in what they write.

/** So many bytes a file may have, and so many rows and columns the table in it. */
export const MOST_CSV_BYTES = 256 * 1024
const MOST_ROWS = 1_000
const MOST_COLUMNS = 100

/** What a file of bytes says, in UTF-8, UTF-16 or Shift_JIS; undefined where it is none of them. */
export function decodeCsv(bytes: Uint8Array): string | undefined {
  const [first = 0, second = 0] = bytes
  const decode = (encoding: string): string | undefined => {
    const text = new TextDecoder(encoding).decode(bytes)
    return text.includes('\ufffd') || text.includes('\0') ? undefined : text
  }
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return decode('utf-16le')
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return decode('utf-16be')
  return decode('utf-8') ?? decode('shift_jis')
}

export type CsvProblem = 'broken' | 'too-wide' | 'too-long'

/** Cells in quotes may hold line ends. A file without commas in its first line is parted by tabs. */
export function readCsv(text: string): readonly (readonly string[])[] | CsvProblem {
  const delimiter = /^[^\n]*,/.test(text) ? ',' : '\t'
  const rows: string[][] = [[]]
  let cell = ''
  let isQuoted = false
  const end = () => {
    rows.at(-1)?.push(cell)
    cell = ''
  }
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at)
    if (isQuoted) {
      if (sign !== '"') cell += sign
      else if (text.charAt(at + 1) === '"') cell += text.charAt(++at)
      else isQuoted = false
    } else if (sign === '"' && cell === '') isQuoted = true
    else if (sign === delimiter) {
      end()
      if ((rows.at(-1)?.length ?? 0) >= MOST_COLUMNS) return 'too-wide'
    } else if (sign === '\n') {
      end()
      if (rows.push([]) > MOST_ROWS) return 'too-long'
    } else if (sign !== '\r') cell += sign
  }
  if (isQuoted) return 'broken'
  end()
  return rows.filter((row) => row.some((one) => one !== ''))
}
