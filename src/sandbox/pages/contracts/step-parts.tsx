import type { Child } from 'hono/jsx'
import type { CommandType } from '../../escrow/command.ts'
import { heldOf, paymentMethods, restOf } from '../../escrow/contract.ts'
import { payByOf } from '../../escrow/next-timer.ts'
import { Choice, type FormState, type Forms, ProseField, YenField } from '../parts/form-parts.tsx'
import type { Reader } from '../parts/layout.tsx'
import { contractTexts } from '../texts/contract-texts.ts'
import { figureTexts } from '../texts/figure-texts.ts'
import { type ContractDetails, namesIn } from './load-contract.ts'
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
      label={contractTexts[locale].milestone}
      options={possible.map((part) => ({ value: part.id, label: part.title, about: figureTexts[locale].yen(restOf(part)) }))}
    />
  )
}

/** The last thing that one side wrote to the other about the parts that a step can be about. */
function LastSaid({ view, type, step }: { view: StepView; type: 'delivered' | 'changes-requested'; step: MilestoneStep }) {
  const { contract, events } = view.details
  const possible = milestonesFor(contract, step)
  const said = possible.flatMap((part) => {
    const last = events.findLast((event) => event.type === type && event.data.milestone === part.id)
    return last && typeof last.data.note === 'string' && last.data.note !== '' ? [{ part, note: last.data.note }] : []
  })
  const t = contractTexts[view.reader.locale]
  return (
    <>
      {said.map(({ part, note }) => (
        <figure class="said">
          <figcaption class="tiny">{contract.milestones.length > 1 ? `${t.said[type]} ${part.title}` : t.said[type]}</figcaption>
          <blockquote class="typed">{note}</blockquote>
        </figure>
      ))}
    </>
  )
}

function pay(view: StepView): StepPart {
  const t = contractTexts[view.reader.locale]
  const form = view.forms('fund', { method: 'card' })
  const options = paymentMethods.map((value) => ({ value, label: t.pay.methods[value][0], about: t.pay.methods[value][1] }))
  const button = t.pay.button(figureTexts[view.reader.locale].yen(view.details.contract.amount))
  return { form, title: button, button, body: <Choice form={form} name="method" label={t.pay.method} options={options} /> }
}

function start(view: StepView): StepPart {
  const t = contractTexts[view.reader.locale]
  return { form: view.forms('start'), title: t.start, button: t.start, body: <p class="small-text">{t.startText}</p> }
}

function deliver(view: StepView): StepPart {
  const t = contractTexts[view.reader.locale]
  const form = view.forms('deliver')
  const body = (
    <>
      <LastSaid view={view} type="changes-requested" step="deliver" />
      <MilestoneChoice view={view} form={form} step="deliver" />
      <ProseField form={form} name="note" label={t.deliverNote} hint={t.deliverHint} rows={5} />
    </>
  )
  return { form, title: t.deliver, button: t.deliver, body }
}

function accept(view: StepView): StepPart {
  const t = contractTexts[view.reader.locale]
  const form = view.forms('accept')
  const [only, ...others] = milestonesFor(view.details.contract, 'accept')
  const body = (
    <>
      <LastSaid view={view} type="delivered" step="accept" />
      <MilestoneChoice view={view} form={form} step="accept" />
      <p class="small-text">{t.acceptText(namesIn(view.reader.locale, view.details).worker)}</p>
    </>
  )
  return { form, title: t.accept, button: only && others.length === 0 ? t.acceptButton(figureTexts[view.reader.locale].yen(restOf(only))) : t.accept, body }
}

function requestChanges(view: StepView): StepPart {
  const t = contractTexts[view.reader.locale]
  const form = view.forms('request-changes')
  const body = (
    <>
      <MilestoneChoice view={view} form={form} step="request-changes" />
      <ProseField form={form} name="note" label={t.changesNote} hint={t.changesHint} />
    </>
  )
  return { form, title: t.changes, button: t.changesButton, body }
}

function release(view: StepView): StepPart {
  const t = contractTexts[view.reader.locale]
  const form = view.forms('release')
  const body = (
    <>
      <MilestoneChoice view={view} form={form} step="release" />
      <YenField form={form} name="amount" label={t.releaseAmount} hint={t.releaseHint(figureTexts[view.reader.locale].yen(heldOf(view.details.contract)))} />
    </>
  )
  return { form, title: t.release, button: t.releaseButton, body }
}

/** How a contract ends here: nothing was paid, by this side alone, by asking the other one, or by agreeing with it. */
function waysOut({ contract, role }: ContractDetails): 'unpaid' | 'alone' | 'ask' | 'agree' {
  if (contract.status === 'proposed') return 'unpaid'
  if (role === 'operator' || contract.status === 'funded') return 'alone'
  if (contract.cancelProposedBy !== null && contract.cancelProposedBy !== role) return 'agree'
  return role === 'worker' && contract.milestones.every((part) => payByOf(part) === undefined) ? 'alone' : 'ask'
}

function cancel(view: StepView): StepPart {
  const t = contractTexts[view.reader.locale]
  const way = waysOut(view.details)
  const title = { unpaid: t.cancelAlone, alone: t.cancelAlone, ask: t.cancelAsk, agree: t.cancelAgree }[way]
  return { form: view.forms('cancel'), title, button: title, asked: way === 'agree', body: <p class="small-text">{t.cancelText[way]}</p> }
}

function dispute(view: StepView): StepPart {
  const t = contractTexts[view.reader.locale]
  const form = view.forms('dispute')
  const body = (
    <>
      <p class="small-text">{t.disputeText}</p>
      <ProseField form={form} name="note" label={t.disputeNote} />
    </>
  )
  return { form, title: t.dispute, button: t.disputeButton, body }
}

function decide(view: StepView): StepPart {
  const { locale } = view.reader
  const t = contractTexts[locale]
  const form = view.forms('decide')
  const names = namesIn(locale, view.details)
  const body = (
    <>
      <p class="small-text">{t.decide.text(figureTexts[locale].yen(heldOf(view.details.contract)))}</p>
      <div class="side-by-side">
        <YenField form={form} name="releaseToWorker" label={t.decide.toWorker(names.worker)} />
        <YenField form={form} name="refundToClient" label={t.decide.toClient(names.client)} />
      </div>
    </>
  )
  return { form, title: t.decide.title, button: t.decide.button, body }
}

function correct(view: StepView): StepPart {
  const { locale } = view.reader
  const t = contractTexts[locale]
  const form = view.forms('correct')
  const names = namesIn(locale, view.details)
  const options = (['worker', 'client'] as const).map((value) => ({ value, label: names[value] }))
  const body = (
    <>
      <p class="small-text">{t.correct.text(figureTexts[locale].yen(view.details.contract.fee))}</p>
      <Choice form={form} name="to" label={t.correct.to} options={options} />
      <YenField form={form} name="amount" label={t.correct.amount} />
    </>
  )
  return { form, title: t.correct.title, button: t.correct.button, body }
}

/** How each step is asked for, in the order in which they are offered. */
export const stepParts: Readonly<Record<StepName, (view: StepView) => StepPart>> = { fund: pay, start, deliver, accept, 'request-changes': requestChanges, release, cancel, dispute, decide, correct }
