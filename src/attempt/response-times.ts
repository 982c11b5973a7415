import type { Instant } from '../kernel/instant.ts'

/** When the server first and last acknowledged a response to an item. */
export interface SaveTimes {
  readonly item: string
  readonly firstSavedAt: Instant
  readonly savedAt: Instant
}

/**
 * Milliseconds each answered item took, by item ref: from the acknowledgement before its first save (or the start) to its
 * first save. Only the server's own times are used; items saved in the same instant share the time that passed.
 */
export function responseTimes(startedAt: Instant, saves: readonly SaveTimes[]): Record<string, number> {
  const instants = [...new Set(saves.flatMap((save) => [save.firstSavedAt, save.savedAt]))].sort((a, b) => a - b)
  const together = Map.groupBy(saves, (save) => save.firstSavedAt)
  return Object.fromEntries(
    saves.map((save) => {
      const before = instants.findLast((at) => at < save.firstSavedAt) ?? startedAt
      return [save.item, Math.round((save.firstSavedAt - before) / (together.get(save.firstSavedAt)?.length ?? 1))]
    }),
  )
}
