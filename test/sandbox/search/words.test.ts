import { eq } from 'drizzle-orm'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isShort, matchAll, plainText, wordsOf } from '../../../src/platform/words/full-text.ts'
import { insertJobs, listedJobs } from '../../../src/sandbox/job/store.ts'
import { findPlaces, findWorkerDocs } from '../../../src/sandbox/search/listing/store.ts'
import { indexWorkers } from '../../../src/sandbox/search/store.ts'
import { workerTexts } from '../../../src/sandbox/search/tables.ts'
import { jobRow } from '../../support/sandbox/market-rows.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'

describe('the words of a query', () => {
  it('are the same in full-width and half-width, capital and small letters, katakana and hiragana', () => {
    expect(wordsOf('ＳＥＯ　ｷｼﾞ')).toEqual(['seo', 'きじ'])
    expect(wordsOf('データ でーた ﾃﾞｰﾀ か\u3099イド ゔぁ ヴァ')).toEqual(['でーた', 'がいど', 'ゔぁ'])
    expect(plainText('  Ａ\tB\n\u0000C ')).toBe('a b c')
  })

  it('do not change by what nobody sees', () => {
    expect(wordsOf('名簿\u200bの\u00ad整備\ufeff \u2060')).toEqual(['名簿の整備'])
  })

  it('are each asked for once, and not if another contains them', () => {
    expect(wordsOf('記事 取材記事 記事')).toEqual(['取材記事'])
    expect(wordsOf(' 　 ')).toEqual([])
    expect(wordsOf('a b c d e f g h i j k l m')).toHaveLength(10)
  })

  it('are short below three characters, however many code units these have', () => {
    expect(['経理', 'pr', '𠮷野', '👍'].map(isShort)).toEqual([true, true, true, true])
    expect(['請求書', '𠮷野家'].map(isShort)).toEqual([false, false])
    expect(matchAll(['a"b', 'c*d'])).toBe('"a""b" AND "c*d"')
  })
})

/** Pieces of which texts and queries are made, so that they meet. */
const pieces = [
  '経理',
  '校正',
  'PR',
  'ｐｒ',
  'データ',
  'でーた',
  'ﾃﾞｰﾀ',
  '\u200b',
  '請求書',
  '書',
  'の',
  '"',
  "'",
  '*',
  '%',
  '_',
  '^',
  '-',
  '(',
  ')',
  ':',
  'AND',
  'OR',
  'NEAR(',
  'NOT',
  'SEO記事',
  '記',
  '𠮷',
  '👍',
  'é',
  'İ',
  'ß',
  ' ',
  '　',
  '\u0001',
  '\u0000',
  '\n',
  'text:',
  '{',
  '+',
]
const texts = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 9 }).map((parts) => parts.join(''))

describe('full-text search', () => {
  let market: Market
  let count = 0
  beforeAll(async () => {
    market = await openMarket()
  })
  afterAll(() => market.close())

  const found = async (query: string): Promise<string[]> => {
    const { places } = await findPlaces(
      market.world.db,
      { words: wordsOf(query) },
      { now: market.clock.now, after: undefined, limit: 100_000 },
    )
    return (
      await listedJobs(
        market.world.db,
        places.map(({ doc }) => doc),
      )
    )
      .map(({ job }) => job.id)
      .filter((id) => id.startsWith('job_words'))
  }

  it('finds exactly the jobs whose title or body contains every word, whatever it consists of', async () => {
    const all: { id: string; fields: string[] }[] = []
    await fc.assert(
      fc.asyncProperty(texts, texts, fc.array(texts, { minLength: 1, maxLength: 3 }), async (title, body, query) => {
        count += 1
        const id = `job_words_${count}`
        all.push({ id, fields: [plainText(title), plainText(body)] })
        await market.world.db.batch([
          insertJobs(market.world.db, [
            jobRow({ id, title, body, client: 'cli_24', postNumber: 1_000 + count, now: market.clock.now }),
          ]),
        ])
        const words = wordsOf(query.join(' '))
        const expected = all.filter(({ fields }) => words.every((word) => fields.some((field) => field.includes(word))))
        expect((await found(query.join(' '))).sort()).toEqual(expected.map((one) => one.id).sort())
      }),
      { numRuns: 150 },
    )
  })

  it('finds exactly the workers in whose name or skills every word stands, whatever it consists of', async () => {
    const { db } = market.world
    const all: { doc: number; fields: string[] }[] = []
    await fc.assert(
      fc.asyncProperty(texts, texts, fc.array(texts, { minLength: 1, maxLength: 3 }), async (name, skillsJa, query) => {
        const worker = `wrk_words_${all.length}`
        await db.batch(indexWorkers(db, [{ id: worker, name, reading: '', skillsJa, skillsEn: 'e e e e' }]) as never)
        const [row] = await db.select().from(workerTexts).where(eq(workerTexts.worker, worker))
        all.push({ doc: row?.doc ?? 0, fields: [plainText(name), plainText(skillsJa), 'e e e e'] })
        // `e`, `e ` and more stand so often in the texts that they are looked for in all of them
        for (const words of [wordsOf(query.join(' ')), ['e'], wordsOf(`e ${query[0]}`)]) {
          if (words.length === 0) continue
          const docs = await findWorkerDocs(db, words)
          const found = all.filter(({ doc }) => docs[doc] === 1)
          const holding = all.filter(({ fields }) =>
            words.every((word) => fields.some((field) => field.includes(word))),
          )
          expect(found).toEqual(holding)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('finds workers likewise, and those no more who were erased', async () => {
    const { db } = market.world
    await db.batch(
      indexWorkers(db, [
        {
          id: 'wrk_001',
          name: '𠮷田 経理',
          reading: 'Yoshida',
          skillsJa: 'ＰＲ文の校正',
          skillsEn: 'Proofreading "quoted"',
        },
      ]) as never,
    )
    const hits = async (query: string) =>
      (await market.call('GET', `/api/workers?limit=500&q=${encodeURIComponent(query)}`)).json.workers.map(
        (entry: { id: string }) => entry.id,
      )
    for (const query of ['𠮷', '𠮷田', '経理 校正', 'pr文', 'PR', 'yoshida', '"quoted"'])
      expect(await hits(query), query).toContain('wrk_001')
    for (const query of ['校正 経営', '理校', '" OR "', 'NEAR(a)', '*'])
      expect(await hits(query), query).not.toContain('wrk_001')
    await market.call('POST', '/demo/workers/wrk_001/erase')
    expect(await hits('𠮷田')).toEqual([])
    expect(await findWorkerDocs(db, ['𠮷田'])).not.toContain(1)
  })
})
