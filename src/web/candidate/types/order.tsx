import { Icon } from '../../../platform/page/icon.tsx'
import { Compiled } from '../../ui/compiled.tsx'
import { Mark, markOf, plainText } from './control-parts.tsx'
import { type ControlType, holdsUnknown, partsOf } from './control-type.ts'

/** A list to be put in order: buttons with the island, a place number per line without it. */
export const order: ControlType<'order'> = {
  Control({ item, given, places, locale, t }) {
    const { options } = item
    const shown = given ? given.flatMap((ref) => options.find((option) => option.ref === ref) ?? []) : options
    return (
      <>
        <p class="hint js-only">{t('question.orderHint')}</p>
        <p class="hint nojs-only">{t('question.orderHintPlain')}</p>
        <ol class="order" data-a={given ? '' : undefined}>
          {shown.map((option, place) => {
            const mark = markOf(locale, options.indexOf(option))
            const entered = places?.[`${item.ref}.${option.ref}`]?.[0] ?? (given ? String(place + 1) : '')
            return (
              <li data-ref={option.ref}>
                <Mark>{mark}</Mark>
                <span>
                  <Compiled html={option.html} />
                </span>
                <select
                  class="nojs-only"
                  name={`${item.ref}.${option.ref}`}
                  aria-label={t('question.place', { text: plainText(option.html) })}
                >
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
  },
  readForm(item, fields) {
    const places = Object.entries(partsOf(fields, item.ref, item.options))
    if (places.length === 0) return null
    const entered = places.sort(([, a], [, b]) => Number(a) - Number(b)).map(([ref]) => ref)
    const areDistinct = new Set(places.map(([, place]) => place)).size === places.length
    return areDistinct && places.length === item.options.length ? entered : undefined
  },
  problemOf: ({ options }, answer) => (holdsUnknown(options, answer) ? 'unreadable' : undefined),
}
