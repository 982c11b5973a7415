import type { ContractStatus } from '../../escrow/contract.ts'
import type { ContradictionKind } from '../../review/contradiction.ts'
import type { ReviewSide } from '../../review/review.ts'
import { isolating } from './isolating.ts'
import { operatorEn } from './operator-en.ts'
import { operatorJa } from './operator-ja.ts'
import type { Locale } from './texts.ts'

/** Where an event stands on its way to the plugin. */
export type DeliveryState = 'waiting' | 'delivered' | 'dead'

/** Pages of operators besides the queue: reviews that contradict themselves, money, and what is sent to the plugin. */
export interface OperatorTexts {
  worklist: {
    readonly title: string
    readonly lead: string
    readonly logged: string
    readonly empty: string
    readonly kinds: Readonly<Record<ContradictionKind, string>>
    readonly by: Readonly<Record<ReviewSide, string>>
    since(time: string): string
    readonly open: string
    readonly openText: string
    readonly reason: string
    readonly reasonHint: string
    readonly read: string
    readonly done: string
    readonly doneText: string
    readonly doneNote: string
    readonly look: string
    readonly lookText: string
    readonly lookWhom: string
    readonly lookNote: string
    readonly next: string
    readonly audit: string
  }
  hidden: {
    readonly title: string
    readonly logged: string
    /** Around the number under which the reading was written down. */
    loggedAs(audit: string): string
    readonly of: Readonly<Record<ReviewSide, string>>
    readonly again: string
    againOf(again: number): string
    readonly safe: string
    readonly note: string
    readonly noNote: string
    readonly none: string
    readonly visible: string
    readonly notWritten: string
    mean(stars: string): string
    readonly back: string
    readonly rule: string
  }
  audit: {
    readonly title: string
    readonly lead: string
    readonly when: string
    readonly who: string
    readonly what: string
    readonly kinds: { readonly answers: string; readonly worklist: string }
    contracts(n: number): string
    readonly why: string
    readonly fromThePage: string
    readonly empty: string
    readonly older: string
  }
  money: {
    readonly title: string
    readonly lead: string
    readonly books: string
    readonly balanced: string
    readonly unbalanced: string
    readonly debits: string
    readonly credits: string
    readonly whereItIs: string
    whereText(whole: string): string
    readonly funded: string
    readonly held: string
    readonly released: string
    readonly fee: string
    readonly refunded: string
    readonly accounts: string
    readonly account: string
    readonly accountNames: Readonly<Record<string, string>>
    readonly balance: string
    readonly entries: string
    readonly filters: string
    readonly all: string
    readonly due: string
    readonly statuses: Readonly<Record<ContractStatus, string>>
    readonly list: string
    readonly contract: string
    readonly amount: string
    readonly state: string
    readonly next: string
    readonly nothingDue: string
    readonly empty: string
    readonly more: string
    readonly toStart: string
  }
  deliveries: {
    readonly title: string
    readonly lead: string
    readonly states: Readonly<Record<DeliveryState, string>>
    readonly filters: string
    dead(n: number): string
    readonly allThere: string
    waitingText(n: number): string
    readonly schedule: string
    readonly scheduleText: string
    readonly waits: readonly string[]
    try(n: number): string
    readonly list: string
    readonly state: string
    readonly what: string
    readonly whom: string
    readonly tries: string
    readonly next: string
    readonly lastAnswer: string
    readonly none: string
    readonly noAnswer: string
    readonly sending: string
    readonly now: string
    readonly at: string
    readonly never: string
    readonly empty: Readonly<Record<DeliveryState, string>>
    readonly replay: string
    replayAll(n: number): string
    readonly replayText: string
    first(n: number): string
    readonly content: string
    readonly contentText: string
    readonly events: Readonly<Record<string, string>>
  }
}

export const operatorTexts: Readonly<Record<Locale, OperatorTexts>> = isolating({ ja: operatorJa, en: operatorEn })
