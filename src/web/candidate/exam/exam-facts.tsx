import type { ExamCard } from '../../../flows/read-catalogue.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { periodText } from './exam-text.ts'

/** The exam in four figures. */
export const ExamFacts = ({ context: { t }, exam }: { context: PageContext; exam: ExamCard }) => {
  const minutes = exam.timeLimitSeconds / 60
  return (
    <dl class="facts">
      <div>
        <dt>{t('exam.time')}</dt>
        <dd>
          {Number.isInteger(minutes) ? minutes : minutes.toFixed(1)}
          <small>{t('unit.minutesWord')}</small>
        </dd>
      </div>
      <div>
        <dt>{t('exam.items')}</dt>
        <dd>
          {exam.itemCount}
          <small>{t('unit.questions')}</small>
        </dd>
      </div>
      <div>
        <dt>{t('exam.pass')}</dt>
        <dd>
          {exam.passScore}
          <small>{t('exam.orMore')}</small>
        </dd>
      </div>
      <div>
        <dt>{t('exam.valid')}</dt>
        <dd>
          <span class="unbroken">{periodText(t, exam.validFor)}</span>
        </dd>
      </div>
    </dl>
  )
}
