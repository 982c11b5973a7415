import { suits } from '../../form/assemble-form.ts'
import type { ExamDefinition } from '../../item/bank.ts'
import { type FamilyWording, familyContent, type TaskFamily } from '../../item/family.ts'
import type { Locale } from '../../item/item.ts'
import type { FamilyBody } from '../../task/task-kind.ts'
import { kindOf } from '../../task/task-kinds.ts'
import { type CompileMemory, NO_MEMORY } from '../compile-memory.ts'
import { sha256 } from '../content-hash.ts'
import { error, type Finding, hear, hearFiles, type Report, sayAgain, warning } from '../diagnostic.ts'
import { type RenderOptions, renderBlocks, renderPhrase } from '../render-markdown.ts'
import { type Language, say } from '../said.ts'
import { decodeSource, type SourceFile } from '../source-file.ts'
import { checkDraws } from './check-draws.ts'
import { type FamilySource, readFamilySource, requirePart, textOf } from './family-source.ts'
import { besideSlots, readSlots } from './read-slots.ts'
import { KIND_WORDS } from './words.data.ts'
import type { ReadFamily, RenderSlotted } from './written-kind.ts'
import { writtenKindOf } from './written-kinds.ts'

/** Enough to meet a fault of one draw in ten; of rarer ones a start draws again. More would take a hand-in its time. */
const MANY_SEEDS = 60

/** What families are compiled with. */
export interface FamilyContext {
  readonly language: Language
  readonly image: RenderOptions['image']
  readonly reportOf: (path: string) => Report
  readonly exam: string | undefined
  readonly locales: readonly Locale[]
  readonly skills: ReadonlySet<string>
  /** On how many seeds each family is tried; 0 leaves the trial out. */
  readonly seeds: number
  /** The only families that are tried; all of them without it. */
  readonly tried?: ReadonlySet<string> | undefined
  /** Families that are drawn on {@link MANY_SEEDS}. */
  readonly changed?: ReadonlySet<string> | undefined
  /** Of the folder, where many compilations follow each other. */
  readonly memory?: CompileMemory
}

/** A file of a family as it was read. */
interface FamilyFile {
  readonly path: string
  readonly text: string
  readonly source: FamilySource
}

const FAMILY_FILE = /^tasks\/([a-z][a-z0-9-]{0,63})\.(ja|en)\.md$/
/** A rule that is a slot alone is an entry of the list below it. */
const RULE_ALONE = /^(\{\{[^{}]+\}\})[ \t]*$/gm

/** Of what a service would refuse of one family, so many are named. */
const MOST_ISSUES = 5

export const isFamilyFile = (path: string): boolean => path.startsWith('tasks/') && path.endsWith('.md')

/** Compiles the practical tasks of an exam's folder, `tasks/<family>.ja.md` and its siblings in other languages. */
export function compileFamilies(files: readonly SourceFile[], context: FamilyContext): TaskFamily[] {
  const sources = new Map<string, Map<Locale, FamilyFile>>()
  for (const file of [...files].filter(({ path }) => isFamilyFile(path)).sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const read = readFile(file, context)
    if (!read) continue
    const { id, locale } = read.source
    const siblings = sources.get(id) ?? new Map()
    sources.set(id, siblings.set(locale, read))
  }
  return [...sources.values()].flatMap((siblings) => compileFamily(siblings, context) ?? [])
}

const seedsFor = (family: string, { seeds, tried }: FamilyContext): number => (tried?.has(family) === false ? 0 : seeds)

function readFile(
  file: SourceFile,
  { language, reportOf, exam, memory = NO_MEMORY }: FamilyContext,
): FamilyFile | undefined {
  const report = reportOf(file.path)
  const top = { line: 1, column: 1 }
  const name = FAMILY_FILE.exec(file.path)
  if (!name) {
    report(top, error('file/name', say('task.fileName', { path: file.path })))
    return undefined
  }
  const text = decodeSource(file, report)
  if (text === undefined) return undefined
  const { value: source, heard } = memory.once(`task ${file.path}`, [memory, language, text], () =>
    hear((hearing) => readFamilySource(text, language, hearing)),
  )
  sayAgain(heard, report)
  if (!source) return undefined
  if (source.id !== name[1] || source.locale !== name[2])
    report(
      top,
      error(
        'file/name',
        say('task.fileNameDiffers', { task: source.id, locale: source.locale }),
        say('advice.renameOrCorrect'),
      ),
    )
  if (exam !== undefined && source.exam !== exam)
    report(top, error('exam/mismatch', say('finding.examMismatch', { id: exam }), say('advice.idOfExam')))
  return { path: file.path, text, source }
}

function compileFamily(siblings: ReadonlyMap<Locale, FamilyFile>, context: FamilyContext): TaskFamily | undefined {
  // materials are Japanese: the Japanese file declares the task, its siblings translate what is read about it
  const declaring = siblings.get('ja') ?? [...siblings.values()][0]
  if (!declaring) return undefined
  const { path, source } = declaring
  const { memory = NO_MEMORY, language, image, locales, skills } = context
  const seeds = seedsFor(source.id, context)
  const written = [...siblings].flatMap(([locale, sibling]) => [locale, sibling.path, sibling.source])
  const compiled = memory.once(
    `family ${path}`,
    [source, language, image, locales.join(), [...skills].join(), seeds, ...written],
    () =>
      hearFiles((reportOf) => {
        const report = reportOf(path)
        const kind = writtenKindOf(source.kind)
        if (kind) return compileFrom(declaring, siblings, { ...context, reportOf, report, kind })
        report(
          source.top,
          error('task/word', say('task.wordUnknown', { word: source.kind }), say('advice.writeAsInSample')),
        )
        return undefined
      }),
  )
  compiled.sayAgain(context.reportOf)
  return compiled.value
}

type Compiling = FamilyContext & {
  readonly report: Report
  readonly kind: NonNullable<ReturnType<typeof writtenKindOf>>
}

/** The source with the form that it is of, where its kind has several; the first one need not be written. */
function withForm(source: FamilySource, report: Report): FamilySource {
  const forms = kindOf(source.kind).forms ?? []
  const form = source.form ?? forms[0]
  if (form === undefined || forms.includes(form)) return form === undefined ? source : { ...source, form }
  report(source.top, error('task/word', say('task.wordUnknown', { word: form }), say('advice.writeAsInSample')))
  return source
}

function compileFrom(
  { path, text, source: written }: FamilyFile,
  siblings: ReadonlyMap<Locale, FamilyFile>,
  context: Compiling,
): TaskFamily | undefined {
  const { report, kind } = context
  const source = withForm(written, report)
  const read = kind.read(source, report, slottedRenderer({ ...context, report })) as ReadFamily<FamilyBody> | undefined
  const slots = readSlots(source, report)
  const wordings: Partial<Record<Locale, FamilyWording>> = {}
  for (const [locale, sibling] of siblings) {
    const heard = context.reportOf(sibling.path)
    const sentences = sibling.path === path ? read?.sentences : kind.readSentences?.(sibling.source, heard)
    const wording = compileWording(sibling.source, sentences ?? {}, { ...context, report: heard })
    if (wording) wordings[locale] = wording
    if (sibling.path !== path) compareSiblings(source, sibling.source, heard)
  }
  for (const locale of context.locales)
    if (!siblings.has(locale))
      report(source.top, warning('locale/missing', say('task.localeMissing', { locale }), say('advice.translateBrief')))
  if (!read) return undefined
  const content: Omit<TaskFamily<FamilyBody>, 'hash'> = {
    id: source.id,
    kind: source.kind,
    ...(source.form === undefined ? {} : { form: source.form }),
    status: source.status,
    version: source.version,
    minutes: source.minutes,
    wordings,
    body: { ...read.body, slots },
    rationale: textOf(source.parts.get('rationale')),
    references: textOf(source.parts.get('references'))
      .split('\n')
      .map((line) => line.replace(/^[-*][ \t]+/, '').trim())
      .filter((line) => line !== ''),
    notes: textOf(source.parts.get('notes')),
  }
  const shape = kindOf(source.kind).bodySchema().safeParse(read.body)
  for (const { path, message } of shape.error?.issues.slice(0, MOST_ISSUES) ?? [])
    report(
      source.top,
      error('task/limits', say('task.beyondLimits', { place: path.join('.'), problem: message }), say('advice.reduce')),
    )
  const family = { ...content, hash: sha256(familyContent(content)) }
  const { memory = NO_MEMORY, language, skills } = context
  const seeds = seedsFor(family.id, context)
  // drawing and grading many papers takes a thousand times as long as reading the file
  const draws = context.changed?.has(family.id) ? MANY_SEEDS : seeds
  const of = [language, text, family.hash, seeds, draws, [...skills].join()]
  const { heard } = memory.once(`trial ${path}`, [memory, ...of], () =>
    hear((hearing) => {
      kind.check?.(family as TaskFamily<never>, hearing, source, seeds)
      checkDraws(family, source, { report: hearing, skills, seeds: draws })
    }),
  )
  sayAgain(heard, report)
  return family
}

function compareSiblings(source: FamilySource, sibling: FamilySource, report: Report): void {
  if (
    sibling.kind !== source.kind ||
    sibling.version !== source.version ||
    sibling.status !== source.status ||
    sibling.minutes !== source.minutes
  )
    report(sibling.top, error('locale/task-mismatch', say('task.localeMismatch'), say('advice.asInJapanese')))
}

/** Renders blocks of one file. */
const slottedRenderer =
  ({ image, report }: Pick<Compiling, 'image' | 'report'>): RenderSlotted =>
  (text, line) =>
    besideSlots(
      text,
      (marked) =>
        renderBlocks(marked, {
          image,
          refuse: (finding: Finding) => report({ line, column: 1 }, finding),
          prose: true,
        }).html,
    )

function compileWording(
  source: FamilySource,
  sentences: Readonly<Record<string, string>>,
  { image, report }: Compiling,
): FamilyWording | undefined {
  const brief = requirePart(source, 'brief', report)
  const rules = requirePart(source, 'rules', report)
  if (!brief || !rules) return undefined
  const options = (line: number) => ({ image, refuse: (finding: Finding) => report({ line, column: 1 }, finding) })
  const render = slottedRenderer({ image, report })
  return {
    title: source.title,
    briefHtml: render(textOf(brief), brief.line),
    rulesHtml: render(textOf(rules).replace(RULE_ALONE, '- $1'), rules.line),
    ...(Object.keys(sentences).length === 0
      ? {}
      : {
          sentences: Object.fromEntries(
            Object.entries(sentences).map(([name, text]) => [
              name,
              besideSlots(text, (marked) => renderPhrase(marked, options(rules.line)).html),
            ]),
          ),
        }),
  }
}

/** Text of kinds that show their places again on other papers leaks fast: it takes more of them. */
const LEAST_FAMILIES = 4
const LEAST_DRAFTS = 12
/** The share of a part's time that its tasks may suggest together. */
const MOST_SUGGESTED = 0.92

/** Whether an exam's families are enough for what its practical part asks for. */
export function checkParts(exam: ExamDefinition, families: readonly TaskFamily[], report: Report): void {
  const at = { line: 1, column: 1 }
  for (const part of exam.parts ?? []) {
    let minutes = 0
    for (const draw of part.tasks) {
      const live = families.filter((family) => suits(family, draw))
      const least = draw.kind === 'draft' ? LEAST_DRAFTS : LEAST_FAMILIES
      const kind = KIND_WORDS[draw.kind]
      const finding = say('task.fewFamilies', { kind, least, live: live.length })
      if (live.length === 0) report(at, error('task/pool', finding, say('advice.moreFamilies')))
      else if (live.length < least) report(at, warning('task/pool', finding, say('advice.moreFamilies')))
      minutes += Math.max(0, ...live.map((family) => family.minutes))
    }
    if (minutes * 60 > part.timeLimitSeconds * MOST_SUGGESTED)
      report(at, error('task/minutes', say('task.minutesTooMany')))
  }
}
