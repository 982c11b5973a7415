import type { Child } from 'hono/jsx'
import { heldOf, paymentMethods, restOf } from '../../escrow/contract.ts'
import { payByOf } from '../../escrow/next-timer.ts'
import type { CommandType } from '../../escrow/steps.ts'
import { yenText } from '../figures.ts'
import { Choice, type FormState, type Forms, ProseField, YenField } from '../parts/form-parts.tsx'
import type { Reader } from '../parts/layout.tsx'
import { textsOf } from '../texts.ts'
import { type ContractDetails, namesIn } from './contract-details.ts'
import { type MilestoneStep, milestonesFor } from './read-step.ts'

export interface StepView {
  readonly reader: Reader
  readonly details: ContractDetails
  readonly forms: Forms
}

export type StepName = Exclude<CommandType, 'create' | 'settle-payment' | 'run-timer'>

/** One step as a form: what it asks for, and what its button says. */
export interface StepPart {
  readonly title: string
  readonly body: Child
  readonly button: string
  readonly form: FormState
  /** Whether the other side waits for it. */
  readonly asked?: boolean
}

/** Which part a step is about, where there is a choice. */
function MilestoneChoice({ view, form, step }: { view: StepView; form: FormState; step: MilestoneStep }) {
  const { locale } = view.reader
  const possible = milestonesFor(view.details.contract, step)
  if (possible.length < 2) return null
  return (
    <Choice
      form={form}
      name="milestone"
      label={textsOf(locale)('contract.milestone')}
      options={possible.map((part) => ({ value: part.id, label: part.title, about: yenText(locale, restOf(part)) }))}
    />
  )
}

/** The last thing that one side wrote to the other about the parts that a step can be about. */
function LastSaid({
  view,
  type,
  step,
}: {
  view: StepView
  type: 'delivered' | 'changes-requested'
  step: MilestoneStep
}) {
  const { contract, events } = view.details
  const possible = milestonesFor(contract, step)
  const said = possible.flatMap((part) => {
    const last = events.findLast((event) => event.type === type && event.data.milestone === part.id)
    return last && typeof last.data.note === 'string' && last.data.note !== '' ? [{ part, note: last.data.note }] : []
  })
  const { t } = view.reader
  return (
    <>
      {said.map(({ part, note }) => (
        <figure class="said">
          <figcaption class="tiny">
            {contract.milestones.length > 1
              ? `${t(`contract.said.${type}`)} ${part.title}`
              : t(`contract.said.${type}`)}
          </figcaption>
          <blockquote class="typed">{note}</blockquote>
        </figure>
      ))}
    </>
  )
}

function pay(view: StepView): StepPart {
  const { t } = view.reader
  const form = view.forms('fund', { method: 'card' })
  const options = paymentMethods.map((value) => ({
    value,
    label: t(`contract.pay.methods.${value}.label`),
    about: t(`contract.pay.methods.${value}.about`),
  }))
  const button = t('contract.pay.button', { amount: yenText(view.reader.locale, view.details.contract.amount) })
  return {
    form,
    title: button,
    button,
    body: <Choice form={form} name="method" label={t('contract.pay.method')} options={options} />,
  }
}

function start(view: StepView): StepPart {
  const { t } = view.reader
  return {
    form: view.forms('start'),
    title: t('contract.start'),
    button: t('contract.start'),
    body: <p class="small">{t('contract.startText')}</p>,
  }
}

function deliver(view: StepView): StepPart {
  const { t } = view.reader
  const form = view.forms('deliver')
  const body = (
    <>
      <LastSaid view={view} type="changes-requested" step="deliver" />
      <MilestoneChoice view={view} form={form} step="deliver" />
      <ProseField form={form} name="note" label={t('contract.deliverNote')} hint={t('contract.deliverHint')} rows={5} />
    </>
  )
  return { form, title: t('contract.deliver'), button: t('contract.deliver'), body }
}

function accept(view: StepView): StepPart {
  const { t } = view.reader
  const form = view.forms('accept')
  const [only, ...others] = milestonesFor(view.details.contract, 'accept')
  const body = (
    <>
      <LastSaid view={view} type="delivered" step="accept" />
      <MilestoneChoice view={view} form={form} step="accept" />
      <p class="small">{t('contract.acceptText', { worker: namesIn(view.reader.locale, view.details).worker })}</p>
    </>
  )
  return {
    form,
    title: t('contract.accept'),
    button:
      only && others.length === 0
        ? t('contract.acceptButton', { amount: yenText(view.reader.locale, restOf(only)) })
        : t('contract.accept'),
    body,
  }
}

function requestChanges(view: StepView): StepPart {
  const { t } = view.reader
  const form = view.forms('request-changes')
  const body = (
    <>
      <MilestoneChoice view={view} form={form} step="request-changes" />
      <ProseField form={form} name="note" label={t('contract.changesNote')} hint={t('contract.changesHint')} />
    </>
  )
  return { form, title: t('contract.changes'), button: t('contract.changesButton'), body }
}

function release(view: StepView): StepPart {
  const { t } = view.reader
  const form = view.forms('release')
  const body = (
    <>
      <MilestoneChoice view={view} form={form} step="release" />
      <YenField
        form={form}
        name="amount"
        label={t('contract.releaseAmount')}
        hint={t('contract.releaseHint', { held: yenText(view.reader.locale, heldOf(view.details.contract)) })}
      />
    </>
  )
  return { form, title: t('contract.release'), button: t('contract.releaseButton'), body }
}

/** How a contract ends here: nothing was paid, by this side alone, by asking the other one, or by agreeing with it. */
function waysOut({ contract, role }: ContractDetails): 'unpaid' | 'alone' | 'ask' | 'agree' {
  if (contract.status === 'proposed') return 'unpaid'
  if (role === 'operator' || contract.status === 'funded') return 'alone'
  if (contract.cancelProposedBy !== null && contract.cancelProposedBy !== role) return 'agree'
  return role === 'worker' && contract.milestones.every((part) => payByOf(part) === undefined) ? 'alone' : 'ask'
}

function cancel(view: StepView): StepPart {
  const { t } = view.reader
  const way = waysOut(view.details)
  const title = {
    unpaid: t('contract.cancelAlone'),
    alone: t('contract.cancelAlone'),
    ask: t('contract.cancelAsk'),
    agree: t('contract.cancelAgree'),
  }[way]
  return {
    form: view.forms('cancel'),
    title,
    button: title,
    asked: way === 'agree',
    body: <p class="small">{t(`contract.cancelText.${way}`)}</p>,
  }
}

function dispute(view: StepView): StepPart {
  const { t } = view.reader
  const form = view.forms('dispute')
  const body = (
    <>
      <p class="small">{t('contract.disputeText')}</p>
      <ProseField form={form} name="note" label={t('contract.disputeNote')} />
    </>
  )
  return { form, title: t('contract.dispute'), button: t('contract.disputeButton'), body }
}

function decide(view: StepView): StepPart {
  const { locale } = view.reader
  const t = textsOf(locale)
  const form = view.forms('decide')
  const names = namesIn(locale, view.details)
  const body = (
    <>
      <p class="small">{t('contract.decide.text', { held: yenText(locale, heldOf(view.details.contract)) })}</p>
      <div class="side-by-side">
        <YenField form={form} name="releaseToWorker" label={t('contract.decide.toWorker', { worker: names.worker })} />
        <YenField form={form} name="refundToClient" label={t('contract.decide.toClient', { client: names.client })} />
      </div>
    </>
  )
  return { form, title: t('contract.decide.title'), button: t('contract.decide.button'), body }
}

function correct(view: StepView): StepPart {
  const { locale } = view.reader
  const t = textsOf(locale)
  const form = view.forms('correct')
  const names = namesIn(locale, view.details)
  const options = (['worker', 'client'] as const).map((value) => ({ value, label: names[value] }))
  const body = (
    <>
      <p class="small">{t('contract.correct.text', { fee: yenText(locale, view.details.contract.fee) })}</p>
      <Choice form={form} name="to" label={t('contract.correct.to')} options={options} />
      <YenField form={form} name="amount" label={t('contract.correct.amount')} />
    </>
  )
  return { form, title: t('contract.correct.title'), button: t('contract.correct.button'), body }
}

/** How each step is asked for, in the order in which they are offered. */
export const stepParts: Readonly<Record<StepName, (view: StepView) => StepPart>> = {
  fund: pay,
  start,
  deliver,
  accept,
  'request-changes': requestChanges,
  release,
  cancel,
  dispute,
  decide,
  correct,
}
