import { afterEach, beforeEach, expect, it } from 'vitest'
import { scoreBandOf } from '../../src/credential/part-results.ts'
import { pass } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

it('every page tells the same of scores: they stay with the candidate, and others see the pass and a ten-point band', async () => {
  const { id, credential, result } = await pass(w, 'w-1')
  const { token } = await w.launch('w-1')
  const main = async (path: string, asked: string | undefined) => {
    const { text } = await w.call('GET', path, { headers: { accept: 'text/html' }, ...(asked ? { token: asked } : {}) })
    return /<main[\s\S]*<\/main>/.exec(text)?.[0].replace(/<[^>]+>/g, ' ') ?? ''
  }
  const band = scoreBandOf((await w.call('GET', `/credentials/${credential}.jwt`)).text)?.replace('-', '〜')
  expect([result.json.score, band]).toEqual([100, '90〜100'])
  for (const path of ['/about/pass-score', '/about/ranking', '/about/privacy', `/attempts/${id}/result`])
    expect(await main(path, token), path).toMatch(/10点刻みの点の幅/)
  for (const path of ['/about/pass-score', '/about/ranking', `/attempts/${id}/result`])
    expect(await main(path, token), path).toContain('受けた回数、不合格は、ほかの人に伝わりません')
  const print = await main(`/credentials/${credential}/print`, undefined)
  expect(print).toContain('点の幅は10点刻みです')
  // what strangers read never has the score itself
  for (const path of [`/credentials/${credential}`, `/credentials/${credential}/print`, `/embed/${credential}`])
    expect(await main(path, undefined), path).not.toMatch(/(?<![〜–-])\b100\s*点(?!満点)|得点は示しません/)
})
