/** What has become of one contract, as far as it bears on evidence. */
export interface ContractOutcome {
  /** Tells clients apart; null while unknown. */
  readonly client: string | null
  /** Whether the money went to the worker. */
  readonly released: boolean
  /** Whether any of it went back. */
  readonly refunded: boolean
  /** Whether the client's review of the worker has been revealed. */
  readonly reviewed: boolean
}

export interface Evidence {
  /** Contracts that count: paid out, reviewed, nothing taken back. */
  readonly contracts: number
  /** Distinct clients among them: each counts one, however often they came back. */
  readonly clients: number
}

/** Counts a worker's evidence: released + review revealed + distinct client counts one; a refund takes it back. */
export function countEvidence(outcomes: readonly ContractOutcome[]): Evidence {
  const counting = outcomes.filter(
    ({ client, released, refunded, reviewed }) => client !== null && released && reviewed && !refunded,
  )
  return { contracts: counting.length, clients: new Set(counting.map(({ client }) => client)).size }
}
