import type { ItemUse } from '../../../attempt/exposure/store.ts'
import type { ItemReport } from '../../../flows/read-item-statistics.ts'
import type { Bank } from '../../../item/bank.ts'
import type { Item } from '../../../item/item.ts'
import type { ItemStep } from '../../../item/publishing/compare-banks.ts'
import type { LintNote } from '../../../item/publishing/store.ts'
import type { Leak } from '../../../item/store.ts'
import { Chip, Note } from '../../../platform/page/state.tsx'
import { Terms } from '../../../platform/page/terms.tsx'
import { staffStyles } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { ItemStatistics } from '../item-statistics.tsx'
import { changedFields } from './comparison.tsx'
import { When } from './exams-page.tsx'
import { StatusChip } from './outcome.tsx'
import { WordingCard } from './wording-card.tsx'

interface ItemProps {
  readonly context: PageContext
  readonly bank: Bank
  readonly item: Item
  readonly use: ItemUse
  readonly leak?: Leak
  readonly history: readonly ItemStep[]
  /** Of this item; undefined where nobody kept what the lint said. */
  readonly lint: readonly LintNote[] | undefined
  /** How this wording did, by language; undefined while the exam was not measured. */
  readonly statistics: ItemReport | undefined
}

const Facts = ({ context: { t, locale }, bank: { exam }, item }: Pick<ItemProps, 'context' | 'bank' | 'item'>) => {
  const skill = exam.skills.find(({ id }) => id === item.skill)
  const section = exam.sections.find(({ topic }) => topic === item.topic)
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    [t('bank.type'), t(`item.${item.type}`)],
    [t('bank.topic'), section?.title[locale] ?? item.topic],
    [t('bank.skill'), item.skill && `${item.skill} ${skill?.name[locale] ?? ''}`],
    [t('bank.level'), item.level && t(`item.${item.level}`)],
    [t('bank.difficulty'), item.difficulty],
    [t('bank.points'), item.points],
    [t('bank.seconds'), item.seconds],
    [t('bank.itemVersion'), item.version],
    [t('bank.reviewBy'), item.reviewBy],
    [t('bank.enemies'), item.enemies.join(', ')],
  ]
  return (
    <section class="card" aria-label={item.id}>
      <Terms className="kv" terms={facts.filter(([, value]) => value !== undefined && value !== '')} />
    </section>
  )
}

const History = ({ context, history }: Pick<ItemProps, 'context' | 'history'>) => {
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
          </li>
        ))}
      </ul>
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

const Statistics = ({ context, statistics }: Pick<ItemProps, 'context' | 'statistics'>) => {
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
          {statistics.items.map((measured) => (
            <ItemStatistics context={context} item={measured} />
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

/** One item: both languages as candidates read them, its key behind a click, what is known of its use, and its life. */
export const ItemPage = ({ context, bank, item, use, leak, history, lint, statistics }: ItemProps) => {
  const { t, locale } = context
  const { exam } = bank
  return (
    <Page
      styles={staffStyles}
      context={context}
      title={`${item.id}: ${exam.title[locale] ?? exam.id}`}
      tab="/staff/exams"
      room="staff"
    >
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <p class="quiet">
              <a href={`/staff/exams/${exam.id}`}>{exam.title[locale] ?? exam.id}</a>
            </p>
            <h1>{item.id}</h1>
            <p class="chips">
              <StatusChip context={context} status={item.status} />
              {leak && (
                <Chip tone="bad" icon="alert">
                  {t('leaks.leaked')}
                </Chip>
              )}
            </p>
          </div>
        </div>
        <div class="stack">
          {leak && (
            <Note tone="bad" icon="alert">
              <p>
                {t('leaks.found')} <When context={context} at={leak.leakedAt} /> · {leak.why}
              </p>
            </Note>
          )}
          <h2 class="unseen">{t('bank.stem')}</h2>
          <div class="abreast">
            {(['ja', 'en'] as const).map((language) => {
              const wording = item.wordings[language]
              return wording && <WordingCard context={context} of={item.id} locale={language} wording={wording} />
            })}
          </div>
          <Statistics context={context} statistics={statistics} />
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
              <History context={context} history={history} />
            </div>
          </div>
        </div>
      </main>
    </Page>
  )
}
