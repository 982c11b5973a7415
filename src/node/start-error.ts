import { ToldError } from '../platform/log-line.ts'

/** Why the service cannot start: one line, for whoever started it. */
export class StartError extends ToldError {}

/** What went wrong, in one line. Settings and keys are refused by name, never with what stood there. */
export function inOneLine(error: unknown): string {
  // the parser quotes the text that it read, drizzle the values of its statement
  if (error instanceof SyntaxError) return 'it is not JSON'
  if (error instanceof Error && error.message.startsWith('Failed query'))
    return error.cause === undefined ? 'a statement failed' : inOneLine(error.cause)
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 400)
}

/** Opens something that a damaged file can keep from opening. @throws a `StartError` of one line. */
export async function openOrExplain<T>(what: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(`${what} cannot be opened: ${inOneLine(error)}`)
  }
}
