import type { Instances } from './instances.ts'
import type { Market } from './market.ts'
import type { Caller, Known } from './people.ts'

/** How the statuses of the service's certificates are looked at, for those who act upon them. */
const credentialsNow = (instances: Instances) =>
  instances.rows<{ id: string; worker: string; status: string; version: number; jwt: string }>(
    'select id, worker, status, version, jwt from credentials order by id',
  )

const oneOf = <T>(instances: Instances, list: readonly T[]): T | undefined =>
  list[instances.scheduler.random.below(Math.max(1, list.length))]

/** An operator extends, voids, suspends, reinstates, revokes, opens cases and ends sessions; staff are told what was done. */
export async function actAsOperator(
  operator: Caller,
  { instances, known, until }: { readonly instances: Instances; readonly known: Known; readonly until: number },
): Promise<void> {
  const { random } = instances.scheduler
  const why = 'looked into'
  while (instances.scheduler.now < until) {
    await operator.wait(25_000)
    const sat = oneOf(instances, known.sat)
    const credential = oneOf(instances, credentialsNow(instances))
    const headers = operator.key()
    const act = async (name: string, subject: string, path: string, body: unknown, method = 'POST') => {
      const reply = await operator.insist({ method, path, body, headers })
      if (reply && reply.status < 300) known.done.push({ act: name, subject })
      return reply
    }
    const whim = random.below(9)
    if (whim < 2 && sat) {
      const path = `/api/staff/attempts/${sat.id}/deadline`
      const extended = await act('attempt.extended', sat.id, path, { minutes: 1, why })
      if (extended?.status === 200) sat.deadline = Math.max(sat.deadline, Date.parse(extended.json.deadline))
    } else if (whim === 8) {
      const item = `${random.below(2) === 0 ? 'office' : 'writing'}-00${random.below(8)}`
      const reply = await operator.insist({
        method: 'POST',
        path: '/staff/leaks',
        body: new URLSearchParams({ exam: 'tiny', item, why }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      if (reply?.status === 303) known.done.push({ act: 'item.leaked', subject: item })
    } else if (whim === 2 && sat) await act('attempt.voided', sat.id, `/api/staff/attempts/${sat.id}/void`, { why })
    else if (whim < 6 && credential) {
      const status = ['suspended', 'active', 'active', 'revoked'][random.below(4)] as string
      await act(`credential ${status}`, credential.id, `/api/staff/credentials/${credential.id}/status`, {
        status,
        why,
      })
    } else if (whim === 6 && credential)
      await act('case.opened', credential.id, `/api/staff/credentials/${credential.id}/case`, {
        policy: 'outside-help',
        note: 'two voices',
      })
    else if (sat) {
      const path = `/api/staff/workers/${sat.worker}/accommodation`
      await act('accommodation.set', sat.worker, path, { timeMultiplier: 1.5, why }, 'PUT')
    }
  }
}

/** Somebody appeals now and then, and an attempt is graded once more from what is kept of it. */
export async function appeal({
  instances,
  known,
  until,
}: {
  readonly instances: Instances
  readonly known: Known
  readonly until: number
}): Promise<void> {
  const { scheduler, machines } = instances
  const judge = { name: 'judge', isAlive: true }
  while (scheduler.now < until) {
    await scheduler.sleep(judge, 2_000 + scheduler.random.below(12_000))
    const graded = instances.rows<{ id: string }>("select id from attempts where status = 'graded' order by id")
    const one = oneOf(instances, graded)
    const machine = oneOf(instances, machines)
    if (!one || !machine) continue
    const replayed = await instances.consult(machine, (instance) => instance.replay(one.id))
    instances.weather.draw('appeal', [])
    instances.note(
      judge.name,
      `appeal of ${one.id}: ${replayed?.ok ? `archived ${replayed.value.archived}` : 'nothing'}`,
    )
    if (replayed?.ok && replayed.value.replayed !== replayed.value.reported)
      known.seen.push(`${one.id} was ${replayed.value.reported}, and ${replayed.value.replayed} on appeal`)
  }
}

/** The marketplace's people change standings, make contracts and decide cases; it announces that as well as it can. */
export async function actAsMarketplace(
  market: Market,
  {
    instances,
    workers,
    until,
  }: {
    readonly instances: Instances
    readonly known: Known
    readonly workers: readonly Caller[]
    readonly until: number
  },
): Promise<void> {
  const { random } = instances.scheduler
  const clerk = { name: 'clerk', isAlive: true }
  const { trade } = market.fake
  const contracts: { readonly id: string; step: number }[] = []
  while (instances.scheduler.now < until) {
    await instances.scheduler.sleep(clerk, 2_000 + random.below(15_000))
    const worker = oneOf(instances, workers)?.name as string
    const whim = random.below(7)
    if (whim === 0) {
      const status = (['good', 'good', 'restricted', 'suspended'] as const)[random.below(4)] ?? 'good'
      const { version } = market.fake.decide(worker, status)
      instances.note('clerk', `${worker} is ${status}`)
      market.announce(trade.event('worker.standing_changed', { worker, version }))
    } else if (whim < 3) {
      const id = `contract-${contracts.length + 1}`
      contracts.push({ id, step: 0 })
      instances.note('clerk', `${worker} makes ${id}`)
      market.announce(trade.form(id, { worker, exam: 'tiny', client: `client-${random.below(3)}` }))
    } else if (whim < 5) {
      const contract = oneOf(instances, contracts)
      if (!contract || contract.step === 3) continue
      const { id, step } = contract
      instances.note('clerk', `${id} goes on`)
      market.announce(step === 0 ? trade.release(id) : step === 1 ? trade.reveal(id) : trade.refund(id))
      contract.step += 1
    } else {
      const open = oneOf(
        instances,
        [...trade.cases.values()].filter(({ final }) => !final),
      )
      if (!open) continue
      const action = (['no-action', 'suspend-credential', 'revoke-credential'] as const)[random.below(3)] ?? 'no-action'
      instances.note('clerk', `${open.case}: ${action}`)
      market.announce(trade.decideCase(open.case, action, random.below(2) === 0))
    }
  }
}

/** What a certificate has been from a version of it on. */
const statesSince = (instances: Instances, id: string, version: number): string[] =>
  instances
    .rows<{ to_status: string }>(
      `select to_status from credential_events where credential_id = '${id}' and version >= ${version}`,
    )
    .map(({ to_status }) => (to_status === 'active' ? 'valid' : to_status))

/** Somebody verifies badges now and then, and sees what they are. */
export async function verifyBadges(
  verifier: Caller,
  { instances, known, until }: { readonly instances: Instances; readonly known: Known; readonly until: number },
): Promise<void> {
  while (instances.scheduler.now < until) {
    await verifier.wait(12_000)
    const credential = oneOf(instances, credentialsNow(instances))
    if (!credential) continue
    const path = '/api/credentials/verify'
    const isOfCopy = instances.scheduler.random.below(2) === 0
    if (isOfCopy && instances.weather.draw('copy of the replica', ['stale']) === undefined) instances.copy()
    const machine = isOfCopy ? instances.replica : verifier.machine
    const from = isOfCopy ? undefined : credential.version
    const reply = await instances.call(verifier, machine, {
      method: 'POST',
      path,
      body: { credential: credential.jwt },
    })
    if (reply?.status !== 200) continue
    const states = statesSince(instances, credential.id, from ?? instances.copied.get(credential.id) ?? 1)
    known.verified.push({ credential: credential.id, verdict: reply.json.verdict, states })
  }
}
