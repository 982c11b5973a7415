import { Icon } from '../../../../platform/page/icon.tsx'
import { columnName } from '../../../../task/formula/tree.ts'
import { type PresentedTask, type TaskField, valueIn } from '../../../../task/present.ts'
import { formatOf, type ShownQuestion, shownText } from '../../../../task/sheet/present.ts'
import { evaluatorScript, sheetScript, sheetStyles } from '../../../assets.ts'
import { Compiled } from '../../../ui/compiled.tsx'
import type { PageContext } from '../../../ui/page-context.ts'
import { controlId, controlName, type TaskControl, type TaskProps } from '../task-control.ts'
import { evaluateSheet } from './evaluate-sheet.ts'
import { filledText, type Outcome, outcomeText, type SheetTexts } from './sheet-texts.ts'

type Sheet = PresentedTask<'sheet'>

const ADDRESS = /^([A-Z]+)(\d+)$/

/** Where a range begins and ends. */
function placeOf(range: string) {
  const [first = '', last = first] = range.split(':')
  const [, letter = '', from = '1'] = ADDRESS.exec(first) ?? []
  return { first, letter, from: Number(from), to: Number(ADDRESS.exec(last)?.[2] ?? from), isCopied: last !== first }
}

const numberOf = (letters: string): number => [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0)

interface Layout {
  readonly letters: readonly string[]
  readonly rows: number
  /** The row with the heads of columns. */
  readonly headRow: number
  /** The question of a cell, from 0. */
  readonly asked: ReadonlyMap<string, number>
  /** Letters of columns that hold anything. */
  readonly used: ReadonlySet<string>
}

function layoutOf({ materials: { cells, questions } }: Sheet): Layout {
  const asked = new Map(
    questions.flatMap(({ range }, i) => {
      const { letter, from, to } = placeOf(range)
      return Array.from({ length: to - from + 1 }, (_, k) => [`${letter}${from + k}`, i] as const)
    }),
  )
  const all = [...Object.keys(cells), ...asked.keys()].map((address) => ADDRESS.exec(address) ?? [])
  const last = Math.max(...all.map(([, letters = 'A']) => numberOf(letters)))
  const copied = questions.map(({ range }) => placeOf(range)).find(({ isCopied }) => isCopied)
  return {
    letters: Array.from({ length: last }, (_, i) => columnName(i + 1)),
    rows: Math.max(...all.map(([, , row = '1']) => Number(row))),
    headRow: (copied?.from ?? 1) - 1,
    asked,
    used: new Set(all.map(([, letters = 'A']) => letters)),
  }
}

const Cell = ({
  task,
  layout,
  outcomes,
  address,
}: {
  readonly task: Sheet
  readonly layout: Layout
  readonly outcomes: readonly Outcome[]
  readonly address: string
}) => {
  const at = layout.asked.get(address)
  if (at === undefined) {
    const value = task.materials.cells[address]
    if (value === undefined) return <td data-at={address} />
    const isHead = address.endsWith(String(layout.headRow)) && ADDRESS.exec(address)?.[2] === String(layout.headRow)
    return (
      <td data-at={address} data-head={isHead ? '' : undefined} class={typeof value === 'number' ? 'num' : undefined}>
        {shownText(value, formatOf(task.materials, address))}
      </td>
    )
  }
  const { field, range } = task.materials.questions[at] as ShownQuestion
  const text = outcomes.find((outcome) => outcome.field === field)?.cells[address]
  return (
    <td data-at={address} data-q={field} class="asked" data-n={range.startsWith(address) ? String(at + 1) : undefined}>
      {text}
    </td>
  )
}

const Grid = ({
  props: { context, item },
  layout,
  outcomes,
}: {
  readonly props: TaskProps<'sheet'>
  readonly layout: Layout
  readonly outcomes: readonly Outcome[]
}) => (
  <section class="sheet-scroll" tabindex={0} aria-label={context.t('sheet.name')}>
    <table class="sheet" lang="ja">
      <thead>
        <tr>
          <td />
          {layout.letters.map((letter) => (
            <th scope="col" class={layout.used.has(letter) ? undefined : 'gap'}>
              {letter}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: layout.rows }, (_, i) => (
          <tr>
            <th scope="row">{i + 1}</th>
            {layout.letters.map((letter) => (
              <Cell task={item.task} layout={layout} outcomes={outcomes} address={`${letter}${i + 1}`} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

const CODES = [
  'no-equals-sign',
  'too-long',
  'too-deep',
  'unexpected',
  'unfinished',
  'not-closed',
  'unknown-name',
  'unknown-function',
  'argument-count',
  'circular',
  'too-much',
  'no-sheet',
] as const

/** The sentences of the page's script, with their places still open. */
const sheetTexts = ({ t }: Pick<PageContext, 't'>): SheetTexts => ({
  comesTo: t('sheet.comesTo', { address: '{address}', value: '{value}' }),
  blank: t('sheet.blank'),
  filled: t('sheet.filled', { count: '{count}', total: '{total}' }),
  copied: t('sheet.copied'),
  problems: Object.fromEntries(
    CODES.map((code) => [
      code,
      t(`sheet.problem.${code}`, { at: '{at}', found: '{found}', name: '{name}', most: '{most}' } as never),
    ]),
  ),
})

interface QuestionProps {
  readonly props: TaskProps<'sheet'>
  readonly question: ShownQuestion
  readonly index: number
  readonly outcome: Outcome | undefined
  readonly texts: SheetTexts
}

const Question = ({ props: { context, item, entries, problems }, question, index, outcome, texts }: QuestionProps) => {
  const at = item.task.fields.findIndex(({ name }) => name === question.field)
  const field = item.task.fields[at] as TaskField
  const id = controlId(item.ref, at)
  const refused = problems[field.name]
  const isBad = refused !== undefined || outcome?.problem !== undefined
  return (
    <li class="ask" data-q={question.field} data-range={question.range}>
      <label for={id}>
        <b class="n">{index + 1}</b>
        <span class="at">{question.range.replace(':', '〜')}</span>
        <span class="what">
          <Compiled html={question.html} />
        </span>
      </label>
      <input
        class="in working formula"
        id={id}
        name={controlName(item.ref, field.name)}
        value={valueIn(field, entries)}
        data-was={valueIn(field, entries) === field.initial ? undefined : field.initial}
        maxlength={field.max}
        aria-describedby={`${id}-came`}
        aria-invalid={isBad ? 'true' : undefined}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        lang="ja"
      />
      <p class="came" id={`${id}-came`} data-bad={isBad ? '' : undefined} lang={context.locale}>
        {refused
          ? context.t(`practical.problem.${refused}`, { max: field.max })
          : outcomeText(outcome, question.range, texts)}
      </p>
    </li>
  )
}

/** A sheet and a formula field for each question. What formulas come to is shown, as a spreadsheet would, never whether they are right. */
export const sheetWork: TaskControl<'sheet'> = {
  script: sheetScript,
  styles: sheetStyles,
  Work(props) {
    const { context, item, entries } = props
    const { task } = item
    const { cells, formats, questions } = task.materials
    const data = { cells, formats, questions: questions.map(({ field, range }) => ({ field, range })) }
    const outcomes = evaluateSheet(data, entries)
    const texts = sheetTexts(context)
    return (
      <>
        <div
          class="card flush sheetcard"
          id="sheet"
          data-sheet={JSON.stringify(data)}
          data-texts={JSON.stringify(texts)}
          data-evaluator={evaluatorScript.href}
        >
          <Grid props={props} layout={layoutOf(task)} outcomes={outcomes} />
          <p class="sheet-foot" id="sheet-count">
            {filledText(texts, Object.keys(entries).length, questions.length)}
          </p>
        </div>
        <ol class="card flush askcard asks">
          {questions.map((question, index) => (
            <Question
              props={props}
              question={question}
              index={index}
              outcome={outcomes.find(({ field }) => field === question.field)}
              texts={texts}
            />
          ))}
        </ol>
      </>
    )
  },
  Summary: ({ context, item: { task }, entries }) => (
    <p class="small">{filledText(sheetTexts(context), Object.keys(entries).length, task.materials.questions.length)}</p>
  ),
  Tools: ({ context: { t } }) => (
    <button type="button" class="btn ghost xs js-only" id="copy-sheet">
      <Icon name="copy" />
      {t('sheet.copy')}
    </button>
  ),
  Tip: ({ context: { t } }) => (
    <>
      <p>{t('sheet.tip')}</p>
      <p class="js-only">{t('sheet.keys')}</p>
      <p class="nojs-only">{t('sheet.tipPlain')}</p>
    </>
  ),
}
