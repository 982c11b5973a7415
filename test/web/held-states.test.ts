import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HolderState } from '../../src/credential/holder-state.ts'
import { days, minutes } from '../../src/kernel/instant.ts'
import { decideStanding, operator, pass } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const WORKER = 'w-1'
interface Held {
  readonly id: string
  readonly credential: string
}

const staff = async (credential: string, act: string, body: object) =>
  w.call('POST', `/api/staff/credentials/${credential}/${act}`, { token: await operator(w), body })
const setStatus = (credential: string, status: string) => staff(credential, 'status', { status, why: 'looked into' })

const passed = async (): Promise<Held> => pass(w, WORKER, { name: 'みなと' })
const shown = async () => {
  const held = await passed()
  await w.drain()
  return held
}
const refuseBadges = (status: number) => {
  w.market.spoil = ({ path }) => (path.includes('/badges/') ? new Response(null, { status }) : undefined)
}

/** How a certificate gets into each state, through the doors alone, and what strangers read of it then. */
const ways: Readonly<Record<HolderState, readonly [() => Promise<Held>, string, market: string | undefined]>> = {
  sending: [passed, 'valid', undefined],
  retrying: [
    async () => {
      refuseBadges(503)
      return shown()
    },
    'valid',
    undefined,
  ],
  undelivered: [
    async () => {
      refuseBadges(422)
      return shown()
    },
    'valid',
    undefined,
  ],
  restricted: [
    async () => {
      w.market.decide(WORKER, 'restricted')
      return shown()
    },
    'valid',
    undefined,
  ],
  shown: [shown, 'valid', 'active'],
  renewed: [
    async () => {
      const held = await shown()
      w.clock.advance(days(15))
      await shown()
      return held
    },
    'valid',
    'active',
  ],
  suspended: [
    async () => {
      const held = await shown()
      await setStatus(held.credential, 'suspended')
      await w.drain()
      return held
    },
    'suspended',
    'suspended',
  ],
  revoked: [
    async () => {
      const held = await shown()
      await setStatus(held.credential, 'revoked')
      await w.drain()
      return held
    },
    'revoked',
    'revoked',
  ],
  corrected: [
    async () => {
      const held = await shown()
      await staff(held.credential, 'reissue', { why: 'the name was wrong' })
      await w.drain()
      return held
    },
    'revoked',
    'revoked',
  ],
  expired: [
    async () => {
      const held = await shown()
      w.clock.advance(days(800))
      return held
    },
    'expired',
    // the date decides before anybody is told
    'active',
  ],
}

/** The stamp on the badge, and the word of the list of certificates, by what strangers read. */
const stamps: Readonly<Record<string, string | undefined>> = {
  suspended: '停止中',
  revoked: '取消',
  expired: '期限切れ',
}
const words: Readonly<Record<string, string>> = {
  valid: '有効',
  suspended: '停止中',
  revoked: '取消し',
  expired: '期限切れ',
}

const main = (html: string) => /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? ''

describe('a certificate tells one story on every page', () => {
  it.each(Object.keys(ways) as HolderState[])('while it is %s', async (state) => {
    const [become, verdict, market] = ways[state]
    const { id, credential } = await become()
    const { token } = await w.launch(WORKER)
    const page = async (path: string) =>
      main((await w.call('GET', path, { token, headers: { accept: 'text/html' } })).text)
    const result = await page(`/attempts/${id}/result`)
    // the page, and what it asks while it is open
    const key = /data-state="([^"]+)"/.exec(result)?.[1] ?? ''
    expect(key.split('.')[0]).toBe(state)
    expect((await w.call('GET', `/attempts/${id}/result/state`, { token })).json).toEqual({ key })
    expect(result.includes('aria-labelledby="showing"')).toBe(verdict === 'valid')
    // where it is shared from is there, and only then
    const list = await page('/certificates')
    const shared = /href="\/certificates#(share-[^"]+)"/.exec(result)?.[1]
    expect(shared !== undefined && list.includes(`id="${shared}"`)).toBe(verdict === 'valid')
    const word = words[verdict] ?? ''
    expect(/<span class="chip[^>]*>.*?<\/span>/s.exec(result)?.[0]).toContain(word)
    // the badge on it, as a file, and in a frame
    const svg = (await w.call('GET', `/credentials/${credential}.svg`)).text
    const drawn = [result, svg].map((text) => /認定バッジ[^<]*/.exec(text)?.[0] ?? '')
    expect(drawn.map((title) => title.split('、').at(-1))).toEqual(
      Array(2).fill(stamps[verdict] ?? expect.stringContaining('発行')),
    )
    // strangers, and the holder's list
    expect((await w.call('GET', `/api/credentials/${credential}`)).json.verdict).toBe(verdict)
    const entry = list.split('<li class="card">').find((one) => one.includes(credential)) ?? ''
    expect(/<span class="chip[^>]*>.*?<\/span>/s.exec(entry)?.[0]).toContain(word)
    // the marketplace
    expect(w.market.badges.get(`${WORKER} ${credential}`)?.body.status).toBe(market)
    expect(result.includes('プロフィールで見る')).toBe(false)
  })

  it('once it has expired leads to what a later pass earned, and asks for another pass only before', async () => {
    const held = await shown()
    w.clock.advance(days(800))
    const page = async () => {
      const { token } = await w.launch(WORKER)
      const { text } = await w.call('GET', `/attempts/${held.id}/result`, { token, headers: { accept: 'text/html' } })
      return main(text)
    }
    expect(await page()).toContain('もう一度合格すると')
    const again = await shown()
    const after = await page()
    expect([after.includes('もう一度合格すると'), after.includes(`/credentials/${again.credential}?`)]).toEqual([
      false,
      true,
    ])
  })

  it('whatever it is, no page of a result belongs to anybody else', async () => {
    const { id } = await shown()
    const { token } = await w.launch('w-2')
    for (const path of [`/attempts/${id}/result`, `/attempts/${id}/result/state`])
      expect((await w.call('GET', path, { token })).status).toBe(404)
  })

  it('which the page of a pass keeps asking for until it is shown, and which says when it is sent again', async () => {
    refuseBadges(503)
    const { id } = await shown()
    const { token } = await w.launch(WORKER, { returnUrl: 'https://market.example/me' })
    const ask = async () => (await w.call('GET', `/attempts/${id}/result/state`, { token })).json.key
    const before = await ask()
    const html = (await w.call('GET', `/attempts/${id}/result`, { token })).text
    expect(html).toContain('/assets/progress.js')
    expect(html).toContain('送り直し待ち')
    expect(html).not.toContain('プロフィールで見る')
    w.market.spoil = () => undefined
    w.clock.advance(minutes(10))
    await w.drain()
    expect(await ask()).not.toBe(before)
    const after = (await w.call('GET', `/attempts/${id}/result`, { token })).text
    expect(after).toContain('href="https://market.example/me">プロフィールで見る')
    expect(after).not.toContain('/assets/progress.js')
  })

  it('a holder who is suspended at the marketplace reads that it ends there', async () => {
    const { id } = await shown()
    await decideStanding(w, WORKER, 'suspended')
    await w.drain()
    const { token } = await w.launch(WORKER)
    const { text } = await w.call('GET', `/attempts/${id}/result`, { token })
    expect(text).toContain('停止が解けると、証明書も自動で元に戻ります')
  })
})
