import type { PresentedChoice, PresentedItem, PresentedResponse } from '../../../form/form.ts'
import { splitAtBlanks } from '../../../item/markup/compiled-html.ts'
import { Compiled } from '../../ui/compiled.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { PageLocale, Translate } from '../../ui/message.ts'
import type { FormFields } from './section-form.ts'

const kana = [...'アイウエオカキクケコサシスセソタチツテト']
const letters = [...'ABCDEFGHIJKLMNOPQRST']

/** ア・イ・ウ… like a mark sheet; A, B, C in English. */
const markOf = (locale: PageLocale, position: number): string => (locale === 'ja' ? kana : letters)[position] ?? String(position + 1)

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
/** The plain text of a choice, for places that hold no markup (`<option>`, labels). */
const plainText = (html: string): string => html.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity)

export interface ControlProps {
  readonly item: PresentedItem
  readonly response: PresentedResponse | undefined
  /** The raw fields of a refused form, where they are not a response yet. */
  readonly places?: FormFields
  readonly locale: PageLocale
  readonly t: Translate
}

const Mark = ({ children }: { children: string }) => (
  <span class="k" aria-hidden="true">
    {children}
  </span>
)

/** Radios or check boxes; native ones, so that arrows and space work as everywhere. */
export const ChoiceControl = ({ item, response, locale }: ControlProps) => {
  const many = item.type === 'multiple'
  const picked = (ref: string) => (response && 'choice' in response ? response.choice === ref : response && 'choices' in response ? response.choices.includes(ref) : false)
  return (
    <div class="opts">
      {(item.options ?? []).map((option, i) => (
        <label class="opt">
          <input type={many ? 'checkbox' : 'radio'} name={item.ref} value={option.ref} checked={picked(option.ref)} />
          <Mark>{markOf(locale, i)}</Mark>
          <span>
            <Compiled html={option.html} />
          </span>
        </label>
      ))}
    </div>
  )
}

const given = (response: PresentedResponse | undefined): string => (response && 'text' in response ? response.text : '')

/** A text field. `type=number` would drop full-width digits, so numbers are text with a numeric keyboard. */
export const TextControl = ({ item, response, t }: ControlProps) => (
  <div class={item.type === 'numeric' ? 'answer' : 'answer wide'}>
    <label for={`${item.ref}-in`}>{t('question.answer')}</label>
    {item.type === 'essay' ? (
      <textarea class="in" id={`${item.ref}-in`} name={item.ref} rows={12} maxlength={2000}>
        {given(response)}
      </textarea>
    ) : (
      <input
        class="in"
        id={`${item.ref}-in`}
        type="text"
        name={item.ref}
        inputmode={item.type === 'numeric' ? 'numeric' : undefined}
        maxlength={2000}
        autocomplete="off"
        spellcheck={false}
        value={given(response)}
      />
    )}
  </div>
)

/** The stem of a cloze item with its controls where the gaps are. */
export const ClozeStem = ({ item, response, locale, t }: ControlProps) => {
  const given = response && 'blanks' in response ? response.blanks : {}
  const pieces = splitAtBlanks(item.stemHtml)
  return (
    <>
      {pieces.map((piece, i) => {
        if (i % 2 === 0) return <Compiled html={piece} />
        const blank = item.blanks?.find(({ ref }) => ref === piece)
        const label = t('question.blank', { number: piece })
        const name = `${item.ref}.${piece}`
        const value = given[piece] ?? ''
        return (
          <span class="gapw">
            <span class="gapn" aria-hidden="true">
              {piece}
            </span>
            {blank?.options ? (
              <select class="gap" name={name} aria-label={label}>
                <Options choices={blank.options} value={value} locale={locale} t={t} />
              </select>
            ) : (
              <input class="gap" type="text" name={name} aria-label={label} maxlength={200} autocomplete="off" spellcheck={false} value={value} />
            )}
          </span>
        )
      })}
    </>
  )
}

const Options = ({ choices, value, marked, locale, t }: { choices: readonly PresentedChoice[]; value: string; marked?: boolean; locale: PageLocale; t: Translate }) => (
  <>
    <option value="">{t('question.choose')}</option>
    {choices.map((choice, i) => (
      <option value={choice.ref} selected={choice.ref === value}>
        {marked ? `${markOf(locale, i)}　${plainText(choice.html)}` : plainText(choice.html)}
      </option>
    ))}
  </>
)

/** A list to be put in order: buttons with the island, a place number per line without it. */
export const OrderControl = ({ item, response, places, locale, t }: ControlProps) => {
  const options = item.options ?? []
  const order = response && 'order' in response ? response.order : undefined
  const shown = order ? order.flatMap((ref) => options.find((option) => option.ref === ref) ?? []) : options
  return (
    <>
      <p class="hint js-only">{t('question.orderHint')}</p>
      <p class="hint nojs-only">{t('question.orderHintPlain')}</p>
      <ol class="order" data-a={order ? '' : undefined}>
        {shown.map((option, place) => {
          const mark = markOf(locale, options.indexOf(option))
          const entered = places?.[`${item.ref}.${option.ref}`]?.[0] ?? (order ? String(place + 1) : '')
          return (
            <li data-ref={option.ref}>
              <Mark>{mark}</Mark>
              <span>
                <Compiled html={option.html} />
              </span>
              <select class="nojs-only" name={`${item.ref}.${option.ref}`} aria-label={t('question.place', { text: plainText(option.html) })}>
                <option value="">–</option>
                {options.map((_, i) => (
                  <option value={String(i + 1)} selected={entered === String(i + 1)}>
                    {i + 1}
                  </option>
                ))}
              </select>
              <span class="moves js-only">
                <button type="button" data-move="-1" aria-label={t('question.up', { text: plainText(option.html) })}>
                  <Icon name="up" small />
                </button>
                <button type="button" data-move="1" aria-label={t('question.down', { text: plainText(option.html) })}>
                  <Icon name="down" small />
                </button>
              </span>
            </li>
          )
        })}
      </ol>
      <button type="button" class="btn ghost s keep js-only" data-keep-order>
        {t('question.keepOrder')}
      </button>
    </>
  )
}

/** The right column once, in full, then a select per left row: on a phone a closed select shows only its beginning. */
export const MatchControl = ({ item, response, locale, t }: ControlProps) => {
  const pairs = response && 'pairs' in response ? response.pairs : {}
  const right = item.right ?? []
  return (
    <>
      <ul class="pool" aria-label={t('question.pool')}>
        {right.map((choice, i) => (
          <li>
            <span class="k">{markOf(locale, i)}</span>
            <span>
              <Compiled html={choice.html} />
            </span>
          </li>
        ))}
      </ul>
      <ul class="pairs">
        {(item.left ?? []).map((left) => (
          <li>
            <label for={`${item.ref}-${left.ref}`}>
              <Compiled html={left.html} />
            </label>
            <select class="in" id={`${item.ref}-${left.ref}`} name={`${item.ref}.${left.ref}`}>
              <Options choices={right} value={pairs[left.ref] ?? ''} marked locale={locale} t={t} />
            </select>
          </li>
        ))}
      </ul>
    </>
  )
}
