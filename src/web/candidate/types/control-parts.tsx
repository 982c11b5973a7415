import type { PresentedChoice } from '../../../form/form.ts'
import type { PageLocale, Translate } from '../../ui/message.ts'
import { choiceMarks } from './choice-marks.data.ts'

/** Kana like a mark sheet; A, B, C in English. */
export const markOf = (locale: PageLocale, position: number): string =>
  choiceMarks[locale][position] ?? String(position + 1)

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
}
/** The plain text of a choice, for places that hold no markup (`<option>`, labels). */
export const plainText = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity)

export const Mark = ({ children }: { children: string }) => (
  <span class="k" aria-hidden="true">
    {children}
  </span>
)

interface OptionsProps {
  readonly choices: readonly PresentedChoice[]
  readonly value: string
  /** Whether each shows the mark that it has elsewhere on the page. */
  readonly marked?: boolean
  readonly locale: PageLocale
  readonly t: Translate
}

/** The choices of a select, an empty one first. */
export const Options = ({ choices, value, marked, locale, t }: OptionsProps) => (
  <>
    <option value="">{t('question.choose')}</option>
    {choices.map((choice, i) => (
      <option value={choice.ref} selected={choice.ref === value}>
        {marked ? `${markOf(locale, i)}　${plainText(choice.html)}` : plainText(choice.html)}
      </option>
    ))}
  </>
)
