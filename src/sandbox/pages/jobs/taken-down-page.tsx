import { Crumb } from '../../../platform/page/document.tsx'
import type { Decision } from '../../moderation/decision/store.ts'
import { link } from '../links.ts'
import { Page, type Reader } from '../parts/layout.tsx'
import { jobsStyles } from '../styles.ts'
import { TakenDown } from './job-banner.tsx'

/** What is left of a job for those who are not concerned: that it was taken down, and by which rule. */
export function TakenDownPage({
  reader,
  decision,
  until,
}: {
  reader: Reader
  decision: Decision | undefined
  until: number | null
}) {
  const { t } = reader
  return (
    <Page styles={jobsStyles} reader={reader} title={t('job.banner.takenDown')} current="jobs">
      <main id="main" class="wrap narrow">
        <Crumb href={link(reader.locale, '/jobs')}>{t('job.back')}</Crumb>
        <h1 class="unseen">{t('job.banner.takenDown')}</h1>
        <TakenDown reader={reader} decision={decision} until={until} own={false} />
      </main>
    </Page>
  )
}
