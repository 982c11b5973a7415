import { fail, ok } from '../../../kernel/result.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { stepsOpenTo } from '../../escrow/steps.ts'
import { readContractEvents, readLedger } from '../../flows/read-contracts.ts'
import { showContractReviews } from '../../flows/show-reviews.ts'
import { isWithheld } from '../../job/job.ts'
import { findJob } from '../../job/store.ts'
import type { Person } from '../../people/person.ts'
import { findClient, findWorker } from '../../people/store.ts'
import type { Outcome } from '../../problem.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'
import { yenText } from '../figures.ts'
import type { Rejected } from '../form-fields.ts'
import { link } from '../links.ts'
import { type Forms, PageForm, TextField, Trouble } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { contractsStyles } from '../styles.ts'
import { type ContractDetails, namesIn } from './contract-details.ts'
import { Headline } from './headline.tsx'
import { Ledger, ProviderForm } from './ledger.tsx'
import { ContractFacts, Milestones, Timeline } from './records.tsx'
import { mayReview, Reviews } from './reviews.tsx'
import { type StepName, type StepPart, type StepView, stepParts } from './step-parts.tsx'

/** Reads a contract for one of its sides or an operator; for anybody else there is none. */
export async function loadContract(world: SandboxWorld, person: Person, id: string): Promise<Outcome<ContractDetails>> {
  const [books, history, reviews] = [
    await readLedger(world, person, id),
    await readContractEvents(world, person, id),
    await showContractReviews(world, id, person),
  ]
  if (!books.ok || !history.ok || !reviews.ok) return fail({ code: 'not-found' })
  const { contract } = books.value
  const [client, worker, job] = await Promise.all([
    findClient(world.db, contract.client),
    findWorker(world.db, contract.worker),
    contract.job === null ? undefined : findJob(world.db, contract.job),
  ])
  const shown = job && books.value.role === 'worker' && isWithheld(job) ? undefined : job
  return ok({ ...books.value, events: history.value.events, reviews: reviews.value, client, worker, job: shown })
}

const order = Object.keys(stepParts) as StepName[]

/** Steps that there are on paper but not in this case: a payment is on its way, the other side was asked before, there is no fee. */
function isIdle({ contract, role }: ContractDetails, step: StepName): boolean {
  if (step === 'fund') return contract.payment?.state === 'pending'
  if (step === 'cancel') return contract.cancelProposedBy === role
  return step === 'correct' && contract.fee === 0
}

/** The one step that a side should take now. */
function nextStep({ contract, role }: ContractDetails): StepName | undefined {
  const { status } = contract
  if (role === 'operator') return status === 'disputed' ? 'decide' : undefined
  if (role === 'client') return status === 'proposed' ? 'fund' : status === 'delivered' ? 'accept' : undefined
  if (status === 'funded') return 'start'
  return status === 'in-progress' || status === 'changes-requested' ? 'deliver' : undefined
}

function Step({ view, part, filled }: { view: StepView; part: StepPart; filled: boolean }) {
  const { t } = view.reader
  return (
    <PageForm form={part.form}>
      {part.body}
      {view.details.role === 'operator' && (
        <TextField form={part.form} name="reason" label={t('contract.reason')} hint={t('contract.reasonHint')} />
      )}
      <div class="btns">
        <button class={`btn s ${filled ? 'primary' : 'outline'}`} type="submit">
          {part.button}
        </button>
      </div>
    </PageForm>
  )
}

/** A step that is there, but not what is waited for. */
const FoldedStep = ({ view, part }: { view: StepView; part: StepPart }) => (
  <details class="fold" open={part.asked === true || part.form.rejected !== undefined}>
    <summary>
      <span>{part.title}</span>
      <Icon name="right" small turning />
    </summary>
    <Step view={view} part={part} filled={false} />
  </details>
)

/** Exactly what this reader may do with the contract now. */
function StepForms(view: StepView) {
  const { t } = view.reader
  const { details } = view
  const open = order.filter(
    (step) => stepsOpenTo(details.contract, details.role).includes(step) && !isIdle(details, step),
  )
  if (open.length === 0) return null
  const next = nextStep(details)
  const first = next !== undefined && open.includes(next) ? stepParts[next](view) : undefined
  const others = open.filter((step) => step !== next || !first)
  return (
    <section class="card flow" aria-labelledby="steps">
      <h2 id="steps">
        {first ? first.title : details.role === 'operator' ? t('contract.forOperators') : t('contract.actions')}
      </h2>
      {first && <Step view={view} part={first} filled />}
      {others.length > 0 && (
        <div class="folds">
          {others.map((step) => (
            <FoldedStep view={view} part={stepParts[step](view)} />
          ))}
        </div>
      )}
    </section>
  )
}

export interface ContractPageView {
  readonly reader: Reader
  readonly details: ContractDetails
  readonly forms: Forms
  readonly rejected: Rejected | undefined
}

const listOf = {
  client: { tab: 'hiring', path: '/hiring' },
  worker: { tab: 'work', path: '/work' },
  operator: { tab: 'money', path: '/operators/contracts' },
} as const

/** The bank's answer, which a reader gives in its place. */
function Provider({ reader, details, forms }: ContractPageView) {
  const { t } = reader
  const pending = details.transfers.find(({ kind, state }) => kind === 'payment' && state === 'pending')
  if (!pending) return null
  return (
    <section class="card flow demo" aria-labelledby="provider">
      <h2 id="provider">{t('contract.provider')}</h2>
      <p class="small">{t('contract.providerText')}</p>
      <ProviderForm reader={reader} transfer={pending} forms={forms} />
    </section>
  )
}

/** One contract, for its two sides and operators. */
export function ContractPage(view: ContractPageView) {
  const { reader, details, rejected } = view
  const { locale, t } = reader
  const { contract, role, reviews } = details
  const list = listOf[role]
  const reviewing = mayReview(reviews, reader.now)
  return (
    <Page
      styles={contractsStyles}
      reader={reader}
      title={`${rejected ? reader.t('form.titlePrefix') : ''}${contract.title}`}
      current={list.tab}
    >
      <main id="main" class="wrap">
        <Crumb href={link(locale, list.path)}>
          {role === 'operator' ? t('contract.backToOperators') : t('contract.back')}
        </Crumb>
        <div class="head">
          <div>
            <h1>
              <bdi>{contract.title}</bdi>
            </h1>
            <p class="lead">
              {t('contract.between', namesIn(locale, details))}{' '}
              <span class="unbroken">{yenText(locale, contract.amount)}</span>
            </p>
          </div>
        </div>
        <div class="stack">
          <Trouble reader={reader} rejected={rejected} />
          <Headline reader={reader} details={details} />
          <div class="cols">
            <div class="stack">
              {reviewing && <Reviews {...view} />}
              <Provider {...view} />
              <StepForms {...view} />
              <Milestones {...view} />
              {!reviewing && <Reviews {...view} />}
              <Timeline {...view} />
              <Ledger {...view} />
            </div>
            <div class="stack plain-words">
              <ContractFacts {...view} />
            </div>
          </div>
        </div>
      </main>
    </Page>
  )
}
