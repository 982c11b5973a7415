import * as z from 'zod'
import { type MeasuredPoint, PERIODS, type Scope } from '../../flows/read-today.ts'
import type { Bank } from '../../item/bank.ts'
import { Form } from '../../platform/page/form.tsx'
import { nameOfLanguage } from '../../platform/page/words.ts'
import type { PageContext } from '../ui/page-context.ts'

const blank = z.literal('').transform(() => undefined)

const asked = z.object({
  days: z.coerce
    .number()
    .refine((days): days is Scope['days'] => (PERIODS as readonly number[]).includes(days))
    .catch(30),
  exam: blank.or(z.string().max(64)).optional().catch(undefined),
  language: blank
    .or(z.enum(['ja', 'en']))
    .optional()
    .catch(undefined),
})

/** What an address asks figures of; what cannot be read is not asked. */
export function scopeOf(query: Readonly<Record<string, string>>): Scope {
  const { days, exam, language } = asked.parse(query)
  return { days, exam, locale: language }
}

/** The address of a page of staff with a scope, and with what else it asks. */
export function scopeHref(
  path: string,
  { days, exam, locale }: Scope,
  more: Readonly<Record<string, string | undefined>> = {},
): string {
  const named = { days: String(days), exam, language: locale, ...more }
  const query = new URLSearchParams(Object.entries(named).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return `${path}?${query}`
}

/** The page of an item, with its figures in a language. */
export const itemHref = ({ exam, item, locale }: Pick<MeasuredPoint, 'exam' | 'item' | 'locale'>): string =>
  `/staff/exams/${exam}/items/${encodeURIComponent(item)}?language=${locale}`

export const titleOf = ({ locale }: PageContext, { id, title }: Pick<Bank['exam'], 'id' | 'title'>): string =>
  title[locale] ?? title.ja ?? title.en ?? id

interface ScopeFieldsProps {
  readonly context: PageContext
  readonly scope: Scope
  readonly exams: readonly Pick<Bank['exam'], 'id' | 'title'>[]
}

/** The exam that a page is of, for a form. */
export const ExamField = ({ context, scope, exams }: ScopeFieldsProps) => (
  <label>
    <span class="unseen">{context.t('scope.exam')}</span>
    <select class="input" name="exam">
      <option value="">{context.t('scope.allExams')}</option>
      {exams.map((exam) => (
        <option value={exam.id} selected={exam.id === scope.exam}>
          {titleOf(context, exam)}
        </option>
      ))}
    </select>
  </label>
)

/** The exam and the language that a page's figures are of, for a form. */
export const ScopeFields = ({ context, scope, exams }: ScopeFieldsProps) => {
  const { t } = context
  return (
    <>
      <ExamField context={context} scope={scope} exams={exams} />
      <label>
        <span class="unseen">{t('scope.language')}</span>
        <select class="input" name="language">
          <option value="">{t('scope.allLanguages')}</option>
          {(['ja', 'en'] as const).map((language) => (
            <option value={language} selected={language === scope.locale}>
              {nameOfLanguage(language)}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}

/** What the figures of a page are of, in its address. */
export const ScopePicker = ({
  context,
  path,
  scope,
  exams,
  also = [],
}: {
  context: PageContext
  path: string
  scope: Scope
  exams: readonly Bank['exam'][]
  /** Where forms go that may come onto the page later. */
  also?: readonly string[]
}) => {
  const { t } = context
  return (
    <div class="picker">
      <nav class="seg" aria-label={t('scope.period')}>
        {PERIODS.map((days) => (
          <a href={scopeHref(path, { ...scope, days })} aria-current={days === scope.days ? 'true' : undefined}>
            {days === 1 ? t('today.title') : t('unit.days', { count: days })}
          </a>
        ))}
      </nav>
      <Form method="get" action={path} also={also} class="picker">
        <input type="hidden" name="days" value={String(scope.days)} />
        <ScopeFields context={context} scope={scope} exams={exams} />
        <button class="btn ghost s">{t('scope.show')}</button>
      </Form>
    </div>
  )
}
