import { drainSandbox } from '../sandbox/flows/drain-sandbox.ts'
import { endorseExams } from '../sandbox/flows/endorse-exams.ts'
import { tendMarket } from '../sandbox/flows/tend-market.ts'
import type { SandboxWorld } from '../sandbox/sandbox-world.ts'
import { type Repetition, repeat } from './repeat.ts'

/**
 * What a marketplace does by itself, every `milliseconds`: acts whose time has come, its outbox, and what it vouches for, each
 * in rounds of its own, so that a plugin that answers slowly or not at all holds up no work of the marketplace.
 */
export function beginRounds(market: SandboxWorld, milliseconds: number, report: (error: unknown) => void): Repetition {
  // one round of messages at a time, so that stopping waits for one answer at most
  const deliver = () => drainSandbox(market, { rounds: 1 })
  const rounds = [() => tendMarket(market), deliver, () => endorseExams(market)].map((act) =>
    repeat(milliseconds, act, report),
  )
  return {
    stop: async () => {
      await Promise.all(rounds.map((round) => round.stop()))
    },
  }
}
