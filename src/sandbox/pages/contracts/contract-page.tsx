import { Crumb } from '../../../platform/page/document.tsx'
import { yenText } from '../figures.ts'
import type { Rejected } from '../form-fields.ts'
import { link } from '../links.ts'
import { type Forms, Trouble } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { contractsStyles } from '../styles.ts'
import { Headline } from './headline.tsx'
import { Ledger } from './ledger.tsx'
import { type ContractDetails, namesIn } from './load-contract.ts'
import { ProviderForm } from './provider-form.tsx'
import { ContractFacts, Milestones, Timeline } from './records.tsx'
import { mayReview, Reviews } from './reviews.tsx'
import { StepForms } from './step-forms.tsx'

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
