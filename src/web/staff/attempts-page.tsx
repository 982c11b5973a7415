import type { StoredAttempt } from '../../attempt/store.ts'
import { dayTimeText, timeAttribute } from '../../platform/page/dates.ts'
import { Form } from '../../platform/page/form.tsx'
import { Chip, Note } from '../../platform/page/state.tsx'
import { staffStyles } from '../assets.ts'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { LaunchNote } from './staff-door.tsx'

interface AttemptsProps {
  readonly context: PageContext
  readonly worker: string
  /** Undefined before anybody was looked for. */
  readonly attempts?: readonly StoredAttempt[]
  readonly outcome?: 'done' | 'refused'
}

const Reason = ({ context: { t }, of }: { context: PageContext; of: string }) => (
  <p class="field">
    <label for={`why-${of}`}>{t('staff.reason')}</label>
    <input class="input" id={`why-${of}`} name="why" required maxlength={400} autocomplete="off" />
  </p>
)

/** An operator may give time and may void; both need a reason, which is written into the attempt's history. */
const Acts = ({ context, attempt }: { context: PageContext; attempt: StoredAttempt }) => {
  const { t } = context
  return (
    <>
      <Form method="post" action={`/staff/attempts/${attempt.id}/extend`} class="acts">
        <input type="hidden" name="worker" value={attempt.worker} />
        <p class="field">
          <label for={`min-${attempt.id}`}>{t('staff.minutes')}</label>
          <input
            class="input"
            id={`min-${attempt.id}`}
            name="minutes"
            inputmode="numeric"
            pattern="[0-9]{1,3}"
            required
            autocomplete="off"
          />
        </p>
        <Reason context={context} of={`extend-${attempt.id}`} />
        <button class="btn outline s">{t('staff.extend')}</button>
      </Form>
      <details class="more">
        <summary>{t('staff.void')}</summary>
        <Form method="post" action={`/staff/attempts/${attempt.id}/void`} class="acts">
          <input type="hidden" name="worker" value={attempt.worker} />
          <Reason context={context} of={`void-${attempt.id}`} />
          <button class="btn ghost s">{t('staff.void')}</button>
          <p class="tiny">{t('staff.voidText')}</p>
        </Form>
      </details>
    </>
  )
}

const Attempt = ({ context, attempt }: { context: PageContext; attempt: StoredAttempt }) => {
  const { t, locale } = context
  return (
    <section class="card" aria-labelledby={attempt.id}>
      <div class="card-head">
        <h2 id={attempt.id}>
          {attempt.exam} <small class="sub">{attempt.id}</small>
        </h2>
        {attempt.status === 'open' ? (
          <Chip tone="act" icon="clock">
            {t('eligible.open')}
          </Chip>
        ) : (
          <Chip icon="check">{t(`closed.${attempt.reason}`, { time: dayTimeText(locale, attempt.closedAt) })}</Chip>
        )}
      </div>
      <dl class="kv">
        <div>
          <dt>{t('record.started')}</dt>
          <dd>
            <time datetime={timeAttribute(attempt.startedAt)}>{dayTimeText(locale, attempt.startedAt)}</time>
          </dd>
        </div>
        <div>
          <dt>{t('staff.deadline')}</dt>
          <dd>
            <time datetime={timeAttribute(attempt.deadline)}>{dayTimeText(locale, attempt.deadline)}</time>
          </dd>
        </div>
      </dl>
      {attempt.status !== 'open' && attempt.part === 'practical' && (
        <p class="small">
          <a href={`/staff/attempts/${attempt.id}/tasks`}>{t('sat.open')}</a>
        </p>
      )}
      {attempt.status === 'open' && <Acts context={context} attempt={attempt} />}
    </section>
  )
}

const Accommodation = ({ context, worker }: { context: PageContext; worker: string }) => {
  const { t } = context
  return (
    <section class="card" aria-labelledby="multiplier">
      <h2 id="multiplier">{t('staff.multiplier')}</h2>
      <Form method="post" action="/staff/accommodation" class="acts">
        <input type="hidden" name="worker" value={worker} />
        <p class="field">
          <label for="times">{t('staff.multiplier')}</label>
          <select class="input" id="times" name="timeMultiplier">
            {[1, 1.25, 1.5, 2].map((times) => (
              <option value={String(times)}>{`× ${times}`}</option>
            ))}
          </select>
        </p>
        <Reason context={context} of="multiplier" />
        <button class="btn outline s">{t('staff.setMultiplier')}</button>
      </Form>
      <p class="tiny">
        <a href={`/staff/sessions?${new URLSearchParams({ worker })}`}>{t('sessions.endWorker')}</a>
      </p>
    </section>
  )
}

/** Finds a worker's attempts, and what an operator may do about them. */
export const AttemptsPage = ({ context, worker, attempts, outcome }: AttemptsProps) => {
  const { t } = context
  return (
    <Page styles={staffStyles} context={context} title={t('staff.attempts')} tab="/staff/attempts" room="staff">
      <main id="main" class="wrap narrow">
        <div class="head">
          <div>
            <h1>{t('staff.attempts')}</h1>
            <p class="quiet">{t('staff.attemptsLead')}</p>
          </div>
        </div>
        <div class="stack">
          {outcome && (
            <Note tone={outcome === 'done' ? 'ok' : 'bad'} icon={outcome === 'done' ? 'check' : 'alert'}>
              <p>{t(`staff.${outcome}`)}</p>
            </Note>
          )}
          <LaunchNote context={context} />
          <Form method="get" action="/staff/attempts" class="acts">
            <p class="field">
              <label for="worker">{t('staff.worker')}</label>
              <input
                class="input"
                id="worker"
                name="worker"
                value={worker}
                required
                autocomplete="off"
                spellcheck={false}
              />
            </p>
            <button class="btn primary s">{t('staff.find')}</button>
          </Form>
          {attempts && <Accommodation context={context} worker={worker} />}
          {attempts?.length === 0 && (
            <Note>
              <p>{t('staff.noAttempts')}</p>
            </Note>
          )}
          {attempts?.map((attempt) => (
            <Attempt context={context} attempt={attempt} />
          ))}
        </div>
      </main>
    </Page>
  )
}
