import type { Diagnostic } from '../../authoring/diagnostic.ts'
import type { CompiledItem } from '../../authoring/merge-locales.ts'

interface Findings {
  readonly byItem: ReadonlyMap<CompiledItem, readonly Diagnostic[]>
  /** Of exam.md, of a file's head, or of a file that could not be read. */
  readonly elsewhere: readonly Diagnostic[]
}

/** Gives each finding to the item whose heading is the last one at or above it in the same file. */
export function findingsByItem(items: readonly CompiledItem[], diagnostics: readonly Diagnostic[]): Findings {
  const headings = new Map<string, { readonly line: number; readonly item: CompiledItem }[]>()
  for (const item of items) {
    for (const { path, places } of item.variants) {
      const ofFile = headings.get(path) ?? []
      ofFile.push({ line: places.heading.line, item })
      headings.set(path, ofFile)
    }
  }
  for (const ofFile of headings.values()) ofFile.sort((a, b) => a.line - b.line)
  const byItem = new Map<CompiledItem, Diagnostic[]>()
  const elsewhere: Diagnostic[] = []
  for (const diagnostic of diagnostics) {
    const owner = headings.get(diagnostic.file)?.findLast(({ line }) => line <= diagnostic.line)?.item
    if (owner) byItem.set(owner, [...(byItem.get(owner) ?? []), diagnostic])
    else elsewhere.push(diagnostic)
  }
  return { byItem, elsewhere }
}
