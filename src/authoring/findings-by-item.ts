import { itemHeadings } from '../item/source/items-in-file.ts'
import type { CompiledItem } from './compare-locales.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { SourceFile } from './source-file.ts'

interface Findings {
  readonly byItem: ReadonlyMap<CompiledItem, readonly Diagnostic[]>
  /** Of exam.md, of a file's head, or of a file that could not be read. */
  readonly elsewhere: readonly Diagnostic[]
}

const textOf = ({ content }: SourceFile): string =>
  typeof content === 'string' ? content : new TextDecoder().decode(content)

/** Gives each finding to the item whose heading is the last one at or above it in the same file. */
export function findingsByItem(
  items: readonly CompiledItem[],
  files: readonly SourceFile[],
  diagnostics: readonly Diagnostic[],
): Findings {
  const known = new Map(items.map((item) => [item.variants[0]?.source.id, item]))
  const concerned = new Set(diagnostics.map(({ file }) => file))
  const headings = new Map(
    files
      .filter(({ path }) => concerned.has(path) && path.endsWith('.md'))
      .map((file) => [file.path, itemHeadings(textOf(file))]),
  )
  const byItem = new Map<CompiledItem, Diagnostic[]>()
  const elsewhere: Diagnostic[] = []
  for (const diagnostic of diagnostics) {
    const owner = known.get(headings.get(diagnostic.file)?.findLast(({ line }) => line <= diagnostic.line)?.id)
    if (owner) byItem.set(owner, [...(byItem.get(owner) ?? []), diagnostic])
    else elsewhere.push(diagnostic)
  }
  return { byItem, elsewhere }
}
