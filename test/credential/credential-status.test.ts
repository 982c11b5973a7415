import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterActs, type Hold, type StatusAct, statusUnder, stoodAt } from '../../src/credential/credential-status.ts'
import { instant } from '../../src/kernel/instant.ts'

const active = { status: 'active', cause: null } as const
const hold = (cause: Hold['cause'], ref = ''): StatusAct => ({ act: 'hold', cause, ref, since: instant(10) })
const lift = (cause: Hold['cause'], ref = ''): StatusAct => ({ act: 'lift', cause, ref, until: instant(20) })

describe('a credential', () => {
  it('stays suspended while anything holds it', () => {
    expect(afterActs(active, [], [hold('standing'), hold('case', 'cas_1'), lift('standing')]).standing).toEqual({
      status: 'suspended',
      cause: 'case',
    })
    expect(afterActs(active, [], [hold('standing'), hold('operator'), lift('operator')]).standing).toEqual({
      status: 'suspended',
      cause: 'standing',
    })
    expect(
      afterActs(active, [], [hold('case', 'cas_1'), hold('case', 'cas_2'), lift('case', 'cas_1')]).standing,
    ).toEqual({ status: 'suspended', cause: 'case' })
    expect(afterActs(active, [], [hold('operator'), lift('operator')]).standing).toEqual(active)
  })

  it('that was revoked or has expired is not brought back by anything', () => {
    const anything = fc.array(
      fc.constantFrom(
        hold('standing'),
        lift('standing'),
        hold('operator'),
        lift('operator'),
        hold('case', 'c'),
        lift('case', 'c'),
      ),
    )
    fc.assert(
      fc.property(anything, anything, (before, after) => {
        expect(afterActs(active, [], [...before, { act: 'revoke', cause: 'case' }, ...after]).standing).toEqual({
          status: 'revoked',
          cause: 'case',
        })
        expect(afterActs(active, [], [...before, { act: 'expire' }, ...after]).standing.status).toBe('expired')
      }),
    )
  })

  it('ends in the same state in whatever order its causes come', () => {
    const causes = fc.uniqueArray(fc.constantFrom('standing', 'operator', 'case 1', 'case 2'), { minLength: 1 })
    fc.assert(
      fc.property(
        causes.chain((held) =>
          fc.tuple(fc.constant(held), fc.shuffledSubarray(held), fc.shuffledSubarray(held, { minLength: held.length })),
        ),
        ([held, lifted, order]) => {
          const act = (name: string, make: typeof hold) => make(name.split(' ', 1)[0] as Hold['cause'], name)
          const run = (names: readonly string[]) => {
            const { standing, holds } = afterActs(
              active,
              [],
              [...names.map((name) => act(name, hold)), ...lifted.map((name) => act(name, lift))],
            )
            return {
              standing,
              open: holds
                .filter(({ until }) => until === undefined)
                .map(({ ref }) => ref)
                .sort(),
            }
          }
          expect(run(order)).toEqual(run(held))
          expect(run(order).standing.status).toBe(lifted.length === held.length ? 'active' : 'suspended')
        },
      ),
    )
  })

  it('names what a person decided about it before what follows from the worker', () => {
    const holds = (['standing', 'case', 'operator'] as const).map((cause) => ({ cause, ref: '', since: instant(1) }))
    expect(statusUnder(active, holds).cause).toBe('operator')
    expect(statusUnder(active, holds.slice(0, 2)).cause).toBe('case')
  })
})

describe('a certificate stood', () => {
  const credential = {
    status: 'active',
    issuedAt: instant(100),
    validUntil: instant(900),
    statusChangedAt: instant(100),
  } as const
  const under: Hold = { cause: 'case', ref: 'c', since: instant(300), until: instant(400) }

  it.each([
    [99, [], false],
    [100, [], true],
    [899, [], true],
    [900, [], false],
    [299, [under], true],
    [300, [under], false],
    [399, [under], false],
    [400, [under], true],
    [350, [{ ...under, cause: 'standing' }], true],
    [500, [{ cause: 'operator', ref: '', since: instant(450) }], false],
  ] as const)('at %i under %j: %s', (at, holds, stood) => {
    expect(stoodAt(credential, holds, instant(at))).toBe(stood)
  })

  it('until it was revoked', () => {
    const revoked = { ...credential, status: 'revoked', statusChangedAt: instant(500) } as const
    expect([stoodAt(revoked, [], instant(499)), stoodAt(revoked, [], instant(500))]).toEqual([true, false])
  })
})
