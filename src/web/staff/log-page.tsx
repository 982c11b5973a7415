import { ACTS, type Act } from '../../audit/entry.ts'
import type { LogLine, LogParty, LogPage as LogView } from '../../flows/read-log.ts'
import type { Bank } from '../../item/bank.ts'
import { dayText, secondsText, timeAttribute } from '../../platform/page/dates.ts'
import { Form } from '../../platform/page/form.tsx'
import { Cell, type Column, RowTable } from '../../platform/page/row-table.tsx'
import { Note } from '../../platform/page/state.tsx'
import { staffStyles } from '../assets.ts'
import type { TextKey } from '../ui/message.ts'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { shortTitle } from './bank/comparison.tsx'
import { titleOf } from './scope.tsx'

interface LogProps {
  readonly context: PageContext
  /** Undefined where the filter was not understood. */
  readonly view: LogView | undefined
  /** What was asked for, as it was typed. */
  readonly asked: Readonly<Record<string, string>>
  /** The live versions, which say what exams and items are called. */
  readonly banks: readonly Bank[]
}

const isKnownAct = (act: string): act is Act => (ACTS as readonly string[]).includes(act)

interface PartyProps {
  readonly context: PageContext
  readonly party: LogParty
  readonly names: LogView['names']
}

const Party = ({ context: { t }, party, names }: PartyProps) => {
  if ('machine' in party) return <span>{t(`log.who.${party.machine}`)}</span>
  if (!('person' in party)) return <span class="sub">{t('log.erased')}</span>
  const name = names.get(party.person)
  return (
    <>
      <bdi>{name ?? party.person}</bdi>
      {name !== undefined && <small class="sub">{party.person}</small>}
    </>
  )
}

/** Where the thing that an act is about is shown, by the kind that its id names. */
const pages: readonly (readonly [kind: RegExp, href: (id: string) => string])[] = [
  [/^att_\w+$/, (id) => `/staff/attempts?${new URLSearchParams({ q: id, open: id })}`],
  [/^crd_\w+$/, (id) => `/staff/credentials/${id}`],
  [/^prp_\w+$/, (id) => `/staff/proposals/${id}`],
]

/** What an exam or an item is called, and its page. */
function nameOf(context: PageContext, banks: readonly Bank[], { object = '', facts }: LogLine) {
  const [first = '', second] = object.split('/')
  const bank = banks.find(({ exam }) => exam.id === first || exam.id === facts?.exam)
  if (!bank) return undefined
  const { exam, items } = bank
  const item = items.find(({ id }) => id === object || (exam.id === first && id === second))
  if (item)
    return {
      name: shortTitle(item, context.locale),
      href: `/staff/exams/${exam.id}/items/${encodeURIComponent(item.id)}`,
    }
  return exam.id === first ? { name: titleOf(context, exam), href: `/staff/exams/${exam.id}/versions` } : undefined
}

/** What an act is about, by its name where it has one, the id beside it. */
const Thing = ({ context, banks, line }: { context: PageContext; banks: readonly Bank[]; line: LogLine }) => {
  const { object = '' } = line
  const [, hrefOf] = pages.find(([kind]) => kind.test(object)) ?? []
  const named = nameOf(context, banks, line)
  return (
    <>
      {named && (
        <span class="sub">
          <a href={named.href}>{named.name}</a>
        </span>
      )}
      <small class="sub mono">{hrefOf ? <a href={hrefOf(object)}>{object}</a> : <bdi>{object}</bdi>}</small>
    </>
  )
}

const factNames: Readonly<Record<string, TextKey>> = {
  role: 'log.fact.role',
  exam: 'log.fact.exam',
  version: 'log.fact.version',
  item: 'log.fact.item',
  deadline: 'log.fact.deadline',
  timeMultiplier: 'log.fact.timeMultiplier',
  attempts: 'log.fact.attempts',
  from: 'log.fact.from',
  to: 'log.fact.to',
  use: 'log.fact.use',
  cause: 'log.fact.cause',
  credential: 'log.fact.credential',
  policy: 'log.fact.policy',
  case: 'log.fact.case',
  hash: 'log.fact.hash',
}

/** What was noted of an act besides, for those who look closer: codes are shown as they were written down. */
const Facts = ({
  context,
  banks,
  facts,
}: {
  context: PageContext
  banks: readonly Bank[]
  facts: NonNullable<LogLine['facts']>
}) => {
  const { t } = context
  const said = (name: string, value: unknown): string => {
    const exam = name === 'exam' ? banks.find((bank) => bank.exam.id === value)?.exam : undefined
    if (exam) return titleOf(context, exam)
    return name === 'hash' ? String(value).slice(0, 12) : String(value)
  }
  return (
    <bdi class="sub">
      {Object.entries(facts)
        .map(([name, value]) => {
          const key = factNames[name]
          return `${key ? t(key) : name} ${said(name, value)}`
        })
        .join(' · ')}
    </bdi>
  )
}

const columnKeys = ['log.at', 'log.act', 'log.who', 'log.about', 'log.why'] as const

const Lines = ({
  context,
  view: { entries, names },
  banks,
}: {
  context: PageContext
  view: LogView
  banks: readonly Bank[]
}) => {
  const { t, locale } = context
  const columns = columnKeys.map((key): Column => ({ title: t(key) }))
  const [at, , who, about, reason] = columns as [Column, Column, Column, Column, Column]
  return (
    <RowTable caption={t('log.title')} columns={columns}>
      {entries.map((line) => (
        <tr role="row">
          <Cell column={at}>
            <time class="num" datetime={timeAttribute(line.at)}>
              <span class="unbroken">{dayText(locale, line.at)}</span>{' '}
              <span class="sub">{secondsText(locale, line.at)}</span>
            </time>
          </Cell>
          <th scope="row" role="rowheader" class="all">
            <b>{isKnownAct(line.act) ? t(`log.act.${line.act}`) : line.act}</b>
            {line.object !== undefined && <Thing context={context} banks={banks} line={line} />}
            {line.facts && Object.keys(line.facts).length > 0 && (
              <Facts context={context} banks={banks} facts={line.facts} />
            )}
          </th>
          <Cell column={who}>
            <Party context={context} party={line.actor} names={names} />
          </Cell>
          <Cell column={about} empty={line.subject === undefined}>
            {line.subject && <Party context={context} party={line.subject} names={names} />}
          </Cell>
          <Cell column={reason} empty={!line.why}>
            {line.why && <bdi>{line.why}</bdi>}
          </Cell>
        </tr>
      ))}
    </RowTable>
  )
}

const Filter = ({ context: { t }, asked }: Pick<LogProps, 'context' | 'asked'>) => (
  <Form method="get" action="/staff/log" class="card filters" role="search">
    {(['who', 'about'] as const).map((name) => (
      <p class="field">
        <label for={name}>{t(`log.${name}`)}</label>
        <input
          class="input"
          id={name}
          name={name}
          value={asked[name] ?? ''}
          maxlength={128}
          autocomplete="off"
          spellcheck={false}
        />
      </p>
    ))}
    <p class="field">
      <label for="act">{t('log.act')}</label>
      <select class="input" id="act" name="act">
        <option value="">{t('log.all')}</option>
        {ACTS.map((act) => (
          <option value={act} selected={asked.act === act}>
            {t(`log.act.${act}`)}
          </option>
        ))}
      </select>
    </p>
    {(['from', 'until'] as const).map((name) => (
      <p class="field">
        <label for={name}>{t(`log.${name}`)}</label>
        <input class="input" id={name} name={name} type="date" value={asked[name] ?? ''} />
      </p>
    ))}
    <div class="btns">
      <button class="btn outline s">{t('log.filter')}</button>
      {Object.values(asked).some(Boolean) && (
        <a class="btn ghost s" href="/staff/log">
          {t('bank.clear')}
        </a>
      )}
    </div>
  </Form>
)

/** Who did what, about whom, why and when: the log of acts, newest first. */
export const LogPage = ({ context, view, asked, banks }: LogProps) => {
  const { t } = context
  const older = view?.next && new URLSearchParams({ ...asked, before: `${view.next.at}.${view.next.seq}` })
  return (
    <Page styles={staffStyles} context={context} title={t('log.title')} tab="/staff/log" room="staff">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('log.title')}</h1>
            <p class="quiet">{t('log.lead')}</p>
          </div>
        </div>
        <div class="stack">
          <Filter context={context} asked={asked} />
          {view === undefined && (
            <Note tone="bad" icon="alert">
              <p>{t('log.misread')}</p>
            </Note>
          )}
          {view?.entries.length === 0 && <p class="card quiet">{t('log.none')}</p>}
          {view && view.entries.length > 0 && (
            <section class="card" aria-label={t('log.title')}>
              <Lines context={context} view={view} banks={banks} />
            </section>
          )}
          {older && (
            <p>
              <a class="btn ghost s" rel="next" href={`/staff/log?${older}`}>
                {t('log.older')}
              </a>
            </p>
          )}
        </div>
      </main>
    </Page>
  )
}
