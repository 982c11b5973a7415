import * as z from 'zod'
import type { BlueprintSection, DifficultyQuota, ExamDefinition, ExamPart, PartId, TaskDraw } from '../item/bank.ts'
import type { LocaleText } from '../item/item.ts'
import { type Period, parseDuration, parsePeriod } from '../kernel/instant.ts'
import { error, type Report } from './diagnostic.ts'
import { cutFrontmatter, readYaml } from './read-yaml.ts'
import { type Language, type Said, say } from './said.ts'
import { readWord } from './tasks/family-source.ts'
import { FORM_WORDS, KIND_WORDS } from './tasks/words.data.ts'

const slug = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/)
const localeText = z.strictObject({ ja: z.string().min(1).optional(), en: z.string().min(1).optional() })
const whole = z.int().min(1).max(10_000)

/** `70%` as 70. */
const percent = z
  .string()
  .regex(/^(100|\d{1,2})%$/)
  .transform((text) => Number.parseInt(text, 10))

const readable = <T>(read: (text: string) => T | undefined, example: string) =>
  z.union([z.string(), z.number()]).transform((text, context): T => {
    const value = read(String(text))
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: example })
    return z.NEVER
  })

const period = readable<Period>(parsePeriod, '14d / 6mo / 2y')
const seconds = readable<number>((text) => {
  const duration = parseDuration(text)
  return duration === undefined || duration < 60_000 ? undefined : Math.trunc(duration / 1_000)
}, '45m / 1h')
/** `2x` as 2. */
const times = readable<number>((text) => (/^\d{1,2}(\.\d)?x?$/.test(text) ? Number.parseFloat(text) : undefined), '2x')
const band = /^([1-5])(?:-([1-5]))?$/

const sectionSchema = z.strictObject({
  title: localeText.optional(),
  draw: whole,
  difficulty: z.record(z.string().regex(band), z.int().min(0).max(1_000)).optional(),
  min_pool: times.optional(),
  pass: percent.optional(),
})

const partSchema = z.strictObject({ time: seconds, weight: percent, floor: percent, keep: period })
const taskDraw = z.strictObject({ kind: z.string(), form: z.string().optional(), points: z.int().min(1).max(100) })

/** The frontmatter of `exam.md` as authors write it. */
export const examSchema = z.strictObject({
  id: slug,
  title: localeText,
  claim: localeText.optional(),
  tools: localeText.optional(),
  limits: localeText.optional(),
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  version: whole,
  locales: z
    .array(z.enum(['ja', 'en']))
    .min(1)
    .max(2),
  time: seconds.optional(),
  parts: z
    .strictObject({ knowledge: partSchema, practical: partSchema.extend({ tasks: z.array(taskDraw).min(1).max(6) }) })
    .optional(),
  pass: percent,
  closes: z.iso.datetime({ offset: true }).optional(),
  valid_for: period,
  archive_after: period.optional(),
  retake: z.strictObject({ wait: period, per_year: whole }),
  critical: z.strictObject({ min: whole, skills: z.array(z.string()).min(1) }).optional(),
  exposure: z.strictObject({ overlap: percent.optional(), own_overlap: percent.optional() }).optional(),
  blueprint: z.record(slug, sectionSchema),
  skills: z
    .array(z.strictObject({ id: z.string().min(1), name: localeText, url: z.url({ protocol: /^https?$/ }).optional() }))
    .default([]),
})

type WrittenSection = z.infer<typeof sectionSchema>

export interface ReadExam {
  /** Without the rules, which come from the prose below the frontmatter. */
  readonly exam: Omit<ExamDefinition, 'rulesHtml'>
  readonly body: string
  /** 1-based line on which the body starts. */
  readonly bodyLine: number
}

/** Reads `exam.md`: the definition in its frontmatter and the prose below it. */
export function readExam(text: string, language: Language, report: Report): ReadExam | undefined {
  const lines = text.split('\n')
  const frontmatter = cutFrontmatter(lines)
  if (!frontmatter) {
    report({ line: 1, column: 1 }, error('frontmatter/missing', say('finding.noFrontmatter'), say('advice.newExam')))
    return undefined
  }
  const read = readYaml(frontmatter, examSchema, language, report)
  if (!read) return undefined
  const { value, placeOf } = read
  const refuse = (path: readonly string[], what: Said) => report(placeOf(path), error('blueprint/invalid', what))
  const sections = Object.entries(value.blueprint).map(([topic, section]) => readSection(topic, section, refuse))
  if (sections.length === 0) refuse(['blueprint'], say('finding.noSection'))
  const known = new Set(value.skills.map((skill) => skill.id))
  if (known.size < value.skills.length) refuse(['skills'], say('finding.skillTwice'))
  for (const skill of value.critical?.skills ?? [])
    if (!known.has(skill)) refuse(['critical', 'skills'], say('finding.criticalSkillUnlisted', { skill }))
  if (value.critical && value.critical.min > sections.reduce((sum, section) => sum + section.draw, 0))
    refuse(['critical', 'min'], say('finding.criticalMinTooLarge'))
  for (const locale of value.locales)
    if (!value.title[locale]) refuse(['title'], say('finding.titleLacksLocale', { locale }))
  const body = lines.slice(frontmatter.bodyFrom)
  const parts = value.parts && readParts(value.parts, refuse)
  if ((value.time === undefined) === (parts === undefined)) refuse(['time'], say('task.timeOrParts'))
  return {
    exam: {
      id: value.id,
      title: value.title,
      ...(value.claim ? { claim: value.claim } : {}),
      ...(value.tools ? { tools: value.tools } : {}),
      ...(value.limits ? { limits: value.limits } : {}),
      level: value.level,
      version: value.version,
      locales: [...new Set(value.locales)],
      timeLimitSeconds: value.time ?? parts?.reduce((sum, part) => sum + part.timeLimitSeconds, 0) ?? 0,
      ...(parts ? { parts } : {}),
      passScore: value.pass,
      validFor: value.valid_for,
      ...(value.archive_after ? { archiveAfter: value.archive_after } : {}),
      ...(value.closes === undefined ? {} : { closesAt: value.closes }),
      retake: { wait: value.retake.wait, perYear: value.retake.per_year },
      sections,
      ...(value.critical ? { critical: value.critical } : {}),
      ...(value.exposure?.overlap === undefined ? {} : { mostOverlap: value.exposure.overlap / 100 }),
      ...(value.exposure?.own_overlap === undefined ? {} : { mostOwnOverlap: value.exposure.own_overlap / 100 }),
      skills: value.skills.map(({ id, name, url }) => ({
        id,
        name: name satisfies LocaleText,
        ...(url === undefined ? {} : { url }),
      })),
    },
    body: body.join('\n'),
    bodyLine: frontmatter.bodyFrom + 1,
  }
}

type Refuse = (path: readonly string[], what: Said) => void
type WrittenParts = NonNullable<z.infer<typeof examSchema>['parts']>

/** The parts in the order in which they open. */
function readParts({ knowledge, practical }: WrittenParts, refuse: Refuse): ExamPart[] {
  if (knowledge.weight + practical.weight !== 100) refuse(['parts'], say('task.weightsDoNotAddUp'))
  const tasks = practical.tasks.flatMap(({ kind: written, form: formWord, points }): TaskDraw[] => {
    const kind = readWord(KIND_WORDS, written)
    const form = formWord === undefined ? undefined : readWord(FORM_WORDS, formWord)
    if (formWord !== undefined && form === undefined)
      refuse(['parts', 'practical', 'tasks'], say('task.wordUnknown', { word: formWord }))
    if (kind) return [{ kind, ...(form === undefined ? {} : { form }), points }]
    refuse(['parts', 'practical', 'tasks'], say('task.wordUnknown', { word: written }))
    return []
  })
  const partOf = (id: PartId, { time, weight, floor, keep }: WrittenParts['knowledge']) => ({
    id,
    timeLimitSeconds: time,
    weight,
    floor,
    keep,
  })
  return [
    { ...partOf('knowledge', knowledge), tasks: [] },
    { ...partOf('practical', practical), tasks },
  ]
}

function readSection(topic: string, section: WrittenSection, refuse: Refuse): BlueprintSection {
  const quotas: DifficultyQuota[] = Object.entries(section.difficulty ?? {}).map(([range, draw]) => {
    const [, from, to] = band.exec(range) as RegExpExecArray
    return { from: Number(from), to: Number(to ?? from), draw }
  })
  const path = ['blueprint', topic, 'difficulty']
  const total = quotas.reduce((sum, quota) => sum + quota.draw, 0)
  if (quotas.length > 0 && total !== section.draw)
    refuse(path, say('finding.difficultiesDoNotAddUp', { total, draw: section.draw }))
  const sorted = [...quotas].sort((a, b) => a.from - b.from)
  sorted.forEach((quota, i) => {
    if (quota.to < quota.from || quota.from <= (sorted[i - 1]?.to ?? 0))
      refuse(path, say('finding.difficultyRangesWrong'))
  })
  return {
    topic,
    title: section.title ?? {},
    draw: section.draw,
    quotas: sorted,
    minPool: section.min_pool ?? 1,
    ...(section.pass === undefined ? {} : { passScore: section.pass }),
  }
}
