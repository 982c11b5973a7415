import type { Instant } from '../../kernel/instant.ts'

/** A file of an exam without what it holds. */
export interface SourceEntry {
  /** Below the exam's folder: `office.ja.md`, `tasks/desk.ja.md`, `assets/chart.png`. */
  readonly path: string
  /** SHA-256 of the content, in hexadecimal digits. */
  readonly hash: string
}

export type FileContent = string | Uint8Array

/** A file of an exam: Markdown as text, pictures as bytes. */
export interface SourceContent extends SourceEntry {
  readonly content: FileContent
}

/** A file that staff are changing, as it was saved last, or at some time. */
export interface DraftEntry extends SourceEntry {
  readonly version: number
  /** Hash of the published file that it was made from; empty for a new one. */
  readonly base: string
  readonly by: string
  readonly byName: string
  readonly savedAt: Instant
}

/** What became of a file between the version in force and the draft. */
export type FileChange = 'new' | 'changed' | 'removed'

/** A file as it stands on the desk: the draft where there is one, else as it is published. */
export interface DeskEntry extends SourceEntry {
  /** Hash in the version in force; empty where it has no such file. */
  readonly published: string
  readonly change?: FileChange
  readonly draft?: DraftEntry
}

/** Whether Markdown, or the record of what was published; everything else are pictures. */
export const isText = (path: string): boolean => path.endsWith('.md') || path === 'items.lock.json'

const PATH =
  /^(?:exam(?:\.(?:ja|en))?\.md|[a-z][a-z0-9-]{0,60}\.(?:ja|en)\.md|(?:tasks|sheets)\/[a-z][a-z0-9-]{0,60}\.(?:ja|en)\.md|assets\/[\p{L}\p{N}][\p{L}\p{N}._-]{0,100}\.(?:png|jpe?g|webp|gif))$/u

/** Whether a draft may hold a file of this path. */
export const isDraftPath = (path: string): boolean => PATH.test(path)

/** The files of the desk, by path. A draft that says what is published says nothing. */
export function layDraftOver(published: readonly SourceEntry[], drafts: readonly DraftEntry[]): DeskEntry[] {
  const byPath = new Map<string, DeskEntry>(published.map(({ path, hash }) => [path, { path, hash, published: hash }]))
  for (const draft of drafts) {
    const before = byPath.get(draft.path)?.published ?? ''
    if (draft.hash === before) continue
    const change = draft.hash === '' ? 'removed' : before === '' ? 'new' : 'changed'
    byPath.set(draft.path, { path: draft.path, hash: draft.hash, published: before, change, draft })
  }
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}
