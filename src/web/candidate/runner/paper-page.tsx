import type { AttemptView } from '../../../flows/read-attempt.ts'
import { clockText } from '../../../platform/page/dates.ts'
import { SkipLink } from '../../../platform/page/document.tsx'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { paperStyles } from '../../assets.ts'
import { ExamDocument } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import type { EntryProblem, FormFields } from '../types/control-type.ts'
import { Navigator } from './navigator.tsx'
import { PaperBar } from './paper-bar.tsx'
import { Question } from './question.tsx'
import { TakenOver } from './taken-over.tsx'

export interface PaperPageProps {
  readonly context: PageContext
  readonly attempt: AttemptView
  /** The section a plain form shows, from 1. */
  readonly section: number
  readonly flags: ReadonlySet<string>
  readonly problems?: Readonly<Record<string, EntryProblem>>
  /** What a refused form held, for entries that are not yet a response (a half-numbered order). */
  readonly places?: FormFields
  /** A sentence above the questions: the form could not be kept, another tab took over … */
  readonly notice?: { readonly tone: 'wait' | 'bad'; readonly text: string; readonly takeover?: boolean }
}

const Actions = ({ context, attempt, section }: { context: PageContext; attempt: AttemptView; section: number }) => {
  const { t } = context
  const total = attempt.sections.flatMap((s) => s.items).length
  const last = section === attempt.sections.length
  return (
    <div class="turns">
      <button type="button" class="btn ghost js-only" id="prev">
        <Icon name="left" />
        <span>{t('runner.previous')}</span>
      </button>
      {section > 1 && (
        <button class="btn ghost nojs-only" name="go" value={`section.${section - 1}`}>
          {t('runner.saveBack')}
        </button>
      )}
      <details class="sheet" id="sheet">
        <summary class="btn ghost">
          <Icon name="grid" />
          <span>
            <b id="count2">0</b>/{total}
          </span>
          <span class="unseen">{t('runner.openSheet')}</span>
        </summary>
        <div class="pop" />
      </details>
      <button type="button" class="btn primary js-only" id="next">
        <span>{t('runner.next')}</span>
        <Icon name="right" />
      </button>
      <button class="btn primary nojs-only" name="go" value={last ? 'review' : `section.${section + 1}`}>
        {t(last ? 'runner.saveReview' : 'runner.saveNext')}
      </button>
    </div>
  )
}

/** The exam itself. One section is one form document; sections that are not shown are there for the island, hidden and switched off. */
export const PaperPage = ({ context, attempt, section, flags, problems = {}, places, notice }: PaperPageProps) => {
  const { t, locale } = context
  const total = attempt.sections.flatMap((s) => s.items).length
  const shownItems = new Set(attempt.sections[section - 1]?.items.map(({ ref }) => ref))
  let number = 0
  return (
    <ExamDocument
      context={context}
      title={`${t('runner.section', { number: section })} ${attempt.sections[section - 1]?.title ?? ''}｜${attempt.title}`}
      styles={paperStyles}
    >
      <SkipLink>{t('runner.skip')}</SkipLink>
      <PaperBar
        context={context}
        attempt={attempt}
        page="paper"
        sub={`${t('runner.section', { number: section })}　${attempt.sections[section - 1]?.title ?? ''}`}
      />
      <noscript>
        <p class="nojs">{t('runner.plain', { time: clockText(locale, attempt.deadline) })}</p>
      </noscript>
      <div class="layout">
        {notice && !notice.takeover && (
          <div class={`note ${notice.tone}`} role="alert">
            <Icon name="alert" />
            <p>{notice.text}</p>
          </div>
        )}
        {attempt.extendedWhy !== undefined && (
          <div class="note" role="status">
            <Icon name="clock" />
            <p>{t('runner.extended', { time: clockText(locale, attempt.deadline), why: attempt.extendedWhy })}</p>
          </div>
        )}
        <TakenOver context={context} attempt={attempt} go={`section.${section}`} hidden={!notice?.takeover} />
        <main id="main">
          <h1 class="unseen">
            {attempt.title} {t('exam.level', { level: attempt.level })}
          </h1>
          <Form
            id="paper"
            method="post"
            action={`/attempts/${attempt.id}`}
            also={[`/attempts/${attempt.id}/takeover`]}
            novalidate
            autocomplete="off"
          >
            {/* Enter in a text field presses a form's first button: it must be one that only saves */}
            <button class="unseen" name="go" value={`section.${section}`} tabindex={-1} aria-hidden="true" />
            <input type="hidden" name="lease" value={attempt.lease ?? ''} />
            <input type="hidden" name="section" value={String(section)} />
            <input type="hidden" name="flags" value={[...flags].filter((ref) => !shownItems.has(ref)).join('.')} />
            {attempt.sections.map((s, i) => (
              <fieldset
                class="part"
                data-part={i + 1}
                data-title={`${t('runner.section', { number: i + 1 })}　${s.title}`}
                hidden={i + 1 !== section}
                disabled={i + 1 !== section}
                aria-label={s.title}
              >
                {s.items.map((item) => {
                  number += 1
                  const stored = attempt.responses[item.ref]
                  const problem = problems[item.ref]
                  return (
                    <Question
                      item={item}
                      number={number}
                      total={total}
                      section={i + 1}
                      response={stored?.response}
                      revision={stored?.revision ?? 0}
                      flagged={flags.has(item.ref)}
                      problem={problem && t(`problem.${problem}`)}
                      places={problem ? places : undefined}
                      locale={attempt.locale}
                      t={t}
                    />
                  )
                })}
              </fieldset>
            ))}
            <Actions context={context} attempt={attempt} section={section} />
          </Form>
        </main>
        <Navigator context={context} attempt={attempt} section={section} flags={flags} />
      </div>
    </ExamDocument>
  )
}
