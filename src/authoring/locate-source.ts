import type { Place } from './diagnostic.ts'

/**
 * Finds where pieces of a source stand in their file. The same piece asked for again is the next one. A piece that the
 * lexer put together from several lines (in a quote) is placed by its first line.
 */
export function locateIn(source: string, start: Place): (raw: string) => Place {
  let next: Map<string, number> | undefined
  return (raw) => {
    const piece = source.includes(raw) ? raw : (raw.split('\n').find((line) => line.trim() !== '') ?? '').trim()
    next ??= new Map()
    const from = next.get(piece) ?? 0
    const found = piece === '' ? -1 : source.indexOf(piece, from)
    if (found < 0) return start
    next.set(piece, found + piece.length)
    const leading = /^\s*/.exec(piece)?.[0].length ?? 0
    return placeAt(source, found + leading, start)
  }
}

/** The file position of an offset in a source that starts at `start`. */
export function placeAt(source: string, offset: number, start: Place): Place {
  const before = source.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  let line = start.line
  for (let i = before.indexOf('\n'); i >= 0; i = before.indexOf('\n', i + 1)) line += 1
  return { line, column: lineStart === 0 ? start.column + offset : offset - lineStart + 1 }
}
