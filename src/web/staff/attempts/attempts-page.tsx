import { attemptStates } from '../../../attempt/listing/store.ts'
import { type AttemptsView, MOST_PEOPLE } from '../../../flows/read-attempts.ts'
import { PERIODS } from '../../../flows/read-today.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { type Column, RowTable } from '../../../platform/page/row-table.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { staffStyles } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { SampleNote } from '../figure-tiles.tsx'
import { FoundPeople } from '../person.tsx'
import { ScopeFields } from '../scope.tsx'
import { SearchField } from '../search-field.tsx'
import { LaunchNote } from '../staff-door.tsx'
import { TypedWhy } from '../typed-why.tsx'
import { AttemptRow } from './attempt-row.tsx'
import { type AttemptsAsked, type AttemptsProps, hrefOf, type RefusedAct } from './attempts-asked.ts'
import { Opened, Reason } from './opened-attempt.tsx'

/** Which of how many are shown, and the way to the next ones. */
const Turn = ({ context: { t }, asked, view }: Pick<AttemptsProps, 'context' | 'asked' | 'view'>) => {
  const { attempts, more, counts } = view
  const last = asked.nth + attempts.length - 1
  const total = asked.hinted ? undefined : counts?.[asked.state ?? 'all']
  return (
    <div class="turn">
      <span class="quiet num">
        {total !== undefined && attempts.length > 0 && t('attempts.shown', { first: asked.nth, last, total })}
      </span>
      {asked.after && (
        <a class="btn ghost s" href={hrefOf(asked)}>
          {t('attempts.newest')}
        </a>
      )}
      {more && (
        <a
          class="btn ghost s"
          rel="next"
          href={hrefOf(asked, { before: `${more.startedAt}.${more.id}`, nth: String(last + 1) })}
        >
          {t('attempts.next')}
          <Icon name="right" small />
        </a>
      )}
    </div>
  )
}

const emptyText = ({ asked, view }: AttemptsProps) =>
  asked.q !== '' ? 'staff.noAttempts' : view.more ? 'attempts.noneYet' : 'attempts.none'

const List = (props: AttemptsProps) => {
  const { context, view } = props
  const { t } = context
  const columns: readonly Column[] = [
    { title: t('attempts.who') },
    { title: t('attempts.exam') },
    { title: t('attempts.startedAt') },
    { title: t('attempts.took') },
    { title: t('staff.state') },
    { title: t('attempts.score'), figures: true },
    { title: t('attempts.news') },
    { title: t('attempts.hints') },
  ]
  const { opened, attempts } = view
  return (
    <section class="card" aria-label={t('today.allAttempts')}>
      {attempts.length === 0 ? (
        <p class="quiet">{t(emptyText(props))}</p>
      ) : (
        <RowTable caption={t('today.allAttempts')} columns={columns} action={t('attempts.open')}>
          {attempts.map((attempt) => (
            <>
              <AttemptRow {...props} attempt={attempt} columns={columns} />
              {opened?.attempt.id === attempt.id && (
                <Opened context={context} opened={opened} now={view.now} columns={columns.length + 1} />
              )}
            </>
          ))}
        </RowTable>
      )}
      <Turn {...props} />
      <p class="tiny">{t('attempts.note')}</p>
    </section>
  )
}

const Filters = ({
  context: { t },
  asked,
  counts,
}: {
  context: PageContext
  asked: AttemptsAsked
  counts: NonNullable<AttemptsView['counts']>
}) => (
  <nav class="filt" aria-label={t('staff.filter')}>
    {([undefined, ...attemptStates] as const).map((state) => (
      <a href={hrefOf({ ...asked, state })} aria-current={asked.state === state ? 'true' : undefined}>
        {t(state === undefined ? 'staff.all' : `attempts.state.${state}`)}
        <b>{counts[state ?? 'all']}</b>
      </a>
    ))}
  </nav>
)

const Search = ({ context, asked, exams }: Pick<AttemptsProps, 'context' | 'asked'> & Pick<AttemptsView, 'exams'>) => {
  const { t } = context
  const { scope, state, q, hinted } = asked
  return (
    <Form method="get" action="/staff/attempts" class="picker" role="search">
      <SearchField name={t('attempts.seek')} hint={t('attempts.seekHint')} value={q} maxLength={100} />
      {state && <input type="hidden" name="state" value={state} />}
      <label>
        <span class="unseen">{t('scope.period')}</span>
        <select class="input" name="days">
          {PERIODS.map((days) => (
            <option value={String(days)} selected={days === scope.days}>
              {days === 1 ? t('today.title') : t('attempts.days', { count: days })}
            </option>
          ))}
        </select>
      </label>
      <ScopeFields context={context} scope={scope} exams={exams} />
      <label class="check">
        <input type="checkbox" name="hinted" value="1" checked={hinted} />
        {t('attempts.hinted')}
      </label>
      <button class="btn ghost s">{t('scope.show')}</button>
      {q !== '' && (
        <a class="btn ghost s" href={hrefOf({ ...asked, q: '' })}>
          {t('today.allAttempts')}
        </a>
      )}
    </Form>
  )
}

/** What may be chosen; what holds is among it, whoever set it. */
const MULTIPLIERS = [1, 1.25, 1.5, 2]

const Accommodation = ({ context, worker, holds }: { context: PageContext; worker: string; holds: number }) => {
  const { t } = context
  const choices = [...new Set([...MULTIPLIERS, holds])].sort((a, b) => a - b)
  return (
    <section class="card" aria-labelledby="multiplier">
      <h2 id="multiplier">{t('staff.multiplier')}</h2>
      <p class="quiet">{t('staff.multiplierHolds', { times: `× ${holds}` })}</p>
      <Form method="post" action="/staff/accommodation" class="acts">
        <input type="hidden" name="worker" value={worker} />
        <p class="field">
          <label for="times">{t('staff.multiplier')}</label>
          <select class="input" id="times" name="timeMultiplier">
            {choices.map((times) => (
              <option value={String(times)} selected={times === holds}>{`× ${times}`}</option>
            ))}
          </select>
        </p>
        <Reason context={context} of="multiplier" label="staff.reason" />
        <button class="btn outline s">{t('staff.setMultiplier')}</button>
      </Form>
      <p class="tiny">
        <a href={`/staff/sessions?${new URLSearchParams({ worker })}`}>{t('sessions.endWorker')}</a>
      </p>
    </section>
  )
}

/** Why an act was not done. What was typed for it stays, so that nothing has to be thought of twice. */
const Refused = ({ context, refused: { because, why } }: { context: PageContext; refused: RefusedAct }) => (
  <Note tone="bad" icon="alert" role="alert" title={context.t(`attempts.refused.${because}`)}>
    {because !== 'input' && <p>{context.t('attempts.refused.look')}</p>}
    <TypedWhy context={context} why={why} />
  </Note>
)

/** All attempts, newest first, or those of one person; each opens in its place. */
export const AttemptsPage = (props: AttemptsProps) => {
  const { context, asked, view, isDone, refused } = props
  const { t } = context
  return (
    <Page styles={staffStyles} context={context} title={t('staff.attempts')} tab="/staff/attempts" room="staff">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('staff.attempts')}</h1>
            <p class="quiet">{t('staff.attemptsLead')}</p>
            <SampleNote context={context} isSample={view.isSample} />
          </div>
          {asked.q === '' && view.attempts.length > 0 && (
            <a class="btn ghost s" href={hrefOf(asked, {}, '/staff/attempts.csv')} download>
              <Icon name="down" small />
              {t('attempts.table')}
            </a>
          )}
        </div>
        <div class="stack s">
          {isDone && (
            <Note tone="ok" icon="check" role="status">
              <p>{t('staff.done')}</p>
            </Note>
          )}
          {refused && <Refused context={context} refused={refused} />}
          <LaunchNote context={context} />
          <Search context={context} asked={asked} exams={view.exams} />
          {view.counts && <Filters context={context} asked={asked} counts={view.counts} />}
          {view.people && view.people.length > 0 ? (
            <FoundPeople
              context={context}
              people={view.people}
              most={MOST_PEOPLE}
              hrefOf={(q) => hrefOf({ ...asked, q })}
            />
          ) : (
            <List {...props} />
          )}
          {view.worker !== undefined && (
            <Accommodation context={context} worker={view.worker} holds={view.timeMultiplier ?? 1} />
          )}
        </div>
      </main>
    </Page>
  )
}
