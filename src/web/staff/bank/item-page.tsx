import type { ItemUse } from '../../../attempt/exposure/store.ts'
import type { ItemReport } from '../../../flows/read-item-statistics.ts'
import type { MeasuredPoint } from '../../../flows/read-today.ts'
import type { Bank } from '../../../item/bank.ts'
import type { Item, Locale } from '../../../item/item.ts'
import type { ItemStep } from '../../../item/publishing/compare-banks.ts'
import type { LintNote } from '../../../item/publishing/store.ts'
import type { Leak } from '../../../item/store.ts'
import { FEWEST_FOR_DISCRIMINATION } from '../../../measurement/item-analysis.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Chip, Note } from '../../../platform/page/state.tsx'
import { Terms } from '../../../platform/page/terms.tsx'
import { nameOfLanguage } from '../../../platform/page/words.ts'
import { staffStyles } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { FigureTiles, fewText, percent, rangeText, type Tile } from '../figure-tiles.tsx'
import { signed } from '../item-map.tsx'
import { FlagChip, ItemStatistics } from '../item-statistics.tsx'
import { itemHref } from '../scope.tsx'
import { changedFields, shortTitle } from './comparison.tsx'
import { When } from './exams-page.tsx'
import { StatusChip } from './outcome.tsx'
import { WordingCard } from './wording-card.tsx'

/** The order in which an item's languages stand. */
const written: readonly Locale[] = ['ja', 'en']

interface ItemProps {
  readonly context: PageContext
  readonly bank: Bank
  readonly item: Item
  readonly use: ItemUse
  readonly leak?: Leak
  readonly history: readonly ItemStep[]
  /** Whether there is more of it than is shown. */
  readonly hasEarlier: boolean
  /** Of this item; undefined where nobody kept what the lint said. */
  readonly lint: readonly LintNote[] | undefined
  /** How this wording did, by language; undefined while the exam was not measured. */
  readonly statistics: ItemReport | undefined
  /** The flagged items before and after this one, in the order of the list. */
  readonly previous?: FlaggedPlace | undefined
  readonly next?: FlaggedPlace | undefined
  /** Of which the figures stand first; of most papers where none is asked for. */
  readonly language?: Locale | undefined
}

/** A flagged item, and the language in which it is. */
type FlaggedPlace = Pick<MeasuredPoint, 'exam' | 'item' | 'locale'>

const Facts = ({
  context: { t, locale },
  bank: { exam, items },
  item,
}: Pick<ItemProps, 'context' | 'bank' | 'item'>) => {
  const skill = exam.skills.find(({ id }) => id === item.skill)
  const enemies = items.filter(({ id }) => item.enemies.includes(id))
  const section = exam.sections.find(({ topic }) => topic === item.topic)
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    [t('bank.type'), t(`item.${item.type}`)],
    [t('bank.topic'), section?.title[locale] ?? item.topic],
    [t('bank.skill'), item.skill && (skill ? `${skill.name[locale] ?? skill.name.ja} (${item.skill})` : item.skill)],
    [t('bank.level'), item.level && t(`item.${item.level}`)],
    [t('bank.difficulty'), item.difficulty],
    [t('bank.points'), item.points],
    [t('bank.seconds'), item.seconds],
    [t('bank.itemVersion'), item.version],
    [t('bank.reviewBy'), item.reviewBy],
  ]
  return (
    <section class="card" aria-label={item.id}>
      <Terms className="kv" terms={facts.filter(([, value]) => value !== undefined && value !== '')} />
      {enemies.length > 0 && (
        <>
          <h2>{t('bank.enemies')}</h2>
          <ul class="ways">
            {enemies.map((enemy) => (
              <li>
                <a href={`/staff/exams/${exam.id}/items/${encodeURIComponent(enemy.id)}`}>
                  {shortTitle(enemy, locale)}
                </a>{' '}
                <span class="sub mono">{enemy.id}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

const History = ({
  context,
  bank,
  item,
  history,
  hasEarlier,
  statistics,
}: Pick<ItemProps, 'context' | 'bank' | 'item' | 'history' | 'hasEarlier' | 'statistics'>) => {
  const { t } = context
  return (
    <section class="card" aria-labelledby="history">
      <h2 id="history">{t('bank.history')}</h2>
      <ul class="log">
        {history.map(({ step, examVersion, itemVersion, publishedAt, facts }) => (
          <li>
            <When context={context} at={publishedAt} />
            <b>{t('bank.version', { version: examVersion })}</b>
            {itemVersion !== undefined && ` · v${itemVersion}`}
            <span class="line">
              {step === 'came'
                ? t('bank.historyFirst')
                : step === 'went'
                  ? t('bank.historyGone')
                  : t('bank.historyChanged', { fields: changedFields(context, facts) })}
            </span>
            {statistics?.versions
              .filter(({ version }) => version === itemVersion)
              .map(({ locale, n, facility }) => (
                <span class="line tiny">
                  {n < FEWEST_FOR_DISCRIMINATION
                    ? `${nameOfLanguage(locale)} ${fewText(context, n)}`
                    : t('bank.historyFacility', {
                        language: nameOfLanguage(locale),
                        n,
                        value: percent(facility.value),
                        low: percent(facility.low),
                        high: percent(facility.high),
                      })}
                </span>
              ))}
          </li>
        ))}
      </ul>
      {hasEarlier && (
        <p>
          <a href={`/staff/exams/${bank.exam.id}/items/${encodeURIComponent(item.id)}?history=all#history`}>
            {t('bank.historyEarlier')}
          </a>
        </p>
      )}
    </section>
  )
}

const Lint = ({ context: { t }, lint }: Pick<ItemProps, 'context' | 'lint'>) => (
  <section class="card" aria-labelledby="lint">
    <h2 id="lint">{t('bank.lint')}</h2>
    {lint === undefined || lint.length === 0 ? (
      <p class="quiet">{t(lint === undefined ? 'bank.lintUnknown' : 'bank.lintNone')}</p>
    ) : (
      <ul class="log">
        {lint.map(({ rule, where, message }) => (
          <li>
            <code>{rule}</code> <span class="sub">{where}</span>
            <p>{message}</p>
          </li>
        ))}
      </ul>
    )}
  </section>
)

const Statistics = ({ context, item, statistics }: Pick<ItemProps, 'context' | 'item' | 'statistics'>) => {
  const { t } = context
  const asOf = statistics && (
    <p class="quiet">
      {t('statistics.asOf', { papers: statistics.papers })} <When context={context} at={statistics.at} />
    </p>
  )
  if (statistics && statistics.items.length > 0)
    return (
      <>
        {asOf}
        <div class="abreast">
          {statistics.items
            .toSorted((a, b) => written.indexOf(a.locale) - written.indexOf(b.locale))
            .map((measured) => (
              <ItemStatistics
                context={context}
                item={measured}
                rationale={item.wordings[measured.locale]?.secret.rationale ?? ''}
              />
            ))}
        </div>
      </>
    )
  return (
    <section class="card" aria-labelledby="statistics">
      <h2 id="statistics">{t('statistics.title')}</h2>
      <p class="quiet">{t('bank.noStatistics')}</p>
      {asOf}
    </section>
  )
}

const few = (context: PageContext, n: number) => ({ value: '–', note: fewText(context, n) })

/** The figures of the language that is asked for, or in which most people met it. */
const ItemTiles = ({
  context,
  item,
  use,
  statistics,
  language,
}: Pick<ItemProps, 'context' | 'item' | 'use' | 'statistics' | 'language'>) => {
  const { t } = context
  const isAsked = ({ locale }: { readonly locale: Locale }): number => (locale === language ? 1 : 0)
  const [most] = [...(statistics?.items ?? [])].sort((a, b) => isAsked(b) - isAsked(a) || b.n - a.n)
  const n = most?.n ?? 0
  const isKnown = most !== undefined && n >= FEWEST_FOR_DISCRIMINATION
  const { facility, discrimination, medianSeconds, unanswered = 0, flags = [] } = most ?? {}
  const isWrong = flags.includes('negative-discrimination')
  const tiles: readonly Tile[] = [
    {
      name: t('leaks.papers'),
      value: use.papers,
      unit: t('today.times'),
      note: most ? t('items.measured', { n, language: nameOfLanguage(most.locale) }) : t('items.mapNone'),
    },
    {
      name: t('statistics.facility'),
      isFlagged: flags.some((flag) => flag === 'too-easy' || flag === 'too-hard'),
      ...(isKnown && facility
        ? { value: percent(facility.value), unit: '%', note: rangeText(context, facility) }
        : few(context, n)),
    },
    {
      name: t('statistics.discrimination'),
      isFlagged: isWrong || flags.includes('low-discrimination'),
      ...(isKnown && discrimination
        ? {
            value: signed(discrimination.value),
            note: t('items.interval', { low: signed(discrimination.low), high: signed(discrimination.high) }),
          }
        : few(context, n)),
    },
    {
      name: t('statistics.seconds'),
      ...(isKnown && medianSeconds !== undefined
        ? { value: Math.round(medianSeconds), unit: t('items.seconds') }
        : few(context, n)),
      ...(item.seconds === undefined ? {} : { note: t('items.meant', { seconds: item.seconds }) }),
    },
    {
      name: t('statistics.unanswered'),
      ...(isKnown
        ? { value: percent(unanswered), unit: '%', note: t('items.ofPapers', { n, left: Math.round(unanswered * n) }) }
        : few(context, n)),
    },
  ]
  return <FigureTiles label={t('today.figures')} tiles={tiles} />
}

/** One item: both languages as candidates read them, its key behind a click, what is known of its use, and its life. */
export const ItemPage = (props: ItemProps) => {
  const { context, bank, item, use, leak, history, hasEarlier, lint, statistics, previous, next, language } = props
  const { t, locale } = context
  const { exam } = bank
  return (
    <Page
      styles={staffStyles}
      context={context}
      title={`${shortTitle(item, locale)}: ${exam.title[locale] ?? exam.id}`}
      tab="/staff/items"
      room="staff"
    >
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <p class="quiet">
              <a href={`/staff/items?${new URLSearchParams({ exam: exam.id, ...(language ? { language } : {}) })}`}>
                {t('items.all')}
              </a>{' '}
              · <a href={`/staff/exams/${exam.id}`}>{exam.title[locale] ?? exam.id}</a> ·{' '}
              <span class="mono">{item.id}</span>
            </p>
            <h1>{shortTitle(item, locale)}</h1>
            <p class="chips">
              <StatusChip context={context} status={item.status} />
              {[...new Set(statistics?.items.flatMap(({ flags }) => flags))].map((flag) => (
                <FlagChip context={context} flag={flag} />
              ))}
              <Chip icon="page">{t(`item.${item.type}`)}</Chip>
              {leak && (
                <Chip tone="bad" icon="alert">
                  {t('leaks.leaked')}
                </Chip>
              )}
            </p>
          </div>
          <div class="btns">
            {previous !== undefined && (
              <a class="btn ghost s" href={itemHref(previous)} rel="prev">
                <Icon name="left" small />
                {t('items.previousFlagged')}
              </a>
            )}
            {next !== undefined && (
              <a class="btn ghost s" href={itemHref(next)} rel="next">
                {t('items.nextFlagged')}
                <Icon name="right" small />
              </a>
            )}
            {item.status === 'live' && (
              <Form method="post" action={`/staff/exams/${exam.id}/items/${encodeURIComponent(item.id)}/rest`}>
                <button class="btn ghost s">
                  <Icon name="pause" small />
                  {t('items.rest')}
                </button>
              </Form>
            )}
            <a class="btn ghost s" href={`/staff/desk/${exam.id}?${new URLSearchParams({ q: item.id })}`}>
              <Icon name="pen" small />
              {t('items.edit')}
            </a>
          </div>
        </div>
        <div class="stack">
          <ItemTiles context={context} item={item} use={use} statistics={statistics} language={language} />
          {leak && (
            <Note tone="bad" icon="alert">
              <p>
                {t('leaks.found')} <When context={context} at={leak.leakedAt} /> · {leak.why}
              </p>
            </Note>
          )}
          <h2 class="unseen">{t('bank.stem')}</h2>
          <div class="abreast">
            {written.map((language) => {
              const wording = item.wordings[language]
              return wording && <WordingCard context={context} of={item.id} locale={language} wording={wording} />
            })}
          </div>
          <Statistics context={context} item={item} statistics={statistics} />
          <div class="abreast">
            <div class="stack">
              <Facts context={context} bank={bank} item={item} />
              <section class="card" aria-labelledby="exposure">
                <h2 id="exposure">{t('bank.exposure')}</h2>
                <p>{t('bank.exposureFigures', { ...use })}</p>
              </section>
            </div>
            <div class="stack">
              <Lint context={context} lint={lint} />
              <History
                context={context}
                bank={bank}
                item={item}
                history={history}
                hasEarlier={hasEarlier}
                statistics={statistics}
              />
            </div>
          </div>
        </div>
      </main>
    </Page>
  )
}
