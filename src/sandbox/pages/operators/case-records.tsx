import { days } from '../../../kernel/instant.ts'
import { dayText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import type { KindReason } from '../../detector/judge/detector.ts'
import { kindTexts } from '../../detector/judge/kind-texts.ts'
import type { Case } from '../../moderation/case.ts'
import type { CaseEvent } from '../../moderation/case-event.ts'
import { actionName } from '../../moderation/decision/statement.ts'
import { EVENTS_SHOWN } from '../../moderation/store.ts'
import { Moment } from '../contracts/records.tsx'
import { link } from '../links.ts'
import { type Forms, PageForm, TextField } from '../parts/form-parts.tsx'
import type { Reader } from '../parts/layout.tsx'
import { textsOf } from '../texts.ts'
import type { CaseDetails, Concerned, ReportShown } from './case-parts.tsx'
import { operatorName } from './case-parts.tsx'

export interface CaseView {
  readonly reader: Reader
  readonly details: CaseDetails
  readonly forms: Forms
}

const DAY = days(1)

function ReportItem({ reader, report, forms }: { reader: Reader; report: ReportShown; forms: Forms }) {
  const { t } = reader
  const form = forms('mute', { report: report.id }, `mute-${report.id}`)
  return (
    <li class="report">
      <p>
        <b>{reader.t(`job.reportReasons.${report.reason}`)}</b>
      </p>
      <p class="tiny queue-facts">
        <Moment reader={reader} at={report.at} />
        <span>{t(`case.reporterRole.${report.role}`)}</span>
        <span>{t('case.record', { upheld: report.upheld, judged: report.judged })}</span>
        {report.muted && <span class="chip">{t('case.noEffect')}</span>}
        {report.outcome && <span class="chip">{t(`case.reportOutcome.${report.outcome}`)}</span>}
      </p>
      {report.detail !== '' && <p class="written small">{report.detail}</p>}
      {!report.muted && (
        <details class="quiet-fold" open={form.rejected !== undefined}>
          <summary class="tiny">{t('case.mute')}</summary>
          <PageForm form={form}>
            <p class="tiny">{t('case.muteText')}</p>
            <input type="hidden" name="report" value={report.id} />
            <TextField form={form} name="note" label={t('case.muteNote')} />
            <div class="btns">
              <button class="btn s ghost" type="submit">
                {t('case.mute')}
              </button>
            </div>
          </PageForm>
        </details>
      )}
    </li>
  )
}

/** What people reported, without who they are. */
export function Reports({ reader, details, forms }: CaseView) {
  const { t } = reader
  const { reports, reportCount } = details
  return (
    <section class="card flow" aria-labelledby="reports">
      <h2 id="reports">{t('case.reportsTitle', { n: reportCount })}</h2>
      {reports.length === 0 ? (
        <p class="small quiet">{t('case.noReports')}</p>
      ) : (
        <>
          <ul class="reports">
            {reports.map((report) => (
              <ReportItem reader={reader} report={report} forms={forms} />
            ))}
          </ul>
          {reports.length < reportCount && <p class="small">{t('case.firstReports', { n: reports.length })}</p>}
          <p class="tiny">{t('case.anonymous')}</p>
        </>
      )}
    </section>
  )
}

/** What the plugin sent as evidence, as it came. */
export function Evidence({ reader, events }: { reader: Reader; events: readonly CaseEvent[] }) {
  const { t } = reader
  const alleged = events.flatMap((event) => (event.type === 'alleged' ? [event] : []))
  if (alleged.length === 0) return null
  return (
    <section class="card flow" aria-labelledby="evidence">
      <div class="card-head">
        <h2 id="evidence">{t('case.evidence')}</h2>
        <small>{t('case.evidenceText')}</small>
      </div>
      {alleged.map(({ data, at }) => (
        <div class="flow">
          <dl class="kv">
            <div>
              <dt>{t('case.policy')}</dt>
              <dd>
                {data.policy}
                <small>{data.automated ? t('case.automated') : t('case.byPerson')}</small>
              </dd>
            </div>
          </dl>
          <p class="tiny">
            <Moment reader={reader} at={at} />
          </p>
          <pre class="evidence">{JSON.stringify(data.evidence, null, 2)}</pre>
        </div>
      ))}
    </section>
  )
}

type SentEvent = Extract<CaseEvent, { type: 'detected' }>

/** More texts than these are not shown: the latest tell what is going on. */
const TEXTS_SHOWN = 20

/** Each text once, as it was sent last, the latest first, with how often it was sent. */
function eachOnce(sent: readonly SentEvent[]): { readonly last: SentEvent; readonly times: number }[] {
  const once = new Map<string, { readonly last: SentEvent; readonly times: number }>()
  for (const last of sent.toReversed()) {
    const key = `${last.data.surface} ${last.data.evidence}`
    const known = once.get(key)
    once.set(key, { last: known?.last ?? last, times: (known?.times ?? 0) + 1 })
  }
  return [...once.values()]
}

function SentText({ reader, last, times }: { reader: Reader; last: SentEvent; times: number }) {
  const { locale, t } = reader
  const { surface = 'job', evidence, reasons, precedent } = last.data
  return (
    <div class="flow">
      <p class="tiny queue-facts">
        <span>{t('case.surface', { surface })}</span>
        {times > 1 && <span>{t('case.sent.times', { n: times })}</span>}
      </p>
      <blockquote class="typed">{evidence}</blockquote>
      <p class="tiny queue-facts">
        <Moment reader={reader} at={last.at} />
        {(reasons as readonly KindReason[]).map(({ kind, probability }) => (
          <span>{`${kindTexts[kind].title[locale]} ${probability.toFixed(2)}`}</span>
        ))}
        {precedent && <a href={link(locale, `/operators/subjects/${precedent.case}`)}>{t('case.repeats.see')}</a>}
      </p>
    </div>
  )
}

/** Texts that their writer sent after a warning, with what the detector took them for. */
export function SentAnyway({ reader, events }: { reader: Reader; events: readonly CaseEvent[] }) {
  const { t } = reader
  const sent = eachOnce(events.flatMap((event) => (event.type === 'detected' && event.data.surface ? [event] : [])))
  if (sent.length === 0) return null
  return (
    <section class="card flow" aria-labelledby="sent">
      <div class="card-head">
        <h2 id="sent">{t('case.sent.title')}</h2>
        <small>{t('case.sent.text')}</small>
      </div>
      {sent.slice(0, TEXTS_SHOWN).map((one) => (
        <SentText reader={reader} {...one} />
      ))}
      {sent.length > TEXTS_SHOWN && <p class="tiny">{t('case.sent.more', { n: sent.length - TEXTS_SHOWN })}</p>}
    </section>
  )
}

const Fact = ({ name, children }: { name: string; children: unknown }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

function PersonFacts({ reader, concerned, details }: { reader: Reader; concerned: Concerned; details: CaseDetails }) {
  const { locale, t } = reader
  const person = concerned.kind === 'client' ? concerned.client : concerned.worker
  const path = concerned.kind === 'client' ? `/clients/${person.id}` : `/workers/${person.id}`
  return (
    <>
      <Fact name={t('case.name')}>
        <a href={link(locale, path)}>
          <bdi>{locale === 'en' ? person.reading : person.name}</bdi>
        </a>
      </Fact>
      <Fact name={t('case.joined')}>
        {t('case.joinedOn', {
          day: dayText(locale, person.joinedAt),
          days: Math.max(0, Math.floor((reader.now - person.joinedAt) / DAY)),
        })}
      </Fact>
      <Fact name={t('case.standing')}>{reader.t(`market.standing.${person.standing}`)}</Fact>
      {concerned.kind === 'client' && (
        <>
          <Fact name={t('case.contracts')}>
            {t('case.contractCount', { concluded: concerned.history.concluded, paid: concerned.history.paid })}
          </Fact>
          <Fact name={t('case.posts')}>{t('case.postCount', { n: concerned.posts })}</Fact>
        </>
      )}
      {concerned.kind === 'worker' && (
        <Fact name={t('case.certificates')}>
          {concerned.badges
            .map(({ title, status }) => `${title} · ${reader.t(`market.badgeStatus.${status}`)}`)
            .join(' / ') || t('case.noCertificates')}
        </Fact>
      )}
      {details.job && <Fact name={t('case.applicants')}>{t('case.applicantCount', { n: details.applicants })}</Fact>}
    </>
  )
}

const CaseLink = ({ reader, known }: { reader: Reader; known: Pick<Case, 'id' | 'openedAt' | 'action'> }) => (
  <a
    href={link(reader.locale, `/operators/subjects/${known.id}`)}
  >{`${dayText(reader.locale, known.openedAt)}${known.action ? ` ${actionName(reader.locale, known.action)}` : ''}`}</a>
)

/** Whoever is concerned, and what was decided about them before. */
export function PersonCard({ reader, details }: Pick<CaseView, 'reader' | 'details'>) {
  const { locale, t } = reader
  const { concerned, past, others } = details
  return (
    <section class="card flow" aria-labelledby="person">
      <h2 id="person">{concerned?.kind === 'client' ? t('case.aboutPoster') : t('case.aboutWorker')}</h2>
      {!concerned && <p class="small quiet">{t('case.unknownPerson')}</p>}
      <dl class="kv">
        {concerned && <PersonFacts reader={reader} concerned={concerned} details={details} />}
        <Fact name={t('case.pastDecisions')}>
          {past.length === 0
            ? t('case.noDecisions')
            : past.map(({ subject, action, decidedAt }) => (
                <span class="line">
                  <a
                    href={link(locale, `/operators/subjects/${subject}`)}
                  >{`${dayText(locale, decidedAt)} ${actionName(locale, action)}`}</a>
                </span>
              ))}
        </Fact>
        {others.length > 0 && (
          <Fact name={t('case.otherCases')}>
            {others.map((other) => (
              <span class="line">
                <CaseLink reader={reader} known={other} />
              </span>
            ))}
          </Fact>
        )}
      </dl>
    </section>
  )
}

/** Who did something with a case, as far as operators may know: never who reported. */
function actorIn({ locale }: Reader, { type, actor }: CaseEvent): string {
  const t = textsOf(locale)
  if (type === 'reported') return t('case.byReporter')
  if (actor === 'system') return t('case.bySystem')
  if (actor === 'detector') return t('case.byDetector')
  if (actor === 'plugin') return t('case.byPlugin')
  return actor.startsWith('opr_') ? operatorName(actor) : t('case.byConcerned')
}

const noteOf = ({ data }: CaseEvent): string | undefined => ('note' in data ? data.note : undefined)

/** What happened with a case, in order: of a long history the newest. */
export function CaseEvents({ reader, details }: Pick<CaseView, 'reader' | 'details'>) {
  const { t } = reader
  const { events, known } = details
  return (
    <details class="card fold">
      <summary>
        <span>{t('case.events')}</span>
        <small>{String(known.version)}</small>
        <Icon name="right" small turning />
      </summary>
      {events.length < known.version && <p class="small">{t('case.newestEvents', { n: EVENTS_SHOWN })}</p>}
      <ol class="timeline">
        {events.map((event) => (
          <li>
            <span>
              {t(`case.happened.${event.type}`)}
              {event.type === 'decided' && ` · ${actionName(reader.locale, event.data.action)}`}
            </span>
            <span class="tiny">
              <Moment reader={reader} at={event.at} />
              <span>{actorIn(reader, event)}</span>
            </span>
            {noteOf(event) && <blockquote class="typed">{noteOf(event)}</blockquote>}
          </li>
        ))}
      </ol>
    </details>
  )
}
