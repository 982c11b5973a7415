import { badgeName } from '../../../credential/achievement.ts'
import { statusAt } from '../../../credential/credential-status.ts'
import type { ListedCredential } from '../../../credential/store.ts'
import { type CredentialsView, MOST_HOLDERS, type WaitingCredentials } from '../../../flows/read-credentials.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { dayText, dayTimeText, timeAttribute } from '../../../platform/page/dates.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { RowTable } from '../../../platform/page/row-table.tsx'
import { staffStyles } from '../../assets.ts'
import { CredentialChip } from '../../ui/credential-chip.tsx'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { FoundPeople, Person } from '../person.tsx'
import { SearchField } from '../search-field.tsx'

interface CredentialsProps {
  readonly context: PageContext
  /** What was looked for, as it was entered; empty for all. */
  readonly query: string
  readonly view: CredentialsView
}

const hrefOf = (q: string, more: Readonly<Record<string, string>> = {}): string =>
  `/staff/credentials?${new URLSearchParams({ ...(q === '' ? {} : { q }), ...more })}`

/** Whose certificate it is. */
const Holder = ({
  context: { t },
  of,
}: {
  context: PageContext
  of: Pick<ListedCredential, 'worker' | 'holderName'> | undefined
}) =>
  of === undefined || of.worker === '' ? (
    <span class="sub">{t('credentials.erased')}</span>
  ) : (
    <Person name={of.holderName || t('verify.field.unnamed')} id={of.worker} />
  )

/** The certificate that something is about, by its name. */
const About = ({ context: { locale }, of, id }: { context: PageContext; of?: ListedCredential; id: string }) => (
  <th scope="row" role="rowheader" class="all">
    {of && <b>{badgeName(of, locale)}</b>}
    <span class="sub mono">{id}</span>
  </th>
)

const Row = ({ context, credential, now }: { context: PageContext; credential: ListedCredential; now: Instant }) => {
  const { t, locale } = context
  const { id, issuedAt, validUntil } = credential
  return (
    <tr role="row">
      <th scope="row" role="rowheader" class="all">
        <b>{badgeName(credential, locale)}</b>
        <span class="sub mono">{id}</span>
      </th>
      <td role="cell" data-label={t('credentials.holder')}>
        <Holder context={context} of={credential} />
      </td>
      <td role="cell" class="num" data-label={t('credentials.issued')}>
        <span class="unbroken">{dayText(locale, issuedAt)}</span>
      </td>
      <td role="cell" class="num" data-label={t('credentials.until')}>
        <span class="unbroken">{dayText(locale, validUntil)}</span>
      </td>
      <td role="cell">
        <CredentialChip context={context} status={statusAt(credential, now)} />
      </td>
      <td role="cell" class="r all">
        <a class="btn outline s" href={`/staff/credentials/${id}`} aria-label={`${t('credentials.open')}: ${id}`}>
          {t('credentials.open')}
        </a>
      </td>
    </tr>
  )
}

const Concerns = ({ context, concerns }: { context: PageContext } & Pick<WaitingCredentials, 'concerns'>) => {
  const { t, locale } = context
  if (concerns.length === 0) return null
  return (
    <section class="card" aria-labelledby="waiting">
      <h2 id="waiting">{t('concerns.waiting')}</h2>
      <RowTable
        caption={t('concerns.waiting')}
        columns={[t('concerns.what'), t('credentials.one'), t('credentials.holder'), t('concerns.raised')]}
        action={t('today.readConcern')}
      >
        {concerns.map(({ credential, kind, note, raisedAt, of }) => (
          <tr role="row">
            <td role="cell" class="all">
              <b>{t(`concerns.kind.${kind}`)}</b>
              {note && (
                <span class="sub">
                  <bdi>{note}</bdi>
                </span>
              )}
            </td>
            <About context={context} of={of.credential} id={credential} />
            <td role="cell" data-label={t('credentials.holder')}>
              <Holder context={context} of={of.credential} />
            </td>
            <td role="cell" class="num" data-label={t('concerns.raised')}>
              <time datetime={timeAttribute(raisedAt)}>{dayTimeText(locale, raisedAt)}</time>
            </td>
            <td role="cell" class="r all">
              <a
                class="btn outline s"
                href={`/staff/credentials/${credential}#concerns`}
                aria-label={`${t('today.readConcern')}: ${t(`concerns.kind.${kind}`)} ${credential}`}
              >
                {t('today.readConcern')}
              </a>
            </td>
          </tr>
        ))}
      </RowTable>
    </section>
  )
}

const Cases = ({ context, cases }: { context: PageContext } & Pick<WaitingCredentials, 'cases'>) => {
  const { t, locale } = context
  if (cases.length === 0) return null
  return (
    <section class="card" id="cases" aria-labelledby="cases-title">
      <h2 id="cases-title">{t('cases.title')}</h2>
      <p class="small quiet">{t('cases.lead')}</p>
      <RowTable
        caption={t('cases.title')}
        columns={[t('credentials.one'), t('credentials.holder'), t('cases.opened'), t('cases.by')]}
        action={t('credentials.open')}
      >
        {cases.map(({ id, credential, openedAt, actorName, of }) => (
          <tr role="row">
            <About context={context} of={of.credential} id={credential} />
            <td role="cell" data-label={t('credentials.holder')}>
              <Holder context={context} of={of.credential} />
            </td>
            <td role="cell" class="num" data-label={t('cases.opened')}>
              <time datetime={timeAttribute(openedAt)}>{dayTimeText(locale, openedAt)}</time>
            </td>
            <td role="cell" data-label={t('cases.by')}>
              <bdi>{actorName || t('log.who.marketplace')}</bdi>
            </td>
            <td role="cell" class="r all">
              <a
                class="btn outline s"
                href={`/staff/credentials/${credential}`}
                aria-label={`${t('credentials.open')}: ${id}`}
              >
                {t('credentials.open')}
              </a>
            </td>
          </tr>
        ))}
      </RowTable>
    </section>
  )
}

const Waiting = ({ context, waiting }: { context: PageContext; waiting: WaitingCredentials }) => {
  const { concerns, cases } = waiting
  return (
    <>
      <Concerns context={context} concerns={concerns} />
      <Cases context={context} cases={cases} />
      {concerns.length + cases.length === 0 && (
        <p class="calm">
          <Icon name="check" tone="ok" />
          {context.t('concerns.none')}
        </p>
      )}
    </>
  )
}

/** What waits for somebody to look at it, the newest credentials, and the way to one by its number, its address or its holder. */
export const CredentialsPage = ({ context, query, view }: CredentialsProps) => {
  const { t } = context
  const { now, waiting, found, people, more } = view
  const title = query === '' ? t('credentials.newest') : t('credentials.found')
  return (
    <Page styles={staffStyles} context={context} title={t('nav.certificates')} tab="/staff/credentials" room="staff">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('nav.certificates')}</h1>
            <p class="quiet">{t('credentials.lead')}</p>
          </div>
        </div>
        <div class="stack s">
          <Form method="get" action="/staff/credentials" class="picker" role="search">
            <SearchField
              name={t('credentials.query')}
              hint={t('credentials.queryHint')}
              value={query}
              maxLength={400}
            />
            <button class="btn ghost s">{t('staff.find')}</button>
            {query !== '' && (
              <a class="btn ghost s" href="/staff/credentials">
                {t('credentials.newest')}
              </a>
            )}
          </Form>
          {waiting && <Waiting context={context} waiting={waiting} />}
          {people ? (
            <FoundPeople context={context} people={people} most={MOST_HOLDERS} hrefOf={(id) => hrefOf(id)} />
          ) : (
            <section class="card" aria-labelledby="found">
              <h2 id="found">{title}</h2>
              {found.length === 0 ? (
                <p class="quiet">{t(query === '' ? 'credentials.none' : 'credentials.notFound')}</p>
              ) : (
                <RowTable
                  caption={title}
                  columns={[
                    t('credentials.one'),
                    t('credentials.holder'),
                    t('credentials.issued'),
                    t('credentials.until'),
                    t('staff.state'),
                  ]}
                  action={t('credentials.open')}
                >
                  {found.map((credential) => (
                    <Row context={context} credential={credential} now={now} />
                  ))}
                </RowTable>
              )}
              {more !== undefined && (
                <a class="btn ghost s" rel="next" href={hrefOf(query, { before: more })}>
                  {t('staff.more')}
                </a>
              )}
            </section>
          )}
        </div>
      </main>
    </Page>
  )
}
