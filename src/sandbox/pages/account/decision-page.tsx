import { fail, ok } from '../../../kernel/result.ts'
import { momentText } from '../../../platform/page/dates.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import { Chip, type Tone } from '../../../platform/page/state.tsx'
import { noteRead } from '../../flows/judge-again.ts'
import type { Case } from '../../moderation/case.ts'
import type { AppealOutcome } from '../../moderation/case-event.ts'
import { appealUntil, isAboutCertificate, isMeasure } from '../../moderation/decision/actions.ts'
import { actionName } from '../../moderation/decision/statement.ts'
import {
  type Appeal,
  type Decision,
  findAppealAgainst,
  findDecision,
  standingMeasures,
} from '../../moderation/decision/store.ts'
import { findCase } from '../../moderation/store.ts'
import type { Person } from '../../people/person.ts'
import type { Outcome } from '../../problem.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'
import { AroundTime } from '../contracts/headline.tsx'
import type { Rejected } from '../form-fields.ts'
import { link } from '../links.ts'
import { type Forms, PageForm, ProseField, Trouble } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { Statement } from '../parts/statement.tsx'
import { accountStyles } from '../styles.ts'

export interface DecisionPageView {
  readonly reader: Reader
  readonly view: DecisionView
  readonly forms: Forms
  readonly rejected: Rejected | undefined
}

function stateOf({
  appeal,
  lasts,
  known,
  decision,
}: DecisionView): readonly [state: 'standing' | 'ended' | 'appealed' | 'final', tone: Tone, icon: IconName] {
  if (appeal && appeal.outcome === null) return ['appealed', 'wait', 'clock']
  if (decision.statement.scope.length > 0 && !lasts) return ['ended', 'off', 'check']
  return known.final ? ['final', 'off', 'stop'] : ['standing', 'wait', 'info']
}

const outcomeLooks: Readonly<Record<AppealOutcome, readonly [tone: Tone, icon: IconName]>> = {
  uphold: ['off', 'info'],
  reverse: ['ok', 'check'],
  modify: ['ok', 'check'],
}

/** What was appealed, and what became of it. */
function Appealed({ reader, view: { appeal, known, decision } }: { reader: Reader; view: DecisionView }) {
  const { locale, t } = reader
  if (!appeal) return null
  const [tone, icon] = appeal.outcome === null ? (['wait', 'clock'] as const) : outcomeLooks[appeal.outcome]
  return (
    <section class="card flow" aria-labelledby="appeal">
      <h2 id="appeal">{t('account.decision.yours')}</h2>
      <p class={`state ${tone}`}>
        <Icon name={icon} small />
        {appeal.outcome === null ? t('account.decision.waiting') : t(`account.decision.outcomes.${appeal.outcome}`)}
      </p>
      {appeal.outcome === null && <p class="small">{t('account.decision.waitingText')}</p>}
      <p class="tiny">{momentText(locale, appeal.at, reader.now)}</p>
      <blockquote class="typed">{appeal.text}</blockquote>
      {appeal.reasons && (
        <>
          <h3>{t('account.decision.reasons')}</h3>
          <blockquote class="typed">{appeal.reasons}</blockquote>
        </>
      )}
      {appeal.outcome === 'modify' && known.decision !== null && known.decision !== decision.id && (
        <a href={link(locale, `/decisions/${known.decision}`)}>{t('account.decision.newDecision')}</a>
      )}
    </section>
  )
}

/** The way to appeal, or why there is none. */
function AppealForm({ reader, view, forms }: DecisionPageView) {
  const { t } = reader
  const { decision, known, appeal } = view
  if (
    appeal ||
    reader.person?.id !== decision.person ||
    !isMeasure(decision.action) ||
    decision.statement.redress?.appealUntil === null
  )
    return null
  if (known.decision !== decision.id) return <p class="card small">{t('account.decision.replaced')}</p>
  const until = appealUntil(decision.decidedAt)
  if (known.final || reader.now >= until) return <p class="card small">{t('account.decision.appealOver')}</p>
  return (
    <section class="card flow" aria-labelledby="appeal">
      <h2 id="appeal">{t('account.decision.appeal')}</h2>
      <p class="small">{t('account.decision.appealText')}</p>
      <AroundTime reader={reader} sentence="account.decision.appealUntil" at={until} />
      <PageForm form={forms('appeal')}>
        <ProseField
          form={forms('appeal')}
          name="text"
          label={t('account.decision.appealLabel')}
          hint={t('account.decision.appealHint')}
          rows={6}
        />
        <div class="btns">
          <button class="btn s primary" type="submit">
            {t('account.decision.appealButton')}
          </button>
        </div>
      </PageForm>
    </section>
  )
}

/** A decision with its statement of reasons, for whom it concerns. */
export function DecisionPage(page: DecisionPageView) {
  const { reader, view, rejected } = page
  const { locale, t } = reader
  const { decision, known } = view
  const [state, tone, icon] = stateOf(view)
  const mine = reader.person?.id === decision.person
  return (
    <Page
      styles={accountStyles}
      reader={reader}
      title={`${rejected ? reader.t('form.titlePrefix') : ''}${t('account.decision.title')}`}
    >
      <main id="main" class="wrap narrow">
        <Crumb href={mine ? link(locale, '/me') : link(locale, `/operators/subjects/${known.id}`)}>
          {mine ? t('account.decision.back') : reader.t('market.tabs.queue')}
        </Crumb>
        <div class="head">
          <div>
            <h1>{actionName(locale, decision.action)}</h1>
            <p class="chips job-chips">
              <Chip tone={tone} icon={icon}>
                {t(`account.decision.states.${state}`)}
              </Chip>
              <span class="tiny">{momentText(locale, decision.decidedAt, reader.now)}</span>
              {known.kind === 'job' && <a href={link(locale, `/jobs/${known.ref}`)}>{t('account.decision.toJob')}</a>}
            </p>
          </div>
        </div>
        <div class="stack">
          <Trouble reader={reader} rejected={rejected} />
          <section class="card flow" aria-labelledby="statement">
            <div class="card-head">
              <h2 id="statement">{t('account.decision.title')}</h2>
              {mine && <small>{t('account.decision.concerning')}</small>}
            </div>
            <Statement reader={reader} statement={decision.statement} />
          </section>
          <Appealed reader={reader} view={view} />
          <AppealForm {...page} />
        </div>
      </main>
    </Page>
  )
}

export interface DecisionView {
  readonly decision: Decision
  readonly known: Case
  readonly appeal: Appeal | undefined
  /** Whether it still does anything. */
  readonly lasts: boolean
}

/** Whether a decision about a certificate stands: the plugin carries it out, so no measure here tells. */
const standsAtPlugin = ({ id }: Decision, known: Case, appeal: Appeal | undefined): boolean =>
  known.decision === id && appeal?.outcome !== 'reverse'

/** A decision for the person whom it concerns, or an operator; for anybody else there is none. */
export async function loadDecision(world: SandboxWorld, person: Person, id: string): Promise<Outcome<DecisionView>> {
  const decision = await findDecision(world.db, id)
  const known =
    decision && (decision.person === person.id || person.role === 'operator')
      ? await findCase(world.db, decision.subject)
      : undefined
  if (!decision || !known) return fail({ code: 'not-found' })
  await noteRead(world, person, [known.id])
  const [appeal, measures] = await Promise.all([findAppealAgainst(world.db, id), standingMeasures(world.db, id)])
  return ok({
    decision,
    known,
    appeal,
    lasts: isAboutCertificate(decision.action) ? standsAtPlugin(decision, known, appeal) : measures.length > 0,
  })
}
