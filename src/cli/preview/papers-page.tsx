import type { Language } from '../../authoring/said.ts'
import type { FormSimulation } from '../../form/simulate-forms.ts'
import type { Locale } from '../../item/item.ts'
import { Terms } from '../../platform/page/terms.tsx'
import { type Translate, textsOf } from '../texts.ts'
import type { ExamView } from './exam-view.ts'
import { binsOf, Histogram, RankCurve, ShareBars } from './plots.tsx'
import { inLanguage } from './preview-page.tsx'

interface PapersProps {
  readonly exam: ExamView
  /** Those that papers are drawn in. */
  readonly locales: readonly Locale[]
  readonly locale: Locale
  /** Which trial this is, from 1. */
  readonly trial: number
  readonly simulated: FormSimulation
  readonly language: Language
}

const share = (value: number): string => `${(100 * value).toFixed(1)}%`
const whole = (value: number): string => `${Math.round(100 * value)}%`
const hundredths = (value: number): string => value.toFixed(2)

/** The figures of a plot, closed until asked for. */
const Figures = ({
  head,
  rows,
  t,
}: {
  head: readonly string[]
  rows: readonly (readonly string[])[]
  t: Translate
}) => (
  <details>
    <summary>{t('preview.data')}</summary>
    <div class="numeric" tabindex={0} role="region" aria-label={`${t('preview.data')}：${head.join('・')}`}>
      <table class="table">
        <thead>
          <tr>
            {head.map((name, i) => (
              <th scope="col" class={i === 0 ? undefined : 'r'}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr>
              {cells.map((cell, i) =>
                i === 0 ? (
                  <th scope="row">{cell}</th>
                ) : (
                  <td class="r" data-label={head[i]}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </details>
)

const describe = (values: readonly number[], format: (value: number) => string, mean: number, t: Translate): string =>
  t('preview.describe', {
    count: values.length,
    low: format(Math.min(...values)),
    high: format(Math.max(...values)),
    mean: format(mean),
  })

const binRows = (values: readonly number[], format: (value: number) => string) =>
  binsOf(values).map(({ low, high, count }) => [
    low === high ? format(low) : `${format(low)}–${format(high)}`,
    String(count),
  ])

const Facts = ({ facts }: { facts: readonly (readonly [string, string])[] }) => (
  <Terms className="facts" terms={facts} />
)

const Difficulty = ({ simulated: { difficulty }, t }: { simulated: FormSimulation; t: Translate }) => (
  <section class="card">
    <h2>{t('preview.difficultyTitle')}</h2>
    <p class="tiny">{t('preview.difficultyText')}</p>
    <Histogram
      id="difficulty"
      title={t('preview.difficultyTitle')}
      description={describe(difficulty.means, hundredths, difficulty.mean, t)}
      axis={t('preview.difficultyAxis')}
      format={hundredths}
      bins={binsOf(difficulty.means)}
      marks={[{ at: difficulty.mean, label: `${t('preview.mean')} ${hundredths(difficulty.mean)}` }]}
    />
    <Figures
      head={[t('preview.range'), t('preview.paperCount')]}
      rows={binRows(difficulty.means, (value) => value.toFixed(3))}
      t={t}
    />
  </section>
)

const Overlap = ({
  simulated: { overlap },
  cap,
  t,
}: {
  simulated: FormSimulation
  cap: number | undefined
  t: Translate
}) => (
  <section class="card">
    <h2>{t('preview.overlap')}</h2>
    <p class="tiny">{t('preview.overlapText')}</p>
    <Histogram
      id="overlap"
      title={t('preview.overlap')}
      description={describe(overlap.shares, share, overlap.mean, t)}
      axis={t('preview.overlapAxis')}
      format={whole}
      bins={binsOf(overlap.shares)}
      marks={[
        { at: overlap.mean, label: `${t('preview.mean')} ${share(overlap.mean)}` },
        { at: overlap.p95, label: `${t('preview.p95')} ${share(overlap.p95)}` },
        ...(cap === undefined ? [] : [{ at: cap, label: `${t('preview.cap')} ${share(cap)}`, isCap: true }]),
      ]}
    />
    <Figures head={[t('preview.range'), t('preview.pairs')]} rows={binRows(overlap.shares, share)} t={t} />
  </section>
)

const Exposure = ({ simulated: { exposure }, t }: { simulated: FormSimulation; t: Translate }) => {
  const shares = exposure.map((one) => one.share)
  const mean = shares.reduce((sum, one) => sum + one, 0) / Math.max(1, shares.length)
  return (
    <section class="card long">
      <h2>{t('preview.exposure')}</h2>
      <p class="tiny">{`${t('preview.exposureText')} ${t('preview.never', { count: shares.filter((one) => one === 0).length })}`}</p>
      <RankCurve
        id="exposure"
        title={t('preview.exposure')}
        description={describe(shares, share, mean, t)}
        axis={t('preview.exposureAxis')}
        format={whole}
        values={shares}
      />
      <Figures
        head={[t('preview.item'), t('preview.topic'), t('preview.difficultyTitle'), t('preview.share')]}
        rows={exposure.map((one) => [one.item, one.topic, String(one.difficulty), share(one.share)])}
        t={t}
      />
    </section>
  )
}

const Coverage = ({
  exam,
  simulated,
  language,
  t,
}: Pick<PapersProps, 'exam' | 'simulated' | 'language'> & { t: Translate }) => {
  const rows = [...simulated.coverage]
    .sort((a, b) => b.share - a.share)
    .map((one) => ({
      name: `${one.isCritical ? '★ ' : ''}${one.skill} ${inLanguage(exam.skills.get(one.skill) ?? {}, language, '')}`.trim(),
      share: one.share,
    }))
  const shares = rows.map((row) => row.share)
  const mean = shares.reduce((sum, one) => sum + one, 0) / Math.max(1, shares.length)
  if (rows.length === 0) return null
  return (
    <section class="card long">
      <h2 id="coverage-title">{t('preview.coverage')}</h2>
      <p class="tiny">{`${t('preview.coverageText')} ${t('preview.fewest', { count: simulated.fewestCritical })}`}</p>
      <ShareBars
        id="coverage"
        title={t('preview.coverage')}
        description={describe(shares, share, mean, t)}
        rows={rows}
      />
      <Figures
        head={[t('preview.skill'), t('preview.share')]}
        rows={rows.map((row) => [row.name, share(row.share)])}
        t={t}
      />
    </section>
  )
}

/** What many papers drawn from a bank come to, as plots with their figures. */
export function Papers({ exam, locales, locale, trial, simulated, language }: PapersProps) {
  const t = textsOf(language)
  const { papers, exposure, overlap, difficulty } = simulated
  const address = (change: Readonly<Record<string, string>>) =>
    `/papers?${new URLSearchParams({ exam: exam.id, locale, ...change })}`
  return (
    <>
      <p class="lead">{t('preview.papersLead', { papers, items: exposure.length })}</p>
      <div class="switches">
        {locales.length > 1 && (
          <nav class="filt" aria-label={t('preview.language')}>
            {locales.map((one) => (
              <a href={address({ locale: one })} aria-current={one === locale ? 'true' : undefined}>
                {textsOf(one)('cli.language')}
              </a>
            ))}
          </nav>
        )}
        <a class="btn ghost xs" href={address({ trial: String(trial + 1) })}>
          {t('preview.again')}
        </a>
      </div>
      <Facts
        facts={[
          [`${t('preview.overlap')}（${t('preview.mean')}）`, share(overlap.mean)],
          [`${t('preview.overlap')}（${t('preview.most')}）`, share(overlap.most)],
          [t('preview.difficultyTitle'), hundredths(difficulty.mean)],
          [`${t('preview.difficultyTitle')}（${t('preview.sd')}）`, difficulty.sd.toFixed(3)],
          [`${t('preview.exposure')}（${t('preview.most')}）`, share(exposure[0]?.share ?? 0)],
        ]}
      />
      <div class="figures">
        <Overlap simulated={simulated} cap={exam.bank?.exam.mostOverlap} t={t} />
        <Difficulty simulated={simulated} t={t} />
        <Coverage exam={exam} simulated={simulated} language={language} t={t} />
        <Exposure simulated={simulated} t={t} />
      </div>
    </>
  )
}

export const PapersRefused = ({ text }: { text: string }) => <p class="note bad">{text}</p>
