import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Eligibility } from '../../../src/attempt/may-sit.ts'
import type { ReportView, ResultView } from '../../../src/flows/read-result.ts'
import { instant } from '../../../src/kernel/instant.ts'
import { ResultPage } from '../../../src/web/candidate/result/result-page.tsx'
import type { ResultProps } from '../../../src/web/candidate/result/result-props.ts'
import { textsOf } from '../../../src/web/ui/message.ts'
import { type Brand, noBrand } from '../../../src/world/brand.ts'
import { exams } from '../../support/ui-fixture/exams.ts'
import { fixtureState } from '../../support/ui-fixture/flows.ts'
import { type HeldState, heldStates } from '../../support/ui-fixture/held.ts'
import { fixtureApp } from '../../support/ui-fixture/server.ts'

const NOW = instant(Date.parse('2026-11-24T06:11:00Z'))
const DAY = 86_400_000
const app = fixtureApp({ current: fixtureState(() => NOW) })
const text = async (path: string) => (await app.request(path)).text()
const main = (html: string) => /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? ''
const passIn = async (state: HeldState, lang = 'ja') =>
  main(await text(`/attempts/att_pass_${state}/result?lang=${lang}`))
const VALID = new Set<HeldState>(['sending', 'counting', 'retrying', 'undelivered', 'restricted', 'shown', 'renewed'])

describe('the page of a pass', () => {
  it.each(heldStates)(
    'while %s shows ways to share and first jobs only where the certificate is valid',
    async (state) => {
      const html = await passIn(state)
      const valid = VALID.has(state)
      expect(html.includes('id="showing"')).toBe(valid)
      expect(html.includes('id="jobs"')).toBe(valid && state !== 'restricted')
      expect(html).not.toContain('市場')
      expect(html.match(/class="btn primary/g)).toHaveLength(1)
      // in both languages, with nothing left to fill in
      expect(await passIn(state, 'en')).not.toMatch(/undefined|NaN|\{\w+\}|[ぁ-ん]{6}/)
    },
  )

  it('leads to the certificate until the profile shows it, and then to the profile', async () => {
    const filled = (html: string) => /class="btn primary" href="([^"]+)"/.exec(html)?.[1]
    expect(filled(await passIn('sending'))).toBe('/credentials/crd_01KAVQ7M2X4T9N?lang=ja')
    expect(filled(await passIn('counting'))).toBe('https://market.example/me')
    expect(filled(await passIn('shown'))).toBe('https://market.example/me')
    expect(filled(await passIn('corrected'))).toBe('/credentials/crd_01KAVQ7M2X4TAB?lang=ja')
  })

  it('says when it is sent again, and offers another look without a script', async () => {
    const html = await passIn('retrying')
    expect(html).toContain('15:19に自動で送り直します')
    expect(html).toContain('次は15:19（3回目）')
    expect(html).toMatch(/<noscript>.*href="\/attempts\/att_pass_retrying\/result"/s)
    expect(await passIn('shown')).not.toContain('<noscript>')
  })

  it('speaks of a review only where somebody reviews', async () => {
    expect(await passIn('suspended')).toContain('確認のため停止')
    const there = await passIn('suspendedThere')
    expect(there).toContain('利用停止のため停止')
    expect(there).not.toContain('確認')
  })

  it('shares by plain links, to LinkedIn with the certificate filled in, and runs nothing of others', async () => {
    const html = await text('/attempts/att_pass/result')
    const links = [...html.matchAll(/<a class="btn ghost s" href="(https:[^"]+)"/g)].map(
      ([, href = '']) => new URL(href.replaceAll('&amp;', '&')),
    )
    expect(links.map(({ host }) => host)).toEqual(['social-plugins.line.me', 'x.com', 'www.linkedin.com'])
    const url = 'https://kentei.example/credentials/crd_01KAVQ7M2X4T9N'
    expect(links[0]?.searchParams.get('url')).toBe(url)
    expect(Object.fromEntries(links[2]?.searchParams ?? [])).toMatchObject({
      startTask: 'CERTIFICATION_NAME',
      name: 'ビジネス事務検定 3級',
      certUrl: url,
      expirationYear: '2028',
    })
    expect([...html.matchAll(/<(?:script|img|iframe|link)[^>]*(?:src|href)="(https?:[^"]+)"/g)]).toEqual([])
    // a score is nobody's but the candidate's
    for (const { search } of links) expect(decodeURIComponent(search)).not.toContain('81')
  })

  it('keeps HTML in a job as text, names the areas that the exam has, and links to the marketplace alone', async () => {
    const html = await passIn('shown')
    expect(html).toContain('&lt;b&gt;宿の予約台帳&lt;/b&gt;')
    expect(html).toContain('「入力・収集・照合」の力が合います。')
    expect(html).not.toContain('not-there')
    expect(html).toContain('募集をすべて見る（12件）')
  })

  it('tells who sees what with the band of this very certificate', async () => {
    expect(await passIn('shown')).toContain('点の幅（80〜90のような10点刻み）')
  })
})

const sections = ['依頼・構成・進行', '読みやすい文', '調査・出典・AI利用']
const report: ReportView = {
  score: 64,
  band: { low: 58, high: 70 },
  sections: sections.map((title, i) => ({
    id: `area-${i}`,
    title,
    itemCount: 8,
    standing: i === 0 ? 'at' : 'below',
    skills: ['一次情報へさかのぼる'],
  })),
}
const failed = (over: Partial<ResultView>): ResultView => ({
  id: 'att_1' as ResultView['id'],
  status: 'graded',
  reason: 'submitted',
  exam: 'web-writer',
  locale: 'ja',
  title: 'WEBライター検定',
  level: 3,
  closedAt: NOW,
  passed: false,
  passScore: 70,
  isUntried: false,
  minimums: [],
  report,
  ...over,
})
const [, webWriter] = exams(NOW)

function shownFail(over: Partial<ResultView>, eligibility?: Eligibility, brand: Brand = noBrand): string {
  const exam = webWriter && {
    ...webWriter,
    ...(eligibility ? { eligibility: { ...eligibility, attemptsThisYear: 4 } } : {}),
  }
  const props: ResultProps = {
    context: { locale: 'ja', tag: 'ja', offered: [], t: textsOf('ja', brand), brand, issuer: 'Kentei', path: '/' },
    result: failed(over),
    now: NOW,
    places: {},
    issuer: { name: 'Kentei', origin: 'https://kentei.example' },
    exam,
  }
  return main(String(<ResultPage {...props} />))
}

describe('the page of a fail', () => {
  it('says first what is missing, in points and about as many questions', () => {
    expect(shownFail({})).toContain('70点まで あと6点（およそ2問）')
    expect(shownFail({ report: { ...report, score: 69 } })).toContain('70点まで あと1点（およそ1問）')
  })

  it('gives the day on which the yearly limit ends, and draws no months of days', () => {
    const retryAt = instant(NOW + 200 * DAY)
    const html = shownFail({}, { mayStart: false, reason: 'yearly-limit', retryAt, attemptsLeft: 0 })
    expect(html).toContain('6月12日（土）')
    expect(html).toContain('1年に受けられる4回に達しました')
    expect(html).not.toContain('class="days"')
  })

  it('names the marketplace and its people as its settings do', () => {
    const own = (text: string) => ({ otherwise: text, in: {} })
    const html = shownFail({}, undefined, { ...noBrand, name: own('シゴトテラス'), words: { client: own('発注者') } })
    expect(html).toContain('シゴトテラスや発注者には伝わりません')
    expect(html).not.toMatch(/マッチングサービス|クライアント/)
  })

  it('leads to the start as soon as it may be sat again', () => {
    const html = shownFail({}, { mayStart: true, attemptsLeft: 2 })
    expect(html).toContain('href="/exams/web-writer#start">もう一度受ける')
    expect(html).toContain('あと2回受けられます')
  })

  it('tells a practical part by competency with counts, and what was damaged as something to work on', async () => {
    const html = await text('/attempts/att_fail_tasks/result')
    const [good = '', advice = ''] = ['good', 'advice'].map(
      (id) => html.split(`aria-labelledby="${id}"`)[1]?.split('</section>')[0] ?? '',
    )
    expect(good).toContain('和暦の日付：6か所のうち6か所を直しました')
    expect(good).not.toContain('重複')
    expect(advice).toContain('重複：4組のうち3組を見つけました')
    expect(advice).toContain('直さなくてよい所を2か所変えました')
    expect(html).toContain('60点まで あと8点')
    expect(html).not.toContain('8点（およそ')
  })

  it('says until when the score of a part counts only where it reaches its floor', () => {
    const keptUntil = instant(NOW + 90 * DAY)
    const parts = [
      { part: 'knowledge', score: 82, floor: 50, keptUntil },
      { part: 'practical', score: 52, floor: 60, keptUntil },
    ] as const
    const html = shownFail({ part: { id: 'practical', raw: 52, decision: { state: 'failed', parts } } })
    const lines = html.split('id="both"')[1]?.split('</li>') ?? []
    expect(lines.slice(0, 2).map((line) => line.includes('まで使えます'))).toEqual([true, false])
  })

  it('leads to who says what the law is, and to no study sheet', () => {
    const sections = [
      { id: 'rights+ad-law', title: '著作権／広告', itemCount: 8, standing: 'below', skills: [] },
    ] as const
    const html = shownFail({ report: { ...report, sections } })
    expect(html).toContain('https://www.bunka.go.jp/')
    expect(html).toContain('https://www.caa.go.jp/')
    expect(html).not.toContain('学習シート')
  })

  it('whatever the report is, says no more of it than the standings: the same words give the same sentences', () => {
    const standing = fc.constantFrom('above', 'at', 'below', undefined)
    fc.assert(
      fc.property(
        fc.array(standing, { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 0, max: 69 }),
        (standings, score) => {
          const told = standings.map((one, i) => ({
            id: `area-${i}`,
            title: `分野${'あいうえおかき'[i]}`,
            itemCount: 5,
            ...(one ? { standing: one } : {}),
            skills: ['力'],
          }))
          const html = shownFail({ report: { score, band: { low: 0, high: 99 }, sections: told } })
          // no question is named, by number or by id
          expect(html).not.toMatch(/問\s?\d|第\d+問|q\d|-00\d/)
          // what is advised is what stands below, in the order of the paper, however far below
          const advised = [...(html.split('class="advice"')[1] ?? '').matchAll(/<h3>(分野.)<\/h3>/g)].map(
            ([, title]) => title,
          )
          expect(advised).toEqual(told.filter((one) => one.standing === 'below').map(({ title }) => title))
          expect(html).not.toMatch(/undefined|NaN/)
        },
      ),
      { numRuns: 40 },
    )
  })
})
