import { momentText } from '../../../platform/page/dates.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import type { Thresholds } from '../../detector/judge/calibration.ts'
import type { Kind } from '../../detector/judge/kinds.ts'
import type { Rejected } from '../form-fields.ts'
import { JobStateChip } from '../jobs/job-parts.tsx'
import { link } from '../links.ts'
import { Trouble } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { operatorsStyles } from '../styles.ts'
import { CasePanel, type PanelView } from './case-panel.tsx'
import { CaseEvents, Evidence, PersonCard, Reports } from './case-records.tsx'
import { JobText } from './job-text.tsx'
import { CaseChips, causeIn, QueueEntry, titleIn } from './queue-parts.tsx'
import { Suspicion } from './suspicion.tsx'

export interface CasePageView extends PanelView {
  readonly rejected: Rejected | undefined
  /** The kind whose words are marked. */
  readonly kind: Kind | undefined
  readonly thresholds: Thresholds | undefined
}

/** What else waits: beside the case, or folded away on a phone. */
function Beside({ reader, details }: Pick<CasePageView, 'reader' | 'details'>) {
  const { t } = reader
  const entries = details.beside.map((line) => (
    <li>
      <QueueEntry reader={reader} line={line} current={line.known.id === details.known.id} />
    </li>
  ))
  return (
    <details class="card queue-list filters">
      <summary>
        <span>{t('case.queue')}</span>
        <Icon name="narrow" small />
      </summary>
      <p class="queue-list-title">
        <a href={link(reader.locale, '/operators/queue')}>{t('case.queue')}</a>
      </p>
      <ol>{entries}</ol>
    </details>
  )
}

function Head({ reader, details }: { reader: Reader; details: CasePageView['details'] }) {
  const { t } = reader
  const { line, known, job } = details
  return (
    <div class="head">
      <div>
        <p class="tiny queue-facts">
          <span>{t('case.subject', { kind: known.kind })}</span>
          <span>{t(`case.openers.${known.openedBy}`)}</span>
          <span>{momentText(reader.locale, known.openedAt, reader.now)}</span>
        </p>
        <h1>{causeIn(reader, line.cause)}</h1>
        <p class="lead">{titleIn(reader, line)}</p>
      </div>
      <div class="chips">
        <CaseChips reader={reader} known={known} />
        {job && <JobStateChip reader={reader} job={job} />}
      </div>
    </div>
  )
}

/** One case: what it is about, who says what, and the decision. */
export function CasePage(view: CasePageView) {
  const { reader, details, rejected, kind, thresholds } = view
  const { locale, t } = reader
  const { known, job, line } = details
  const reason = job?.assessment.reasons.find((one) => one.kind === kind) ?? job?.assessment.reasons[0]
  return (
    <Page
      styles={operatorsStyles}
      reader={reader}
      title={`${rejected ? reader.t('form.titlePrefix') : ''}${causeIn(reader, line.cause)}`}
      current={known.appeal !== null && known.status !== 'closed' ? 'appeals' : 'queue'}
    >
      <main id="main" class="wrap">
        <Crumb href={link(locale, '/operators/queue')}>{t('case.back')}</Crumb>
        <div class="case">
          <Beside {...view} />
          <div class="stack">
            <Head reader={reader} details={details} />
            <Trouble reader={reader} rejected={rejected} />
            {job && (
              <div class="case-columns">
                <JobText reader={reader} job={job} reason={reason} />
                <Suspicion
                  reader={reader}
                  assessment={job.assessment}
                  thresholds={thresholds}
                  path={`/operators/subjects/${known.id}`}
                  chosen={reason?.kind}
                />
              </div>
            )}
            <Evidence reader={reader} events={details.events} />
            <div class="halves">
              <Reports {...view} />
              <PersonCard {...view} />
            </div>
            <CasePanel {...view} />
            <CaseEvents reader={reader} events={details.events} />
          </div>
        </div>
      </main>
    </Page>
  )
}
