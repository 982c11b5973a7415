import { badgeName } from '../../../credential/achievement.ts'
import { type Hold, isOpen, statusAt } from '../../../credential/credential-status.ts'
import { awardedAt } from '../../../credential/lineage.ts'
import type { CredentialEventRow, CredentialRow } from '../../../credential/tables.ts'
import type { CredentialHistory } from '../../../flows/read-log.ts'
import type { Concern, IntegrityCase } from '../../../integrity/tables.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { dayTimeText, timeAttribute } from '../../../platform/page/dates.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { staffStyles } from '../../assets.ts'
import { CredentialChip } from '../../ui/credential-chip.tsx'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { personName } from '../person-name.ts'
import { titleOf } from '../scope.tsx'
import { LaunchNote } from '../staff-door.tsx'
import { type Act, Acts, actsOn, type Refused } from './credential-acts.tsx'

export interface CredentialProps extends CredentialHistory {
  readonly context: PageContext
  readonly holds: readonly Hold[]
  readonly concerns: readonly Concern[]
  /** The open case, where the certificate tells of practical work. */
  readonly inquiry?: IntegrityCase | undefined
  /** Of those who acted, as far as names are kept. */
  readonly names: ReadonlyMap<string, string>
  readonly now: Instant
  /** The act that led here. */
  readonly done?: Act | undefined
  readonly refused?: Refused | undefined
}

const When = ({ context: { locale }, at }: { context: PageContext; at: Instant }) => (
  <time datetime={timeAttribute(at)}>{dayTimeText(locale, at)}</time>
)

const Other = ({ id }: { id: string }) => (
  <a class="mono" href={`/staff/credentials/${id}`}>
    {id}
  </a>
)

const Holder = ({
  context: { t },
  credential: { worker, holderName },
}: {
  context: PageContext
  credential: CredentialRow
}) =>
  worker === '' ? (
    <span>{t('credentials.erased')}</span>
  ) : (
    <>
      <bdi>{holderName || t('verify.field.unnamed')}</bdi>{' '}
      <a class="sub" href={`/staff/attempts?${new URLSearchParams({ q: worker })}`}>
        {worker}
      </a>
    </>
  )

export const Facts = ({ context, credential, holds }: Pick<CredentialProps, 'context' | 'credential' | 'holds'>) => {
  const { t, locale } = context
  const { id, exam, examVersion, issuedAt, validUntil, predecessor, relation, status, attemptId, worker } = credential
  const open = status === 'suspended' ? holds.filter(isOpen) : []
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">{t('credentials.facts')}</h2>
      <dl class="kv">
        <div>
          <dt>{t('credentials.number')}</dt>
          <dd class="mono">{id}</dd>
        </div>
        <div>
          <dt>{t('credentials.holder')}</dt>
          <dd>
            <Holder context={context} credential={credential} />
          </dd>
        </div>
        <div>
          <dt>{t('record.exam')}</dt>
          <dd>
            <a href={`/staff/exams/${exam}`}>{titleOf(context, { id: exam, title: credential.title })}</a>{' '}
            {t('bank.version', { version: examVersion })}
          </dd>
        </div>
        {worker !== '' && (
          <div>
            <dt>{t('credentials.attempt')}</dt>
            <dd>
              <a href={`/staff/attempts?${new URLSearchParams({ q: attemptId, open: attemptId })}#${attemptId}`}>
                {t('credentials.toAttempt')}
              </a>
            </dd>
          </div>
        )}
        <div>
          <dt>{t('credentials.issued')}</dt>
          <dd>
            <When context={context} at={issuedAt} />
          </dd>
        </div>
        {credential.awardedAt !== null && (
          <div>
            <dt>{t('credentials.awarded')}</dt>
            <dd>
              <When context={context} at={awardedAt(credential)} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('credentials.until')}</dt>
          <dd>
            <When context={context} at={validUntil} />
          </dd>
        </div>
        {predecessor !== null && relation !== null && (
          <div>
            <dt>{t(`credentials.relation.${relation}`)}</dt>
            <dd>
              <Other id={predecessor} />
            </dd>
          </div>
        )}
        {open.length > 0 && (
          <div>
            <dt>{t('credentials.heldBy')}</dt>
            <dd>
              {open.map(({ cause, ref, since }) => (
                <p>
                  {t(`credentials.cause.${cause}`)} {ref && <span class="mono">{ref}</span>}{' '}
                  <span class="quiet">{t('bank.since', { time: dayTimeText(locale, since) })}</span>
                </p>
              ))}
            </dd>
          </div>
        )}
      </dl>
      <p class="btns">
        <a class="btn outline s" href={`/credentials/${id}?lang=${locale}`}>
          {t('credentials.public')}
          <Icon name="out" small />
        </a>
      </p>
    </section>
  )
}

const Entry = ({
  context,
  entry,
  names,
}: Pick<CredentialProps, 'context' | 'names'> & { entry: CredentialEventRow }) => {
  const { t } = context
  const { at, change, from, to, cause, actor, why, other } = entry
  return (
    <li>
      <When context={context} at={at} />
      <b>{t(`credentials.change.${change}`)}</b>{' '}
      <span class="sub">
        {from === null || from === to
          ? t(`certificate.${to}`)
          : `${t(`certificate.${from}`)} → ${t(`certificate.${to}`)}`}
        {`\u00a0· ${t(`credentials.cause.${cause}`)}`}
        {actor && `\u00a0· ${names.get(actor) ?? actor}`}
      </span>
      {/* the attempt that led to it stands among the facts */}
      {why && !why.startsWith('att_') && <span class="line">{why}</span>}
      {other !== null && (
        <span class="line">
          <Other id={other} />
        </span>
      )}
    </li>
  )
}

/** When, by whom, why, from which state to which; the last change first. */
const History = ({ context, history, names }: Pick<CredentialProps, 'context' | 'history' | 'names'>) => (
  <section class="card" aria-labelledby="history">
    <h2 id="history">{context.t('credentials.history')}</h2>
    <ol class="log">
      {history.toReversed().map((entry) => (
        <Entry context={context} entry={entry} names={names} />
      ))}
    </ol>
  </section>
)

/** What people who were shown the credential found odd about it. */
const Concerns = ({
  context,
  concerns,
  credential,
  names,
}: Pick<CredentialProps, 'context' | 'concerns' | 'credential' | 'names'>) => {
  const { t } = context
  if (concerns.length === 0) return null
  return (
    <section class="card" id="concerns" aria-labelledby="concerns-title">
      <h2 id="concerns-title">{t('concerns.title')}</h2>
      <p class="small quiet">{t('concerns.lead')}</p>
      <ol class="log">
        {concerns.map(({ id, kind, note, raisedAt, settledAt, settledBy }) => (
          <li>
            <When context={context} at={raisedAt} /> <b>{t(`concerns.kind.${kind}`)}</b>
            {note && <bdi class="line">{note}</bdi>}
            {settledAt === null ? (
              <Form method="post" action={`/staff/credentials/${credential.id}/concerns/${id}`}>
                <button class="btn outline s">{t('concerns.settle')}</button>
              </Form>
            ) : (
              <span class="sub">
                {t('concerns.settled')} <When context={context} at={settledAt} /> ·{' '}
                {personName(context, names, settledBy ?? '')}
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The correction that stands in for a credential, which decisions are about from then on. */
const Corrected = ({
  context: { t },
  credential,
  history,
}: Pick<CredentialProps, 'context' | 'credential' | 'history'>) => {
  const correction =
    credential.statusCause === 'replaced'
      ? history.findLast(({ cause, other }) => cause === 'replaced' && other !== null)?.other
      : undefined
  return correction ? (
    <Note>
      <p>
        <b>{t('credentials.corrected')}</b>
      </p>
      <p>
        {t('credentials.correctedText')} <Other id={correction} />
      </p>
    </Note>
  ) : null
}

/** One credential: its state, holder, dates and history, and what an operator may do about it. */
export const CredentialPage = (props: CredentialProps) => {
  const { context, credential, holds, inquiry, now, done, refused } = props
  const { t, locale } = context
  const name = badgeName(credential, locale)
  return (
    <Page
      styles={staffStyles}
      context={context}
      title={`${name} ${credential.id}`}
      tab="/staff/credentials"
      room="staff"
    >
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <Crumb href="/staff/credentials">{t('nav.certificates')}</Crumb>
            <h1>{name}</h1>
            <p class="chips">
              <CredentialChip context={context} status={statusAt(credential, now)} />
              <span class="sub">
                <bdi>{credential.worker === '' ? t('credentials.erased') : credential.holderName}</bdi>
              </span>
            </p>
          </div>
        </div>
        <div class="stack">
          {done && (
            <Note tone="ok" icon="check">
              <p role="status">{t(`credentials.done.${done}`)}</p>
            </Note>
          )}
          <Corrected {...props} />
          <Concerns {...props} />
          {inquiry && (
            <Note icon="info">
              <p>{t('process.openText')}</p>
              <p>
                <a href={`/staff/credentials/${credential.id}/process`}>{t('process.open')}</a>
              </p>
            </Note>
          )}
          <div class="abreast">
            <Facts {...props} />
            <History {...props} />
          </div>
          <LaunchNote context={context} />
          <Acts context={context} id={credential.id} open={actsOn(credential, holds, now)} refused={refused} />
        </div>
      </main>
    </Page>
  )
}
