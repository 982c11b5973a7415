import { MAX_TEXT } from '../../../form/read-response.ts'
import { type ControlProps, type ControlType, firstOf } from './control-type.ts'

type TextType = 'numeric' | 'short' | 'essay'

const read = {
  readForm(item, fields) {
    const text = firstOf(fields, item.ref)
    return text.trim() === '' ? null : text
  },
  problemOf: (_, answer) => (answer.length > MAX_TEXT ? 'too-long' : undefined),
} satisfies Partial<ControlType<TextType>>

/** A text field. `type=number` would drop full-width digits, so numbers are text with a numeric keyboard. */
const Field = ({
  item,
  given = '',
  isNumber,
  t,
}: Pick<ControlProps<TextType>, 'item' | 'given' | 't'> & { readonly isNumber: boolean }) => (
  <div class={isNumber ? 'answer' : 'answer wide'}>
    <label for={`${item.ref}-in`}>{t('question.answer')}</label>
    <input
      class="input"
      id={`${item.ref}-in`}
      type="text"
      name={item.ref}
      inputmode={isNumber ? 'numeric' : undefined}
      maxlength={2000}
      autocomplete="off"
      spellcheck={false}
      value={given}
    />
  </div>
)

export const numberField: ControlType<'numeric'> = {
  ...read,
  Control: ({ item, given, t }) => <Field item={item} given={given} isNumber t={t} />,
}

export const lineField: ControlType<'short'> = {
  ...read,
  Control: ({ item, given, t }) => <Field item={item} given={given} isNumber={false} t={t} />,
}

export const textArea: ControlType<'essay'> = {
  ...read,
  Control: ({ item, given = '', t }) => (
    <div class="answer wide">
      <label for={`${item.ref}-in`}>{t('question.answer')}</label>
      <textarea class="input" id={`${item.ref}-in`} name={item.ref} rows={12} maxlength={2000}>
        {given}
      </textarea>
    </div>
  ),
}
