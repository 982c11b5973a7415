import type { Subjects } from '../../dist/texts.d.ts'
import type { DrawnTrial, Played, Trial } from '../authoring/tasks/try-bot.ts'
import type { Translator } from '../platform/words/catalogue.ts'
import type { TaskField } from '../task/present.ts'
import { formatOf, type SheetMaterials, shownText } from '../task/sheet/present.ts'
import type { Bot } from '../task/task-kind.ts'
import { Compiled } from '../web/ui/compiled.tsx'
import { Material } from '../web/ui/material.tsx'

type Translate = Translator<Subjects['preview']>

type Child = ReturnType<typeof Grid> | string | number | false | undefined | Child[]

export const share = (value: number): string => value.toFixed(2)
const points = (value: number): string => String(Number(value.toFixed(2)))

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

/** One drawing of a task: what a candidate is given and, where it is wanted, what is right. */
export const Drawn = ({ trial, t, withKey }: { trial: Trial; t: Translate; withKey: boolean }) => {
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
      {withKey && <Key trial={trial} t={t} />}
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
export function boundsText({ each, mean }: Bot, t: Translate): string {
  const bounds = [
    each?.least !== undefined && t('preview.task.eachLeast', { score: share(each.least) }),
    each?.most !== undefined && t('preview.task.eachMost', { score: share(each.most) }),
    mean?.least !== undefined && t('preview.task.meanLeast', { score: share(mean.least) }),
    mean?.most !== undefined && t('preview.task.meanMost', { score: share(mean.most) }),
  ].filter((bound) => bound !== false)
  return bounds.length > 0 ? bounds.join(t('preview.task.and')) : t('preview.task.reported')
}
