import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Diagnostic, error, reporterOf } from '../authoring/diagnostic.ts'
import { type Language, type Said, say } from '../authoring/said.ts'
import type { SourceFile } from '../authoring/source-file.ts'

const LARGEST_TEXT_BYTES = 200_000_000
const LARGEST_ASSET_BYTES = 5_000_000
const MOST_FILES = 2_000
/** What belongs to an exam besides the files at its top. */
const FOLDERS: readonly string[] = ['assets', 'sheets', 'tasks']

export interface ExamFolder {
  readonly files: readonly SourceFile[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads what the compiler needs of an exam's folder: Markdown and the lock at its top, `assets/`, `sheets/` and `tasks/`. Symbolic links are
 * refused, not followed: they lead in circles or to files that nobody meant to publish. It reads without a break: on a
 * busy machine, giving way at each of dozens of small files takes longer than all else that a save brings about.
 */
export async function readExamFolder(path: string, language: Language = 'ja'): Promise<ExamFolder> {
  const files: SourceFile[] = []
  const diagnostics: Diagnostic[] = []
  const refuse = (file: string, rule: string, what: Said) =>
    reporterOf(file, language, diagnostics)({ line: 1, column: 1 }, error(rule, what))
  const root = lstatSync(path)
  if (root.isSymbolicLink()) {
    refuse('.', 'file/symlink', say('finding.folderIsLink'))
    return { files, diagnostics }
  }
  const visit = (folder: string, prefix: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = `${prefix}${entry.name}`
      if (entry.name.startsWith('.') || !isPlain(entry, name, refuse)) continue
      if (files.length >= MOST_FILES) return refuse(name, 'limits/files', say('finding.tooManyFiles'))
      if (entry.isDirectory()) {
        if (prefix !== '' || FOLDERS.includes(entry.name)) visit(join(folder, entry.name), `${name}/`)
        continue
      }
      const { size } = lstatSync(join(folder, entry.name))
      if (size > (prefix === '' ? LARGEST_TEXT_BYTES : LARGEST_ASSET_BYTES))
        refuse(name, 'limits/file-size', say('finding.fileTooLarge'))
      else if (prefix !== '' || /\.md$|^items\.lock\.json$/.test(entry.name))
        files.push({ path: name, content: readFileSync(join(folder, entry.name)) })
    }
  }
  visit(path, '')
  return { files, diagnostics }
}

/** Whether an entry is a plain file or a folder; anything else is reported. */
function isPlain(entry: Dirent, name: string, refuse: (file: string, rule: string, what: Said) => void): boolean {
  if (entry.isSymbolicLink()) refuse(name, 'file/symlink', say('finding.linkNotRead'))
  else if (!entry.isFile() && !entry.isDirectory()) refuse(name, 'file/kind', say('finding.noPlainFile'))
  else return true
  return false
}
