import { FAMILY_STATUS_WORDS, KIND_WORDS } from '../../authoring/tasks/words.data.ts'
import type { TaskFamily } from '../../item/family.ts'
import type { TaskField } from '../../task/present.ts'
import { formatOf, type SheetMaterials, shownText } from '../../task/sheet/present.ts'
import type { Bot } from '../../task/task-kind.ts'
import { Compiled } from '../../web/ui/compiled.tsx'
import { Material } from '../../web/ui/material.tsx'
import { type Translate, textsOf } from '../texts.ts'
import { FindingList } from './card.tsx'
import type { ExamView, TaskCard } from './exam-view.ts'
import { inLanguage } from './preview-page.tsx'
import { botsOf, type DrawnTrial, drawTrials, type Played, type Trial } from './try-bot.ts'

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

const share = (value: number): string => value.toFixed(2)
const points = (value: number): string => String(Number(value.toFixed(2)))

const addressOf = (exam: ExamView, { family, bot, from }: TaskChoice): string =>
  `/tasks?${new URLSearchParams({ exam: exam.id, ...(family === undefined ? {} : { family }), ...(bot === undefined ? {} : { bot }), ...(from === 1 ? {} : { from: String(from) }) })}`

/** A link that the page's script follows without losing the place. */
const Turn = ({ href, isOn, children }: { href: string; isOn?: boolean; children: Child }) => (
  <a href={href} data-turn aria-current={isOn ? 'true' : undefined}>
    {children}
  </a>
)

const CELL = /^([A-Z]{1,2})(\d{1,3})$/

/** A sheet as candidates see it, with what is asked of it. */
function Sheet({ materials }: { materials: SheetMaterials }) {
  const { cells, questions } = materials
  const places = Object.keys(cells).flatMap((address) => CELL.exec(address)?.slice(1, 3) ?? [])
  const columns = [...new Set(places.filter((_, i) => i % 2 === 0))].sort(
    (a, b) => a.length - b.length || (a < b ? -1 : 1),
  )
  const rows = [...new Set(places.filter((_, i) => i % 2 === 1).map(Number))].sort((a, b) => a - b)
  const shown = (address: string) =>
    cells[address] === undefined ? '' : shownText(cells[address], formatOf(materials, address))
  return (
    <>
      <ol>
        {questions.map(({ range, html }) => (
          <li>
            <code>{range}</code> <Compiled html={html} />
          </li>
        ))}
      </ol>
      <Grid
        columns={columns}
        rows={rows.map((row) => [String(row), ...columns.map((column) => shown(`${column}${row}`))])}
      />
    </>
  )
}

const Grid = ({ columns, rows }: { columns: readonly string[]; rows: readonly (readonly string[])[] }) => (
  <table class="cells">
    <thead>
      <tr>
        <td />
        {columns.map((column) => (
          <th scope="col">{column}</th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map(([head, ...cells]) => (
        <tr>
          <th scope="row">{head}</th>
          {cells.map((cell) => (
            <td>{cell}</td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)

/** Fields that are named by row and column, and hold something from the start. */
function gridOf(fields: readonly TaskField[]): Parameters<typeof Grid>[0] | undefined {
  const parts = fields.map(({ name, initial }) => ({
    row: name.slice(0, name.indexOf('.')),
    column: name.slice(name.indexOf('.') + 1),
    initial,
  }))
  if (
    fields.length < 2 ||
    parts.some(({ row }) => row === '') ||
    parts.filter(({ initial }) => initial !== '').length * 2 < parts.length
  )
    return undefined
  const columns = [...new Set(parts.map(({ column }) => column))]
  const rows = Map.groupBy(parts, ({ row }) => row)
  return {
    columns,
    rows: [...rows].map(([row, of]) => [
      row,
      ...columns.map((column) => of.find((one) => one.column === column)?.initial ?? ''),
    ]),
  }
}

/** What a candidate is given to work on. */
const Given = ({ trial: { instance } }: { trial: DrawnTrial }) => {
  const { presented } = instance
  const { materials, fields } = presented
  if (presented.kind === 'sheet') return <Sheet materials={presented.materials} />
  const grid = gridOf(fields)
  const filled = fields.filter(({ initial }) => initial !== '')
  return (
    <>
      {grid ? <Grid {...grid} /> : <Material value={materials} />}
      {!grid &&
        filled.map(({ label, initial }) => (
          <section>
            <h4>{label}</h4>
            <p class="asis">{initial}</p>
          </section>
        ))}
    </>
  )
}

/** A part of a drawing that opens; what is long in it is scrolled, by keys too. */
const Fold = ({
  part,
  name,
  title = name,
  look,
  isOpen,
  lang,
  children,
}: {
  part: string
  name: string
  title?: Child
  look: 'secret' | 'given'
  isOpen?: boolean
  lang?: string
  children: Child
}) => (
  <details class={look} data-part={part} open={isOpen}>
    <summary>{title}</summary>
    <div class={look === 'given' ? 'prose' : undefined} tabindex={0} role="group" aria-label={name} lang={lang}>
      {children}
    </div>
  </details>
)

type Checkpoint = Played['checkpoints'][number]

const Right = ({ values, t }: Pick<Checkpoint, 'values'> & { t: Translate }) => (
  <>
    {values.map(({ label, right, least }) => (
      <p>
        {label} <b>{least !== undefined ? t('preview.task.names', { least }) : (right?.join(' / ') ?? '')}</b>
      </p>
    ))}
  </>
)

/** What is right in one drawing; closed until it is asked for. */
const Key = ({ trial: { number, key }, t }: { trial: DrawnTrial; t: Translate }) => (
  <Fold part={`key-${number}`} name={t('preview.key')} look="secret" lang="ja">
    <ol>
      {key.map(({ id, place, values, why }) => (
        <li>
          <code>{id}</code> {place !== undefined && <q>{place}</q>}
          <Right values={values} t={t} />
          {why !== undefined && <p class="tiny">{why}</p>}
        </li>
      ))}
    </ol>
  </Fold>
)

/** What each checkpoint earned, and what was lost. */
const Result = ({ number, played, t }: { number: number; played: Played; t: Translate }) => (
  <Fold
    part={`result-${number}`}
    name={t('preview.task.score')}
    title={
      <>
        {t('preview.task.score')} <b class="num">{share(played.score)}</b>
        {!played.holds && <b class="bad">{t('preview.task.broken')}</b>}
      </>
    }
    look="secret"
    isOpen
  >
    {played.critical !== undefined && <p class="bad">{t('preview.task.critical', { reason: played.critical })}</p>}
    {played.losses.length > 0 && <h3>{t('preview.task.losses')}</h3>}
    <ul class="earned" lang="ja">
      {played.losses.map(({ reason, weight, field, was, entered }) => (
        <li>
          <b class="num bad">{`−${points(weight)}`}</b>
          <div>
            <code>{reason}</code> {field}
            <p>
              {was !== undefined && <del>{was}</del>}{' '}
              {entered !== undefined && entered.length < 200 && <ins>{entered}</ins>}
            </p>
          </div>
        </li>
      ))}
    </ul>
    <h3>{t('preview.task.checkpoints')}</h3>
    <ul class="earned" lang="ja">
      {played.checkpoints.map(({ id, weight, credit, values }) => (
        <li>
          <b
            class="num"
            data-credit={credit >= 1 ? 'full' : credit > 0 ? 'half' : 'none'}
          >{`${points(weight * credit)}/${points(weight)}`}</b>
          <div>
            <code>{id}</code>
            {values.map(({ label, entered }) => (
              <p>
                {label} {entered !== '' && <ins>{entered}</ins>}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  </Fold>
)

const Drawn = ({ trial, t }: { trial: Trial; t: Translate }) => {
  const { number } = trial
  const title = <h3 id={`trial-${number}`}>{t('preview.task.trial', { number })}</h3>
  if ('problem' in trial)
    return (
      <section aria-labelledby={`trial-${number}`}>
        {title}
        <p class="note bad">{t('preview.task.cannotDraw', { reason: trial.problem })}</p>
      </section>
    )
  const { briefHtml, rulesHtml } = trial.instance.presented
  return (
    <section aria-labelledby={`trial-${number}`}>
      {title}
      {trial.played && <Result number={number} played={trial.played} t={t} />}
      <Key trial={trial} t={t} />
      <Fold part={`brief-${number}`} name={t('preview.task.brief')} look="given" isOpen>
        <Compiled html={briefHtml} />
        <Compiled html={rulesHtml} />
      </Fold>
      <Fold part={`given-${number}`} name={t('preview.task.given')} look="given" isOpen lang="ja">
        <Given trial={trial} />
      </Fold>
    </section>
  )
}

/** What a simulated candidate must score, in words. */
function boundsText({ each, mean }: Bot, t: Translate): string {
  const bounds = [
    each?.least !== undefined && t('preview.task.eachLeast', { score: share(each.least) }),
    each?.most !== undefined && t('preview.task.eachMost', { score: share(each.most) }),
    mean?.least !== undefined && t('preview.task.meanLeast', { score: share(mean.least) }),
    mean?.most !== undefined && t('preview.task.meanMost', { score: share(mean.most) }),
  ].filter((bound) => bound !== false)
  return bounds.length > 0 ? bounds.join(t('preview.task.and')) : t('preview.task.reported')
}

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
              <Drawn trial={trial} t={t} />
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
