import { actAsAuthors } from './authors.ts'
import { actAtDesk } from './drafts.ts'
import type { Injected } from './faults.ts'
import { Instances } from './instances.ts'
import { findBreaches } from './invariants.ts'
import { Market } from './market.ts'
import { Caller, type Known, sitExam } from './people.ts'
import { BEGIN, type Prepared } from './prepared.ts'
import { actAsMarketplace, actAsOperator, appeal, verifyBadges } from './staff.ts'

/** What a seed came to. */
export interface Outcome {
  readonly seed: number
  /** Of the trace: the same whenever the seed is run. */
  readonly digest: string
  readonly steps: number
  /** What did not hold; empty where all is well. */
  readonly breaches: readonly string[]
  readonly injected: Injected
}

/** How far the calm goes on at most until nothing waits to be sent. */
const CALM_DAYS = 4
const DAY_MS = 86_400_000

/** Now and then a clock is set, the marketplace forgets something, or an instance dies for no reason. */
async function disturb(instances: Instances, market: Market, until: number): Promise<void> {
  const { scheduler, weather, machines } = instances
  const { random } = scheduler
  const fate = { name: 'fate', isAlive: true }
  const isSteady = random.below(3) === 0
  const moves = random.below(3) === 0
  while (scheduler.now < until) {
    await scheduler.sleep(fate, 4_000 + random.below(20_000))
    const machine = machines[random.below(machines.length)]
    if (moves && random.below(4) === 0) await instances.move()
    if (!machine || isSteady) continue
    const what = random.below(6)
    if (what < 2) {
      // as far off as a service that is kept in time may be for a moment
      machine.offset = random.below(3_001) - 1_500
      weather.draw('machine clock', [])
      instances.note(machine.name, `clock ${machine.offset} ms off`)
    } else if (what === 2) {
      weather.draw('market memory', [])
      market.forget()
    } else if (what === 3 && machine.running) {
      weather.draw('machine crash', [])
      instances.crash(machine)
    } else if (what === 4) {
      weather.draw('machine pause', [])
      instances.freeze(machine, 5_000 + random.below(50_000))
    }
  }
}

/** Everything is mended, and the service goes on until nothing is left to do; twice through a night, in which both sides compare. */
async function calmDown(instances: Instances, operator: Caller): Promise<void> {
  const { scheduler, weather, machines } = instances
  weather.isCalm = true
  for (const machine of machines) {
    if (machine.running) machine.running.frozenUntil = 0
    machine.offset = 0
    machine.drift = 0
    if (!machine.running) instances.start(machine)
  }
  await instances.settleMoves()
  for (let night = 0; night < 2; night += 1) {
    for (const { running } of machines) {
      await running?.instance.sweep()
      await running?.instance.deliver()
    }
    await operator.insist({ method: 'POST', path: '/api/staff/deliveries/replay-dead', headers: operator.key() })
    await instances.settle(scheduler.now + CALM_DAYS * DAY_MS)
    scheduler.now += DAY_MS
    await operator.launch(true)
    for (const { running } of machines) await running?.instance.reconcile()
    for (const { running } of machines) await running?.instance.archive()
    await instances.settle(scheduler.now + CALM_DAYS * DAY_MS)
  }
}

/** Runs a seed from its first call to its last check. `tell` gets the trace, line by line. */
export async function runSeed(prepared: Prepared, seed: number, tell?: (line: string) => void): Promise<Outcome> {
  const instances = new Instances(prepared, seed, tell)
  const { scheduler } = instances
  const { random } = scheduler
  const market = new Market(instances, prepared.market)
  const known: Known = { sat: [], done: [], secrets: new Set(), drafted: new Map(), verified: [], seen: [] }
  const of = { instances, market, known }
  const breaches: string[] = []
  try {
    for (const machine of [...instances.machines, instances.replica]) instances.start(machine)
    const workers = Array.from({ length: 2 + random.below(3) }, (_, n) => new Caller(`worker-${n + 1}`, of))
    const operator = new Caller('op-1', { ...of, claims: { role: 'operator', name: 'Sato' } })
    const authors = ['Abe', 'Ono'].map(
      (name) => new Caller(`author-${name}`, { ...of, claims: { role: 'author', name } }),
    )
    const end = BEGIN + 90_000 + random.below(60_000)
    const everybody = async () => {
      await Promise.all([
        ...workers.map((worker) => sitExam(worker, { instances, versions: prepared.versions, known })),
        actAsOperator(operator, { instances, known, until: end }),
        actAsMarketplace(market, { instances, known, workers, until: end }),
        actAsAuthors(authors, { instances, known, versions: prepared.versions, operator, until: end }),
        actAtDesk(authors, { instances, known, until: end }),
        appeal({ instances, known, until: end }),
        verifyBadges(new Caller('verifier', of), { instances, known, until: end }),
        disturb(instances, market, end),
      ])
      await calmDown(instances, operator)
      await market.pull()
    }
    await scheduler.run(everybody())
    breaches.push(...(await scheduler.run(findBreaches({ instances, market, known }))))
  } catch (error) {
    breaches.push(`it broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  } finally {
    instances.close()
  }
  const { steps } = scheduler
  return { seed, digest: scheduler.digest(), steps, breaches, injected: instances.weather.injected }
}
