import { generateKey } from '../../src/credential/keys.ts'
import type { Environment } from '../../src/world/settings.ts'
import { MARKET, PLUGIN, SUBSCRIBER, WEBHOOK_SECRET } from './fake-market.ts'

/** An environment with keys of its own, as a deployment would have it. */
export async function testEnvironment(change: Partial<Environment> = {}): Promise<Environment> {
  const keys = await Promise.all(
    (['credential', 'service', 'webhook', 'proof'] as const).map((use) => generateKey(use)),
  )
  return {
    KENTEI_ORIGIN: PLUGIN,
    KENTEI_KEYS: JSON.stringify(keys),
    KENTEI_SESSION_SECRET: 'test-bed-session-secret-that-is-long-enough-0001',
    // whoever the marketplace says: tests send over many an operator
    KENTEI_OPERATORS: 'role=operator',
    // the exams in this repository are public
    KENTEI_DEMO_BANK: 'allowed',
    MARKETPLACE_ORIGIN: MARKET,
    MARKETPLACE_WEBHOOK_KEYS: JSON.stringify([WEBHOOK_SECRET]),
    SUBSCRIBERS: JSON.stringify([{ id: 'marketplace', url: SUBSCRIBER }]),
    ...change,
  }
}
