import type { PresentedItem, PresentedResponse } from '../../../form/form.ts'
import { answerOf } from '../../../form/read-response.ts'
import { markQuestion } from '../../../item/markup/compiled-html.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Compiled } from '../../ui/compiled.tsx'
import type { PageLocale, Translate } from '../../ui/message.ts'
import { controlTypeOf } from '../control-types.ts'
import type { FormFields } from '../types/control-type.ts'
import { flagField, revisionField } from './section-form.ts'

export interface QuestionProps {
  readonly item: PresentedItem
  readonly number: number
  readonly total: number
  readonly section: number
  readonly response: PresentedResponse | undefined
  readonly revision: number
  readonly flagged: boolean
  readonly problem?: string
  readonly places?: FormFields
  /** Language of the paper, which may differ from the page's. */
  readonly locale: PageLocale
  readonly t: Translate
}

/** One question with its controls. Everything works as a plain form; the island only saves and turns pages. */
export const Question = ({
  item,
  number,
  total,
  section,
  response,
  revision,
  flagged,
  problem,
  places,
  locale,
  t,
}: QuestionProps) => {
  const { Stem, Control } = controlTypeOf(item.type)
  const control = { item, given: answerOf(item.type, response), places, locale, t }
  const heading = `${item.ref}-h`
  const described = problem ? `${item.ref}-s ${item.ref}-e` : `${item.ref}-s`
  return (
    <article
      class="q"
      id={item.ref}
      data-type={item.type}
      data-rev={revision}
      data-section={section}
      aria-labelledby={heading}
    >
      <input type="hidden" name={revisionField(item.ref)} value={String(revision)} />
      <header class="qh">
        <h2 id={heading} tabindex={-1}>
          <span class="qn">
            {t('question.before')}
            <b>{number}</b>
          </span>
          <span class="of">{t('question.of', { total })}</span>
        </h2>
        <label class="flag">
          <input type="checkbox" name={flagField(item.ref)} value="1" checked={flagged} />
          <Icon name="flag" />
          <span>{t('question.flag')}</span>
        </label>
      </header>
      {problem && (
        <p class="wrong" id={`${item.ref}-e`}>
          <Icon name="alert" />
          {problem}
        </p>
      )}
      <fieldset aria-labelledby={heading} aria-describedby={described}>
        <div class="stem" id={`${item.ref}-s`} lang={locale}>
          {Stem ? <Stem {...control} /> : <Compiled html={markQuestion(item.stemHtml, locale)} />}
        </div>
        {Control && <Control {...control} />}
      </fieldset>
      <button class="clear" name="go" value={`clear.${item.ref}`} data-clear>
        {t('question.clear')}
      </button>
    </article>
  )
}
