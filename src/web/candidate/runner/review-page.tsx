import type { AttemptView } from '../../../flows/read-attempt.ts'
import type { PresentedItem } from '../../../form/form.ts'
import { isAnswered } from '../../../form/read-response.ts'
import { clockText } from '../../../platform/page/dates.ts'
import { SkipLink } from '../../../platform/page/document.tsx'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { reviewStyles } from '../../assets.ts'
import { ExamDocument } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { Sitter } from './navigator.tsx'
import { PaperBar } from './paper-bar.tsx'
import { Withdraw } from './withdraw.tsx'

interface Numbered {
  readonly item: PresentedItem
  readonly number: number
  readonly section: number
  readonly answered: boolean
  readonly flagged: boolean
}

function numberItems(attempt: AttemptView, flags: ReadonlySet<string>): Numbered[] {
  const places = attempt.sections.flatMap((section, i) => section.items.map((item) => ({ item, section: i + 1 })))
  return places.map(({ item, section }, i) => ({
    item,
    section,
    number: i + 1,
    answered: isAnswered(item, attempt.responses[item.ref]?.response),
    flagged: flags.has(item.ref),
  }))
}

interface ReviewProps {
  readonly context: PageContext
  readonly attempt: AttemptView
  readonly flags: ReadonlySet<string>
  readonly notice?: string
}

const Tally = ({ context: { t }, items }: { context: PageContext; items: readonly Numbered[] }) => {
  const answered = items.filter((i) => i.answered).length
  const flagged = items.filter((i) => i.flagged).length
  const figure = (mark: Record<string, string>, label: string, count: number, of?: string) => (
    <div>
      <dt>
        <span class="cell s" aria-hidden="true" {...mark} />
        {label}
      </dt>
      <dd>
        {count}
        <small> {of ?? t('unit.questions')}</small>
      </dd>
    </div>
  )
  return (
    <section class="card" aria-label={t('review.tally')}>
      <dl class="tally">
        {figure({ 'data-a': '' }, t('cell.answered'), answered, t('review.of', { total: items.length }))}
        {figure({}, t('cell.open'), items.length - answered)}
        {figure({ 'data-f': '' }, t('cell.flagged'), flagged)}
      </dl>
    </section>
  )
}

const Cells = ({
  context: { t },
  attempt,
  label,
  items,
  flagQuery,
}: {
  context: PageContext
  attempt: AttemptView
  label: string
  items: readonly Numbered[]
  flagQuery: string
}) => (
  <>
    <dt>{label}</dt>
    <dd>
      {items.map((i) => (
        <a
          class="cell"
          href={`/attempts/${attempt.id}?section=${i.section}${flagQuery}#${i.item.ref}`}
          data-a={i.answered ? '' : undefined}
          data-f={i.flagged ? '' : undefined}
        >
          {t('cell.short', { number: i.number })}
        </a>
      ))}
    </dd>
  </>
)

const Section = ({
  context,
  attempt,
  index,
  items,
  flagQuery,
}: {
  context: PageContext
  attempt: AttemptView
  index: number
  items: readonly Numbered[]
  flagQuery: string
}) => {
  const { t } = context
  const done = items.filter((i) => i.answered).length
  const open = items.filter((i) => !i.answered)
  const flagged = items.filter((i) => i.flagged && i.answered)
  return (
    <section class="sect">
      <h2>
        <span class="sn" aria-hidden="true">
          {index + 1}
        </span>
        {attempt.sections[index]?.title}
      </h2>
      <div>
        <p class="cnt">
          <b>{done}</b> {t('review.of', { total: items.length })}
        </p>
        <svg class="meter" aria-hidden="true">
          <rect width={`${(100 * done) / Math.max(1, items.length)}%`} height="100%" />
        </svg>
      </div>
      {open.length === 0 && flagged.length === 0 ? (
        <p class="done">
          <Icon name="check" />
          {t('review.sectionDone')}
        </p>
      ) : (
        <dl class="todo">
          {open.length > 0 && (
            <Cells context={context} attempt={attempt} label={t('cell.open')} items={open} flagQuery={flagQuery} />
          )}
          {flagged.length > 0 && (
            <Cells
              context={context}
              attempt={attempt}
              label={t('cell.flagged')}
              items={flagged}
              flagQuery={flagQuery}
            />
          )}
        </dl>
      )}
    </section>
  )
}

/** One filled button per decision: while questions are open it leads back, and handing in is outlined. */
const HandIn = ({
  context,
  attempt,
  items,
  flagQuery,
}: {
  context: PageContext
  attempt: AttemptView
  items: readonly Numbered[]
  flagQuery: string
}) => {
  const { t, locale } = context
  const open = items.filter((i) => !i.answered)
  const first = open[0]
  return (
    <section class="card" aria-labelledby="hand">
      <h2 id="hand">{t('review.submitTitle')}</h2>
      {first ? (
        <>
          <Note tone="wait" icon="alert" title={t('review.openTitle', { count: open.length })}>
            <p>{t('review.openText')}</p>
          </Note>
          <a
            class="btn primary full"
            href={`/attempts/${attempt.id}?section=${first.section}${flagQuery}#${first.item.ref}`}
          >
            {t('review.backTo', { number: first.number })}
          </a>
        </>
      ) : (
        <p class="small">{t('review.complete')}</p>
      )}
      <Form method="post" action={`/attempts/${attempt.id}/submit`} id="submit">
        <input type="hidden" name="lease" value={attempt.lease ?? ''} />
        <button class={first ? 'btn outline full' : 'btn primary full'}>
          {first ? t('review.submitOpen', { count: open.length }) : t('review.submit')}
        </button>
      </Form>
      <p class="tiny">{t('review.final', { time: clockText(locale, attempt.deadline) })}</p>
    </section>
  )
}

/** The last look before handing in: what is open, what is flagged, and the way back to each. */
export const ReviewPage = ({ context, attempt, flags, notice }: ReviewProps) => {
  const { t } = context
  const items = numberItems(attempt, flags)
  const flagQuery = flags.size > 0 ? `&flags=${[...flags].join('.')}` : ''
  return (
    <ExamDocument context={context} title={`${t('review.title')}｜${attempt.title}`} styles={reviewStyles}>
      <SkipLink>{t('nav.skip')}</SkipLink>
      <PaperBar context={context} attempt={attempt} page="review" sub={t('review.title')} />
      <main id="main" class="wrap tight">
        <div class="head">
          <div>
            <h1>{t('review.title')}</h1>
            <p class="lead">{t('review.lead')}</p>
          </div>
        </div>
        <div class="cols">
          <div class="stack">
            {notice && (
              <Note tone="bad" icon="alert">
                <p>{notice}</p>
              </Note>
            )}
            <Tally context={context} items={items} />
            <div class="card">
              {attempt.sections.map((_, i) => (
                <Section
                  context={context}
                  attempt={attempt}
                  index={i}
                  items={items.filter((item) => item.section === i + 1)}
                  flagQuery={flagQuery}
                />
              ))}
            </div>
          </div>
          <div class="stack">
            <HandIn context={context} attempt={attempt} items={items} flagQuery={flagQuery} />
            <Withdraw context={context} attempt={attempt} />
            <Sitter context={context} />
          </div>
        </div>
      </main>
    </ExamDocument>
  )
}
