import type { ExamDefinition } from '../../../item/bank.ts'
import type { Proposal, Publication } from '../../../item/publishing/store.ts'
import type { PublishedVersion } from '../../../item/store.ts'
import { dayTimeText } from '../../../platform/page/dates.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Form } from '../../../platform/page/form.tsx'
import { RowTable } from '../../../platform/page/row-table.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import { staffStyles } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { personName } from '../person-name.ts'
import { LaunchNote } from '../staff-door.tsx'
import { When } from './exams-page.tsx'
import { type Outcome, OutcomeNote, typedWhy } from './outcome.tsx'

interface VersionsProps {
  readonly context: PageContext
  readonly exam: ExamDefinition
  /** The live one first. */
  readonly versions: readonly PublishedVersion[]
  readonly publications: readonly Publication[]
  readonly proposals: readonly Proposal[]
  /** Of who handed in, decided and published, as far as names are kept. */
  readonly names: ReadonlyMap<string, string>
  readonly outcome?: Outcome | undefined
}

const short = (hash: string): string => hash.slice(0, 12)

interface RollBackProps {
  readonly context: PageContext
  readonly exam: string
  readonly hash: string
  /** The live one, which this one is compared with. */
  readonly live: string
  /** The reason that was given and not taken. */
  readonly why: string | undefined
}

const RollBack = ({ context: { t }, exam, hash, live, why }: RollBackProps) => (
  <details class="more" open={why !== undefined}>
    <summary aria-label={`${t('bank.rollBack')}: ${short(hash)}`}>{t('bank.rollBack')}</summary>
    <Form method="post" action={`/staff/exams/${exam}/roll-back`} class="acts">
      <input type="hidden" name="hash" value={hash} />
      <input type="hidden" name="against" value={live} />
      <p class="field wide">
        <label for={`why-${short(hash)}`}>{t('bank.reason')}</label>
        <input
          class="input"
          id={`why-${short(hash)}`}
          name="why"
          value={why}
          required
          maxlength={400}
          autocomplete="off"
        />
      </p>
      <button class="btn outline s">{t('bank.rollBack')}</button>
      <p class="tiny">{t('bank.rollBackText')}</p>
    </Form>
  </details>
)

const Versions = ({
  context,
  exam,
  versions,
  outcome,
}: Pick<VersionsProps, 'context' | 'exam' | 'versions' | 'outcome'>) => {
  const { t, visitor } = context
  const live = versions[0]?.hash ?? ''
  return (
    <section class="card" aria-labelledby="versions">
      <h2 id="versions">{t('bank.versions')}</h2>
      <RowTable
        caption={t('bank.versions')}
        columns={[t('log.fact.version'), t('bank.when'), t('bank.compare')]}
        action={t('bank.rollBack')}
      >
        {versions.map(({ hash, version, publishedAt }) => (
          <tr role="row">
            <th scope="row" role="rowheader" class="all">
              <b>{t('bank.version', { version })}</b> <span class="sub">{t('bank.hash', { hash: short(hash) })}</span>
            </th>
            <td role="cell" data-label={t('bank.when')}>
              <When context={context} at={publishedAt} />
            </td>
            <td role="cell" data-label={t('bank.compare')}>
              {hash === live ? (
                <Chip tone="ok" icon="check">
                  {t('bank.live')}
                </Chip>
              ) : (
                <a href={`/staff/exams/${exam.id}/compare?${new URLSearchParams({ from: hash, to: live })}`}>
                  {t('bank.against')}
                </a>
              )}
            </td>
            <td role="cell" class="r all">
              {hash !== live && visitor?.role === 'operator' && (
                <RollBack context={context} exam={exam.id} hash={hash} live={live} why={typedWhy(outcome, hash)} />
              )}
            </td>
          </tr>
        ))}
      </RowTable>
    </section>
  )
}

const CompareForm = ({ context, exam, versions }: Pick<VersionsProps, 'context' | 'exam' | 'versions'>) => {
  const { t, locale } = context
  if (versions.length < 2) return null
  const select = (name: 'from' | 'to', chosen: number) => (
    <p class="field">
      <label for={`compare-${name}`}>{t(`bank.${name}`)}</label>
      <select class="input" id={`compare-${name}`} name={name}>
        {versions.map(({ hash, version, publishedAt }, i) => (
          <option value={hash} selected={i === chosen}>
            {`${t('bank.version', { version })} · ${dayTimeText(locale, publishedAt)} · ${short(hash)}`}
          </option>
        ))}
      </select>
    </p>
  )
  return (
    <Form
      method="get"
      action={`/staff/exams/${exam.id}/compare`}
      class="card filters two"
      aria-label={t('bank.compareTitle')}
    >
      {select('from', 1)}
      {select('to', 0)}
      <div class="btns">
        <button class="btn outline s">{t('bank.compare')}</button>
      </div>
    </Form>
  )
}

export const DecisionChip = ({
  context: { t },
  proposal: { decision },
}: {
  context: PageContext
  proposal: Proposal
}) => {
  if (!decision)
    return (
      <Chip tone="wait" icon="clock">
        {t('bank.waiting')}
      </Chip>
    )
  return (
    <Chip
      tone={decision.status === 'approved' ? 'ok' : undefined}
      icon={decision.status === 'approved' ? 'check' : 'left'}
    >
      {t(`bank.decided.${decision.status}`)}
    </Chip>
  )
}

const Proposals = ({ context, proposals, names }: Pick<VersionsProps, 'context' | 'proposals' | 'names'>) => {
  const { t } = context
  if (proposals.length === 0) return null
  return (
    <section class="card" aria-labelledby="proposals">
      <h2 id="proposals">{t('bank.proposals')}</h2>
      <ul class="log">
        {proposals.map((proposal) => (
          <li>
            <When context={context} at={proposal.proposedAt} />
            <p>
              <span>
                <a href={`/staff/proposals/${proposal.id}`}>{t('bank.version', { version: proposal.version })}</a> ·{' '}
                <bdi>{personName(context, names, proposal.by)}</bdi>
                {proposal.note && (
                  <>
                    {' · '}
                    <bdi>{proposal.note}</bdi>
                  </>
                )}
                {proposal.decision?.why && (
                  <span class="sub">{`${personName(context, names, proposal.decision.by)}: ${proposal.decision.why}`}</span>
                )}
              </span>
              <DecisionChip context={context} proposal={proposal} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Log = ({ context, publications, names }: Pick<VersionsProps, 'context' | 'publications' | 'names'>) => {
  const { t } = context
  return (
    <section class="card" aria-labelledby="log">
      <h2 id="log">{t('bank.log')}</h2>
      {publications.length === 0 && <p class="quiet">{t('bank.logNone')}</p>}
      <ul class="log">
        {publications.map(({ at, version, hash, act, by, why }) => (
          <li>
            <When context={context} at={at} />
            <b>{t('bank.version', { version })}</b> <span class="sub">{short(hash)}</span>
            <p>
              <span>
                {t(`bank.act.${act}`)}
                {by !== 'machine' && ` · ${personName(context, names, by)}`}
                {why && ` · ${why}`}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** An exam's versions: which was live when, by whose hand, and the way back. */
export const VersionsPage = ({ context, exam, versions, publications, proposals, names, outcome }: VersionsProps) => {
  const { t, locale } = context
  const title = exam.title[locale] ?? exam.id
  return (
    <Page
      styles={staffStyles}
      context={context}
      title={`${t('bank.versions')}: ${title}`}
      tab="/staff/exams"
      room="staff"
    >
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <Crumb href={`/staff/exams/${exam.id}`}>{title}</Crumb>
            <h1>{t('bank.versions')}</h1>
          </div>
        </div>
        <div class="stack">
          <OutcomeNote context={context} outcome={outcome} />
          <LaunchNote context={context} />
          <Versions context={context} exam={exam} versions={versions} outcome={outcome} />
          <CompareForm context={context} exam={exam} versions={versions} />
          <Proposals context={context} proposals={proposals} names={names} />
          <Log context={context} publications={publications} names={names} />
        </div>
      </main>
    </Page>
  )
}
