import type { Child } from 'hono/jsx'
import type { PresentedTaskItem } from '../../../form/form.ts'
import { splitList } from '../../../item/markup/compiled-html.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Compiled } from '../../ui/compiled.tsx'
import type { PageLocale } from '../../ui/message.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { TICK_FIELD, type Ticks, tickOf } from './ticks.ts'

interface BriefProps {
  readonly context: PageContext
  /** The paper's. */
  readonly locale: PageLocale
  readonly item: PresentedTaskItem
  readonly ticks: Ticks
  readonly papers?: Child
  readonly tip?: Child
}

/** The rules, each to be ticked off for oneself: nothing of that is recorded. */
const Rules = ({ locale, item: { ref, task }, ticks }: Pick<BriefProps, 'locale' | 'item' | 'ticks'>) => {
  const rules = splitList(task.rulesHtml)
  if (!rules) return <Compiled html={task.rulesHtml} />
  return (
    <ol class="rules" lang={locale}>
      {rules.map((rule, i) => (
        <li>
          <label>
            <input type="checkbox" name={TICK_FIELD} value={tickOf(ref, i)} checked={ticks.has(tickOf(ref, i))} />
            <span>
              <Compiled html={rule} />
            </span>
          </label>
        </li>
      ))}
    </ol>
  )
}

/** What is asked for: beside the work, and on a phone a sheet that a button opens. */
export const Brief = ({ context: { t }, locale, item, ticks, papers, tip }: BriefProps) => (
  <aside class="beside" aria-label={t('practical.brief')}>
    <div class="card flush brief" id="brief" popover="auto">
      <section>
        <div class="brief-head">
          <h2>{t('practical.request')}</h2>
          <button type="button" class="btn ghost xs only-narrow" popovertarget="brief" popovertargetaction="hide">
            {t('practical.close')}
          </button>
        </div>
        <div class="letter" lang={locale}>
          <Compiled html={item.task.briefHtml} />
        </div>
      </section>
      <section>
        <h2>{t('practical.rules')}</h2>
        <Rules locale={locale} item={item} ticks={ticks} />
      </section>
      {papers}
      {tip && (
        <div class="tip">
          <Icon name="info" />
          <div>{tip}</div>
        </div>
      )}
    </div>
  </aside>
)
