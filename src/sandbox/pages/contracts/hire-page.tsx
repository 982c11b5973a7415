import * as z from 'zod'
import { ok } from '../../../kernel/result.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { amountLimits, MOST_MILESTONES } from '../../escrow/contract.ts'
import type { Proposal } from '../../flows/propose-contract.ts'
import type { Application, Job } from '../../job/job.ts'
import { categories, type Worker } from '../../people/worker.ts'
import { malformed, type Outcome } from '../../problem.ts'
import { choice, type Fields, line, type Rejected, together, yen } from '../form-fields.ts'
import { link } from '../links.ts'
import {
  Choice,
  type FormState,
  type Forms,
  PageForm,
  TextField,
  Trouble,
  typedIn,
  YenField,
} from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { Avatar } from '../parts/seal.tsx'
import { contractsStyles } from '../styles.ts'
import { calledIn } from './contract-details.ts'

export interface HireView {
  readonly reader: Reader
  readonly worker: Worker
  readonly job: Job | undefined
  readonly application: Application | undefined
  readonly forms: Forms
  readonly rejected: Rejected | undefined
  /** How many parts can be filled in. */
  readonly parts: number
}

function Parts({ reader, form, parts }: { reader: Reader; form: FormState; parts: number }) {
  const { t } = reader
  const numbers = Array.from({ length: parts }, (_, at) => at + 1)
  const used = numbers.some((n) => typedIn(form, `part-${n}`) !== '' || typedIn(form, `part-${n}-amount`) !== '')
  return (
    <details class="fold parts" open={used || typedIn(form, 'parts') !== ''}>
      <summary>
        <span>{t('job.hire.parts')}</span>
        <Icon name="right" small turning />
      </summary>
      <div class="form">
        <p class="small">{t('job.hire.partsText')}</p>
        {numbers.map((n) => (
          <div class="part">
            <TextField form={form} name={`part-${n}`} label={t('job.hire.part', { n })} optional />
            <YenField form={form} name={`part-${n}-amount`} label={t('job.hire.partAmount', { n })} optional />
          </div>
        ))}
        <div class="btns">
          <button class="btn s ghost" type="submit" name="parts" value={String(parts)}>
            {t('job.hire.more')}
          </button>
        </div>
      </div>
    </details>
  )
}

/** The terms of a contract with one worker. */
export function HirePage({ reader, worker, job, application, forms, rejected, parts }: HireView) {
  const { locale, t } = reader
  const name = calledIn(locale, worker)
  // what is paid by the hour or the item says nothing about the whole
  const asked = job?.payType === 'fixed' ? (application?.amount ?? job.payAmount) : undefined
  const given = {
    title: job?.title ?? '',
    amount: asked?.toString() ?? '',
    category: job?.category ?? (worker.categories.length === 1 ? (worker.categories[0] ?? '') : ''),
  }
  const form = forms('hire', given)
  return (
    <Page
      styles={contractsStyles}
      reader={reader}
      title={`${rejected ? reader.t('form.titlePrefix') : ''}${t('job.hire.title', { worker: name })}`}
      current="hiring"
    >
      <main id="main" class="wrap narrow">
        <Crumb href={job ? link(locale, `/hiring/jobs/${job.id}`) : link(locale, `/workers/${worker.id}`)}>
          {job ? job.title : name}
        </Crumb>
        <div class="head">
          <div>
            <h1>{t('job.hire.title', { worker: name })}</h1>
            <p class="lead">{t('job.hire.lead')}</p>
          </div>
        </div>
        <div class="stack">
          <Trouble reader={reader} rejected={rejected} />
          {application && (
            <section class="card flow" aria-labelledby="applied">
              <h2 id="applied">{t('job.hire.applied')}</h2>
              <div class="by">
                <Avatar id={worker.id} name={worker.name} />
                <blockquote class="typed">{application.message}</blockquote>
              </div>
            </section>
          )}
          <div class="card">
            <PageForm form={form}>
              {/* the first button of a form is the one that Enter presses */}
              <button class="unseen" type="submit" tabindex={-1} aria-hidden="true">
                {t('job.hire.send')}
              </button>
              <TextField form={form} name="title" label={t('job.hire.name')} />
              <YenField form={form} name="amount" label={t('job.hire.amount')} hint={t('job.hire.amountHint')} />
              <Choice
                form={form}
                name="category"
                label={t('job.hire.category')}
                options={categories.map((value) => ({ value, label: reader.t(`market.category.${value}`) }))}
              />
              <Parts reader={reader} form={form} parts={parts} />
              <p class="tiny">{t('job.hire.sendText')}</p>
              <div class="btns">
                <button class="btn s primary" type="submit">
                  {t('job.hire.send')}
                </button>
              </div>
            </PageForm>
          </div>
        </div>
      </main>
    </Page>
  )
}

const FIRST_PARTS = 3

type Part = NonNullable<Proposal['milestones']>[number]

const numbers = Array.from({ length: MOST_MILESTONES }, (_, at) => at + 1)

const termsForm = z.object({
  title: line(120),
  amount: yen(amountLimits.least, amountLimits.most),
  category: choice(categories),
})

/** How many parts the form has room for; asking for more gives three more. */
export function roomForParts(fields: Fields): number {
  const asked = Number(fields.parts ?? 0)
  const filled =
    numbers.findLast((n) => (fields[`part-${n}`] ?? '') !== '' || (fields[`part-${n}-amount`] ?? '') !== '') ?? 0
  const room = Number.isInteger(asked) && asked > 0 ? asked + FIRST_PARTS : Math.max(FIRST_PARTS, filled)
  return Math.min(MOST_MILESTONES, room)
}

/** One part; undefined where nothing is filled in. One field without the other is refused beside it. */
function readPart(fields: Fields, n: number): Outcome<Part | undefined> {
  const [title, amount] = [`part-${n}`, `part-${n}-amount`] as const
  if ((fields[title] ?? '').trim() === '' && (fields[amount] ?? '').trim() === '') return ok(undefined)
  const read = together(
    parseInput(z.object({ [title]: line(120) }), fields),
    parseInput(z.object({ [amount]: yen(1, amountLimits.most) }), fields),
  )
  return read.ok ? ok({ title: read.value[0][title] ?? '', amount: read.value[1][amount] ?? 0 }) : read
}

function readParts(fields: Fields): Outcome<readonly Part[]> {
  const read = numbers.map((n) => readPart(fields, n))
  const issues = read.flatMap((part) => (!part.ok && part.problem.code === 'malformed' ? part.problem.issues : []))
  return issues.length > 0 ? malformed(issues) : ok(read.flatMap((part) => (part.ok && part.value ? [part.value] : [])))
}

/** Reads the terms of a contract. Parts have to add up to the whole. */
export function readTerms(fields: Fields): Outcome<Omit<Proposal, 'worker' | 'job'>> {
  const read = together(parseInput(termsForm, fields), readParts(fields))
  if (!read.ok) return read
  const [terms, milestones] = read.value
  const sum = milestones.reduce((total, { amount }) => total + amount, 0)
  if (milestones.length === 0) return ok(terms)
  return sum === terms.amount
    ? ok({ ...terms, milestones })
    : malformed([{ path: 'amount', message: `sum ${sum} ${terms.amount}` }])
}
