import fc from 'fast-check'
import { expect, it } from 'vitest'
import { itemUse } from '../../src/attempt/exposure/store.ts'
import { closeOverdueAttempts } from '../../src/flows/close-overdue-attempts.ts'
import { eraseWorker } from '../../src/flows/erase-worker.ts'
import { replayDeadLetters } from '../../src/flows/read-deliveries.ts'
import { reconcile } from '../../src/flows/reconcile.ts'
import { days, hours } from '../../src/kernel/instant.ts'
import { countMessages } from '../../src/platform/outbox/history/store.ts'
import { waitingDestinations } from '../../src/platform/outbox/store.ts'
import { flunk, pass, rows, sit } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

/** What somebody or something does in the life of a service. */
const acts: Readonly<Record<string, (w: FixedWorld, worker: string) => Promise<unknown>>> = {
  pass: (w, worker) => pass(w, worker),
  fail: (w, worker) => flunk(w, worker),
  abandon: (w, worker) => sit(w, worker),
  sweep: async (w) => {
    w.clock.advance(hours(2))
    return closeOverdueAttempts(w.world)
  },
  deliver: (w) => w.drain(),
  refuse: (w) => {
    w.market.spoil = () => new Response(null, { status: 410 })
    return w.drain()
  },
  lose: async (w) => {
    w.market.spoil = () => 'lost'
    await w.drain()
    w.market.spoil = () => undefined
  },
  replay: async (w) => {
    w.market.spoil = () => undefined
    return replayDeadLetters(w.world, (await w.launch('op-1', { role: 'operator' })).session)
  },
  reconcile: async (w) => {
    w.clock.advance(days(2))
    return reconcile(w.world)
  },
  // the papers of an erased person are gone, and were handed out all the same
  erase: async (w, worker) => {
    await rows(w, 'insert into gone select exam, form, status, credential from attempts where worker = ?', [worker])
    return eraseWorker(w.world, worker)
  },
}

const grouped = async (w: FixedWorld, query: string) =>
  Object.fromEntries((await rows(w, query)).map(({ key, n }) => [key, Number(n)]))

/** Everything that is kept, beside what counting it says. */
async function keptAndCounted(w: FixedWorld) {
  const everPaper =
    '(select exam, form, status, credential from attempts union all select exam, form, status, credential from gone)'
  const placed = `from ${everPaper} a, json_each(a.form, '$.sections') s, json_each(s.value, '$.items') i where a.exam = 'tiny' group by 1`
  const { papers, items } = await itemUse(w.db, 'tiny')
  const uses = (of: 'papers' | 'graded' | 'passed') =>
    Object.fromEntries([...items].map(([item, use]) => [item, use[of]]))
  const kept = {
    papers,
    shown: uses('papers'),
    graded: uses('graded'),
    passed: uses('passed'),
    messages: Object.fromEntries(Object.entries(await countMessages(w.db)).filter(([, n]) => n !== 0)),
    waiting: Object.fromEntries(
      (await waitingDestinations(w.db)).map(({ destination, messages }) => [destination, messages]),
    ),
    used: (await rows(w, 'select used from status_lists where list = 1'))[0]?.used ?? 0,
  }
  const counted = {
    papers: (await rows(w, `select count(*) as n from ${everPaper} where exam = 'tiny'`))[0].n,
    shown: await grouped(w, `select i.value ->> 'itemId' as key, count(*) as n ${placed}`),
    graded: await grouped(w, `select i.value ->> 'itemId' as key, sum(a.status = 'graded') as n ${placed}`),
    passed: await grouped(w, `select i.value ->> 'itemId' as key, sum(a.credential is not null) as n ${placed}`),
    messages: await grouped(w, 'select status as key, count(*) as n from outbox group by 1'),
    waiting: await grouped(
      w,
      "select destination as key, count(*) as n from outbox where status = 'pending' group by 1",
    ),
    used: (await rows(w, 'select count(*) as n from credentials'))[0].n,
  }
  return { kept, counted }
}

it('what is kept is what counting says, after whatever people, marketplace and sweeps do, erasures too', async () => {
  const act = fc.record({ name: fc.constantFrom(...Object.keys(acts)), worker: fc.constantFrom('w-1', 'w-2', 'w-3') })
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 12 }), async (history) => {
      const w = await fixedWorld()
      await rows(w, 'create table gone (exam text, form text, status text, credential text)')
      try {
        // what the state of things does not allow is refused, and changes nothing
        for (const { name, worker } of history) await acts[name]?.(w, worker).catch(() => {})
        const { kept, counted } = await keptAndCounted(w)
        expect(kept).toEqual(counted)
      } finally {
        await w.close()
      }
    }),
    { numRuns: 12 },
  )
})
