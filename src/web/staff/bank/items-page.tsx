import type { ItemUse } from '../../../attempt/exposure/store.ts'
import type { Bank } from '../../../item/bank.ts'
import type { Item } from '../../../item/item.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { RowTable } from '../../../platform/page/row-table.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import { staffStyles } from '../../assets.ts'
import type { TextKey } from '../../ui/message.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { excerpt } from './comparison.tsx'
import { StatusChip } from './outcome.tsx'
import type { ItemMatter, ItemQuery } from './search-items.ts'
import { Turn } from './turn.tsx'

export const ITEMS_A_PAGE = 50

interface ItemsProps {
  readonly context: PageContext
  readonly bank: Bank
  readonly query: ItemQuery
  readonly found: readonly Item[]
  readonly matter: ItemMatter
  readonly uses: ReadonlyMap<string, ItemUse>
}

interface Option {
  readonly value: string
  readonly text: string
}

const Select = ({
  name,
  label,
  all,
  value,
  options,
}: {
  name: string
  label: string
  all: string
  value: string | number | undefined
  options: readonly Option[]
}) => (
  <p class="field">
    <label for={`f-${name}`}>{label}</label>
    <select class="input" id={`f-${name}`} name={name}>
      <option value="">{all}</option>
      {options.map((option) => (
        <option value={option.value} selected={option.value === String(value ?? '')}>
          {option.text}
        </option>
      ))}
    </select>
  </p>
)

const present = <T extends string>(values: readonly T[]): T[] => [...new Set(values)]

/** What a phone shows only when it is asked for, or set. */
const FOLDED = ['topic', 'skill', 'type', 'status', 'difficulty', 'only'] as const

const Filters = ({
  context: { t, locale },
  bank: { exam, items },
  query,
}: Pick<ItemsProps, 'context' | 'bank' | 'query'>) => {
  const named = (id: string, name: string | undefined) => ({ value: id, text: name ?? id })
  const all = t('bank.all')
  const texts = <T extends string>(values: readonly T[], key: (value: T) => TextKey) =>
    present(values).map((value) => ({ value, text: t(key(value)) }))
  return (
    <Form method="get" action={`/staff/exams/${exam.id}`} class="card filters folds" role="search">
      <p class="field">
        <label for="f-q">{t('bank.q')}</label>
        <input class="input" id="f-q" type="search" name="q" value={query.q} maxlength={200} autocomplete="off" />
      </p>
      <details open={FOLDED.some((name) => query[name] !== undefined)}>
        <summary>
          <Icon name="right" small />
          {t('bank.moreFilters')}
        </summary>
        <div class="filters">
          <Select
            name="topic"
            label={t('bank.topic')}
            all={all}
            value={query.topic}
            options={exam.sections.map(({ topic, title }) => ({ value: topic, text: title[locale] ?? topic }))}
          />
          <Select
            name="skill"
            label={t('bank.skill')}
            all={all}
            value={query.skill}
            options={exam.skills.map(({ id, name }) => named(id, name[locale]))}
          />
          <Select
            name="type"
            label={t('bank.type')}
            all={all}
            value={query.type}
            options={texts(
              items.map(({ type }) => type),
              (type) => `item.${type}`,
            )}
          />
          <Select
            name="status"
            label={t('bank.status')}
            all={all}
            value={query.status}
            options={texts(
              items.map(({ status }) => status),
              (status) => `item.${status}`,
            )}
          />
          <Select
            name="difficulty"
            label={t('bank.difficulty')}
            all={all}
            value={query.difficulty}
            options={['1', '2', '3', '4', '5'].map((value) => ({ value, text: value }))}
          />
          <Select
            name="only"
            label={t('bank.only')}
            all={all}
            value={query.only}
            options={[
              { value: 'lint', text: t('bank.onlyLint') },
              { value: 'leaked', text: t('bank.onlyLeaked') },
              { value: 'due', text: t('bank.onlyDue') },
            ]}
          />
        </div>
      </details>
      <div class="btns">
        <button class="btn outline s">{t('bank.filter')}</button>
        <a class="btn ghost s" href={`/staff/exams/${exam.id}`}>
          {t('bank.clear')}
        </a>
      </div>
    </Form>
  )
}

const Row = ({
  context,
  exam,
  item,
  lint,
  isLeaked,
  use,
  skillName,
}: {
  context: PageContext
  skillName: string | undefined
  exam: string
  item: Item
  lint: number
  isLeaked: boolean
  use?: ItemUse
}) => {
  const { t, locale } = context
  return (
    <tr role="row">
      <th scope="row" role="rowheader" class="all">
        <a href={`/staff/exams/${exam}/items/${encodeURIComponent(item.id)}`}>{excerpt(item, locale)}</a>
        <span class="sub mono">{item.id}</span>
      </th>
      <td role="cell" class="unbroken" data-label={t('bank.type')}>
        {t(`item.${item.type}`)}
      </td>
      <td role="cell" data-label={t('leaks.skill')}>{`${skillName ?? item.skill ?? '–'} · ${item.difficulty}`}</td>
      <td role="cell" class="num" data-label={t('bank.papers')}>
        {use?.papers ?? 0}
      </td>
      <td role="cell" class="r all chips">
        <StatusChip context={context} status={item.status} />
        {isLeaked && (
          <Chip tone="bad" icon="alert">
            {t('leaks.leaked')}
          </Chip>
        )}
        {lint > 0 && (
          <Chip tone="wait" icon="info">
            {t('bank.lintCount', { count: lint })}
          </Chip>
        )}
      </td>
    </tr>
  )
}

/** The live version's items: search, filters, and what is known of each. */
export const ItemsPage = ({ context, bank, query, found, matter, uses }: ItemsProps) => {
  const { t, locale } = context
  const title = bank.exam.title[locale] ?? bank.exam.id
  const skillNames = new Map(bank.exam.skills.map(({ id, name }) => [id, name[locale] ?? name.ja]))
  const pages = Math.max(1, Math.ceil(found.length / ITEMS_A_PAGE))
  const page = Math.min(query.page, pages)
  const shown = found.slice((page - 1) * ITEMS_A_PAGE, page * ITEMS_A_PAGE)
  return (
    <Page styles={staffStyles} context={context} title={`${t('bank.items')}: ${title}`} tab="/staff/exams" room="staff">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <Crumb href="/staff/exams">{t('bank.title')}</Crumb>
            <h1>{title}</h1>
            <p class="quiet">
              {t('bank.version', { version: bank.exam.version })} ·{' '}
              <a href={`/staff/exams/${bank.exam.id}/versions`}>{t('bank.versions')}</a>
            </p>
          </div>
        </div>
        <div class="stack">
          <Filters context={context} bank={bank} query={query} />
          <section class="card" aria-labelledby="found">
            <div class="card-head">
              <h2 id="found">{t('bank.items')}</h2>
              <span class="sub">{t('bank.count', { shown: found.length, total: bank.items.length })}</span>
            </div>
            {shown.length === 0 ? (
              <p class="quiet">{t('bank.nothing')}</p>
            ) : (
              <RowTable
                caption={t('bank.items')}
                columns={[t('bank.item'), t('bank.type'), t('leaks.skill'), t('bank.papers')]}
                action={t('bank.status')}
              >
                {shown.map((item) => (
                  <Row
                    context={context}
                    exam={bank.exam.id}
                    item={item}
                    lint={matter.lint.filter((note) => note.item === item.id).length}
                    isLeaked={matter.leaked.has(item.id)}
                    use={uses.get(item.id)}
                    skillName={skillNames.get(item.skill ?? '')}
                  />
                ))}
              </RowTable>
            )}
            {pages > 1 && (
              <Turn context={context} of={t('bank.items')} page={page} pages={pages} count={ITEMS_A_PAGE} />
            )}
          </section>
        </div>
      </main>
    </Page>
  )
}
