import type { ResultView } from '../../../flows/read-result.ts'
import { clockText, dayText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { WeightChart } from '../../ui/weight-chart.tsx'
import type { ResultProps } from './report-card.tsx'

type PassedProps = ResultProps & { readonly credential: NonNullable<ResultView['credential']> }

const WhatHappens = ({ context: { t, locale }, credential }: PassedProps) => {
  const steps = [
    {
      title: t('next.issued'),
      text: t('next.issuedText', { time: clockText(locale, credential.issuedAt), id: credential.id.slice(-6) }),
      mark: 'done',
    },
    { title: t('next.profile'), text: t('next.profileText'), mark: 'now' },
    { title: t('next.ranking'), text: t('next.rankingText'), mark: '' },
    {
      title: t('next.renewal', { day: dayText(locale, credential.validUntil) }),
      text: t('next.renewalText'),
      mark: '',
    },
  ]
  return (
    <section class="card" aria-labelledby="next-title">
      <h2 id="next-title">{t('next.title')}</h2>
      <ol class="steps">
        {steps.map(({ title, text, mark }, i) => (
          <li>
            <span class={`n ${mark}`} aria-hidden="true">
              {mark === 'done' ? <Icon name="check" small /> : i + 1}
            </span>
            <div>
              <h3>{title}</h3>
              <p>{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

const Shared = ({ context: { t } }: Pick<ResultProps, 'context'>) => (
  <section class="card" aria-labelledby="shared">
    <h2 id="shared">{t('shared.title')}</h2>
    <div class="share2">
      <div>
        <h3>
          <Icon name="send" />
          {t('shared.yes')}
        </h3>
        <p class="small quiet">{t('shared.yesText')}</p>
      </div>
      <div>
        <h3>
          <Icon name="lock" />
          {t('shared.no')}
        </h3>
        <p class="small quiet">{t('shared.noText')}</p>
      </div>
    </div>
  </section>
)

/** Below the score of a pass: what happens now, what the certificate is worth, what is told to whom. */
export const PassedResult = (props: PassedProps) => {
  const { context } = props
  const { t } = context
  const { equivalentReviews } = props.credential
  return (
    <>
      <div class="halves">
        <WhatHappens {...props} />
        <section class="card" aria-labelledby="weight">
          <h2 id="weight">{t('weight.title')}</h2>
          <p class="small">{t('weight.text', { reviews: Math.round(equivalentReviews) })}</p>
          <WeightChart context={context} equivalentReviews={equivalentReviews} />
          <p class="tiny">
            {t('weight.ends')} <a href="/about/ranking">{t('weight.how')}</a>
          </p>
        </section>
      </div>
      <Shared context={context} />
      <p class="tiny">{t('result.appeal')}</p>
    </>
  )
}
