import { actionNames } from '../../moderation/decision/print-statement.ts'
import type { Appeal, Decision } from '../../moderation/decision/store.ts'
import { link } from '../links.ts'
import { Icon } from '../parts/icon.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { operatorsStyles } from '../styles.ts'
import { caseTexts } from '../texts/case-texts.ts'
import { figureTexts } from '../texts/figure-texts.ts'
import type { QueueLine } from './load-queue.ts'
import { causeIn, operatorName, titleIn, waitIn } from './queue-parts.tsx'

/** An appeal with what it is about. */
export interface AppealLine {
  readonly appeal: Appeal
  readonly decision: Decision
  readonly line: QueueLine
}

export interface AppealsView {
  readonly reader: Reader
  readonly open: readonly AppealLine[]
  readonly judged: readonly AppealLine[]
}

function Row({ reader, of: { appeal, decision, line } }: { reader: Reader; of: AppealLine }) {
  const { locale } = reader
  const t = caseTexts[locale]
  const own = decision.operator === reader.person?.id
  const path = link(locale, `/operators/subjects/${appeal.subject}`)
  return (
    <li class="card flow appeal-row">
      <div class="card-head">
        <h3>
          <a href={path}>{`${actionNames[decision.action][locale]} · ${titleIn(reader, line)}`}</a>
        </h3>
        {appeal.outcome === null ? (
          <span class="chip waiting">
            <Icon name="clock" className="small" />
            {t.waiting(waitIn(reader, appeal.at))}
          </span>
        ) : (
          <span class="chip inactive">
            <Icon name="check" className="small" />
            {t.judgedAs[appeal.outcome]}
          </span>
        )}
      </div>
      <p class="tiny queue-facts">
        <span>{causeIn(reader, line.cause)}</span>
        <span>{t.decidedBy(figureTexts[locale].moment(decision.decidedAt, reader.now), operatorName(decision.operator))}</span>
        <span>{t.appealedOn(figureTexts[locale].moment(appeal.at, reader.now))}</span>
      </p>
      <blockquote class="typed">{appeal.text}</blockquote>
      {appeal.outcome === null && own && (
        <p class="state waiting">
          <Icon name="lock" className="small" />
          {t.youDecided}
        </p>
      )}
      {appeal.outcome === null && !own && (
        <div class="buttons">
          <a class="button outline" href={`${path}#appeal`}>
            {t.readAppeal}
          </a>
        </div>
      )}
      {appeal.reasons !== null && <p class="small-text">{appeal.reasons}</p>}
    </li>
  )
}

/** What people say against decisions, the oldest first. */
export function AppealsPage({ reader, open, judged }: AppealsView) {
  const t = caseTexts[reader.locale]
  return (
    <Page styles={operatorsStyles} reader={reader} title={t.appeals} current="appeals">
      <main id="main" class="wrap narrow">
        <div class="head">
          <div>
            <h1>{t.appeals}</h1>
            <p class="lead">{t.appealsLead}</p>
          </div>
        </div>
        <div class="stack">
          <section class="stack tight" aria-labelledby="waiting">
            <h2 id="waiting">{t.openAppeals}</h2>
            {open.length === 0 && <p class="card">{t.noAppeals}</p>}
            <ol class="results">
              {open.map((line) => (
                <Row reader={reader} of={line} />
              ))}
            </ol>
          </section>
          <section class="stack tight" aria-labelledby="judged">
            <h2 id="judged">{t.judgedAppeals}</h2>
            {judged.length === 0 && <p class="small-text quiet">{t.noneJudged}</p>}
            <ol class="results">
              {judged.map((line) => (
                <Row reader={reader} of={line} />
              ))}
            </ol>
          </section>
        </div>
      </main>
    </Page>
  )
}
