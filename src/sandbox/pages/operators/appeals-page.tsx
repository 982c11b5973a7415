import { momentText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import { actionName } from '../../moderation/decision/statement.ts'
import type { Appeal, Decision } from '../../moderation/decision/store.ts'
import { link } from '../links.ts'
import { Page, type Reader } from '../parts/layout.tsx'
import { type Paged, Pager } from '../parts/pager.tsx'
import { operatorsStyles } from '../styles.ts'
import { causeIn, operatorName, type QueueLine, titleIn, waitIn } from './case-parts.tsx'

const PATH = '/operators/appeals'

/** An appeal with what it is about. */
export interface AppealLine {
  readonly appeal: Appeal
  readonly decision: Decision
  readonly line: QueueLine
}

export interface AppealsView {
  readonly reader: Reader
  readonly open: Paged<AppealLine>
  readonly judged: Paged<AppealLine>
  /** The places of both lists, as the address has them. */
  readonly places: { readonly after?: string | undefined; readonly judged?: string | undefined }
}

function Row({ reader, of: { appeal, decision, line } }: { reader: Reader; of: AppealLine }) {
  const { locale, t } = reader
  const own = decision.operator === reader.person?.id
  const path = link(locale, `/operators/subjects/${appeal.subject}`)
  return (
    <li class="card flow appeal-row">
      <div class="card-head">
        <h3>
          <a href={path}>{`${actionName(locale, decision.action)} · ${titleIn(reader, line)}`}</a>
        </h3>
        {appeal.outcome === null ? (
          <Chip tone="wait" icon="clock">
            {t('case.waiting', { time: waitIn(reader, appeal.at) })}
          </Chip>
        ) : (
          <Chip tone="off" icon="check">
            {t(`case.judgedAs.${appeal.outcome}`)}
          </Chip>
        )}
      </div>
      <p class="tiny queue-facts">
        <span>{causeIn(reader, line.cause)}</span>
        <span>
          {t('case.decidedBy', {
            operator: operatorName(decision.operator),
            moment: momentText(locale, decision.decidedAt, reader.now),
          })}
        </span>
        <span>{t('case.appealedOn', { moment: momentText(locale, appeal.at, reader.now) })}</span>
      </p>
      <blockquote class="typed">{appeal.text}</blockquote>
      {appeal.outcome === null && own && (
        <p class="state wait">
          <Icon name="lock" small />
          {t('case.youDecided')}
        </p>
      )}
      {appeal.outcome === null && !own && (
        <div class="btns">
          <a class="btn s outline" href={`${path}#appeal`}>
            {t('case.readAppeal')}
          </a>
        </div>
      )}
      {appeal.reasons !== null && <p class="small">{appeal.reasons}</p>}
    </li>
  )
}

/** What people say against decisions, the oldest first. */
export function AppealsPage({ reader, open, judged, places }: AppealsView) {
  const { t } = reader
  return (
    <Page styles={operatorsStyles} reader={reader} title={t('case.appeals')} current="appeals">
      <main id="main" class="wrap narrow">
        <div class="head">
          <div>
            <h1>{t('case.appeals')}</h1>
            <p class="lead">{t('case.appealsLead')}</p>
          </div>
        </div>
        <div class="stack">
          <section class="stack s" aria-labelledby="waiting">
            <h2 id="waiting">{t('case.openAppeals')}</h2>
            {open.entries.length === 0 && <p class="card">{t('case.noAppeals')}</p>}
            <ol class="results">
              {open.entries.map((line) => (
                <Row reader={reader} of={line} />
              ))}
            </ol>
            <Pager reader={reader} path={PATH} query={places} next={open.next} list="waiting" />
          </section>
          <section class="stack s" aria-labelledby="judged">
            <h2 id="judged">{t('case.judgedAppeals')}</h2>
            {judged.entries.length === 0 && <p class="small quiet">{t('case.noneJudged')}</p>}
            <ol class="results">
              {judged.entries.map((line) => (
                <Row reader={reader} of={line} />
              ))}
            </ol>
            <Pager reader={reader} path={PATH} query={places} place="judged" next={judged.next} list="judged" />
          </section>
        </div>
      </main>
    </Page>
  )
}
