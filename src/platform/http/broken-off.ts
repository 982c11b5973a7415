/** A body whose sender went away before it was whole. Nobody hears the answer, and nothing of ours failed. */
export class BrokenOff extends Error {
  override name = 'BrokenOff'
}

/** Whether a request failed because its body was broken off. Node says so itself, where a handler reads the body. */
export const isBrokenOff = (error: Error): boolean =>
  error instanceof BrokenOff || ((error as NodeJS.ErrnoException).code === 'ECONNRESET' && error.message === 'aborted')
