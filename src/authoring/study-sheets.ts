import type { ExamDefinition } from '../item/bank.ts'
import type { Locale } from '../item/item.ts'
import type { CompiledHtml } from '../item/markup/compiled-html.ts'
import { type StudyPart, type StudySheet, type StudyWording, studyParts } from '../item/study-sheet.ts'
import type { CompileMemory } from './compile-memory.ts'
import { checkSecret } from './compile-wording.ts'
import { error, hear, locateIn, type Place, type Report, sayAgain } from './diagnostic.ts'
import { STUDY_WORDS } from './keywords.data.ts'
import { foldWord } from './keywords.ts'
import * as refuse from './refuse-markup.ts'
import { type RenderOptions, renderBlocks } from './render-markdown.ts'
import { type Language, say } from './said.ts'
import { decodeSource, type SourceFile } from './source-file.ts'
import { type ItemBlock, splitDocument } from './split-document.ts'

/** A study sheet as it stands in one file. */
export interface WrittenSheet {
  readonly path: string
  readonly topic: string
  readonly locale: Locale
  readonly skill: string
  readonly heading: Place
  /** Where its sources begin. */
  readonly sources: Place
  /** What is read of it, without markup. */
  readonly text: string
  readonly wording: StudyWording
}

interface StudyContext {
  readonly language: Language
  readonly image: RenderOptions['image']
  readonly reportOf: (path: string) => Report
  readonly memory: CompileMemory
}

const STUDY_FILE = /^sheets\/([a-z][a-z0-9-]*)\.(ja|en)\.md$/
const HEADING = /^([a-z][a-z0-9-]{0,63})[ \t\u3000]+(.+)$/

const partNames = new Map(
  Object.entries(STUDY_WORDS).flatMap(([part, words]) =>
    Object.values(words).map((word) => [foldWord(word), part as StudyPart] as const),
  ),
)

/** Reads the study sheets of an exam's folder, `sheets/<area>.ja.md` and its sibling in English: one below each `##` heading. */
export function readStudySheets(files: readonly SourceFile[], context: StudyContext): WrittenSheet[] {
  return [...files]
    .filter(({ path }) => path.startsWith('sheets/'))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap((file) => readFile(file, context))
}

function readFile(file: SourceFile, { language, image, reportOf, memory }: StudyContext): readonly WrittenSheet[] {
  const report = reportOf(file.path)
  const [, topic, locale] = STUDY_FILE.exec(file.path) ?? []
  if (topic === undefined) {
    report({ line: 1, column: 1 }, error('file/name', say('finding.studyFileName', { path: file.path })))
    return []
  }
  const text = decodeSource(file, report)
  if (text === undefined) return []
  const { value, heard } = memory.once(`sheets ${file.path}`, [memory, language, text, image], () =>
    hear((hearing) => {
      const lines = text.split('\n')
      const { preambleTo, items } = splitDocument(lines, 0, hearing)
      checkSecret(lines.slice(0, preambleTo).join('\n'), { line: 1, column: 1 }, image, hearing)
      const named = { path: file.path, topic, locale: locale as Locale }
      return items.flatMap((block) => readSheet({ ...named, lines, block, image, report: hearing }) ?? [])
    }),
  )
  sayAgain(heard, report)
  return value
}

interface Reading extends Pick<WrittenSheet, 'path' | 'topic' | 'locale'> {
  readonly lines: readonly string[]
  readonly block: ItemBlock
  readonly image: RenderOptions['image']
  readonly report: Report
}

function readSheet(reading: Reading): WrittenSheet | undefined {
  const { path, topic, locale, block, report } = reading
  const heading = { line: block.line + 1, column: 1 }
  const [, skill, title] = HEADING.exec(block.title) ?? []
  if (skill === undefined || title === undefined) {
    report(heading, error('study/heading', say('finding.studyHeading'), say('advice.studyHeading')))
    return undefined
  }
  const bodies = readParts(reading, heading)
  if (!bodies) return undefined
  const rendered = studyParts.map((part) => [part, renderPart(bodies[part], reading)] as const)
  return {
    path,
    topic,
    locale,
    skill,
    heading,
    sources: bodies.sources.start,
    text: [title, ...rendered.map(([, { text }]) => text)].join('\n'),
    wording: {
      title: title.trim(),
      html: Object.fromEntries(rendered.map(([part, { html }]) => [part, html])) as StudyWording['html'],
    },
  }
}

/** The Markdown of each part; undefined, with a word about each, where one is missing. */
function readParts({ lines, block, report }: Reading, heading: Place): Record<StudyPart, Body> | undefined {
  const bodyOf = (from: number, to: number): Body => ({
    source: lines.slice(from, to).join('\n'),
    start: { line: from + 1, column: 1 },
  })
  const found = new Map<StudyPart, Body>([['teaching', bodyOf(block.publicFrom, block.publicTo)]])
  for (const { title, line, from, to } of block.sections) {
    const part = partNames.get(foldWord(title))
    const at = { line: line + 1, column: 1 }
    if (part === undefined)
      report(at, error('study/part', say('finding.sectionUnknown', { title }), say('advice.studyParts')))
    else if (found.has(part))
      report(at, error('study/part', say('finding.studyPartTwice', { title }), say('advice.joinSections')))
    else found.set(part, bodyOf(from, to))
  }
  const missing = studyParts.filter((part) => (found.get(part)?.source ?? '').trim() === '')
  for (const part of missing)
    report(
      heading,
      part === 'teaching'
        ? error('study/part', say('finding.studyTeachesNothing'), say('advice.teachFirst'))
        : error('study/part', say('finding.studyPartMissing', { part: STUDY_WORDS[part] }), say('advice.studyParts')),
    )
  return missing.length > 0 ? undefined : (Object.fromEntries(found) as Record<StudyPart, Body>)
}

interface Body {
  readonly source: string
  readonly start: Place
}

function renderPart({ source, start }: Body, { image, report }: Reading): { html: CompiledHtml; text: string } {
  const locate = locateIn(source, start)
  const rendered = renderBlocks(source.trim(), { image, refuse: (finding, raw) => report(locate(raw), finding) })
  // whoever reads a sheet needs a page to look something up, and nobody to write to
  const mail = /href="(mailto:[^"]*)"/.exec(rendered.html)?.[1]
  if (mail !== undefined) report(locate(mail), refuse.badLink(mail))
  return rendered
}

/** One sheet for each skill, in the exam's order, from those of all files. A sheet of no skill, or a second one, is an error. */
export function compileStudySheets(
  written: readonly WrittenSheet[],
  { skills, sections }: Pick<ExamDefinition, 'skills' | 'sections'>,
  reportOf: (path: string) => Report,
): StudySheet[] {
  const bySkill = new Map<string, WrittenSheet[]>()
  for (const sheet of written) {
    const report = (finding: ReturnType<typeof error>) => reportOf(sheet.path)(sheet.heading, finding)
    const known = bySkill.get(sheet.skill) ?? []
    const twin = known.find(({ locale }) => locale === sheet.locale)
    if (!skills.some(({ id }) => id === sheet.skill))
      report(error('study/skill', say('finding.skillUnknown', { skill: sheet.skill }), say('advice.knownSkill')))
    else if (!sections.some(({ topic }) => topic === sheet.topic))
      report(error('study/skill', say('finding.studyTopicUnknown', { topic: sheet.topic }), say('advice.fitTopic')))
    else if (twin)
      report(
        error(
          'study/skill',
          say('finding.duplicateId', { id: sheet.skill, line: twin.heading.line }),
          say('advice.keepOne'),
        ),
      )
    else if (known.some(({ topic }) => topic !== sheet.topic))
      report(
        error(
          'study/skill',
          say('finding.studyTopicDiffers', { topic: known[0]?.topic ?? '' }),
          say('advice.sameTopicFile'),
        ),
      )
    else bySkill.set(sheet.skill, [...known, sheet])
  }
  return skills.flatMap(({ id }) => {
    const sheets = bySkill.get(id)
    const [first] = sheets ?? []
    if (!sheets || !first) return []
    const wordings = Object.fromEntries(
      [...sheets].sort((a, b) => (a.locale > b.locale ? -1 : 1)).map(({ locale, wording }) => [locale, wording]),
    )
    return [{ skill: id, topic: first.topic, wordings }]
  })
}
