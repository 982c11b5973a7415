import { type Language, type Said, say, sentenceOf } from './said.ts'

/** An `error` must not ship; a `warning` is for the author to judge. */
export type Severity = 'error' | 'warning'

/** A position in a file, both counted from 1; columns count UTF-16 units. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** A change within one line: what stands at the place now, and what to write instead. Where something else stands, it is void. */
export interface Edit extends Place {
  readonly was: string
  readonly text: string
}

/** One thing to tell an author: what is wrong at this place and, where it can be said, what to write instead. */
export interface Diagnostic extends Place {
  readonly file: string
  readonly severity: Severity
  /** Stable name of the rule, `option/checkbox`. */
  readonly rule: string
  readonly message: string
  readonly suggestion?: string
  /** What mends it for certain, to be made whole or not at all; absent where only the author can tell. */
  readonly fix?: readonly Edit[]
}

/** A diagnostic before it has a place and a language. */
export interface Finding {
  readonly severity: Severity
  readonly rule: string
  readonly message: Said
  readonly suggestion?: Said
  readonly fix?: readonly Edit[]
}

export const error = (rule: string, message: Said, suggestion?: Said): Finding => ({
  severity: 'error',
  rule,
  message,
  suggestion,
})

export const warning = (rule: string, message: Said, suggestion?: Said): Finding => ({
  severity: 'warning',
  rule,
  message,
  suggestion,
})

/** The finding with its certain fix; without edits it stays as it is. */
export const withFix = (finding: Finding, fix: readonly Edit[] | undefined): Finding =>
  fix === undefined || fix.length === 0 ? finding : { ...finding, fix }

/** Takes the findings of one file. */
export type Report = (at: Place, finding: Finding) => void

/** What was said at which places, to be said again. */
export type Heard = readonly { readonly at: Place; readonly finding: Finding }[]

/** Hears out an act that reports, for {@link sayAgain}. */
export function hear<T>(act: (report: Report) => T): { readonly value: T; readonly heard: Heard } {
  const heard: { readonly at: Place; readonly finding: Finding }[] = []
  return { value: act((at, finding) => void heard.push({ at, finding })), heard }
}

/** The same of an act that reports on several files. */
export function hearFiles<T>(act: (reportOf: (path: string) => Report) => T): {
  readonly value: T
  readonly sayAgain: (reportOf: (path: string) => Report) => void
} {
  const heard: { readonly path: string; readonly at: Place; readonly finding: Finding }[] = []
  return {
    value: act((path) => (at, finding) => void heard.push({ path, at, finding })),
    sayAgain: (reportOf) => {
      for (const { path, at, finding } of heard) reportOf(path)(at, finding)
    },
  }
}

export function sayAgain(heard: Heard, report: Report): void {
  for (const { at, finding } of heard) report(at, finding)
}

/** A hostile or badly broken file cannot flood the author: beyond this many, one last line says so. */
const MOST_PER_FILE = 5_000

/** Opens the collector of one file's findings; they are appended to `sink`. */
export function reporterOf(file: string, language: Language, sink: Diagnostic[]): Report {
  let count = 0
  return (at, finding) => {
    count += 1
    if (count > MOST_PER_FILE + 1) return
    const shown = count <= MOST_PER_FILE ? finding : error('limits/diagnostics', say('finding.tooManyFindings'))
    sink.push({
      file,
      line: at.line,
      column: at.column,
      severity: shown.severity,
      rule: shown.rule,
      message: sentenceOf(shown.message, language),
      ...(shown.suggestion ? { suggestion: sentenceOf(shown.suggestion, language) } : {}),
      ...(shown.fix ? { fix: shown.fix } : {}),
    })
  }
}

/** By file, then line, then column: the order in which an author reads. */
export const inReadingOrder = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  [...diagnostics].sort((a, b) =>
    a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1,
  )

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((diagnostic) => diagnostic.severity === 'error')

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
