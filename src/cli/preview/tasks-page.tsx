import { botsOf, drawTrials, type Trial } from '../../authoring/tasks/try-bot.ts'
import { FAMILY_STATUS_WORDS, KIND_WORDS } from '../../authoring/tasks/words.data.ts'
import { boundsText, Drawn, share } from '../../desk/drawn-task.tsx'
import type { TaskFamily } from '../../item/family.ts'
import { type Translate, textsOf } from '../texts.ts'
import { FindingList } from './card.tsx'
import type { ExamView, TaskCard } from './exam-view.ts'
import { inLanguage } from './preview-page.tsx'

type Child = ReturnType<typeof FindingList> | string | false | undefined | Child[]

/** So many drawings stand side by side. */
export const TRIALS = 5

/** What of an exam's practical tasks is looked at. */
export interface TaskChoice {
  readonly family?: string | undefined
  /** The name of a simulated candidate. */
  readonly bot?: string | undefined
  /** The number of the first drawing, from 1. */
  readonly from: number
}

interface Props {
  readonly exam: ExamView
  readonly choice: TaskChoice
  readonly language: 'ja' | 'en'
}

const addressOf = (exam: ExamView, { family, bot, from }: TaskChoice): string =>
  `/tasks?${new URLSearchParams({ exam: exam.id, ...(family === undefined ? {} : { family }), ...(bot === undefined ? {} : { bot }), ...(from === 1 ? {} : { from: String(from) }) })}`

/** A link that the page's script follows without losing the place. */
const Turn = ({ href, isOn, children }: { href: string; isOn?: boolean; children: Child }) => (
  <a href={href} data-turn aria-current={isOn ? 'true' : undefined}>
    {children}
  </a>
)

const Bots = ({
  exam,
  family,
  choice,
  trials,
  t,
}: {
  exam: ExamView
  family: TaskFamily
  choice: TaskChoice
  trials: readonly Trial[]
  t: Translate
}) => {
  const bots = botsOf(family)
  const bot = bots.find(({ name }) => name === choice.bot)
  const scores = trials.flatMap((trial) => ('played' in trial && trial.played ? [trial.played.score] : []))
  return (
    <nav class="bots" aria-label={t('preview.task.bots')}>
      <p class="tiny">{t('preview.task.bots')}</p>
      <div class="filt">
        {bots.map(({ name }) => (
          <Turn
            href={addressOf(exam, { ...choice, bot: name === choice.bot ? undefined : name })}
            isOn={name === choice.bot}
          >
            {name}
          </Turn>
        ))}
      </div>
      <p class="tiny" role="status">
        {bot && scores.length > 0
          ? t('preview.task.mean', {
              bot: bot.name,
              count: scores.length,
              mean: share(scores.reduce((sum, one) => sum + one, 0) / scores.length),
              bounds: boundsText(bot, t),
            })
          : t('preview.task.press')}
      </p>
    </nav>
  )
}

function Family({ exam, card, choice, language }: Props & { card: TaskCard }) {
  const t = textsOf(language)
  const { id, family, findings } = card
  const locale = family?.wordings[language] ? language : 'ja'
  const bot = family && botsOf(family).find(({ name }) => name === choice.bot)
  const trials = family?.wordings[locale] ? drawTrials(family, { from: choice.from, count: TRIALS, locale, bot }) : []
  const facts = family && [
    KIND_WORDS[family.kind][language],
    FAMILY_STATUS_WORDS[family.status][language],
    t('preview.task.minutes', { minutes: family.minutes }),
    `v${family.version}`,
  ]
  return (
    <article class="task" aria-labelledby="family">
      <header>
        <h2 id="family">
          <code>{id}</code> {family?.wordings[locale]?.title}
        </h2>
        {facts && <p class="tiny">{facts.join(' · ')}</p>}
      </header>
      {findings.length > 0 && <FindingList findings={findings} t={t} />}
      {!family && <p class="note bad">{t('preview.task.unfit')}</p>}
      {family && (
        <>
          <Bots exam={exam} family={family} choice={choice} trials={trials} t={t} />
          <div class="trials" data-scroll tabindex={0} role="group" aria-label={t('preview.task.trials')}>
            {trials.map((trial) => (
              <Drawn trial={trial} t={t} withKey />
            ))}
          </div>
          <p class="filt">
            {choice.from > 1 && <Turn href={addressOf(exam, { ...choice, from: 1 })}>{t('preview.task.first')}</Turn>}
            <Turn href={addressOf(exam, { ...choice, from: choice.from + TRIALS })}>
              {t('preview.task.more', { count: TRIALS })}
            </Turn>
          </p>
        </>
      )}
    </article>
  )
}

/** The practical tasks of an exam: one family's first drawings side by side, and what simulated candidates make of them. */
export function Tasks({ exam, choice, language }: Props) {
  const t = textsOf(language)
  const card = exam.tasks.find(({ id }) => id === choice.family) ?? exam.tasks[0]
  return (
    <div id="tasks" class="items">
      {!card && <p class="note">{t('preview.task.none', { exam: exam.id })}</p>}
      {card && (
        <>
          <nav class="filt" aria-label={t('preview.tasks')}>
            {exam.tasks.map((one) => (
              <Turn href={addressOf(exam, { family: one.id, from: 1 })} isOn={one === card}>
                {one.family ? inLanguage(titlesOf(one.family), language, one.id) : one.id}
                {one.findings.length > 0 && <b>{one.findings.length}</b>}
              </Turn>
            ))}
          </nav>
          <Family exam={exam} card={card} choice={choice} language={language} />
        </>
      )}
    </div>
  )
}

const titlesOf = ({ wordings }: TaskFamily) =>
  Object.fromEntries(Object.entries(wordings).map(([locale, wording]) => [locale, wording?.title ?? '']))
