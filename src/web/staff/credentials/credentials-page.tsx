import { badgeName } from '../../../credential/achievement.ts'
import { statusAt } from '../../../credential/credential-status.ts'
import type { ListedCredential } from '../../../credential/store.ts'
import type { Concern } from '../../../integrity/tables.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { dayText, dayTimeText, timeAttribute } from '../../../platform/page/dates.ts'
import { Form } from '../../../platform/page/form.tsx'
import { RowTable } from '../../../platform/page/row-table.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { staffStyles } from '../../assets.ts'
import { CredentialChip } from '../../ui/credential-chip.tsx'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'

interface CredentialsProps {
  readonly context: PageContext
  /** What was looked for, as it was entered; empty for all. */
  readonly query: string
  /** Open concerns of all credentials, on the first page. */
  readonly waiting: readonly Concern[]
  readonly found: readonly ListedCredential[]
  readonly now: Instant
  /** The last one shown, where there are more. */
  readonly more?: string | undefined
}

const Row = ({ context, credential, now }: { context: PageContext; credential: ListedCredential; now: Instant }) => {
  const { t, locale } = context
  const { id, worker, holderName, issuedAt, validUntil } = credential
  return (
    <tr role="row">
      <th scope="row" role="rowheader" class="all">
        <b>{badgeName(credential, locale)}</b>
        <span class="sub mono">{id}</span>
      </th>
      <td role="cell" data-label={t('credentials.holder')}>
        {worker === '' ? (
          t('credentials.erased')
        ) : (
          <>
            <bdi>{holderName || t('verify.field.unnamed')}</bdi>
            <span class="sub">{worker}</span>
          </>
        )}
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

/** The newest credentials, and the way to one by its number, its address or its holder. */
export const CredentialsPage = ({ context, query, waiting, found, now, more }: CredentialsProps) => {
  const { t } = context
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
        <div class="stack">
          <Form method="get" action="/staff/credentials" class="acts">
            <p class="field wide">
              <label for="q">{t('credentials.query')}</label>
              <input
                class="input"
                id="q"
                name="q"
                value={query}
                maxlength={400}
                required
                autocomplete="off"
                spellcheck={false}
              />
            </p>
            <button class="btn primary s">{t('staff.find')}</button>
            {query !== '' && (
              <a class="btn ghost s" href="/staff/credentials">
                {t('credentials.newest')}
              </a>
            )}
          </Form>
          {waiting.length > 0 && (
            <section class="card" aria-labelledby="waiting">
              <h2 id="waiting">{t('concerns.waiting')}</h2>
              <ol class="log">
                {waiting.map(({ credential, kind, raisedAt }) => (
                  <li>
                    <time datetime={timeAttribute(raisedAt)}>{dayTimeText(context.locale, raisedAt)}</time>{' '}
                    <b>{t(`concerns.kind.${kind}`)}</b>{' '}
                    <a class="mono" href={`/staff/credentials/${credential}#concerns`}>
                      {credential}
                    </a>
                  </li>
                ))}
              </ol>
            </section>
          )}
          {found.length === 0 ? (
            <Note>
              <p>{t(query === '' ? 'credentials.none' : 'credentials.notFound')}</p>
            </Note>
          ) : (
            <section class="card" aria-labelledby="found">
              <h2 id="found">{title}</h2>
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
              {more !== undefined && (
                <a
                  class="btn ghost s"
                  href={`/staff/credentials?${new URLSearchParams({ ...(query === '' ? {} : { q: query }), before: more })}`}
                >
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
