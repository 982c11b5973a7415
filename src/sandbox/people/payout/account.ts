import { keyedName } from '../keyed-name.ts'

/** A bank account as it was typed, in digits alone. */
export interface BankAccount {
  /** Four digits. */
  readonly bank: string
  /** Three digits. */
  readonly branch: string
  /** One to seven digits; zeros in front say nothing. */
  readonly number: string
}

/** What people type for digits, without what stands between them: full-width ones, spaces and dashes of every kind are understood. */
export const bareDigits = (typed: string): string =>
  typed.normalize('NFKC').replaceAll(/[\s\p{Cf}\p{Pd}\u2212\u30fc]/gu, '')

/** What is kept of a bank account: enough to see that two are the same, not enough to find out which. */
export interface AccountMark {
  /** The same for the same account, however it was typed. */
  readonly account: string
  /** Its last three digits, for its owner to know it by. */
  readonly ending: string
}

/** Marks a bank account by `secret`, which is the marketplace's own. */
export async function markAccount(secret: string, { bank, branch, number }: BankAccount): Promise<AccountMark> {
  const full = number.padStart(7, '0')
  return { account: await keyedName(secret, 'payout-account', `${bank}-${branch}-${full}`), ending: full.slice(-3) }
}

export const identityStates = ['unverified', 'verified', 'refused'] as const

/** Whether an operator has seen who somebody is. Refused is also whose verification was withdrawn. */
export type IdentityState = (typeof identityStates)[number]
