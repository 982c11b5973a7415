import type { BankWarning } from '../../../flows/judge-bank.ts'
import type { Bank } from '../../../item/bank.ts'
import type { ItemStatus } from '../../../item/item.ts'
import type { Proposal, Publication } from '../../../item/publishing/store.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { dayTimeText, timeAttribute } from '../../../platform/page/dates.ts'
import { RowTable } from '../../../platform/page/row-table.tsx'
import { Chip, Note } from '../../../platform/page/state.tsx'
import { staffStyles } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { personName } from '../person-name.ts'
import { titleOf } from '../scope.tsx'
import { type Outcome, OutcomeNote, ShippedNote } from './outcome.tsx'

/** The live version of an exam, and how it came to be. */
export interface LiveExam {
  readonly bank: Bank
  readonly since: Instant
  readonly publication?: Publication
  readonly warning?: BankWarning | undefined
  /** Live items whose day of review has passed. */
  readonly due: number
}

interface ExamsProps {
  readonly context: PageContext
  readonly exams: readonly LiveExam[]
  readonly waiting: readonly Proposal[]
  /** Of who handed in and who published, as far as names are kept. */
  readonly names: ReadonlyMap<string, string>
  readonly outcome?: Outcome
}

export const When = ({ context: { locale }, at }: { context: PageContext; at: Instant }) => (
  <time datetime={timeAttribute(at)}>{dayTimeText(locale, at)}</time>
)

const Waiting = ({ context, exams, waiting, names }: Pick<ExamsProps, 'context' | 'exams' | 'waiting' | 'names'>) => {
  const { t, visitor } = context
  const titles = new Map(exams.map(({ bank: { exam } }) => [exam.id, titleOf(context, exam)]))
  return (
    <section class="card" aria-labelledby="waiting">
      <h2 id="waiting">{t('bank.waiting')}</h2>
      {waiting.length === 0 ? (
        <p class="quiet">{t('bank.none')}</p>
      ) : (
        <RowTable
          caption={t('bank.waiting')}
          columns={[t('bank.exam'), t('bank.by'), t('bank.note'), t('bank.lint')]}
          action={t('bank.decide')}
        >
          {waiting.map(({ id, exam, version, by, note, lint, proposedAt }) => (
            <tr role="row">
              <th scope="row" role="rowheader" class="all">
                <b>{titles.get(exam) ?? exam}</b> <span class="unbroken">{t('bank.version', { version })}</span>
                <span class="sub mono">{exam}</span>
              </th>
              <td role="cell" data-label={t('bank.by')}>
                <bdi>{personName(context, names, by)}</bdi>
                <span class="sub">
                  <When context={context} at={proposedAt} />
                </span>
              </td>
              <td role="cell" class="all" data-label={t('bank.note')}>
                {note || '–'}
              </td>
              <td role="cell" data-label={t('bank.lint')}>
                {lint ? t('bank.lintCount', { count: lint.length }) : t('bank.lintNotHere')}
              </td>
              <td role="cell" class="r all">
                <a
                  class="btn outline s"
                  href={`/staff/proposals/${id}`}
                  aria-label={`${t(by === visitor?.worker ? 'bank.own' : 'bank.decide')}: ${titles.get(exam) ?? exam} ${t('bank.version', { version })}`}
                >
                  {t(by === visitor?.worker ? 'bank.own' : 'bank.decide')}
                </a>
              </td>
            </tr>
          ))}
        </RowTable>
      )}
    </section>
  )
}

const counted: readonly ItemStatus[] = ['live', 'dormant', 'pilot', 'draft', 'retired', 'honeypot', 'practice']

const Exam = ({
  context,
  of: { bank, since, publication, warning, due },
  names,
}: {
  context: PageContext
  of: LiveExam
  names: ExamsProps['names']
}) => {
  const { t } = context
  const { exam, items, hash } = bank
  const counts = counted
    .map((status) => ({ status, n: items.filter((item) => item.status === status).length }))
    .filter(({ n }) => n > 0)
  return (
    <section class="card" aria-labelledby={`exam-${exam.id}`}>
      <div class="card-head">
        <h2 id={`exam-${exam.id}`}>
          {titleOf(context, exam)} <small class="sub">{exam.id}</small>
        </h2>
        <Chip tone="ok" icon="check">
          {`${t('bank.live')} · ${t('bank.version', { version: exam.version })}`}
        </Chip>
      </div>
      <p class="quiet">
        <When context={context} at={since} />
        {publication && ` · ${t(`bank.act.${publication.act}`)}`}
        {publication && publication.by !== 'machine' && ` (${personName(context, names, publication.by)})`} ·{' '}
        <span class="sub">{t('bank.hash', { hash: hash.slice(0, 12) })}</span>
      </p>
      {due > 0 && (
        <Note tone="wait" icon="calendar">
          <p>
            <a href={`/staff/exams/${exam.id}?only=due`}>{t('today.overdue', { count: due })}</a>
          </p>
        </Note>
      )}
      <ShippedNote context={context} warning={warning} />
      <dl class="facts">
        {counts.map(({ status, n }) => (
          <div>
            <dt>{t(`item.${status}`)}</dt>
            <dd>{n}</dd>
          </div>
        ))}
      </dl>
      <div class="btns">
        <a
          class="btn outline s"
          href={`/staff/exams/${exam.id}`}
          aria-label={`${t('bank.browse')}: ${titleOf(context, exam)}`}
        >
          {t('bank.browse')}
        </a>
        <a
          class="btn ghost s"
          href={`/staff/exams/${exam.id}/versions`}
          aria-label={`${t('bank.versions')}: ${titleOf(context, exam)}`}
        >
          {t('bank.versions')}
        </a>
      </div>
    </section>
  )
}

/** New versions come from the desk, or from whoever writes with an editor of their own. */
const HandIn = ({ context: { t } }: { context: PageContext }) => (
  <section class="card" aria-labelledby="hand-in">
    <h2 id="hand-in">{t('bank.handIn')}</h2>
    <p class="quiet">{t('bank.handInLead')}</p>
    <p class="btns">
      <a class="btn outline s" href="/staff/desk">
        {t('desk.title')}
      </a>
    </p>
  </section>
)

/** Where authors and operators begin: what waits for them, what is live, and the way in for something new. */
export const ExamsPage = ({ context, exams, waiting, names, outcome }: ExamsProps) => {
  const { t } = context
  return (
    <Page styles={staffStyles} context={context} title={t('bank.title')} tab="/staff/exams" room="staff">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('bank.title')}</h1>
            <p class="quiet">{t('bank.lead')}</p>
          </div>
        </div>
        <div class="stack">
          <OutcomeNote context={context} outcome={outcome} />
          <Waiting context={context} exams={exams} waiting={waiting} names={names} />
          {exams.length === 0 && <p class="card quiet">{t('bank.noExams')}</p>}
          {exams.map((of) => (
            <Exam context={context} of={of} names={names} />
          ))}
          <HandIn context={context} />
        </div>
      </main>
    </Page>
  )
}
