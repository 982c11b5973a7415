/** How much may still be asked of a database: what an invocation at the edge is given is counted, and ends it when it is used up. */
export interface Budget {
  /** Statements that may still be asked. */
  left(): number
}

/** Where nobody counts. */
export const noLimit: Budget = { left: () => Number.POSITIVE_INFINITY }

/** The same budget but for some statements that others are to have. */
export const allBut = (budget: Budget, kept: number): Budget => ({ left: () => budget.left() - kept })

/** A budget that is spent by counting. */
export function countdown(statements: number): Budget & { spend(statements: number): void } {
  let left = statements
  return {
    left: () => left,
    spend: (spent) => {
      left -= spent
    },
  }
}
