import type { StaffSession } from '../../marketplace/sessions/store.ts'
import { dayTimeText, timeAttribute } from '../../platform/page/dates.ts'
import { Form } from '../../platform/page/form.tsx'
import { Cell, type Column, RowTable } from '../../platform/page/row-table.tsx'
import { Note } from '../../platform/page/state.tsx'
import { staffStyles } from '../assets.ts'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { Person } from './person.tsx'
import { LaunchNote } from './staff-door.tsx'

interface SessionsProps {
  readonly context: PageContext
  readonly sessions: readonly StaffSession[]
  /** The place from which the list goes on. */
  readonly older: string | undefined
  /** Filled in where another page leads here about a person. */
  readonly worker: string
  /** How many were ended just now, or `refused`. */
  readonly ended?: string | undefined
  /** What was given of an act that was refused. */
  readonly typed?: TypedEnding | undefined
}

interface TypedEnding {
  readonly whose: 'worker' | 'role'
  readonly role: string
  readonly why: string
}

const roles = ['worker', 'author', 'operator'] as const

const When = ({ context: { locale }, at }: { context: PageContext; at: StaffSession['seenAt'] }) => (
  <time datetime={timeAttribute(at)}>{dayTimeText(locale, at)}</time>
)

const Listed = ({ context, sessions, older }: Pick<SessionsProps, 'context' | 'sessions' | 'older'>) => {
  const { t } = context
  const columns = (['sessions.who', 'sessions.role', 'sessions.launched', 'sessions.seen'] as const).map(
    (key): Column => ({ title: t(key) }),
  )
  const [, roleOf, began, seen] = columns as [Column, Column, Column, Column]
  return (
    <section class="card" aria-labelledby="staff">
      <h2 id="staff">{t('sessions.staff')}</h2>
      <RowTable caption={t('sessions.staff')} columns={columns}>
        {sessions.map(({ id, worker, role, name, launchedAt, seenAt }) => (
          <tr role="row">
            <th scope="row" role="rowheader" class="all">
              <Person name={name} id={worker} />
            </th>
            <Cell column={roleOf}>
              {t(`sessions.role.${role}`)}
              {id === context.visitor?.id && <span class="sub">{t('sessions.own')}</span>}
            </Cell>
            <Cell column={began}>
              <When context={context} at={launchedAt} />
            </Cell>
            <Cell column={seen}>
              <When context={context} at={seenAt} />
            </Cell>
          </tr>
        ))}
      </RowTable>
      {older !== undefined && (
        <p>
          <a class="btn ghost s" rel="next" href={`/staff/sessions?before=${older}#staff`}>
            {t('staff.more')}
          </a>
        </p>
      )}
    </section>
  )
}

interface ReasonProps {
  readonly context: PageContext
  readonly of: TypedEnding['whose']
  readonly typed: TypedEnding | undefined
}

const Reason = ({ context: { t }, of, typed }: ReasonProps) => (
  <p class="field">
    <label for={`why-${of}`}>{t('staff.reason')}</label>
    <input
      class="input"
      id={`why-${of}`}
      name="why"
      value={typed?.whose === of ? typed.why : undefined}
      required
      maxlength={400}
      autocomplete="off"
    />
  </p>
)

const Ending = ({ context, worker, typed }: Pick<SessionsProps, 'context' | 'worker' | 'typed'>) => {
  const { t } = context
  return (
    <section class="card stack s" aria-labelledby="end">
      <div>
        <h2 id="end">{t('sessions.end')}</h2>
        <p class="quiet">{t('sessions.endText')}</p>
      </div>
      <Form method="post" action="/staff/sessions/end" class="acts">
        <input type="hidden" name="whose" value="worker" />
        <p class="field">
          <label for="of-worker">{t('sessions.worker')}</label>
          <input
            class="input"
            id="of-worker"
            name="worker"
            value={worker}
            required
            autocomplete="off"
            spellcheck={false}
          />
        </p>
        <Reason context={context} of="worker" typed={typed} />
        <button class="btn outline s">{t('sessions.endWorker')}</button>
      </Form>
      <Form method="post" action="/staff/sessions/end" class="acts">
        <input type="hidden" name="whose" value="role" />
        <p class="field">
          <label for="of-role">{t('sessions.role')}</label>
          <select class="input" id="of-role" name="role">
            {roles.map((role) => (
              <option value={role} selected={role === typed?.role}>
                {t(`sessions.role.${role}`)}
              </option>
            ))}
          </select>
        </p>
        <Reason context={context} of="role" typed={typed} />
        <button class="btn outline s">{t('sessions.endRole')}</button>
      </Form>
    </section>
  )
}

/** Which staff are signed in, and how an operator ends sessions. */
export const SessionsPage = ({ context, sessions, older, worker, ended, typed }: SessionsProps) => {
  const { t } = context
  const count = ended !== undefined && /^\d{1,7}$/.test(ended) ? Number(ended) : undefined
  return (
    <Page styles={staffStyles} context={context} title={t('sessions.title')} tab="/staff/sessions" room="staff">
      <main id="main" class="wrap narrow">
        <div class="head">
          <div>
            <h1>{t('sessions.title')}</h1>
            <p class="quiet">{t('sessions.lead')}</p>
          </div>
        </div>
        <div class="stack">
          {ended !== undefined && (
            <Note tone={count === undefined ? 'bad' : 'ok'} icon={count === undefined ? 'alert' : 'check'}>
              <p>{count === undefined ? t('sessions.refused') : t('sessions.ended', { count })}</p>
            </Note>
          )}
          <LaunchNote context={context} />
          <Listed context={context} sessions={sessions} older={older} />
          <Ending context={context} worker={worker} typed={typed} />
        </div>
      </main>
    </Page>
  )
}
