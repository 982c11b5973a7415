import { choicesOf, definitionOf, listsOf } from '../../../item/definition-of.ts'
import type { Locale, Slot, Wording } from '../../../item/item.ts'
import { type CompiledHtml, sayBlanks } from '../../../item/markup/compiled-html.ts'
import { describeKey, fillInHtml } from '../../../item/publishing/describe-item.ts'
import type { Choice } from '../../../item/types/item-type.ts'
import { nameOfLanguage } from '../../../platform/page/words.ts'
import { Compiled } from '../../ui/compiled.tsx'
import type { PageContext } from '../../ui/page-context.ts'

/** Compiled HTML of an item without a candidate: expressions where numbers will stand, gaps by their numbers. */
const shownHtml = (html: CompiledHtml, slots: readonly Slot[] | undefined): CompiledHtml =>
  sayBlanks(fillInHtml(html, slots))

const Choices = ({ choices, slots }: { choices: readonly Choice[]; slots?: readonly Slot[] }) => (
  <ul class="choices">
    {choices.map(({ html }) => (
      <li>
        <Compiled html={shownHtml(html, slots)} />
      </li>
    ))}
  </ul>
)

const Lines = ({ lines }: { lines: readonly string[] }) => (
  <ul class="choices">
    {lines.map((line) => (
      <li>{line}</li>
    ))}
  </ul>
)

/** What nobody but staff may see; closed until it is asked for. */
const Secret = ({ context: { t }, wording }: { context: PageContext; wording: Wording }) => {
  const { rationale, references, notes } = wording.secret
  const part = (title: string, text: string) =>
    text !== '' && (
      <>
        <h4>{title}</h4>
        <p class="asis">{text}</p>
      </>
    )
  return (
    <details class="more">
      <summary>{t('bank.secret')}</summary>
      <div class="secret">
        <h4>{t('bank.key')}</h4>
        <Lines lines={describeKey(wording)} />
        {part(t('bank.rationale'), rationale)}
        {references.length > 0 && (
          <>
            <h4>{t('bank.references')}</h4>
            <Lines lines={references} />
          </>
        )}
        {part(t('bank.notes'), notes)}
      </div>
    </details>
  )
}

/** One language's wording of an item, with its key behind a click. */
export const WordingCard = ({
  context,
  of,
  locale,
  wording,
}: {
  context: PageContext
  of: string
  locale: Locale
  wording: Wording
}) => {
  const { stem, variables = [] } = wording
  const id = `${of}-${locale}`
  const columns = (definitionOf(stem.type).areColumns ? listsOf(stem) : [choicesOf(stem)])
    .filter((choices) => choices.length > 0)
    .map((choices) => <Choices choices={choices} slots={stem.slots} />)
  return (
    <section class="card" aria-labelledby={id}>
      <h3 id={id}>{nameOfLanguage(locale)}</h3>
      <div lang={locale} class="stack">
        <div class="stem small">
          <Compiled html={shownHtml(stem.html, stem.slots)} />
        </div>
        {columns.length > 1 ? <div class="abreast">{columns}</div> : columns}
        {variables.length > 0 && (
          <p class="tiny">
            {`${context.t('bank.variables')}: `}
            {variables
              .map((variable) =>
                'values' in variable
                  ? `${variable.name} = ${variable.values.join(', ')}`
                  : `${variable.name} = ${context.t('list.range', { low: variable.from, high: variable.to })} (${variable.step})`,
              )
              .join(' · ')}
          </p>
        )}
        <Secret context={context} wording={wording} />
      </div>
    </section>
  )
}
