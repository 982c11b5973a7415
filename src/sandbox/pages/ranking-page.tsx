import { Icon } from '../../platform/page/icon.tsx'
import type { Category } from '../people/worker.ts'
import { FadingWeight } from './parts/fading-weight.tsx'
import { Page, type Reader } from './parts/layout.tsx'
import { profileStyles } from './styles.ts'

/** κ of the exams' published starting assumption, to draw the curve with. */
const TYPICAL_EQUIVALENT_REVIEWS = 3.1

function Formula({ reader }: { reader: Reader }) {
  const { t } = reader
  return (
    <section class="card flow" aria-labelledby="formula">
      <h2 id="formula">{t('market.ranking.formulaTitle')}</h2>
      <p class="formula">
        <span class="unbroken">q = n · y / (σ² + n)</span> <span class="unbroken">+ m · κ / (κ + n)</span>
      </p>
      <dl class="kv">
        {t.list('market.ranking.formulaLegend').map((meaning, i) => (
          <div>
            <dt>{signs[i]}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Signs of the formula, in the order of what is said about them. */
const signs = ['n', 'y', 'σ²', 'm', 'κ'] as const

const codes = [
  'reviews',
  'reviews-weighted',
  'no-evidence',
  'certified-newcomer',
  'certificate-fading',
  'certificate-not-counted',
  'certificate-expired',
  'certificate-suspended',
  'certificate-revoked',
  'standing-restricted',
  'certificate-not-shown-to-predict',
  'row-certified',
  'row-first-days',
  'row-newcomer',
  'invited',
] as const

function Codes({ reader }: { reader: Reader }) {
  const { t } = reader
  return (
    <section class="card flow" aria-labelledby="codes">
      <h2 id="codes">{t('market.ranking.codesTitle')}</h2>
      <dl class="kv">
        {codes.map((code) => (
          <div>
            <dt>
              <code>{code}</code>
            </dt>
            <dd>{t(`market.ranking.code.${code}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Weights({ reader }: { reader: Reader }) {
  const { t } = reader
  return (
    <section class="card flow" aria-labelledby="weights">
      <h2 id="weights">{t('market.ranking.weightTitle')}</h2>
      <p class="formula">
        <span class="unbroken">w = min(1, A / 5,000)</span> <span class="unbroken">· (1 + p) / (3 + p)</span>
      </p>
      <p class="small">{t('market.ranking.weightText')}</p>
      <ul class="ticks ok">
        {t.list('market.ranking.weights').map((rule) => (
          <li>
            <Icon name="check" />
            <span>{rule}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Conditions({ reader }: { reader: Reader }) {
  const { t } = reader
  return (
    <section class="card flow" aria-labelledby="counts">
      <h2 id="counts">{t('market.ranking.countsTitle')}</h2>
      <ul class="ticks ok">
        {t.list('market.ranking.counts').map((condition) => (
          <li>
            <Icon name="check" />
            <span>{condition}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** How the order is made: formula, meaning of every sign, and the reason codes. */
export function RankingPage({ reader, cautious }: { reader: Reader; cautious: readonly Category[] }) {
  const { t } = reader
  return (
    <Page styles={profileStyles} reader={reader} title={t('market.ranking.title')} current="ranking">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('market.ranking.title')}</h1>
            <p class="lead">{t('market.ranking.lead')}</p>
          </div>
        </div>
        <div class="cols">
          <div class="stack">
            <Formula reader={reader} />
            <Weights reader={reader} />
            <Conditions reader={reader} />
            <section class="card flow" aria-labelledby="row">
              <h2 id="row">{t('market.ranking.rowTitle')}</h2>
              <p class="small">{t('market.ranking.rowText')}</p>
              <h2>{t('market.ranking.settingTitle')}</h2>
              <p class="small">{t('market.ranking.settingText')}</p>
              {cautious.length === 0 && <p class="small">{t('market.ranking.allBold')}</p>}
              {cautious.map((exam) => (
                <p class="small">{t('market.ranking.cautiousIn', { exam: t(`market.category.${exam}`) })}</p>
              ))}
              <h2>{t('market.ranking.heldOutTitle')}</h2>
              <p class="small">{t('market.ranking.heldOutText')}</p>
            </section>
            <Codes reader={reader} />
          </div>
          <div class="stack plain-words">
            <section class="card flow" aria-labelledby="fade">
              <h2 id="fade">{t('market.ranking.fadeTitle')}</h2>
              <p class="small">{t('market.ranking.fadeText')}</p>
              <FadingWeight t={t} equivalentReviews={TYPICAL_EQUIVALENT_REVIEWS} id="fade-plot" />
            </section>
          </div>
        </div>
      </main>
    </Page>
  )
}
