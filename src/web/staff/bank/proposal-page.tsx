import type { BankWarning } from '../../../flows/judge-bank.ts'
import type { Bank, ExamDefinition } from '../../../item/bank.ts'
import type { BankComparison } from '../../../item/publishing/compare-banks.ts'
import type { Proposal } from '../../../item/publishing/store.ts'
import type { SourceChange } from '../../../item/source/compare-sources.ts'
import type { UsedItemVersion } from '../../../kernel/problem.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { handInStyles, staffStyles } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { keyChanges, SourceDifference } from '../desk/source-difference.tsx'
import { personName } from '../person-name.ts'
import { LaunchNote } from '../staff-door.tsx'
import { Comparison } from './comparison.tsx'
import { When } from './exams-page.tsx'
import { type Outcome, OutcomeNote, ShippedNote, typedWhy, UsedNote } from './outcome.tsx'
import { DecisionChip } from './versions-page.tsx'

interface ProposalProps {
  readonly context: PageContext
  readonly proposal: Proposal
  readonly bank: Bank
  readonly warning?: BankWarning | undefined
  /** Whether the visitor handed it in, or wrote of it. */
  readonly isOwn: boolean
  /** Hash of the live version that it is compared with; empty for none. */
  readonly against: string
  readonly comparison: BankComparison
  /** Which page of what differs. */
  readonly page: number
  /** What its author wrote otherwise; undefined where the files of one of the two are not here. */
  readonly written?: readonly SourceChange[] | undefined
  /** Of who handed in and who decided. */
  readonly names: ReadonlyMap<string, string>
  /** While it waits: items that hold something else than was published under their number. */
  readonly used: readonly UsedItemVersion[]
  readonly outcome?: Outcome | undefined
}

interface WhyProps {
  readonly context: PageContext
  readonly id: string
  readonly required: boolean
  readonly value: string | undefined
}

const Why = ({ context: { t }, id, required, value }: WhyProps) => (
  <p class="field wide">
    <label for={id}>{t(required ? 'bank.reason' : 'bank.reasonOptional')}</label>
    <input class="input" id={id} name="why" value={value} required={required} maxlength={400} autocomplete="off" />
  </p>
)

/** Approving, returning, or, for whoever handed it in, taking it back. */
const Decide = ({
  context,
  proposal,
  isOwn,
  against,
  outcome,
}: Pick<ProposalProps, 'context' | 'proposal' | 'isOwn' | 'against' | 'outcome'>) => {
  const { t, visitor } = context
  const act = (name: string) => `/staff/proposals/${proposal.id}/${name}`
  if (proposal.by === visitor?.worker)
    return (
      <section class="card" aria-label={t('bank.withdraw')}>
        <p>{t('bank.ownText')}</p>
        <Form method="post" action={act('withdraw')} class="acts">
          <button class="btn ghost s">{t('bank.withdraw')}</button>
        </Form>
      </section>
    )
  if (isOwn) return <p class="card">{t('bank.ownPart')}</p>
  return (
    <section class="card" aria-label={t('bank.decide')}>
      <Form method="post" action={act('approve')} class="acts">
        <input type="hidden" name="against" value={against} />
        <Why context={context} id="why-approve" required={false} value={typedWhy(outcome, 'approve')} />
        <button class="btn primary s">{t('bank.approve')}</button>
        <p class="tiny">{t('bank.approveText')}</p>
      </Form>
      <details class="more" open={typedWhy(outcome, 'return') !== undefined}>
        <summary>{t('bank.return')}</summary>
        <Form method="post" action={act('return')} class="acts">
          <Why context={context} id="why-return" required value={typedWhy(outcome, 'return')} />
          <button class="btn ghost s">{t('bank.return')}</button>
        </Form>
      </details>
    </section>
  )
}

/** What our own lint said; where this service has none, that it was not asked. */
const LintList = ({ context: { t }, lint }: { context: PageContext; lint: Proposal['lint'] }) =>
  lint === undefined ? (
    <Note tone="wait" icon="info">
      <p>{t('bank.lintNotHereText')}</p>
    </Note>
  ) : lint.length === 0 ? null : (
    <details class="card expert flush">
      <summary>
        <h2>{`${t('bank.lint')}: ${t('bank.lintCount', { count: lint.length })}`}</h2>
      </summary>
      <div>
        <ul class="log">
          {lint.map(({ rule, where, message }) => (
            <li>
              <code>{rule}</code> <span class="sub">{where}</span>
              <p>{message}</p>
            </li>
          ))}
        </ul>
      </div>
    </details>
  )

/** Digits by which people tell two contents apart. */
const HASH_SHOWN = 12

/** A version that somebody handed in, beside the live one, and the decision. */
export const ProposalPage = (props: ProposalProps) => {
  const { context, proposal, bank, warning, against, comparison, page, written = [], names, used, outcome } = props
  const { t, locale } = context
  const { exam } = bank
  const title = `${exam.title[locale] ?? exam.id} ${t('bank.version', { version: proposal.version })}`
  const { decision } = proposal
  return (
    <Page styles={handInStyles} context={context} title={title} tab="/staff/exams" room="staff">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <p class="quiet">
              <a href="/staff/exams">{t('bank.title')}</a>
            </p>
            <h1>{title}</h1>
            <p class="quiet">
              {t('bank.by')}: <bdi>{personName(context, names, proposal.by)}</bdi> ·{' '}
              <When context={context} at={proposal.proposedAt} /> ·{' '}
              <span class="sub" title={proposal.hash}>
                {t('bank.hash', { hash: proposal.hash.slice(0, HASH_SHOWN) })}
              </span>
            </p>
            {proposal.note && <p>{proposal.note}</p>}
          </div>
        </div>
        <div class="stack">
          <OutcomeNote context={context} outcome={outcome} />
          <ShippedNote context={context} warning={warning} />
          <UsedNote context={context} used={used} />
          {decision && (
            <Note
              tone={decision.status === 'approved' ? 'ok' : undefined}
              icon={decision.status === 'approved' ? 'check' : 'info'}
            >
              <p>
                <DecisionChip context={context} proposal={proposal} />{' '}
                <bdi>{personName(context, names, decision.by)}</bdi> · <When context={context} at={decision.at} />
                {decision.why && ` · ${decision.why}`}
              </p>
            </Note>
          )}
          {written.length > 0 && (
            <section class="stack" aria-labelledby="written">
              <h2 id="written">{t('desk.written')}</h2>
              <SourceDifference context={context} changes={written} keys={keyChanges(comparison)} page={page} />
            </section>
          )}
          <Comparison context={context} of={comparison} isFirst={against === ''} page={page} written={written.length} />
          <LintList context={context} lint={proposal.lint} />
          {!decision && <LaunchNote context={context} />}
          {!decision && <Decide {...props} />}
        </div>
      </main>
    </Page>
  )
}

interface ComparePageProps {
  readonly context: PageContext
  readonly exam: ExamDefinition
  readonly from: Bank
  readonly to: Bank
  readonly comparison: BankComparison
  /** Which page of what differs. */
  readonly page: number
}

/** Two versions that were live, beside one another. */
export const ComparePage = ({ context, exam, from, to, comparison, page }: ComparePageProps) => {
  const { t, locale } = context
  const name = ({ exam: { version }, hash }: Bank) => `${t('bank.version', { version })} (${hash.slice(0, HASH_SHOWN)})`
  return (
    <Page styles={staffStyles} context={context} title={t('bank.compareTitle')} tab="/staff/exams" room="staff">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <p class="quiet">
              <a href={`/staff/exams/${exam.id}/versions`}>{exam.title[locale] ?? exam.id}</a>
            </p>
            <h1>{t('bank.compareTitle')}</h1>
            <p class="quiet">{`${name(from)} → ${name(to)}`}</p>
          </div>
        </div>
        <div class="stack">
          <Comparison context={context} of={comparison} isFirst={false} page={page} />
        </div>
      </main>
    </Page>
  )
}
