/** Why the service cannot start: one line, for whoever started it. */
export class StartError extends Error {}

/** Opens something that a damaged file can keep from opening. @throws a `StartError` of one line. */
export async function openOrExplain<T>(what: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(`${what} cannot be opened: ${(error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 400)}`)
  }
}
