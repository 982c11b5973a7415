import { describe, expect, it } from 'vitest'
import type { Post } from '../../../src/sandbox/detector/read/features.ts'
import { streamOf } from '../../../src/sandbox/simulation/draw.ts'
import { drawScams } from '../../../src/sandbox/simulation/scams/draw-scams.ts'
import { forgetful, mindful, type Score } from '../../../src/sandbox/simulation/scams/judges.ts'
import { runScamYear } from '../../../src/sandbox/simulation/scams/scam-market.ts'
import {
  chooseTactic,
  learn,
  newScammer,
  openAccount,
  writeScam,
} from '../../../src/sandbox/simulation/scams/scammers.ts'
import { scams } from '../../../src/sandbox/simulation/scams/scams.data.ts'
import { studyScams } from '../../../src/sandbox/simulation/scams/study-scams.ts'

const blind: Score = () => ({ any: 0, band: 'publish' })
const sees =
  (found: (post: Post) => boolean): Score =>
  (post) =>
    found(post) ? { any: 0.99, band: 'hold' } : { any: 0.01, band: 'publish' }
const days = 90
const scam = scams[0] as (typeof scams)[number]

describe('a scammer', () => {
  it('turns away from what was taken down, and to what stays in sight', () => {
    const scammer = newScammer(1, scam, 0)
    for (let nth = 0; nth < 6; nth += 1) {
      learn(scammer, 'plain', false)
      learn(scammer, 'dilute', true)
    }
    const random = streamOf(1, 'tactics')
    const chosen = Array.from({ length: 200 }, () => chooseTactic(scammer, random))
    expect(chosen.filter((one) => one === 'dilute').length).toBeGreaterThan(120)
    expect(chosen.filter((one) => one === 'plain').length).toBeLessThan(20)
  })

  it('copies what was taken down last, and nothing where nothing was', () => {
    const scammer = newScammer(1, scam, 0)
    const random = streamOf(1, 'tactics')
    expect(Array.from({ length: 200 }, () => chooseTactic(scammer, random))).not.toContain('copy')
    scammer.taken = { title: 'a', body: 'b' }
    expect(writeScam(scammer, 'copy', { random, lawful: [] })).toEqual({ title: 'a', body: 'b' })
  })

  it('puts its text among sentences of others, whole', () => {
    const scammer = newScammer(1, scam, 0)
    const of = () => ({ random: streamOf(1, 'words'), lawful: ['資料は契約のあとにお渡しします。'] })
    const plain = writeScam(scammer, 'plain', of())
    const diluted = writeScam(scammer, 'dilute', of())
    expect(diluted.body).toContain(plain.body)
    expect(diluted.body.length).toBeGreaterThan(plain.body.length + 300)
  })

  it('uses an account that it left alone before anything else', () => {
    const scammer = newScammer(1, scam, 0)
    openAccount(scammer, 5, 30)
    expect(scammer).toMatchObject({ joined: 5, rests: 35, accounts: 2 })
    expect(chooseTactic(scammer, streamOf(1, 'tactics'))).toBe('wait')
  })
})

describe('a market with scammers', () => {
  it('is the same for the same seed', async () => {
    const [one, again] = [
      await runScamYear({ seed: 3, days, judge: mindful(blind) }),
      await runScamYear({ seed: 3, days, judge: mindful(blind) }),
    ]
    expect(again).toEqual(one)
  })

  it('loses nothing where every scam is held, and hurts nobody where no lawful post is', async () => {
    const knows = sees(({ accountAgeDays }) => (accountAgeDays ?? 0) < 300)
    const { byDay, scams: found, lawful } = await runScamYear({ seed: 3, days, judge: forgetful(knows) })
    // an operator errs now and then, and lets one through
    expect(found.unseen / found.posts).toBeGreaterThan(0.9)
    expect(lawful.held).toBe(0)
    const blindly = await runScamYear({ seed: 3, days, judge: forgetful(blind) })
    expect(byDay.at(-1)?.lost).toBeLessThan((blindly.byDay.at(-1)?.lost ?? 0) / 4)
  })

  it('knows a copy again where decisions are remembered, and not where they are not', async () => {
    const [before, now] = [
      await runScamYear({ seed: 3, days, judge: forgetful(blind) }),
      await runScamYear({ seed: 3, days, judge: mindful(blind) }),
    ]
    expect(before.tactics.copy.seen).toBe(before.tactics.copy.posts)
    expect(now.tactics.copy.seen).toBeLessThan(0.2 * now.tactics.copy.posts)
  })
})

describe('the study of scammers', () => {
  it('gives each figure with an interval, and a picture that says what it shows', async () => {
    const study = await studyScams({ seeds: 2, days: 60, scores: { before: blind, now: blind } })
    expect(study.figures.lost.before?.n).toBe(2)
    expect(study.figures.lost.change?.high).toBeLessThan(0)
    const picture = drawScams(study, { market: (market) => market, tactic: (tactic) => tactic })
    expect(picture).toContain('Money lost per 1,000 contracts')
    expect(picture).not.toContain('NaN')
  })
})
