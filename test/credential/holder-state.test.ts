import { describe, expect, it } from 'vitest'
import { holderStory, type KnownOfCertificate, type Sent } from '../../src/credential/holder-state.ts'
import { instant } from '../../src/kernel/instant.ts'

const NOW = instant(Date.parse('2026-11-25T03:00:00Z'))
const MINUTE = 60_000

const message = (kind: string, over: Partial<Sent> = {}): Sent => ({
  kind,
  status: 'pending',
  attempts: 0,
  nextAt: NOW,
  ...over,
})
const taken = (kind: string): Sent => message(kind, { status: 'delivered', deliveredAt: NOW })

const known = (over: {
  readonly credential?: Partial<KnownOfCertificate['credential']>
  readonly chain?: readonly Sent[]
  readonly followedBy?: KnownOfCertificate['followedBy']
}): KnownOfCertificate => ({
  chain: [message('standing'), message('badge'), message('signal')],
  ...over,
  credential: {
    status: 'active',
    statusCause: null,
    statusChangedAt: NOW,
    issuedAt: NOW,
    validUntil: instant(NOW + MINUTE),
    givenAt: null,
    ...over.credential,
  },
})
const told = (over: Parameters<typeof known>[0], now = NOW) => {
  const { state, steps, isValid, isOnProfile, isSettled } = holderStory(known(over), now)
  return [state, steps.map(({ is }) => is).join(' '), { isValid, isOnProfile, isSettled }] as const
}

const valid = { isValid: true, isOnProfile: false, isSettled: false }
const over = { isValid: false, isOnProfile: false, isSettled: true }

describe('the story of a certificate', () => {
  it.each([
    ['nothing was taken', {}, 'sending', 'done now next next', valid],
    [
      'the badge was taken, and not yet what counts it',
      { chain: [taken('standing'), taken('badge'), message('signal')] },
      'sending',
      'done done done now',
      { ...valid, isOnProfile: true },
    ],
    [
      'everything was taken',
      { chain: [taken('standing'), taken('badge'), taken('signal')] },
      'shown',
      'done done done done',
      { isValid: true, isOnProfile: true, isSettled: true },
    ],
    [
      'there is no answer',
      { chain: [message('standing', { attempts: 2 }), message('badge'), message('signal')] },
      'retrying',
      'done late next next',
      valid,
    ],
    [
      'the badge was refused for good',
      { chain: [taken('standing'), message('badge', { status: 'dead' }), message('signal')] },
      'undelivered',
      'done stopped next next',
      valid,
    ],
    [
      'the holder is restricted',
      { chain: ['standing', 'badge', 'signal'].map((kind) => message(kind, { status: 'held' })) },
      'restricted',
      'done stopped next next',
      valid,
    ],
    [
      'a later one renews it',
      { chain: [taken('standing'), taken('badge'), taken('signal')], followedBy: 'renews' },
      'renewed',
      '',
      { isValid: true, isOnProfile: true, isSettled: true },
    ],
    [
      'a person looks into it',
      { credential: { status: 'suspended', statusCause: 'case' } },
      'suspended',
      'done stopped next next',
      over,
    ],
    [
      'the holder is suspended',
      { credential: { status: 'suspended', statusCause: 'standing' } },
      'suspended',
      'done stopped next',
      over,
    ],
    ['it was revoked', { credential: { status: 'revoked', statusCause: 'case' } }, 'revoked', '', over],
    [
      'a correction stands in for it',
      { credential: { status: 'revoked', statusCause: 'replaced' }, followedBy: 'replaces' },
      'corrected',
      '',
      over,
    ],
  ] as const)('while %s', (_, what, state, steps, rest) => {
    expect(told(what)).toEqual([state, steps, rest])
  })

  it('ends with the date, whether or not that was written down, and whatever was still to be sent', () => {
    expect(told({}, instant(NOW + MINUTE))).toEqual(['expired', '', over])
    expect(told({ credential: { status: 'expired' } })[0]).toBe('expired')
  })

  it('does not go back when what was taken is sent once more', () => {
    const again = { ...taken('badge'), status: 'pending', attempts: 3 } as const
    expect(told({ chain: [taken('standing'), again, { ...again, status: 'dead', kind: 'signal' }] })[0]).toBe('shown')
  })

  it('says when it is sent again, and which try that is', () => {
    const nextAt = instant(NOW + 5 * MINUTE)
    const { retry } = holderStory(known({ chain: [message('standing', { attempts: 2, nextAt })] }), NOW)
    expect(retry).toEqual({ at: nextAt, nth: 3 })
  })

  it('rests on the record alone where no message is kept', () => {
    expect(told({ chain: [] })[0]).toBe('sending')
    expect(told({ chain: [], credential: { givenAt: NOW } })).toEqual([
      'shown',
      'done done done done',
      { isValid: true, isOnProfile: true, isSettled: true },
    ])
  })
})
