import { ACTS, type Act } from '../../audit/entry.ts'
import type { LogLine, LogParty, LogPage as LogView } from '../../flows/read-log.ts'
import { dayText, secondsText, timeAttribute } from '../../platform/page/dates.ts'
import { Form } from '../../platform/page/form.tsx'
import { Note } from '../../platform/page/state.tsx'
import { staffStyles } from '../assets.ts'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'

interface LogProps {
  readonly context: PageContext
  /** Undefined where the filter was not understood. */
  readonly view: LogView | undefined
  /** What was asked for, as it was typed. */
  readonly asked: Readonly<Record<string, string>>
}

const isKnownAct = (act: string): act is Act => (ACTS as readonly string[]).includes(act)

const Party = ({ context: { t }, party }: { context: PageContext; party: LogParty }) =>
  'person' in party ? (
    <bdi>{party.person}</bdi>
  ) : 'machine' in party ? (
    <span>{t(`log.who.${party.machine}`)}</span>
  ) : (
    <span class="sub">{t('log.erased')}</span>
  )

const Line = ({ context, line }: { context: PageContext; line: LogLine }) => {
  const { t, locale } = context
  const { at, act, actor, subject, object, why, facts } = line
  return (
    <li>
      <time datetime={timeAttribute(at)}>{`${dayText(locale, at)} ${secondsText(locale, at)}`}</time>
      <span class="line">
        <b>{isKnownAct(act) ? t(`log.act.${act}`) : act}</b> {object !== undefined && <bdi class="sub">{object}</bdi>}
      </span>
      <span class="line">
        {t('log.who')}: <Party context={context} party={actor} />
        {subject && (
          <>
            {' · '}
            {t('log.about')}: <Party context={context} party={subject} />
          </>
        )}
      </span>
      {why !== undefined && why !== '' && (
        <span class="line">
          {t('log.why')}: <bdi>{why}</bdi>
        </span>
      )}
      {facts && Object.keys(facts).length > 0 && (
        <bdi class="line sub">
          {Object.entries(facts)
            .map(([name, value]) => `${name} ${value}`)
            .join(' · ')}
        </bdi>
      )}
    </li>
  )
}

const Filter = ({ context: { t }, asked }: Pick<LogProps, 'context' | 'asked'>) => (
  <Form method="get" action="/staff/log" class="acts card">
    {(['who', 'about'] as const).map((name) => (
      <p class="field">
        <label for={name}>{t(`log.${name}`)}</label>
        <input
          class="input"
          id={name}
          name={name}
          value={asked[name] ?? ''}
          maxlength={128}
          autocomplete="off"
          spellcheck={false}
        />
      </p>
    ))}
    <p class="field">
      <label for="act">{t('log.act')}</label>
      <select class="input" id="act" name="act">
        <option value="">{t('log.all')}</option>
        {ACTS.map((act) => (
          <option value={act} selected={asked.act === act}>
            {t(`log.act.${act}`)}
          </option>
        ))}
      </select>
    </p>
    {(['from', 'until'] as const).map((name) => (
      <p class="field">
        <label for={name}>{t(`log.${name}`)}</label>
        <input class="input" id={name} name={name} type="date" value={asked[name] ?? ''} />
      </p>
    ))}
    <button class="btn outline s">{t('log.filter')}</button>
  </Form>
)

/** Who did what, about whom, why and when: the log of acts, newest first. */
export const LogPage = ({ context, view, asked }: LogProps) => {
  const { t } = context
  const older = view?.next && new URLSearchParams({ ...asked, before: `${view.next.at}.${view.next.seq}` })
  return (
    <Page styles={staffStyles} context={context} title={t('log.title')} tab="/staff/log" room="staff">
      <main id="main" class="wrap narrow">
        <div class="head">
          <div>
            <h1>{t('log.title')}</h1>
            <p class="quiet">{t('log.lead')}</p>
          </div>
        </div>
        <div class="stack">
          <Filter context={context} asked={asked} />
          {view === undefined && (
            <Note tone="bad" icon="alert">
              <p>{t('log.misread')}</p>
            </Note>
          )}
          {view?.entries.length === 0 && <p class="card quiet">{t('log.none')}</p>}
          {view && view.entries.length > 0 && (
            <section class="card" aria-label={t('log.title')}>
              <ul class="log">
                {view.entries.map((line) => (
                  <Line context={context} line={line} />
                ))}
              </ul>
            </section>
          )}
          {older && (
            <p>
              <a class="btn outline s" href={`/staff/log?${older}`}>
                {t('log.older')}
              </a>
            </p>
          )}
        </div>
      </main>
    </Page>
  )
}
