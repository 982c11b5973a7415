import type { Bank, BlueprintSection, ExamDefinition } from '../item/bank.ts'
import { canonicalJson } from '../item/canonical-json.ts'
import type { TaskFamily } from '../item/family.ts'
import type { Item, Locale } from '../item/item.ts'
import type { CompiledHtml } from '../item/markup/compiled-html.ts'
import type { StudySheet } from '../item/study-sheet.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ItemPlaces } from './bank-source.ts'
import type { CompiledItem, ItemVariant } from './compare-locales.ts'
import { type CompileMemory, NO_MEMORY } from './compile-memory.ts'
import { checkSecret } from './compile-wording.ts'
import { bankHash } from './content-hash.ts'
import {
  type Diagnostic,
  error,
  hasErrors,
  hear,
  inReadingOrder,
  locateIn,
  type Report,
  reporterOf,
  sayAgain,
  warning,
} from './diagnostic.ts'
import { assetsPrint, imagesOf } from './embed-image.ts'
import { lintBank } from './lint-bank.ts'
import { mergeLocales } from './merge-locales.ts'
import type { ParsedBank } from './parse-bank.ts'
import { type ReadExam, readExam } from './read-exam.ts'
import { type RenderOptions, renderBlocks } from './render-markdown.ts'
import { type Language, say } from './said.ts'
import { decodeSource, type SourceFile } from './source-file.ts'
import { compileStudySheets, readStudySheets } from './study-sheets.ts'
import { checkParts, compileFamilies } from './tasks/compile-families.ts'

export interface CompileOptions {
  /** Today, for review dates. */
  readonly now: Instant
  /** Language of the diagnostics; Japanese unless told. */
  readonly language?: Language
  /** False leaves the lint rules out: only what makes a bank wrong is reported. */
  readonly lint?: boolean
  /** False leaves the bank itself out, and the hash over all of it: where what is found is all that is asked for. */
  readonly bank?: boolean
  /** On how many seeds each practical task is tried; without it they are only read. */
  readonly seeds?: number
  /** The tasks that are tried; all of them without it. */
  readonly tried?: ReadonlySet<string>
  /** Tasks that were never published as they are: they are drawn on many more seeds. */
  readonly changedTasks?: ReadonlySet<string>
  /** Of the folder, where many compilations follow each other. */
  readonly memory?: CompileMemory
}

/** A compiled exam before and after it is found fit to publish. */
export interface CompiledExam {
  readonly exam?: ExamDefinition
  readonly items: readonly CompiledItem[]
  /** Practical tasks, drafts too. */
  readonly tasks: readonly TaskFamily[]
  readonly studySheets: readonly StudySheet[]
  readonly files: readonly { readonly path: string; readonly parsed: ParsedBank }[]
  /** The bank to publish; absent while there is any error, or where it was not asked for. */
  readonly bank?: Bank
  readonly diagnostics: readonly Diagnostic[]
}

interface Compilation {
  readonly files: readonly SourceFile[]
  readonly language: Language
  readonly sink: Diagnostic[]
  readonly image: RenderOptions['image']
  readonly reportOf: (path: string) => Report
  readonly memory: CompileMemory
}

const BANK_FILE = /^([^/]+)\.(ja|en)\.md$/

/** Compiles the files of one exam's folder. It reads no clock and no disk, and reports every problem in one run. */
export function compileExam(files: readonly SourceFile[], options: CompileOptions): CompiledExam {
  const language = options.language ?? 'ja'
  const sink: Diagnostic[] = []
  const reports = new Map<string, Report>()
  const reportOf = (path: string): Report => {
    const report = reports.get(path) ?? reporterOf(path, language, sink)
    reports.set(path, report)
    return report
  }
  const memory = options.memory ?? NO_MEMORY
  const image = memory.once('images', [memory, assetsPrint(files)], () => imagesOf(files))
  const compilation: Compilation = { files, language, sink, image, reportOf, memory }
  const read = readDefinition(compilation)
  const parsed = parseBanks(compilation, read)
  const items = compileItems(compilation, parsed, read?.exam.locales ?? ['ja', 'en'])
  const exam = read && {
    ...read.exam,
    sections: titledSections(read.exam.sections, parsed),
    rulesHtml: renderRules(compilation, read),
  }
  const whole = items.flatMap(({ item }) => (item ? [item] : []))
  const ordered = exam ? inBlueprintOrder(whole, exam.sections) : whole
  const written = readStudySheets(files, compilation)
  const studySheets = exam ? compileStudySheets(written, exam, reportOf) : []
  if (options.lint !== false) {
    const lock = files.find((file) => file.path === 'items.lock.json')
    sink.push(
      ...lintBank(
        { exam, items, files: parsed, sheets: written },
        { now: options.now, language, memory, ...(lock ? { lock } : {}) },
      ),
    )
  }
  const tasks = compileFamilies(files, {
    language,
    image: compilation.image,
    reportOf,
    exam: exam?.id,
    locales: exam?.locales ?? ['ja'],
    skills: new Set(exam?.skills.map(({ id }) => id)),
    seeds: options.seeds ?? 0,
    tried: options.tried,
    changed: options.changedTasks,
    memory,
  })
  if (exam) checkParts(exam, tasks, reportOf('exam.md'))
  const diagnostics = inReadingOrder(sink)
  const compiled = { items, tasks, studySheets, files: parsed, diagnostics, ...(exam ? { exam } : {}) }
  if (!exam || options.bank === false || hasErrors(diagnostics)) return compiled
  // what is not finished is nobody's business but its author's
  const finished = tasks.filter(({ status }) => status !== 'draft')
  const content = {
    exam,
    items: ordered,
    ...(studySheets.length > 0 ? { studySheets } : {}),
    ...(finished.length > 0 ? { tasks: finished } : {}),
  }
  const hash = bankHash(content, (part) => memory.once('json', [part], () => canonicalJson(part)))
  return { ...compiled, bank: { ...content, hash } }
}

function readDefinition({ files, language, reportOf, memory }: Compilation): ReadExam | undefined {
  const file = files.find(({ path }) => path === 'exam.md')
  const report = reportOf('exam.md')
  if (!file) {
    report({ line: 1, column: 1 }, error('exam/missing', say('finding.noExamMd'), say('advice.newExam')))
    return undefined
  }
  const text = decodeSource(file, report)
  if (text === undefined) return undefined
  const { value, heard } = memory.once('definition', [memory, language, text], () =>
    hear((hearing) => readExam(text, language, hearing)),
  )
  sayAgain(heard, report)
  return value
}

function parseBanks(
  { files, language, sink, image, reportOf, memory }: Compilation,
  read: ReadExam | undefined,
): { path: string; parsed: ParsedBank }[] {
  const banks = files.filter(
    ({ path }) =>
      path.endsWith('.md') && !/^exam(\.(ja|en))?\.md$/.test(path) && !path.includes('/') && path !== 'README.md',
  )
  return [...banks]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((file) => {
      const parsed = memory.parse(file, language)
      sink.push(...parsed.diagnostics)
      const report = reportOf(file.path)
      checkHeader(file.path, parsed, read, report)
      const preamble = parsed.bank?.preamble ?? ''
      checkSecret(preamble, { line: (parsed.bank?.frontmatter.split('\n').length ?? 0) + 4, column: 1 }, image, report)
      return { path: file.path, parsed }
    })
}

function checkHeader(path: string, { bank }: ParsedBank, read: ReadExam | undefined, report: Report): void {
  const top = { line: 1, column: 1 }
  const name = BANK_FILE.exec(path)
  if (!name) return report(top, error('file/name', say('finding.fileName', { path })))
  if (!bank) return
  if (bank.topic !== name[1] || bank.locale !== name[2])
    report(
      top,
      error(
        'file/name',
        say('finding.fileNameDiffers', { topic: bank.topic, locale: bank.locale }),
        say('advice.renameOrCorrect'),
      ),
    )
  if (!read) return
  if (bank.exam !== read.exam.id)
    report(top, error('exam/mismatch', say('finding.examMismatch', { id: read.exam.id }), say('advice.idOfExam')))
  // questions for practice have a file of their own, which no paper is drawn from
  if (bank.defaults.status !== 'practice' && !read.exam.sections.some((section) => section.topic === bank.topic))
    report(
      top,
      warning(
        'blueprint/unbalanced',
        say('finding.topicNotInBlueprint', { topic: bank.topic }),
        say('advice.drawTopic'),
      ),
    )
  if (!read.exam.locales.includes(bank.locale))
    report(
      top,
      warning('locale/unlisted', say('finding.localeUnlisted', { locale: bank.locale }), say('advice.listLocale')),
    )
}

function compileItems(
  { image, reportOf, memory }: Compilation,
  files: readonly { path: string; parsed: ParsedBank }[],
  locales: readonly Locale[],
): CompiledItem[] {
  const byId = new Map<string, ItemVariant[]>()
  const inLocaleOrder = [...files].sort(
    (a, b) => locales.indexOf(a.parsed.bank?.locale ?? 'ja') - locales.indexOf(b.parsed.bank?.locale ?? 'ja'),
  )
  for (const { path, parsed } of inLocaleOrder) {
    const { bank } = parsed
    if (!bank) continue
    const report = reportOf(path)
    for (const source of bank.items) {
      if (source.kind === 'raw') continue
      const places = parsed.places.get(source) as ItemPlaces
      const variants = byId.get(source.id) ?? []
      const twin = variants.find((variant) => variant.locale === bank.locale)
      if (twin) {
        report(
          places.heading,
          error(
            'item/duplicate-id',
            say('finding.duplicateId', { id: source.id, line: twin.places.heading.line }),
            say('advice.giveAnotherNumber'),
          ),
        )
        continue
      }
      const wording = memory.compileWording(source, places, { locale: bank.locale, image, report })
      variants.push({ path, locale: bank.locale, bank, source, places, report, ...(wording ? { wording } : {}) })
      byId.set(source.id, variants)
    }
  }
  return [...byId.values()].map((variants) => mergeLocales(variants, memory))
}

/** Items by section, each section in the order of its file; topics outside the blueprint come last. */
function inBlueprintOrder(items: readonly Item[], sections: readonly BlueprintSection[]): Item[] {
  const rank = new Map(sections.map((section, i) => [section.topic, i]))
  return [...items].sort((a, b) => (rank.get(a.topic) ?? sections.length) - (rank.get(b.topic) ?? sections.length))
}

/** A section without a title of its own is called by the first heading of its files. */
function titledSections(
  sections: readonly BlueprintSection[],
  files: readonly { parsed: ParsedBank }[],
): BlueprintSection[] {
  return sections.map((section) => {
    const fromFiles = files.flatMap(({ parsed: { bank } }) => {
      const heading = /^# +(.+)$/m.exec(bank?.preamble ?? '')?.[1]?.trim()
      return bank?.topic === section.topic && heading ? [[bank.locale, heading] as const] : []
    })
    return { ...section, title: { ...Object.fromEntries(fromFiles), ...section.title } }
  })
}

/** The prose of `exam.md` is of the exam's first locale; the others have files of their own. */
function renderRules({ files, image, reportOf }: Compilation, read: ReadExam): ExamDefinition['rulesHtml'] {
  const render = (path: string, body: string, line: number): CompiledHtml => {
    const locate = locateIn(body, { line, column: 1 })
    return renderBlocks(body.trim(), {
      prose: true,
      image,
      refuse: (finding, raw) => reportOf(path)(locate(raw), finding),
    }).html
  }
  const rules: Partial<Record<Locale, CompiledHtml>> = {}
  const [first] = read.exam.locales
  if (first && read.body.trim() !== '') rules[first] = render('exam.md', read.body, read.bodyLine)
  for (const locale of ['ja', 'en'] as const) {
    const file = files.find(({ path }) => path === `exam.${locale}.md`)
    const text = file && decodeSource(file, reportOf(file.path))
    if (file && text !== undefined)
      rules[locale] = render(
        file.path,
        text.replace(/^---\n[\s\S]*?\n---\n/, (head) => '\n'.repeat(head.split('\n').length - 1)),
        1,
      )
  }
  for (const locale of read.exam.locales)
    if (!rules[locale])
      reportOf('exam.md')(
        { line: 1, column: 1 },
        warning('locale/missing', say('finding.noRulesForCandidates', { locale }), say('advice.writeRules')),
      )
  return rules
}
