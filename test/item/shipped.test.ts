import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { readExamFolder } from '../../src/cli/read-exam-folder.ts'
import type { FamilyWording, TaskFamily } from '../../src/item/family.ts'
import type { Item, Wording } from '../../src/item/item.ts'
import { familyFingerprint, wordingFingerprint } from '../../src/item/shipped/fingerprint.ts'
import list from '../../src/item/shipped/shipped.json' with { type: 'json' }
import { isMostlyShipped, shippedShare } from '../../src/item/shipped/shipped-share.ts'
import { instant } from '../../src/kernel/instant.ts'
import { compiled } from '../support/compiled.ts'
import { shippedBank } from '../support/shipped-bank.ts'
import { tinyBank } from '../support/tiny-bank.ts'
import { twoPartBank } from '../support/two-part-bank.ts'

/** How long the list was, and what it began with (SHA-256 of the entries, a line each), whenever it grew. Add a row; change none. */
const growth = [
  [1257, '6531cc6c0ea7f7dd6b69d9d594f6816bb4528d5e3fe1d0314c93c7114e037860'],
  [1335, 'c5ad36b394833886c1a11440ca6bd4148811b2f8dc42662cff9e0574a0ca3523'],
  [1345, 'b81c6bc58ad7e38e89a5f1b8f1a1262f7ac46637cf3e3716918080bf0d89b9ce'],
  [1385, 'f65caa5a2d1258dd506d4d349b6e42eb7884797e904950e28ded519dee8c04fa'],
  [1413, '43a4b56566032e67d3b73206c8dbe8713c09352194498ff8b1635cd9fbe2493d'],
  [1441, 'd1606b5bd50d64ee15c3c803725e0fd881fde94e8ba71466c30ce08d5a244119'],
  [1533, '66eeebb8135d359a8b24f28dd607c656e2acb3c5566bf14853708a4d25f98a69'],
  [1575, '368a3691a794a7e4f30ff4a126cbb2be0debc35ca6f9c95924c28154ee6995b9'],
  [1588, '4de6afb318fe7f442639b203448b41c53fd7e3abdea59dc5b144eb9c6e9af7ae'],
  [1626, '3d3864293f58c90eab093cf19e646205da79651ce275b11072d8449e74782394'],
  [1634, 'f2bade0aca7e7212a0a458a560aa57bbe49bbb859f8267e1c08092d7c57de6cf'],
  [1640, '7051553f351be1edb482f8abea5ea93c30879adc87520f7ba6be3d25825b154c'],
  [1656, '09d90bb164b7079199fb88fb2d94c009235d834888088ac0089a02d40628c6e8'],
  [1672, '3c66783d3e664dcb6f23072e62aeff299cb1d1c66406ef37c2eceef71acf3f8f'],
  [1676, '297e166fd2a157aab7bec0b8efbe222173226decb294bcb2b4ad3b21d828fff6'],
  [1708, '4dcfe2247763b8a838e411eeb83d8fe558dceec7a6b97214b27fa23c97462a8e'],
  [1772, '48bfeb9c371960ee3685bfc42d3f592bf7212bbaf96d7284f7cead76628eb6a9'],
  [1781, '1243e14607c528e52a08f0a027f72f138462721b8b250843f51bf3e580c29105'],
  [1801, 'bca258445d0a3d3bfab1b4df4c6a541f9e339e2d6f05c8e7fcdc2c0efbc25a90'],
] as const

const digestOf = (entries: readonly string[]) => createHash('sha256').update(entries.join('\n')).digest('hex')

async function wordingsOf(folder: string): Promise<{ readonly id: string; readonly wording: Wording }[]> {
  const { files } = await readExamFolder(`exams/${folder}`)
  const { items } = compileExam(files, { now: instant(0), lint: false })
  return items.flatMap(({ variants }) =>
    variants.flatMap(({ wording, source }) => (wording ? [{ id: source.id, wording }] : [])),
  )
}

describe('the list of what was ever shipped', () => {
  it.each(growth)('still begins with the %i entries that it had', (count, digest) => {
    expect(digestOf(list.slice(0, count))).toBe(digest)
  })

  it('has no entry that no row stands for, and none twice', () => {
    expect(list).toHaveLength(growth.at(-1)?.[0] ?? 0)
    expect(new Set(list).size).toBe(list.length)
    expect(list.filter((entry) => !/^[\w-]{5}$/.test(entry))).toEqual([])
  })

  it.each(['business-admin', 'web-writer'])(
    'holds every item of %s in every language; `npm run list-shipped` adds what is missing',
    async (folder) => {
      const wordings = await wordingsOf(folder)
      const missing = []
      for (const { id, wording } of wordings) if (!list.includes(await wordingFingerprint(wording))) missing.push(id)
      expect(missing).toEqual([])
      expect(wordings.length).toBeGreaterThan(400)
    },
  )

  it.each(['business-admin', 'web-writer'])(
    'holds every practical task of %s in every language; `npm run list-shipped` adds what is missing',
    async (folder) => {
      const { files } = await readExamFolder(`exams/${folder}`)
      const { tasks } = compileExam(files, { now: instant(0), lint: false })
      const missing = []
      for (const family of tasks)
        for (const wording of Object.values(family.wordings))
          if (!list.includes(await familyFingerprint(family, wording as FamilyWording))) missing.push(family.id)
      expect(missing).toEqual([])
      expect(tasks.length).toBeGreaterThan(0)
    },
  )
})

const choice = (text: string) => ({ html: compiled(text), text })
const secret = { rationale: 'why', references: [], notes: '' }
const single = (html: string, texts: readonly string[], right: number): Wording => ({
  stem: { type: 'single', html: compiled(html), choices: texts.map(choice), fixedOrder: false },
  secret: { key: { type: 'single', choice: right }, ...secret },
})
const question = single('<p>AIの件名は、どれですか。</p>', ['見積書', '請求書', 'Re: 先日の件'], 0)

describe('the fingerprint of a wording', () => {
  it('never becomes another: older entries of the list were made by it', async () => {
    expect(await wordingFingerprint(question)).toBe('TvGi-')
  })

  it.each([
    [
      'its options in another order',
      single('<p>AIの件名は、どれですか。</p>', ['Re: 先日の件', '請求書', '見積書'], 2),
    ],
    [
      'other punctuation, width and case',
      single('<p>ａｉの件名は  どれですか？</p>', ['「見積書」', '請求書。', 'RE：先日の件'], 0),
    ],
    [
      'emphasis and line breaks',
      single('<p>AIの<strong>件名</strong>は、<br>\nどれ<wbr>ですか。</p>', ['見積書', '請求書', 'Re: 先日の件'], 0),
    ],
    [
      'another rationale',
      { ...question, secret: { ...question.secret, rationale: 'because', notes: 'new', references: ['a source'] } },
    ],
  ])('is the same with %s', async (_, changed) => {
    expect(await wordingFingerprint(changed)).toBe(await wordingFingerprint(question))
  })

  it.each([
    ['another question', single('<p>AIの本文は、どれですか。</p>', ['見積書', '請求書', 'Re: 先日の件'], 0)],
    ['another option', single('<p>AIの件名は、どれですか。</p>', ['見積書', '納品書', 'Re: 先日の件'], 0)],
    ['another key', single('<p>AIの件名は、どれですか。</p>', ['見積書', '請求書', 'Re: 先日の件'], 1)],
  ])('is another with %s', async (_, changed) => {
    expect(await wordingFingerprint(changed)).not.toBe(await wordingFingerprint(question))
  })

  it('tells apart every item of a bank with all types', async () => {
    const prints = await Promise.all(tinyBank().items.map(({ wordings }) => wordingFingerprint(wordings.ja as Wording)))
    expect(new Set(prints).size).toBe(prints.length)
  })
})

describe('the fingerprint of a practical task', () => {
  const [family] = twoPartBank().tasks as [TaskFamily]
  const wording = family.wordings.ja as FamilyWording

  it('never becomes another: older entries of the list were made by it', async () => {
    expect(await familyFingerprint(family, wording)).toBe('ZUBCk')
  })

  it('is of its kind, brief and rules, and not of its title or of its materials', async () => {
    const print = await familyFingerprint(family, wording)
    expect(await familyFingerprint(family, { ...wording, title: 'another' } as FamilyWording)).toBe(print)
    expect(await familyFingerprint({ kind: 'sheet' }, wording)).not.toBe(print)
    expect(await familyFingerprint(family, { ...wording, rulesHtml: compiled('<p>別の規則</p>') })).not.toBe(print)
  })
})

describe('the shipped share of a bank', () => {
  const own = (n: number): Item[] => tinyBank({ pool: Math.ceil(n / 2) }).items.slice(0, n)
  const shareOf = async (items: readonly Item[]) => shippedShare({ ...tinyBank(), items })

  it('counts live items alone, by any of their languages, whatever they are called', async () => {
    const { items } = await shippedBank('business-admin', 'other')
    const [one, two, three] = items.filter(({ status }) => status === 'live') as [Item, Item, Item]
    const renamed = { ...one, id: 'mine-001', version: 7, points: 3 }
    const halfNew = { ...two, wordings: { ...two.wordings, ja: own(1)[0]?.wordings.ja as Wording } }
    expect(await shareOf([renamed, halfNew, { ...three, status: 'dormant' }, ...own(8)])).toEqual({
      live: 10,
      shipped: 2,
    })
  })

  it('is too large above a tenth, and all of a shipped exam is', async () => {
    expect(isMostlyShipped({ live: 100, shipped: 10 })).toBe(false)
    expect(isMostlyShipped({ live: 100, shipped: 11 })).toBe(true)
    expect(isMostlyShipped({ live: 0, shipped: 0 })).toBe(false)
    const bank = await shippedBank('web-writer', 'web-writer')
    const share = await shippedShare(bank)
    expect(share.shipped).toBe(share.live)
    expect(share.live).toBeGreaterThan(100)
    expect(await shippedShare(tinyBank())).toEqual({ live: 32, shipped: 0 })
  })

  it('counts live practical tasks apart: more than a tenth of them is too much, however new the items are', async () => {
    const bank = twoPartBank()
    const [own] = bank.tasks as [TaskFamily]
    const { files } = await readExamFolder('exams/business-admin')
    const [taken] = compileExam(files, { now: instant(0), lint: false }).tasks as [TaskFamily]
    const tasks = [
      ...Array.from({ length: 9 }, (_, i) => ({ ...own, id: `own-${i}` })),
      { ...taken, id: 'mine', status: 'live' as const },
    ]
    const fresh = { ...own.wordings.ja, briefHtml: compiled('<p>新しい依頼</p>') } as FamilyWording
    const isOwn = tasks.map((one) => (one.id === 'mine' ? one : { ...one, wordings: { ja: fresh } }))
    expect(await shippedShare({ ...bank, tasks: isOwn })).toMatchObject({ shipped: 0, tasks: { live: 10, shipped: 1 } })
    expect(isMostlyShipped({ live: 32, shipped: 0, tasks: { live: 10, shipped: 1 } })).toBe(false)
    expect(isMostlyShipped({ live: 32, shipped: 0, tasks: { live: 9, shipped: 1 } })).toBe(true)
    expect(await shippedShare({ ...bank, tasks: [{ ...taken, status: 'practice' }] })).not.toHaveProperty('tasks')
  })

  it('is counted once for a bank', async () => {
    const bank = tinyBank()
    expect(await shippedShare(bank)).toBe(await shippedShare(bank))
  })
})
