import { lstat, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { applyFixes } from '../authoring/certain-fix.ts'
import { compileExam } from '../authoring/compile-exam.ts'
import { type Diagnostic, hasErrors } from '../authoring/diagnostic.ts'
import type { Language } from '../authoring/said.ts'
import type { SourceFile } from '../authoring/source-file.ts'
import { instant } from '../kernel/instant.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { checkFolder, examFolders, folderPrefix, pathPrefix, summaryOf } from './check-folder.ts'
import { replaceFile } from './fmt-command.ts'
import { DIAGNOSTIC_FORMATS, type DiagnosticFormat, formatDiagnostics } from './format-diagnostics.ts'
import { command, type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'
import { watchCheck } from './watch-check.ts'

/** A mended mark lets an item be read, and what is found in it then may be mended in turn. */
const MOST_ROUNDS = 5
/** A fix that brings one of these is no fix: the item is live under this version, or its sibling has another order. */
const BROKEN = new Set(['item/version', 'locale/key-mismatch', 'locale/mismatch'])

type Texts = ReadonlyMap<string, string>

/** The item to which each line (counted from 1) of a bank file belongs. */
function itemsByLine(text: string): string[] {
  const items = ['']
  for (const line of text.split(/\r\n|\r|\n/))
    items.push(line.startsWith('## ') ? (line.split(/[ \u3000]/)[1] ?? '') : (items.at(-1) as string))
  return items
}

const isText = (content: Uint8Array): boolean => Buffer.from(content.toString()).equals(content)

/** One round: the texts with every fix made but those of the items in `spared`. */
function fixOnce(
  texts: Texts,
  diagnostics: readonly Diagnostic[],
  spared: ReadonlySet<string>,
): { readonly texts: Texts; readonly made: number } {
  const next = new Map(texts)
  let made = 0
  for (const [file, found] of Map.groupBy(
    diagnostics.filter(({ fix }) => fix !== undefined),
    (diagnostic) => diagnostic.file,
  )) {
    const before = texts.get(file)
    if (before === undefined) continue
    const items = itemsByLine(before)
    const fixes = found.flatMap(({ fix, line }) => (fix && !spared.has(items[line] ?? '') ? [fix] : []))
    const fixed = applyFixes(before, fixes)
    next.set(file, fixed.text)
    made += fixed.made.length
  }
  return { texts: next, made }
}

function brokenItems(texts: Texts, diagnostics: readonly Diagnostic[]): Set<string> {
  const found = Map.groupBy(
    diagnostics.filter(({ rule }) => BROKEN.has(rule)),
    ({ file }) => file,
  )
  return new Set(
    [...found].flatMap(([file, broken]) => {
      const items = itemsByLine(texts.get(file) ?? '')
      return broken.map(({ line }) => items[line] ?? '')
    }),
  )
}

/** Mends what is certain in the files of a folder, or in one file. Each file is written once, whole, and only when it is still what was read. */
async function fixFolder(path: string, language: Language, terminal: Terminal): Promise<void> {
  const { folder, files, diagnostics: first } = await checkFolder(path, { now: terminal.now(), language })
  const read = new Map(
    files.flatMap(({ path: name, content }) =>
      name.endsWith('.md') && typeof content !== 'string' && isText(content)
        ? [[name, content.toString()] as const]
        : [],
    ),
  )
  const compile = (texts: Texts) =>
    compileExam(
      files.map((file): SourceFile => ({ path: file.path, content: texts.get(file.path) ?? file.content })),
      { now: instant(terminal.now()), language },
    ).diagnostics
  let texts: Texts = read
  let diagnostics = first
  let made = 0
  const spared = brokenItems(read, first)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let fixed = fixOnce(texts, diagnostics, spared)
    let after = compile(fixed.texts)
    const broken = [...brokenItems(fixed.texts, after)].filter((item) => !spared.has(item))
    if (broken.length > 0) {
      for (const item of broken) spared.add(item)
      fixed = fixOnce(texts, diagnostics, spared)
      after = compile(fixed.texts)
    }
    if (fixed.made === 0) break
    texts = fixed.texts
    diagnostics = after
    made += fixed.made
  }
  for (const [name, text] of texts)
    if (text !== read.get(name))
      await writeFixed(join(folder, name), { before: read.get(name) as string, after: text, language }, terminal)
  if (made > 0) terminal.err(textsOf(language)('cli.mended', { made }))
}

async function writeFixed(
  path: string,
  { before, after, language }: { readonly before: string; readonly after: string; readonly language: Language },
  terminal: Terminal,
): Promise<void> {
  const name = relative(terminal.cwd, path)
  // a link would be replaced by a file, and a file saved meanwhile would lose what was saved
  if ((await lstat(path)).isSymbolicLink() || (await readFile(path, 'utf8')) !== before)
    terminal.err(`${name}: ${textsOf(language)('cli.notWritten')}`)
  else {
    await replaceFile(path, after)
    terminal.err(`✎ ${name}`)
  }
}

export interface CheckOptions {
  readonly folders: readonly string[]
  readonly format: DiagnosticFormat
  /** First mends what is certain. */
  readonly fix: boolean
  /** Checks again at every change until stopped. */
  readonly watch: boolean
  readonly language: Language
}

/** Practical tasks are tried on so many seeds. */
const SEEDS = 1_000

/** `kentei check`: every problem of every folder, then one line of summary on stderr. */
export async function runCheck(options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.watch && options.fix) throw new UsageError((t) => t('usage.fixOrWatch'))
  if (options.watch) return watchCheck(options, terminal)
  const folders = await examFolders(options.folders, terminal)
  const found: Diagnostic[] = []
  let items = 0
  for (const folder of folders) {
    if (folders.length > 1) terminal.err(`… ${relative(terminal.cwd, folder)}`)
    if (options.fix) await fixFolder(folder, options.language, terminal)
    const { compiled, diagnostics } = await checkFolder(folder, {
      now: terminal.now(),
      language: options.language,
      seeds: SEEDS,
    })
    items += compiled.items.length
    // tools that put a finding beside its line need the path from where they run
    const prefix = options.format === 'text' ? folderPrefix(folder, folders, terminal) : pathPrefix(folder, terminal)
    found.push(...diagnostics.map((diagnostic) => ({ ...diagnostic, file: `${prefix}${diagnostic.file}` })))
  }
  const text = formatDiagnostics(found, options.format, options.language)
  if (text !== '') terminal.out(text)
  terminal.err(summaryOf(items, found, options.language))
  return hasErrors(found) ? 1 : 0
}

export const checkCommand = command({
  describe: (t) => t('command.check'),
  options: (t) => ({
    format: { type: 'string', description: DIAGNOSTIC_FORMATS.join(', '), default: 'text' },
    fix: { type: 'boolean', description: t('option.check.fix') },
    watch: { type: 'boolean', description: t('option.check.watch') },
  }),
  run: ({ args, language, terminal }) => {
    const format = DIAGNOSTIC_FORMATS.find((one) => one === args.format)
    if (!format)
      throw new UsageError((t) => t('usage.oneOf', { option: '--format', known: DIAGNOSTIC_FORMATS.join(', ') }))
    return runCheck({ folders: args._, format, fix: args.fix === true, watch: args.watch === true, language }, terminal)
  },
})
