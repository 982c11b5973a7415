import { Hono } from 'hono'
import * as z from 'zod'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { dayText } from '../../../platform/page/dates.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Cell, type Column, RowTable } from '../../../platform/page/row-table.tsx'
import { readCursor, writeCursor } from '../../escrow/paid-work.ts'
import {
  judgeIdentity,
  MOST_SHOWN,
  type ShownAccount,
  showSharedAccount,
  showSharedAccounts,
} from '../../flows/judge-identity.ts'
import { identityStates } from '../../people/payout/account.ts'
import { statusOf } from '../../problem-response.ts'
import type { SandboxEnv, SandboxWorld } from '../../sandbox-world.ts'
import { IdentityChip } from '../account/payout-part.tsx'
import { calledIn } from '../contracts/contract-details.ts'
import { choice, line, prose, type Rejected, readFields } from '../form-fields.ts'
import { link } from '../links.ts'
import { type PageContext, personOf, readerOf, show } from '../page-door.tsx'
import { Choice, type Forms, formsOf, PageForm, ProseField, TextField, Trouble } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { type Paged, Pager, pageOf } from '../parts/pager.tsx'
import { operatorsStyles } from '../styles.ts'
import { LONGEST_NOTE } from './read-decision.ts'

const PATH = '/operators/accounts'
const ACCOUNTS_PER_PAGE = 20

interface AccountsView {
  readonly reader: Reader
  readonly accounts: Paged<ShownAccount>
  readonly after: string
  /** The one account that is shown with all of its people, and the places in their list. */
  readonly one: { readonly account: string; readonly people: string; readonly next: string | undefined } | undefined
  /** Whose identity the form is about; empty for nobody yet. */
  readonly worker: string
  readonly forms: Forms
  readonly rejected: Rejected | undefined
}

/** One account: who shares it, since when, and which of them the lots may draw. */
function Account({ reader, account, one }: Pick<AccountsView, 'reader' | 'one'> & { account: ShownAccount }) {
  const { locale, t } = reader
  const [who, since, identity, drawn] = [
    { title: t('operator.accounts.who') },
    { title: t('operator.accounts.since') },
    { title: t('operator.accounts.identity') },
    { title: t('operator.accounts.drawn') },
  ] as const satisfies readonly Column[]
  const title = t('operator.accounts.people', { n: account.people, day: dayText(locale, account.sharedAt) })
  const left = account.people - account.sharers.length
  return (
    <li class="card flow">
      <h3>{title}</h3>
      <RowTable caption={title} columns={[who, since, identity, drawn]}>
        {account.sharers.map((sharer) => (
          <tr role="row">
            <Cell column={who}>
              <div>
                <a href={link(locale, `/workers/${sharer.worker}`)}>
                  <bdi>{calledIn(locale, sharer.who)}</bdi>
                </a>
                <span class="under">
                  <code>{sharer.worker}</code>
                </span>
              </div>
            </Cell>
            <Cell column={since}>{dayText(locale, sharer.registeredAt)}</Cell>
            <Cell column={identity}>
              <a href={`${link(locale, PATH, { worker: sharer.worker })}#who`}>
                <IdentityChip reader={reader} state={sharer.identity} />
              </a>
            </Cell>
            <Cell column={drawn}>{t(`operator.accounts.isDrawn.${sharer.isPayee}`)}</Cell>
          </tr>
        ))}
      </RowTable>
      {!one && left > 0 && (
        <p class="small">
          <a href={`${link(locale, PATH, { account: account.account })}#shared`}>
            {t('operator.accounts.more', { n: left })}
          </a>
        </p>
      )}
    </li>
  )
}

function IdentityForm({ reader, forms, worker }: AccountsView) {
  const { t } = reader
  const form = forms('identity', { worker })
  return (
    <section class="card flow" aria-labelledby="who">
      <h2 id="who">{t('operator.accounts.decide')}</h2>
      <p class="small">{t('operator.accounts.decideText')}</p>
      <PageForm form={form}>
        <TextField form={form} name="worker" label={t('form.names.worker')} />
        <Choice
          form={form}
          name="state"
          label={t('form.names.state')}
          options={identityStates.map((value) => ({
            value,
            label: t(`account.identityNames.${value}`),
            about: t(`operator.accounts.about.${value}`),
          }))}
        />
        <ProseField form={form} name="note" label={t('operator.accounts.note')} rows={3} />
        <div class="btns">
          <button class="btn primary" type="submit">
            {t('operator.accounts.send')}
          </button>
        </div>
      </PageForm>
    </section>
  )
}

/** Payout accounts of several people, and the decision about an identity. */
function AccountsPage(view: AccountsView) {
  const { reader, accounts, after, one, rejected } = view
  const { locale, t } = reader
  const title = t('operator.accounts.title')
  return (
    <Page
      styles={operatorsStyles}
      reader={reader}
      title={`${rejected ? t('form.titlePrefix') : ''}${title}`}
      current="noticed"
    >
      <main id="main" class="wrap narrow">
        {one ? (
          <Crumb href={link(locale, PATH)}>{title}</Crumb>
        ) : (
          <Crumb href={link(locale, '/operators/noticed')}>{t('operator.noticed.title')}</Crumb>
        )}
        <div class="head">
          <div>
            <h1>{title}</h1>
            <p class="lead">{t('operator.accounts.lead')}</p>
          </div>
        </div>
        <div class="stack">
          <Trouble reader={reader} rejected={rejected} />
          <section class="stack s" aria-labelledby="shared">
            <h2 id="shared">{t('operator.accounts.shared')}</h2>
            {accounts.entries.length === 0 && <p class="card">{t('operator.accounts.none')}</p>}
            <ol class="results">
              {accounts.entries.map((account) => (
                <Account reader={reader} account={account} one={one} />
              ))}
            </ol>
            {one ? (
              <Pager
                reader={reader}
                path={PATH}
                query={{ account: one.account, people: one.people }}
                place="people"
                next={one.next}
                list="shared"
              />
            ) : (
              <Pager reader={reader} path={PATH} query={{ after }} next={accounts.next} list="shared" />
            )}
          </section>
          <IdentityForm {...view} />
        </div>
      </main>
    </Page>
  )
}

/** A query parameter that cannot be read counts as not given: a page never fails for its address. */
const place = z.string().max(200).catch('')
const pageQuery = z.object({ after: place, worker: z.string().max(128).catch(''), account: place, people: place })

/** The one account that the address names, with a page of its people. */
async function loadOne(world: SandboxWorld, { account, people }: z.infer<typeof pageQuery>) {
  const from = readCursor(people)
  const found = await showSharedAccount(world, account, from && { registeredAt: from.at, worker: from.id })
  if (!found) return undefined
  const { entries, next } = pageOf(found.sharers, MOST_SHOWN, ({ registeredAt, worker }) =>
    writeCursor({ at: registeredAt, id: worker }),
  )
  return { shown: { ...found, sharers: entries }, one: { account, people, next } }
}

async function accountsPage(c: PageContext, rejected?: Rejected): Promise<Response> {
  const world = c.get('world')
  const reader = readerOf(c)
  const query = pageQuery.parse(c.req.query())
  const { after, worker } = query
  const from = readCursor(after)
  const alone = query.account === '' ? undefined : await loadOne(world, query)
  const accounts = alone
    ? [alone.shown]
    : await showSharedAccounts(world, {
        after: from && { sharedAt: from.at, account: from.id },
        limit: ACCOUNTS_PER_PAGE + 1,
      })
  const view = {
    ...{ reader, worker, rejected, after, one: alone?.one },
    accounts: pageOf(accounts, ACCOUNTS_PER_PAGE, ({ sharedAt, account }) =>
      writeCursor({ at: sharedAt, id: account }),
    ),
    forms: formsOf(reader, { rejected, once: world.newId('jti') }),
  }
  return show(c, <AccountsPage {...view} />, rejected ? statusOf(rejected.problem) : 200)
}

const identityForm = z.object({ worker: line(128), state: choice(identityStates), note: prose(LONGEST_NOTE) })

async function takeIdentity(c: PageContext): Promise<Response> {
  const fields = await readFields(c)
  const form = parseInput(identityForm, fields)
  const done = form.ok ? await judgeIdentity(c.get('world'), personOf(c), form.value) : form
  return done.ok ? c.redirect(link(readerOf(c).locale, PATH), 303) : accountsPage(c, { fields, problem: done.problem })
}

/** Payout accounts that people share, for operators. */
export const accountsPages = (): Hono<SandboxEnv> =>
  new Hono<SandboxEnv>().get(PATH, (c) => accountsPage(c)).post(PATH, takeIdentity)
