import { Icon } from './parts/icon.tsx'
import { Page, type Reader } from './parts/layout.tsx'
import { WeightPlot } from './parts/weight-plot.tsx'
import { profileStyles } from './styles.ts'

/** κ of the exams' published starting assumption, to draw the curve with. */
const TYPICAL_EQUIVALENT_REVIEWS = 3.1

function Formula({ reader }: { reader: Reader }) {
  const { ranking } = reader.t
  return (
    <section class="card flow" aria-labelledby="formula">
      <h2 id="formula">{ranking.formulaTitle}</h2>
      <p class="formula">
        <span class="unbroken">q = n · y / (σ² + n)</span> <span class="unbroken">+ m · κ / (κ + n)</span>
      </p>
      <dl class="facts">
        {ranking.formulaLegend.map(([sign, meaning]) => (
          <div>
            <dt>{sign}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Codes({ reader }: { reader: Reader }) {
  const { ranking } = reader.t
  return (
    <section class="card flow" aria-labelledby="codes">
      <h2 id="codes">{ranking.codesTitle}</h2>
      <dl class="facts">
        {ranking.codes.map(([code, meaning]) => (
          <div>
            <dt>
              <code>{code}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Conditions({ reader }: { reader: Reader }) {
  const { ranking } = reader.t
  return (
    <section class="card flow" aria-labelledby="counts">
      <h2 id="counts">{ranking.countsTitle}</h2>
      <ul class="ticks">
        {ranking.counts.map((condition) => (
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
export function RankingPage({ reader }: { reader: Reader }) {
  const { t } = reader
  const { ranking } = t
  return (
    <Page styles={profileStyles} reader={reader} title={ranking.title} current="ranking">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{ranking.title}</h1>
            <p class="lead">{ranking.lead}</p>
          </div>
        </div>
        <div class="columns">
          <div class="stack">
            <Formula reader={reader} />
            <Conditions reader={reader} />
            <section class="card flow" aria-labelledby="trial">
              <h2 id="trial">{ranking.trialTitle}</h2>
              <p class="small-text">{ranking.trialText}</p>
            </section>
            <Codes reader={reader} />
          </div>
          <div class="stack plain-words">
            <section class="card flow" aria-labelledby="fade">
              <h2 id="fade">{ranking.fadeTitle}</h2>
              <p class="small-text">{ranking.fadeText}</p>
              <WeightPlot t={t} equivalentReviews={TYPICAL_EQUIVALENT_REVIEWS} id="fade-plot" />
            </section>
          </div>
        </div>
      </main>
    </Page>
  )
}
