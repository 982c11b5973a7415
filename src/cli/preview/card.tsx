import type { ItemVariant } from '../../authoring/compare-locales.ts'
import { sha256 } from '../../authoring/content-hash.ts'
import type { Diagnostic } from '../../authoring/diagnostic.ts'
import { LEVEL_WORDS } from '../../authoring/keywords.data.ts'
import type { Language } from '../../authoring/said.ts'
import { TYPE_WORDS } from '../../authoring/written-types.ts'
import { placeAsWritten } from '../../form/place-as-written.ts'
import { presentItem } from '../../form/present-form.ts'
import { drawValues, settleWording } from '../../item/draw-values.ts'
import type { Values } from '../../item/expression.ts'
import type { Locale, LocaleText } from '../../item/item.ts'
import { STATUS_WORDS } from '../../item/source/status-words.data.ts'
import { randomFrom } from '../../kernel/random.ts'
import { CandidateView } from '../../web/candidate/runner/candidate-view.tsx'
import { textsOf as textsOfExam } from '../../web/ui/message.ts'
import { type Translate, textsOf } from '../texts.ts'
import type { ItemCard } from './exam-view.ts'
import { SecretView } from './key-view.tsx'
import { StatisticsCard } from './statistics-card.tsx'

export interface CardProps {
  readonly card: ItemCard
  readonly locales: readonly Locale[]
  readonly skills: ReadonlyMap<string, LocaleText>
  readonly language: Language
  /** Which draw of a parametric item is shown, from 0. */
  readonly draw: number
}

/** What was found, with where it stands. */
export const FindingList = ({ findings, t }: { findings: readonly Diagnostic[]; t: Translate }) => (
  <ul class="found">
    {findings.map(({ severity, rule, message, suggestion, file, line, column }) => (
      <li data-severity={severity}>
        <p>
          <b>{t(`preview.${severity}`)}</b> {message}
        </p>
        {suggestion && <p>{`⇒ ${suggestion}`}</p>}
        <p class="tiny">
          <code>{`${file}:${line}:${column}`}</code>{' '}
          <a href={`/rules/${rule}`}>
            <code>{rule}</code>
          </a>
        </p>
      </li>
    ))}
  </ul>
)

/** The same numbers in every locale, as on a paper. */
const valuesOf = ({ id, compiled }: ItemCard, draw: number): Values => {
  const variables = compiled.variants.find(({ wording }) => wording)?.wording?.variables ?? []
  return drawValues(variables, randomFrom(sha256(`${id} ${draw}`).slice(0, 32)))
}

function Side({ card, variant, values, t }: { card: ItemCard; variant: ItemVariant; values: Values; t: Translate }) {
  const { wording, locale } = variant
  if (!wording) return <p class="note bad">{t('preview.broken')}</p>
  const { stem, key } = settleWording(wording, values)
  const points = card.compiled.item?.points ?? 1
  return (
    <>
      <div class="candidate js">
        <CandidateView
          item={presentItem(placeAsWritten(`${card.id}-${locale}`, stem), stem, points)}
          locale={locale}
          number={card.number}
          total={card.total}
          t={textsOfExam(locale)}
        />
      </div>
      <SecretView stem={stem} settled={key} secret={wording.secret} locale={locale} t={t} />
    </>
  )
}

function factsOf(
  { compiled, status }: ItemCard,
  skills: CardProps['skills'],
  language: Language,
  t: Translate,
): string[] {
  const { item } = compiled
  if (!item) return [STATUS_WORDS[status][language]]
  const skill = item.skill && `${item.skill} ${skills.get(item.skill)?.[language] ?? ''}`.trim()
  return [
    TYPE_WORDS[item.type][language],
    STATUS_WORDS[status][language],
    t('preview.points', { points: item.points }),
    t('preview.difficulty', { difficulty: item.difficulty }),
    item.level && LEVEL_WORDS[item.level][language],
    skill,
    `v${item.version}`,
  ].filter((fact) => fact !== undefined && fact !== '') as string[]
}

/** One item: its locales side by side as candidates see them, and what its author wants to know. */
export function Card({ card, locales, skills, language, draw }: CardProps) {
  const t = textsOf(language)
  const values = valuesOf(card, draw)
  const drawn = Object.entries(values)
  const title =
    (card.compiled.variants.find(({ locale }) => locale === language) ?? card.compiled.variants[0])?.source.title ?? ''
  return (
    <article
      class="item"
      id={card.id}
      data-print={card.print}
      data-draw={String(draw)}
      aria-labelledby={`${card.id}-t`}
    >
      <header>
        <h2 id={`${card.id}-t`}>
          <code>{card.id}</code> {title}
        </h2>
        <p class="tiny">{factsOf(card, skills, language, t).join(' · ')}</p>
        {drawn.length > 0 && (
          <p class="numbers">
            <button type="button" class="btn ghost xs" data-redraw>
              {t('preview.draw')}
            </button>
            <span class="tiny">{`${t('preview.values')}：${drawn.map(([name, value]) => `${name} = ${value}`).join(', ')}`}</span>
          </p>
        )}
      </header>
      {card.findings.length > 0 && <FindingList findings={card.findings} t={t} />}
      <StatisticsCard rows={card.statistics} compiled={card.compiled} locales={locales} language={language} />
      <div class="sides">
        {locales.map((locale) => {
          const variant = card.compiled.variants.find((one) => one.locale === locale)
          return (
            <section class="oneside" data-locale={locale} aria-label={`${card.id} ${textsOf(locale)('cli.language')}`}>
              {variant ? (
                <Side card={card} variant={variant} values={values} t={t} />
              ) : (
                <p class="tiny gone">{t('preview.missing')}</p>
              )}
            </section>
          )
        })}
      </div>
    </article>
  )
}
