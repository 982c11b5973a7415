import { Icon } from './parts/icon.tsx'
import { WeightPlot } from './parts/weight-plot.tsx'
import { Page, type Reader } from './parts/layout.tsx'

/** κ of the exams' published starting assumption, to draw the curve with. */
const TYPICAL_EQUIVALENT_REVIEWS = 3.1

function Formula({ reader }: { reader: Reader }) {
  const { ranking } = reader.t
  return (
    <section class="card flow" aria-labelledby="formula">
      <h2 id="formula">{ranking.formulaTitle}</h2>
      <p class="formula">q = n · ȳ / (σ² + n) + m · κ / (κ + n)</p>
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
      <ul class="reasons">
        {ranking.codes.map(([code, meaning]) => (
          <li>
            <span />
            <span>
              {meaning}
              <code>{code}</code>
            </span>
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
    <Page reader={reader} title={ranking.title} current="ranking">
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
            <section class="card flow" aria-labelledby="trial">
              <h2 id="trial">{ranking.trialTitle}</h2>
              <p class="small-text">{ranking.trialText}</p>
            </section>
          </div>
          <div class="stack plain-words">
            <section class="card flow" aria-labelledby="fade">
              <h2 id="fade">{ranking.fadeTitle}</h2>
              <p class="small-text">{ranking.fadeText}</p>
              <WeightPlot t={t} equivalentReviews={TYPICAL_EQUIVALENT_REVIEWS} reviews={0} id="fade-plot" />
            </section>
            <Codes reader={reader} />
          </div>
        </div>
      </main>
    </Page>
  )
}
