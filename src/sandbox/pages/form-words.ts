import { type Locale, textsOf } from './texts.ts'

/**
 * The words for an issue. Forms name what is wrong by a key and its numbers, such as `long 120` or `range 100 5000`;
 * anything else is the message of a program.
 */
export function issueText(locale: Locale, message: string): string {
  const t = textsOf(locale)
  const [key = '', first, second] = message.split(' ')
  const [one, other] = [Number(first), Number(second)]
  switch (key) {
    case 'required':
    case 'chosen':
    case 'unshown':
    case 'number':
    case 'past':
    case 'far':
    case 'date':
    case 'noKinds':
    case 'needsRule':
      return t(`form.${key}`)
    case 'long':
      return t('form.long', { most: one })
    case 'short':
      return t('form.short', { least: one })
    case 'held':
      return t('form.held', { held: one })
    case 'range':
    case 'between':
      return t(`form.${key}`, { least: one, most: other })
    case 'sum':
      return t('form.sum', { parts: one, whole: other })
    default:
      return t('form.other', { detail: message.replace(/\.$/, '') })
  }
}

/** What a field is called; empty where it has no name of its own. */
export function fieldName(locale: Locale, form: string, field: string): string {
  const t = textsOf(locale)
  const part = /^part-(\d+)(-amount)?$/.exec(field)
  if (part) return t('form.partName', { n: part[1] ?? '', isAmount: String(part[2] !== undefined) })
  return t.find(`form.names.${form}-${field}`) ?? t.find(`form.names.${field}`) ?? ''
}
