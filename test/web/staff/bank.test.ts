import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bankHash, itemHash } from '../../../src/authoring/content-hash.ts'
import { eraseWorker } from '../../../src/flows/erase-worker.ts'
import { measureExam } from '../../../src/flows/measure-exam.ts'
import { publishExam } from '../../../src/flows/publish-exam.ts'
import type { Bank } from '../../../src/item/bank.ts'
import type { Item } from '../../../src/item/item.ts'
import { reworded } from '../../support/changed-bank.ts'
import { operator, pass, rows } from '../../support/exam-hall.ts'
import { PLUGIN } from '../../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const author = async (id = 'aut-1') => (await w.launch(id, { role: 'author', name: 'Aoki' })).token
const page = async (token: string, path: string) => {
  const reply = await w.call('GET', path, { token })
  expect(reply.status, `${path} ${reply.text.slice(0, 200)}`).toBe(200)
  expect(reply.headers.get('cache-control')).toBe('no-store')
  return reply.text
}
const post = (token: string, path: string, fields: Record<string, string>) =>
  w.call('POST', path, {
    token,
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

/** Hands a version in, as a tool does; with the page at which it waits. */
async function handIn(token: string, bundle: object, note = '題名を直した') {
  const reply = await w.call('POST', `/admin/exams?${new URLSearchParams({ note })}`, { token, body: bundle })
  return { status: reply.status, at: `/staff/proposals/${reply.json.proposal}` }
}

const found = (html: string) => [...html.matchAll(/\/items\/([a-z-]+-\d+)"/g)].map(([, id]) => id)

describe('a version that waits', () => {
  it('is shown however many were decided since', async () => {
    const { at } = await handIn(await author(), reworded(w.bank, '言い換えた'))
    const decided = `with recursive n(n) as (select 1 union all select n + 1 from n where n < 120)
      insert into exam_proposals select 'prp_' || n, 'tiny', 1, 'hash' || n, 'aut-2', '直した', 'null', proposed_at + n, 'returned', 'op-1', proposed_at + n, '違う' from exam_proposals, n`
    await rows(w, decided)
    const op = await operator(w)
    expect(await page(op, '/staff/exams')).toContain(`href="${at}"`)
    expect(await page(op, '/staff')).toContain(`href="${at}"`)
  })
})

describe('a version whose author was erased', () => {
  it('names nobody, and says why', async () => {
    const { at } = await handIn(await author(), reworded(w.bank, '言い換えた'))
    await eraseWorker(w.world, 'aut-1')
    const op = await operator(w)
    for (const path of ['/staff/exams', '/staff/exams/tiny/versions', at]) {
      const html = await page(op, path)
      expect(html, path).toContain('<bdi>消去された人</bdi>')
      expect(html, path).not.toContain('<bdi></bdi>')
    }
  })
})

describe('the list of items', () => {
  it('finds by words in anything that can be read, keys included, widths and case aside', async () => {
    const token = await author()
    const [first] = w.bank.items
    expect(found(await page(token, `/staff/exams/tiny?q=${first?.id.toUpperCase()}`))).toEqual([first?.id])
    const numeric = w.bank.items.filter(({ type }) => type === 'numeric').map(({ id }) => id)
    expect(found(await page(token, `/staff/exams/tiny?q=${encodeURIComponent('１３２００')}`))).toEqual(
      numeric.slice(0, 50),
    )
    expect(await page(token, '/staff/exams/tiny?q=nothing-like-this')).toContain('当てはまる問題はありません')
  })

  it('filters by topic, type, state, difficulty and leaks, and turns pages', async () => {
    const token = await operator(w)
    const { items } = w.bank
    const ids = (keep: (item: (typeof items)[number]) => boolean) => items.filter(keep).map(({ id }) => id)
    const [topic] = w.bank.exam.sections.map((section) => section.topic)
    expect(found(await page(token, `/staff/exams/tiny?topic=${topic}&type=single&status=&difficulty=`))).toEqual(
      ids((item) => item.topic === topic && item.type === 'single').slice(0, 50),
    )
    expect(found(await page(token, '/staff/exams/tiny?difficulty=3'))).toEqual(
      ids(({ difficulty }) => difficulty === 3).slice(0, 50),
    )
    expect(found(await page(token, '/staff/exams/tiny?only=leaked'))).toEqual([])
    await post(token, '/staff/leaks', { exam: 'tiny', item: items[4]?.id ?? '', why: '掲示板' })
    expect(found(await page(token, '/staff/exams/tiny?only=leaked'))).toEqual([items[4]?.id])
    // what cannot be read is not asked
    expect(found(await page(token, '/staff/exams/tiny?difficulty=x&page=-1&type=%00'))).toEqual(
      ids(() => true).slice(0, 50),
    )
  })
})

describe('the page of an item', () => {
  it('shows the question, and its key and rationale only inside what opens on a click', async () => {
    const [item] = w.bank.items
    const html = await page(await author(), `/staff/exams/tiny/items/${item?.id}`)
    const open = html.replace(/<details[\s\S]*?<\/details>/g, '')
    expect(html).toContain(`why ${item?.id}`)
    expect(open).not.toContain(`why ${item?.id}`)
  })

  it('tells its life over the versions, also of going back', async () => {
    const next = reworded(w.bank, '言い換えた')
    await publishExam(w.world, next)
    const op = await operator(w)
    const long = '誤'.repeat(401)
    const refused = await post(op, '/staff/exams/tiny/roll-back', { hash: w.bank.hash, why: long })
    expect([refused.status, refused.text.includes(`name="why" value="${long}"`)]).toEqual([422, true])
    await post(op, '/staff/exams/tiny/roll-back', { hash: w.bank.hash, why: '誤り' })
    const html = await page(await author(), `/staff/exams/tiny/items/${w.bank.items[0]?.id}`)
    expect([...html.matchAll(/初めて公開|変わったところ：[^<]*/g)].map(([text]) => text)).toEqual([
      '変わったところ：問題の版、問題文 (ja)',
      '変わったところ：問題の版、問題文 (ja)',
      '初めて公開',
    ])
  })

  it('begins its life with its latest changes, and calls none the first that is not', async () => {
    for (let n = 0; n < 12; n += 1) await publishExam(w.world, reworded(w.bank, `言い方${n}`))
    const token = await author()
    const path = `/staff/exams/tiny/items/${w.bank.items[0]?.id}`
    const steps = (html: string) => [...html.matchAll(/初めて公開|変わったところ：/g)].map(([text]) => text)
    const latest = await page(token, path)
    expect(steps(latest)).toEqual(Array(10).fill('変わったところ：'))
    const [, more = ''] = /href="([^"]*history=all)#history"/.exec(latest) ?? []
    const all = await page(token, more)
    expect(steps(all)).toEqual([...Array(12).fill('変わったところ：'), '初めて公開'])
    expect(all).not.toContain('history=all#history')
  })

  it('shows how the item did as it was measured last', async () => {
    const sitting = await pass(w, 'w-1')
    const [{ form }] = await rows(w, 'select form from attempts where id = ?', [sitting.id])
    const id = JSON.parse(form).sections[0].items[0].itemId
    const token = await author()
    const path = `/staff/exams/tiny/items/${id}`
    expect(await page(token, path)).toContain('まだありません')
    await measureExam(w.world)
    const html = await page(token, path)
    expect(html).toContain(`id="statistics-${id}-ja"`)
    expect(html).toMatch(/最近の受験 1回による集計。更新 <time datetime="2026-11-25T03:00/)
    const unseen = w.bank.items.find((item) => !form.includes(`"${item.id}"`))
    expect(await page(token, `/staff/exams/tiny/items/${unseen?.id}`)).toContain('まだありません')
  })

  it('leads on to every other item with a flag, and back', async () => {
    await pass(w, 'w-1')
    await measureExam(w.world)
    await rows(
      w,
      "update item_statistics set figures = json_set(figures, '$.flags', json('[\"too-easy\"]'), '$.n', 40)",
    )
    const measured = await rows(w, 'select distinct item from item_statistics')
    const token = await author()
    const step = async (item: string, rel: 'next' | 'prev') =>
      new RegExp(`href="[^"]*/items/([^"?]+)[^"]*" rel="${rel}"`).exec(
        await page(token, `/staff/exams/tiny/items/${item}`),
      )?.[1]
    const walk = async (from: string, rel: 'next' | 'prev') => {
      const passed = [from]
      for (let to = await step(from, rel); to !== undefined; to = await step(to, rel)) passed.push(to)
      return passed
    }
    const first = (await walk(measured[0].item, 'prev')).at(-1) as string
    const onward = await walk(first, 'next')
    expect([...onward].sort()).toEqual(measured.map(({ item }) => item).sort())
    expect(await walk(onward.at(-1) as string, 'prev')).toEqual([...onward].reverse())
  })

  it('is not there for an item or an exam that does not exist', async () => {
    const token = await author()
    for (const path of [
      '/staff/exams/tiny/items/none-001',
      '/staff/exams/none',
      '/staff/exams/none/versions',
      '/staff/proposals/prp_none',
      `/staff/exams/tiny/compare?from=${w.bank.hash}&to=${'0'.repeat(64)}`,
    ])
      expect((await w.call('GET', path, { token })).status, path).toBe(404)
  })
})

describe('a version that was handed in', () => {
  it('waits for somebody else, who sees word by word what changed and approves it there', async () => {
    const next = reworded(w.bank, '言い換えた問い')
    const mine = await author()
    const lint = [
      {
        rule: 'stem/verbose',
        severity: 'warning',
        where: 'office.ja.md:3:1',
        message: '長い',
        item: next.items[0]?.id,
      },
    ]
    const { status, at } = await handIn(mine, { bank: next, lint })
    expect(status).toBe(201)
    const own = await page(mine, at)
    expect(own).toContain('ほかの作問者か運営者の承認')
    expect(own).not.toContain('/approve')
    const op = await operator(w)
    const judged = await page(op, at)
    expect(judged).toContain('<ins>')
    expect(judged).toContain('題名を直した')
    // what the author's tool said of it is nobody's finding here
    expect(judged).not.toContain('長い')
    expect(judged).toContain('このサービスでは点検していません')
    expect(judged).toContain(`name="against" value="${w.bank.hash}"`)
    expect((await post(mine, `${at}/approve`, { against: w.bank.hash })).status).toBe(409)
    for (const [act, fields, says] of [
      ['approve', { against: next.hash }, '公開中の版が変わりました'],
      ['return', { why: 'あ'.repeat(401) }, 'できませんでした'],
    ] as const) {
      const refused = await post(op, `${at}/${act}?lang=ja`, { why: '書いた理由', ...fields })
      expect([refused.status, refused.text.includes(says)]).toEqual([act === 'approve' ? 409 : 422, true])
      const why = 'why' in fields ? fields.why : '書いた理由'
      expect(refused.text).toMatch(new RegExp(`id="why-${act}" name="why" value="${why}"`))
      expect(refused.text).toContain(`name="against" value="${w.bank.hash}"`)
    }
    expect((await post(op, `${at}/approve`, { against: w.bank.hash, why: '' })).headers.get('location')).toContain(
      'outcome=approved',
    )
    expect(await page(mine, '/staff/exams')).toContain(next.hash.slice(0, 12))
  })

  it('keeps what people wrote harmless where it is shown', async () => {
    const mine = await author()
    const { at } = await handIn(mine, { bank: reworded(w.bank, 'x') }, '<script>alert(1)</script>')
    const html = await page(await operator(w), at)
    expect(html).not.toContain('<script>alert')
    expect(html).toContain('&lt;script&gt;alert')
  })

  it('lets forms go to this proposal and to no other, whatever a draft holds', async () => {
    const mine = await author()
    const { at } = await handIn(mine, { bank: reworded(w.bank, 'y') })
    const reply = await w.call('GET', at, { token: await operator(w) })
    expect(/form-action ([^;]*)/.exec(reply.headers.get('content-security-policy') ?? '')?.[1]?.split(' ')).toEqual([
      `${PLUGIN}/sign-out`,
      ...['approve', 'return'].map((act) => `${PLUGIN}${at}/${act}`),
    ])
    expect((await w.call('GET', '/api/exams', { token: mine })).headers.get('content-security-policy')).toContain(
      "form-action 'none'",
    )
  })

  it('shows an expression of a draft as text, and refuses one that is none', async () => {
    const [first, ...others] = w.bank.items as readonly [Item, ...Item[]]
    const withSlot = (expression: unknown): Bank => {
      const ja = first.wordings.ja as NonNullable<typeof first.wordings.ja>
      const wordings = {
        ja: {
          ...ja,
          variables: [{ name: 'x', values: [1, 2] }],
          stem: { ...ja.stem, html: '<p>\ue100</p>', slots: [{ expression }] },
        },
      } as unknown as Item['wordings']
      const items = [{ ...first, version: 9, wordings, hash: itemHash({ ...first, wordings }) }, ...others]
      return { exam: w.bank.exam, items, hash: bankHash({ exam: w.bank.exam, items: items }) }
    }
    const mine = await author()
    const hostile = '</p><form action="/staff/proposals/prp_2/approve">'
    for (const expression of [hostile, ['+', 'x', hostile], ['constructor', 'x'], ['+'], 'y', ['+', 'x', 'y']])
      expect((await handIn(mine, { bank: withSlot(expression) })).status, JSON.stringify(expression)).toBe(422)
    const { at } = await handIn(mine, { bank: withSlot(['round', ['/', 'x', '3'], '1']) })
    const judged = await page(await operator(w), at)
    expect(judged).toContain('{{round(x / 3, 1)}}')
  })
})
