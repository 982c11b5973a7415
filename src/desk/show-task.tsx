import type { Subjects } from '../../dist/texts.d.ts'
import type { RenderOptions } from '../authoring/render-markdown.ts'
import type { Language } from '../authoring/said.ts'
import type { SourceFile } from '../authoring/source-file.ts'
import { compileFamilies } from '../authoring/tasks/compile-families.ts'
import { botsOf, drawTrials } from '../authoring/tasks/try-bot.ts'
import type { Locale } from '../item/item.ts'
import { catalogue } from '../platform/words/catalogue.ts'
import preview from '../texts/preview?texts'
import { boundsText, Drawn, share } from './drawn-task.tsx'

/** So many drawings are looked at. */
const TRIALS = 5

export interface TaskLook {
  /** The number of the first drawing, from 1. */
  readonly from: number
  /** The name of a simulated candidate who works on each. */
  readonly bot?: string | undefined
  /** In which the brief is read, where it is written in it. */
  readonly locale?: Locale
}

export interface ShownTask {
  readonly html: string
  readonly bots: readonly { readonly name: string; readonly title: string }[]
  /** What the simulated candidate scored, beside what it must. */
  readonly score?: string
}

const sentences = catalogue<Subjects['preview'], Language>([preview])

/** A practical task on five seeds. Undefined while it cannot be compiled. */
export function showTask(
  files: readonly SourceFile[],
  asked: {
    readonly family: string
    readonly look: TaskLook
    readonly language: Language
    readonly image: RenderOptions['image']
  },
): ShownTask | undefined {
  const { family: id, look, language, image } = asked
  const own = files.filter(({ path }) => path.startsWith(`tasks/${id}.`))
  const [family] = compileFamilies(own, {
    language,
    image,
    reportOf: () => () => {},
    exam: undefined,
    locales: ['ja'],
    skills: new Set(),
    seeds: 0,
  })
  if (!family) return undefined
  const t = sentences.in(language)
  const bots = botsOf(family)
  const title = (name: string) => t.find(`preview.bot.${name}`) ?? name
  const bot = bots.find(({ name }) => name === look.bot)
  const wanted = look.locale ?? language
  const locale = family.wordings[wanted] ? wanted : 'ja'
  const trials = drawTrials(family, { from: look.from, count: TRIALS, locale, bot })
  const scores = trials.flatMap((trial) => ('played' in trial && trial.played ? [trial.played.score] : []))
  const mean = share(scores.reduce((sum, one) => sum + one, 0) / Math.max(1, scores.length))
  return {
    html: trials.map((trial) => String(Drawn({ trial, t, withKey: false }))).join(''),
    bots: bots.map(({ name }) => ({ name, title: title(name) })),
    ...(bot && scores.length > 0
      ? {
          score: t('preview.task.mean', {
            bot: title(bot.name),
            count: scores.length,
            mean,
            bounds: boundsText(bot, t),
          }),
        }
      : {}),
  }
}
