import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { searchWorkers } from '../../../src/sandbox/flows/show-market.ts'
import { gapsOf, timesOf, weekdays } from '../../../src/sandbox/people/introduction/introduction.ts'
import { categories } from '../../../src/sandbox/people/worker.ts'
import { noFilter, type WorkerFilter } from '../../../src/sandbox/search/worker-filter.ts'
import { type ContractRoom, openContractRoom } from '../../support/sandbox/contract-room.ts'
import { type Visitor, visitor } from '../../support/sandbox/visitor.ts'

/** A worker of office work alone, without reviews and samples. */
const WORKER = 'wrk_013'

let room: ContractRoom
let worker: Visitor
beforeEach(async () => {
  room = await openContractRoom()
  worker = visitor(room.market)
  await worker.signIn(WORKER)
})
afterEach(() => room.close())

/** Every field of the form empty, and no box ticked. */
function emptied(): Record<string, string> {
  const { fields } = worker.form('introduction')
  const kept = ['act', 'form', 'once', 'hourlyRate']
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, kept.includes(name) ? value : '']))
}

const sections = (html: string) => [...html.matchAll(/<h2 id="([\w-]+)"/g)].map(([, id]) => id)
const found = async (filter: Partial<WorkerFilter>) =>
  (
    await searchWorkers(room.market.world, { category: undefined, filter: { ...noFilter, ...filter }, limit: 500 })
  ).places.map(({ candidate }) => candidate.id)

describe('what a worker tells of themselves', () => {
  it('is on their profile and found by searches as soon as the form without a script is sent', async () => {
    await worker.open('/me')
    const sent = await worker.post('/me', {
      ...emptied(),
      headline: '<b>ひとこと</b>',
      about: '一行目\n<script>alert(1)</script>',
      'times-sat-evening': '1',
      hoursPerWeek: '１２',
      replyHours: '12',
      hourlyRate: '1,450円',
      'fixed-price': '1',
      smallest: '試しに一枚',
      declines: '',
      'skills-invoicing': '1',
      otherSkills: 'Excel、水引細工',
    })
    expect([sent.status, sent.path]).toEqual([200, `/workers/${WORKER}`])
    for (const words of [
      '<b>ひとこと</b>',
      '週末',
      '12時間まで',
      '半日以内',
      '1,450',
      '試しに一枚',
      '請求書の発行',
      '水引細工',
    ])
      expect(sent.text).toContain(words)
    expect(sent.html).not.toContain('<script')
    expect(sent.html).not.toContain('<b>ひとこと')
    expect(sent.text).not.toContain('受けないもの')
    expect(await found({ words: '水引細工' })).toEqual([WORKER])
    expect(await found({ times: ['weekends'], skills: ['invoicing'], rateMin: 1_450, rateMax: 1_450 })).toContain(
      WORKER,
    )
    expect(await found({ times: ['weekday-days'] })).not.toContain(WORKER)
    // what stands in the form is what was sent
    await worker.open('/me')
    expect(worker.form('introduction').fields).toMatchObject({
      otherSkills: 'Excel、水引細工',
      'skills-invoicing': '1',
    })
    const english = await visitor(room.market).open(`/workers/${WORKER}?lang=en`)
    expect(english.html).toContain('<bdi lang="ja">試しに一枚</bdi>')
  })

  it('is refused field by field, and what was typed and ticked stays', async () => {
    await worker.open('/me?lang=en')
    const fields = {
      ...emptied(),
      headline: 'あ'.repeat(61),
      about: '連絡は a@example.jp へ',
      hourlyRate: 'many',
      hoursPerWeek: '200',
      startsAt: 'soon',
      'times-mon-morning': '1',
    }
    const { status, html } = await worker.post('/me', fields)
    expect(status).toBe(422)
    for (const name of ['headline', 'about', 'hourlyRate', 'hoursPerWeek', 'startsAt'])
      expect(html).toContain(`href="#introduction-${name}"`)
    expect(worker.form('introduction').fields).toMatchObject({ about: fields.about, 'times-mon-morning': '1' })
    expect(Object.keys(worker.form('introduction').fields).filter((name) => /^(times|skills)-/.test(name))).toEqual([
      'times-mon-morning',
    ])
  })

  it('is missing where nothing was filled in, and only its owner reads what is missing and where to fill it in', async () => {
    await worker.open('/me')
    const own = await worker.post('/me', emptied())
    const gaps = ['headline', 'times', 'about', 'terms', 'skills', 'sample']
    expect(sections(own.html)).toContain('gaps')
    const links = [...own.html.matchAll(/href="\/me#([\w-]+)"/g)]
      .map(([, id]) => id)
      .filter((id) => id !== 'introduction')
    expect(links).toHaveLength(gaps.length)
    const me = await worker.open('/me')
    for (const id of ['introduction', ...links]) expect(me.html).toContain(`id="${id}"`)
    for (const reader of [undefined, 'cli_01', 'wrk_001', 'opr_demo']) {
      const other = visitor(room.market)
      if (reader) await other.signIn(reader)
      const { html, text } = await other.open(`/workers/${WORKER}`)
      expect(
        sections(html).filter((id) => ['gaps', 'about', 'week', 'declared', 'works'].includes(id as string)),
      ).toEqual([])
      expect(text).not.toContain('あと')
    }
  })

  it('is not read of somebody suspended, who cannot change it either', async () => {
    const before = await worker.open(`/workers/${WORKER}`)
    expect(sections(before.html)).toContain('about')
    await worker.open('/me')
    const form = { ...worker.form('introduction').fields, headline: 'まだいます' }
    await visitor(room.market).post(`/workers/${WORKER}/standing`, { status: 'suspended' })
    expect((await worker.post('/me', form)).status).toBe(403)
    const after = await visitor(room.market).open(`/workers/${WORKER}`)
    expect(sections(after.html)).not.toContain('about')
    expect((await room.market.call('GET', `/api/workers/${WORKER}`)).json.introduction).toBeNull()
  })

  it('of the invented people would be taken from anybody', async () => {
    for (const nth of [2, 5, 8, 11, 14, 17, 20, 23]) {
      const id = `wrk_${String(nth).padStart(3, '0')}`
      await worker.signIn(id)
      await worker.open('/me')
      const given = worker.form('introduction').fields
      expect((await worker.send('introduction')).path).toBe(`/workers/${id}`)
      await worker.open('/me')
      expect({ ...worker.form('introduction').fields, once: '' }).toEqual({ ...given, once: '' })
    }
  })

  it('is written by nobody but the worker', async () => {
    const client = visitor(room.market)
    await client.signIn('cli_01')
    expect((await client.post('/me', { act: 'introduce', hourlyRate: '1500' })).status).toBe(403)
  })
})

describe('the profile of somebody certified', () => {
  it('names the exam and the topics that it has, in its own words', async () => {
    for (const exam of categories) {
      const source = await readFile(`exams/${exam}/exam.md`, 'utf8')
      const topics = [...source.matchAll(/^ {2}[\w-]+: \{ title: \{ ja: (.+?), en: (?:"(.+?)"|(.+?)) \}/gm)]
      expect(topics).toHaveLength(7)
      const title = /^title: \{ ja: (?<ja>.+?), en: (?<en>.+?) \}/m.exec(source)?.groups ?? {}
      for (const lang of ['ja', 'en'] as const) {
        const texts = JSON.parse(await readFile(`src/texts/${lang}/market.json`, 'utf8'))
        expect(texts[`market.exam.${exam}`]).toBe(title[lang])
        const titles = topics.map((_, nth) => texts[`market.showed.${exam}.titles.${nth}`])
        expect(titles).toEqual(topics.map(([, ja, quoted, plain]) => (lang === 'ja' ? ja : (quoted ?? plain))))
      }
    }
  })
})

describe('an introduction', () => {
  it('has the gaps of what is empty and no others', () => {
    expect(gapsOf({ introduction: undefined, skillsJa: '', samples: 0 })).toHaveLength(6)
    expect(gapsOf({ introduction: undefined, skillsJa: '校正', samples: 1 })).toEqual([
      'headline',
      'times',
      'about',
      'terms',
    ])
  })

  it('of a week says when somebody works', () => {
    expect(timesOf(0)).toEqual([])
    expect(timesOf(2 ** (3 * weekdays.length) - 1)).toEqual(['weekday-days', 'weekday-evenings', 'weekends'])
  })
})
