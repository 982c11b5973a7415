import type { Bank } from '../../src/item/bank.ts'
import { modelSaves } from '../support/model-answer.ts'
import type { DraftedLine } from './drafts.ts'
import type { Asked, Instances, Machine, Reply } from './instances.ts'
import type { Market } from './market.ts'
import type { Owner } from './scheduler.ts'

/** What somebody saw of an attempt. */
export interface Sat {
  readonly worker: string
  readonly id: string
  /** The paper, and of which version it is, as it was when it was begun. */
  readonly paper: { readonly form: string; readonly hash: string }
  /** Times as the service told them. */
  readonly startedAt: number
  deadline: number
  /** Of each question by its ref, what was sent under which revision, and whether it was right. */
  readonly sent: Map<string, Map<number, { readonly right: boolean; readonly response: string }>>
  /** The highest revision that was acknowledged. */
  readonly acknowledged: Map<string, number>
  /** When saves were acknowledged, by the clock of the machine that did it. */
  readonly acknowledgedAt: number[]
  /** Every result that came back, whoever asked for it. */
  readonly results: string[]
  /** It was told that the attempt is closed. */
  wasClosed: boolean
  withdrew: boolean
}

/** What staff were told was done. */
export interface Done {
  readonly act: string
  readonly subject: string
  /** Of a version that was approved: which was live when the two were compared. */
  readonly against?: string
}

/** What everybody knows at the end of a seed. */
export interface Known {
  readonly sat: Sat[]
  readonly done: Done[]
  readonly secrets: Set<string>
  /** What was written into each line of the draft. */
  readonly drafted: Map<number, DraftedLine>
  /** What somebody saw that must not be. */
  readonly seen: string[]
  /** What somebody was told of a badge, and what it was from before the question until after the answer. */
  readonly verified: { readonly credential: string; readonly verdict: string; readonly states: readonly string[] }[]
}

/** A person or a program with a session at the service. */
export class Caller implements Owner {
  readonly name: string
  isAlive = true
  readonly #instances: Instances
  readonly #market: Market
  readonly #known: Known
  readonly #claims: Readonly<Record<string, unknown>>
  #session: string | undefined

  constructor(
    name: string,
    of: {
      readonly instances: Instances
      readonly market: Market
      readonly known: Known
      readonly claims?: Readonly<Record<string, unknown>>
    },
  ) {
    this.name = name
    this.#instances = of.instances
    this.#market = of.market
    this.#known = of.known
    this.#claims = of.claims ?? {}
  }

  get machine(): Machine {
    const { machines, scheduler } = this.#instances
    return machines[scheduler.random.below(machines.length)] as Machine
  }

  wait(most: number): Promise<void> {
    const { scheduler, isHasty } = this.#instances
    return scheduler.sleep(this, scheduler.random.below(isHasty ? Math.ceil(most / HASTE) : most))
  }

  /** Comes over from the marketplace, unless it has. @returns false where that could not be done. */
  async launch(anew = false): Promise<boolean> {
    if (anew) this.#session = undefined
    for (let tries = 0; this.#session === undefined; tries += 1) {
      if (tries === 12) return false
      const token = await this.#market.fake.launchToken({
        sub: this.name,
        jti: this.#instances.newId('jti'),
        ...this.#claims,
      })
      this.#known.secrets.add(token)
      const reply = await this.#instances.call(this, this.machine, {
        method: 'POST',
        path: '/api/session',
        body: { token },
      })
      if (reply?.status === 201) {
        this.#session = reply.json.session as string
        this.#known.secrets.add(this.#session)
      } else {
        const reason = reply?.json?.reason
        // it was signed a moment ago
        if (TIMES.includes(reason)) this.#known.seen.push(`${this.name} was refused at the door: ${reason}`)
        await this.wait(3_000)
      }
    }
    return true
  }

  /** Asks once. */
  async ask(asked: Asked): Promise<Reply | undefined> {
    if (!(await this.launch())) return undefined
    const headers = { authorization: `Bearer ${this.#session}`, ...asked.headers }
    const reply = await this.#instances.call(this, this.machine, { ...asked, headers })
    if (reply?.status === 401) {
      // nobody ends sessions here
      this.#known.seen.push(`a session of ${this.name} was acknowledged and is gone`)
      this.#session = undefined
    }
    if (reply?.status === 503 && !/^[1-9]\d*$/.test(reply.retryAfter ?? ''))
      this.#known.seen.push(`${asked.method} ${asked.path} was put off without a time to come again`)
    return reply
  }

  /** Asks until there is an answer that trying again would not change. */
  async insist(asked: Asked, most = 12): Promise<Reply | undefined> {
    for (let tries = 0; tries < most; tries += 1) {
      const reply = await this.ask(asked)
      const isSettled = reply && reply.status < 500 && ![401, 409, 429].includes(reply.status)
      if (isSettled || reply?.json?.code === 'attempt-closed') return reply
      await this.wait(4_000)
    }
    return undefined
  }

  key(): Record<string, string> {
    return { 'idempotency-key': `"${this.#instances.newId('key')}"` }
  }
}

/** So much more often everybody acts while the database is moved. */
const HASTE = 10

const TIMES = ['not-yet-valid', 'expired', 'lifetime']

const millis = (time: string): number => Date.parse(time)

/** One sitting: starts, saves what it likes as often as it likes, perhaps in two tabs, and hands in or lets the time run out. */
export async function sitExam(
  caller: Caller,
  {
    instances,
    versions,
    known,
  }: { readonly instances: Instances; readonly versions: readonly Bank[]; readonly known: Known },
): Promise<void> {
  const { random } = instances.scheduler
  await caller.wait(6_000)
  const start = { method: 'POST', path: '/api/exams/tiny/attempts', body: { locale: 'ja' } }
  // both tabs at once, now and then
  const replies = await Promise.all(
    random.below(4) === 0
      ? [caller.insist(start), caller.insist(start)]
      : [caller.insist({ ...start, headers: random.below(2) === 0 ? caller.key() : {} })],
  )
  const started = replies.find((reply) => reply && reply.status < 300)?.json
  if (!started) return
  const paper = instances.rows<{ form: string; hash: string }>(
    `select form, bank_hash as hash from attempts where id = '${started.id}'`,
  )[0]
  const bank = versions.find(({ hash }) => hash === paper?.hash)
  if (!bank || !paper) throw new Error(`${started.id} is of a version that nobody wrote`)
  const sat: Sat = {
    paper,
    worker: caller.name,
    id: started.id,
    startedAt: millis(started.startedAt),
    deadline: millis(started.deadline),
    sent: new Map(),
    acknowledged: new Map(),
    acknowledgedAt: [],
    results: [],
    wasClosed: false,
    withdrew: false,
  }
  known.sat.push(sat)
  let lease: string = started.lease
  let revision = 0
  const isDiligent = random.below(3) > 0
  const save = async (isLast: boolean) => {
    revision += 1
    const all = modelSaves(bank, started.sections, () => !(isLast && isDiligent) && random.below(2) === 0, revision)
    const right = new Map(
      modelSaves(bank, started.sections).map(({ item, response }) => [item, JSON.stringify(response)]),
    )
    const saves = isLast ? all : random.shuffle(all).slice(0, 1 + random.below(all.length))
    for (const { item, response } of saves) {
      const text = JSON.stringify(response)
      const sent = sat.sent.get(item) ?? new Map()
      sat.sent.set(item, sent.set(revision, { right: text === right.get(item), response: text }))
      known.secrets.add(text)
    }
    const reply = await caller.insist(
      { method: 'PUT', path: `/api/attempts/${sat.id}/responses`, body: { lease, saves } },
      isLast ? 12 : 3,
    )
    if (reply?.status === 200) {
      sat.acknowledgedAt.push(millis(reply.json.now))
      sat.deadline = Math.max(sat.deadline, millis(reply.json.deadline))
      for (const { item, status, revision: at } of reply.json.results)
        if (status === 'saved') sat.acknowledged.set(item, Math.max(at, sat.acknowledged.get(item) ?? 0))
    }
    if (reply?.json?.code === 'attempt-closed') sat.wasClosed = true
    if (reply?.json?.code === 'lease-lost') await takeLease()
  }
  const takeLease = async () => {
    const taken = await caller.insist({ method: 'POST', path: `/api/attempts/${sat.id}/lease` })
    if (taken?.status !== 200) return
    const earlier = lease
    lease = taken.json.lease
    // the tab that lost it does not know yet
    const [first] = modelSaves(bank, started.sections, () => true, revision + 1_000)
    if (random.below(2) === 0 || first === undefined) return
    const path = `/api/attempts/${sat.id}/responses`
    const late = await caller.ask({ method: 'PUT', path, body: { lease: earlier, saves: [first] } })
    if (late?.status === 200) known.seen.push(`${sat.id} took an answer from a tab that had lost its lease`)
  }
  for (let rounds = 1 + random.below(4); rounds > 0 && !sat.wasClosed; rounds -= 1) {
    await caller.wait(6_000)
    const whim = random.below(12)
    if (whim === 0) await takeLease()
    else if (whim === 1) await caller.launch(true)
    // two saves of one tab may overtake each other
    else if (whim < 4) await Promise.all([save(false), save(false)])
    else await save(false)
  }
  const end = random.below(10)
  if (end < 7) await save(true)
  const result = async (asked: Asked) => {
    const reply = await caller.insist(asked)
    if (reply?.status === 200 && reply.json.status === 'graded') sat.results.push(reply.text)
  }
  const submit = { method: 'POST', path: `/api/attempts/${sat.id}/submit`, body: { lease } }
  if (end < 5) await result({ ...submit, headers: random.below(2) === 0 ? caller.key() : {} })
  else if (end === 5) await Promise.all([result(submit), result(submit)])
  else if (end === 6) {
    sat.withdrew = true
    await result({ method: 'POST', path: `/api/attempts/${sat.id}/withdraw` })
  } else if (end === 7) {
    // at the very end of the time
    const left = sat.deadline - instances.scheduler.now
    await instances.scheduler.sleep(caller, left + random.below(5_000) - 1_000)
    await save(true)
  }
  await caller.wait(20_000)
  await result({ method: 'GET', path: `/api/attempts/${sat.id}/result` })
}
