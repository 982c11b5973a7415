import { Icon } from '../../../platform/page/icon.tsx'
import { stepsOpenTo } from '../../escrow/steps.ts'
import { PageForm, TextField } from '../parts/form-parts.tsx'
import type { ContractDetails } from './load-contract.ts'
import { type StepName, type StepPart, type StepView, stepParts } from './step-parts.tsx'

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
export function StepForms(view: StepView) {
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
