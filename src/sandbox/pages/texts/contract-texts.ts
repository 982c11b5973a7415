import type { Contract, ContractTimer, Milestone } from '../../escrow/contract.ts'
import type { ContractEvent } from '../../escrow/contract-event.ts'
import type { Entry } from '../../escrow/ledger.ts'
import type { Transfer } from '../../escrow/transfer.ts'
import type { Situation } from '../contracts/situation.ts'
import { contractEn } from './contract-en.ts'
import { contractJa } from './contract-ja.ts'
import { isolating } from './isolating.ts'
import type { Locale } from './texts.ts'

/** The two of a contract, as they are called in the reader's language. */
export interface Names {
  readonly client: string
  readonly worker: string
}

/** A sentence around a time that is to be seen. */
export type Around = readonly [before: string, after: string]

type Role = 'client' | 'worker' | 'operator'
/** What became of the money, in yen. */
export type Figures = Pick<Contract, 'released' | 'fee' | 'refunded'> & { readonly held: number }

/** Everything that the page of a contract says, its reviews aside. */
export interface ContractTexts {
  /** What is to be done, to whoever has to do it. */
  readonly yours: Readonly<Partial<Record<Situation, string>>>
  /** What is waited for, to the others. */
  theirs(situation: Situation, names: Names): string
  /** What that means for a reader. */
  about(situation: Situation, role: Role, on: { readonly names: Names; readonly figures: Figures }): string
  /** What happens by itself, around its time. */
  timer(timer: ContractTimer, disputed: boolean): Around
  /** The same in a word, before the time. */
  readonly timerName: Readonly<Record<ContractTimer, string>>
  cancelAsked(name: string): string
  readonly cancelTask: string
  readonly cancelAskedYours: string
  readonly decidedByRule: string
  readonly milestoneState: Readonly<Record<Milestone['status'], string>>
  readonly statusName: Readonly<Record<Situation, string>>
  between(names: Names): string
  /** What somebody is called who has left. */
  readonly gone: string
  readonly back: string
  readonly backToOperators: string
  readonly actions: string
  readonly nothingToDo: string
  readonly forOperators: string
  readonly reason: string
  readonly reasonHint: string
  pay: {
    button(amount: string): string
    readonly method: string
    readonly methods: Readonly<Record<'card' | 'bank-transfer' | 'declined', readonly [label: string, about: string]>>
  }
  readonly provider: string
  readonly providerText: string
  readonly providerPaid: string
  readonly providerFailed: string
  readonly start: string
  readonly startText: string
  readonly milestone: string
  readonly said: Readonly<Record<'delivered' | 'changes-requested', string>>
  readonly deliver: string
  readonly deliverNote: string
  readonly deliverHint: string
  readonly accept: string
  acceptButton(amount: string): string
  acceptText(worker: string): string
  readonly changes: string
  readonly changesButton: string
  readonly changesNote: string
  readonly changesHint: string
  readonly release: string
  readonly releaseButton: string
  readonly releaseAmount: string
  releaseHint(held: string): string
  readonly cancel: string
  readonly cancelAlone: string
  readonly cancelAsk: string
  readonly cancelAgree: string
  readonly cancelText: { readonly unpaid: string; readonly alone: string; readonly ask: string; readonly agree: string }
  readonly dispute: string
  readonly disputeButton: string
  readonly disputeNote: string
  readonly disputeText: string
  decide: {
    readonly title: string
    text(held: string): string
    toWorker(worker: string): string
    toClient(client: string): string
    readonly button: string
  }
  correct: {
    readonly title: string
    text(fee: string): string
    readonly to: string
    readonly amount: string
    readonly button: string
  }
  readonly facts: string
  readonly amount: string
  readonly held: string
  readonly paid: string
  readonly fee: string
  feeAbout(percent: number): string
  readonly refunded: string
  readonly parties: string
  readonly client: string
  readonly worker: string
  readonly job: string
  readonly made: string
  readonly category: string
  readonly payBy: string
  readonly milestones: string
  milestoneCount(n: number): string
  readonly delivered: string
  readonly timeline: string
  readonly happened: Readonly<Record<ContractEvent['type'], string>>
  readonly by: { readonly system: string; readonly operator: string }
  readonly operatorReason: string
  ledger: {
    readonly title: string
    balanced(sum: string): string
    readonly empty: string
    readonly about: string
    readonly when: string
    readonly what: string
    readonly account: string
    readonly debit: string
    readonly credit: string
    readonly total: string
    readonly kinds: Readonly<Record<Entry['kind'], string>>
    readonly accounts: { readonly provider: string; readonly escrow: string; readonly fee: string }
    readonly transfers: string
    readonly transferKinds: Readonly<Record<Transfer['kind'], string>>
    readonly transferStates: Readonly<Record<Transfer['state'], string>>
  }
}

export const contractTexts: Readonly<Record<Locale, ContractTexts>> = isolating({ ja: contractJa, en: contractEn })
