import type { PresentedItem } from '../../../form/form.ts'
import { Compiled } from '../../ui/compiled.tsx'
import type { PageLocale } from '../../ui/message.ts'
import { Mark, markOf } from './control-parts.tsx'
import { type ControlType, firstOf, holdsUnknown } from './control-type.ts'

interface ListProps {
  readonly item: PresentedItem<'single' | 'true-false' | 'multiple'>
  readonly kind: 'radio' | 'checkbox'
  readonly isPicked: (ref: string) => boolean
  readonly locale: PageLocale
}

/** Radios or check boxes; native ones, so that arrows and space work as everywhere. */
const List = ({ item, kind, isPicked, locale }: ListProps) => (
  <div class="opts">
    {item.options.map((option, i) => (
      <label class="opt">
        <input type={kind} name={item.ref} value={option.ref} checked={isPicked(option.ref)} />
        <Mark>{markOf(locale, i)}</Mark>
        <span>
          <Compiled html={option.html} />
        </span>
      </label>
    ))}
  </div>
)

/** One of several options. */
export const oneChoice: ControlType<'single' | 'true-false'> = {
  Control: ({ item, given, locale }) => (
    <List item={item} kind="radio" isPicked={(ref) => given === ref} locale={locale} />
  ),
  readForm: (item, fields) => firstOf(fields, item.ref) || null,
  problemOf: ({ options }, answer) => (holdsUnknown(options, [answer]) ? 'unreadable' : undefined),
}

/** All options that apply. */
export const severalChoices: ControlType<'multiple'> = {
  Control: ({ item, given = [], locale, t }) => (
    <>
      <p class="hint">{t('question.many')}</p>
      <List item={item} kind="checkbox" isPicked={(ref) => given.includes(ref)} locale={locale} />
    </>
  ),
  readForm(item, fields) {
    const choices = fields[item.ref] ?? []
    return choices.length === 0 ? null : choices
  },
  problemOf: ({ options }, answer) => (holdsUnknown(options, answer) ? 'unreadable' : undefined),
}
