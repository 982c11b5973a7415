import * as fc from 'fast-check'
import { decodeJwt } from 'jose'
import { expect, it } from 'vitest'
import { expireCredentials } from '../../src/flows/change-credential-status.ts'
import { remindHolders } from '../../src/flows/remind-holders.ts'
import { days } from '../../src/kernel/instant.ts'
import { decodeStatusList } from '../../src/verify/status-list.ts'
import { cases } from '../support/cases.ts'
import { decideStanding, operator, pass, rows } from '../support/exam-hall.ts'
import { fixedWorld } from '../support/fixed-world.ts'

const WORKERS = ['w-1', 'w-2', 'w-3'] as const

const worker = fc.constantFrom(...WORKERS)
/** Which of all credentials so far, as a share of them. */
const which = fc.double({ min: 0, max: 0.999, noNaN: true })
const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('status'),
      which,
      status: fc.constantFrom('active', 'suspended', 'revoked'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('reissue'), which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('case'), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('standing'),
      worker,
      status: fc.constantFrom('good', 'restricted', 'suspended'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('pass'), worker }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('wait'), days: fc.integer({ min: 1, max: 400 }) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('erase'), worker }) },
) as fc.Arbitrary<{ act: string; which: number; status: string; worker: string; days: number }>

const REPLACED_THEN_ERASED = ['reissue', 'reissue', 'reissue', 'erase'].map((act) => ({
  act,
  which: 0.999,
  worker: 'w-3',
  status: 'active',
  days: 1,
}))

interface Row {
  id: string
  worker: string
  status: string
  status_cause: string | null
  status_changed_at: number
  version: number
  status_index: number
  predecessor: string | null
}

async function openLawful() {
  const w = await fixedWorld()
  for (const one of WORKERS) await pass(w, one)
  const credentials = async (): Promise<Row[]> =>
    rows(
      w,
      'select id, worker, status, status_cause, status_changed_at, version, status_index, predecessor from credentials order by rowid',
    )
  const list = async () => (await w.call('GET', '/status/1')).text
  const ones = async (token: string): Promise<number[]> => {
    const bits = await decodeStatusList((decodeJwt(token).credentialSubject as { encodedList: string }).encodedList)
    return [...(bits as Uint8Array)].flatMap((byte, at) =>
      byte === 0 ? [] : [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (0x80 >> bit)).map((bit) => at * 8 + bit),
    )
  }
  /** Does it, and tells whose bits it may flip. */
  const perform = async (todo: {
    act: string
    which: number
    status: string
    worker: string
    days: number
  }): Promise<(row: Row) => boolean> => {
    const all = await credentials()
    const target = all[Math.floor((todo.which ?? 0) * all.length)] as Row
    const staff = async (path: string, body: unknown) =>
      w.call('POST', `/api/staff/credentials/${target.id}/${path}`, { token: await operator(w), body })
    switch (todo.act) {
      case 'status':
        await staff('status', { status: todo.status, why: 'law' })
        return ({ id }) => todo.status === 'revoked' && id === target.id
      case 'reissue':
        await staff('reissue', { why: 'law' })
        return ({ id }) => id === target.id
      case 'case':
        await staff('case', { policy: 'outside-help', note: 'law' })
        return () => false
      case 'standing':
        await decideStanding(w, todo.worker, todo.status as 'good')
        await w.drain()
        return () => false
      case 'pass':
        w.clock.advance(days(15))
        // a fifth pass in a year, and one of somebody erased, is refused
        await pass(w, todo.worker).catch(() => undefined)
        return () => false
      case 'wait':
        w.clock.advance(days(todo.days))
        await expireCredentials(w.world)
        await remindHolders(w.world)
        return () => false
      default:
        await w.call('DELETE', `/api/workers/${todo.worker}`, { token: await w.market.serviceToken('workers:erase') })
        return ({ worker: holder }) => holder === todo.worker
    }
  }
  return { w, credentials, list, ones, perform }
}

it('whatever is done, in whatever order: nothing undoes a revocation, each act flips the bits of what it is about and no others, and every version has its entry', async () => {
  let acts = 0
  let flips = 0
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async (todos) => {
      const { w, credentials, list, ones, perform } = await openLawful()
      try {
        for (const todo of todos) {
          const [before, tokenBefore, clockBefore] = [await credentials(), await list(), w.clock.now]
          const mayFlip = await perform(todo)
          const [after, token] = [await credentials(), await list()]
          acts += 1
          for (const row of before.filter(({ status }) => status === 'revoked')) {
            const now = after.find(({ id }) => id === row.id)
            // an erasure takes away whose it was and what it followed
            const kept = now?.worker === '' ? { worker: '', predecessor: null } : {}
            expect(now).toEqual({ ...row, ...kept })
          }
          const flipped = after.filter(
            ({ id, status }) => status === 'revoked' && before.find((row) => row.id === id)?.status !== 'revoked',
          )
          flips += flipped.length
          for (const row of flipped) expect(mayFlip(before.find(({ id }) => id === row.id) as Row)).toBe(true)
          expect(await ones(token)).toEqual(
            after
              .filter(({ status }) => status === 'revoked')
              .map(({ status_index }) => status_index)
              .sort((a, b) => a - b),
          )
          // a list of which nothing changed is not even signed again
          if (clockBefore === w.clock.now) expect(token === tokenBefore).toBe(flipped.length === 0)
          const entries = await rows(
            w,
            'select c.id from credentials c where c.version <> (select count(*) from credential_events e where e.credential_id = c.id)',
          )
          expect(entries).toEqual([])
          const mismatched = await rows(
            w,
            'select c.id from credentials c join credential_events e on e.credential_id = c.id and e.version = c.version where e.to_status <> c.status',
          )
          expect(mismatched).toEqual([])
        }
      } finally {
        await w.close()
      }
    }),
    {
      numRuns: cases(25, 3),
      endOnFailure: true,
      // a holder is erased whose certificate had been replaced by another that was replaced too
      examples: [[REPLACED_THEN_ERASED]],
    },
  )
  console.log(`credential laws: ${acts} acts, ${flips} bits flipped`)
  expect(flips).toBeGreaterThan(0)
})
