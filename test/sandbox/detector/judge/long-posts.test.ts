import { describe, expect, it } from 'vitest'
import { createDetector } from '../../../../src/sandbox/detector/judge/detector.ts'
import { openCommittedModel } from '../../../../src/sandbox/detector/judge/model.ts'
import { cutPieces, noPieces } from '../../../../src/sandbox/detector/read/cut-pieces.ts'
import { type Post, wordsOf } from '../../../../src/sandbox/detector/read/features.ts'
import { emptyFolding } from '../../../../src/sandbox/detector/read/fold-characters.ts'
import { foldInto } from '../../../../src/sandbox/detector/read/fold-text.ts'
import { readStrangers } from '../../../support/labelled-set.ts'
import { processorMs } from '../../../support/processor-time.ts'

const detector = createDetector(openCommittedModel())
const lawful = Object.values(readStrangers())
  .flat()
  .filter(({ kinds, lang, near }) => kinds.length === 0 && lang === 'ja' && !near)
  .map(({ body }) => body)

const trick: Post = {
  title: 'データ入力スタッフ募集',
  body: '登録料9,800円を先にお振り込みください。確認でき次第、IDをお送りします。',
}
const amongst = (letters: number): Post[] => {
  const other = lawful.join('\n').slice(0, letters)
  const half = letters / 2
  return [
    { ...trick, body: `${trick.body}\n${other}` },
    { ...trick, body: `${other}\n${trick.body}` },
    { ...trick, body: `${other.slice(0, half)}\n${trick.body}\n${other.slice(half)}` },
    { ...trick, body: `${other.slice(0, half)}${trick.body}${other.slice(half)}` },
  ]
}

describe('a long post', () => {
  it.each([200, 400, 800, 2_000])(
    'a long post is not published for %i letters of lawful text around a trick',
    (letters) => {
      for (const post of amongst(letters)) expect(detector.score(post).band).not.toBe('publish')
    },
  )

  it('a long post is said to be suspicious for the stretch that holds the trick', () => {
    for (const post of amongst(800)) {
      const { stretch, reasons } = detector.score(post)
      const { start, end } = stretch ?? { start: 0, end: 0 }
      expect(wordsOf(post).slice(start, end)).toContain('登録料')
      expect(end - start).toBeLessThan(200)
      expect(reasons[0]?.kind).toBe('upfront-fee')
      for (const word of reasons.flatMap(({ words }) => words))
        expect(wordsOf(post).slice(word.start, word.end)).toBe(word.text)
    }
  })

  it('a post no longer than a window has no stretch of its own', () => {
    expect(detector.score(trick).stretch).toBeUndefined()
  })

  it('highlights end where words and amounts end', () => {
    const words = detector.score(trick).reasons.flatMap(({ words: found }) => found.map(({ text }) => text))
    for (const word of words) {
      expect(word).not.toMatch(/^(?:録|料|り|,|円)/)
      expect(word).not.toMatch(/(?:登|[\d,])$/)
    }
    expect(words.join(' ')).toContain('登録料')
  })
})

describe('a text that the detector cannot read', () => {
  it.each([
    [
      'Russian',
      'Требуется помощник для набора текста. Работа удалённая, оплата ежедневно. Сначала переведите взнос на карту, после этого вы получите доступ.',
    ],
    [
      'Korean',
      '재택근무로 데이터를 입력해 주실 분을 찾습니다. 등록비를 먼저 입금하시면 자세한 내용을 카카오톡으로 알려 드리겠습니다.',
    ],
    ['Thai', 'รับสมัครพนักงานพิมพ์ข้อมูลทำงานที่บ้าน โอนค่าประกันก่อนเริ่มงาน แล้วเราจะส่งรายละเอียดให้ทางแอปแชต'],
    [
      'Vietnamese',
      'Tuyển người nhập dữ liệu tại nhà. Vui lòng chuyển khoản phí đăng ký trước, sau đó chúng tôi sẽ gửi hướng dẫn qua Zalo cho bạn.',
    ],
    ['signs', '▓▒░█▄▀▌▐╬╫╪┼┴┬├┤│─┌┐└┘◢◣◤◥◰◱◲◳◴◵◶◷⬒⬓⬔⬕⬖⬗⬘⬙⣿⡇⢸⠿⠛⠋⠙⠉⠁⠈⠐⠠⡀⢀'],
    [
      'Base64',
      'TG9naW4gZmVlIG11c3QgYmUgcGFpZCBmaXJzdCwgdGhlbiB3ZSBzZW5kIHlvdXIgSUQgYnkgTElORS4gRG9uJ3QgdGVsbCBhbnlib2R5Lg==',
    ],
  ])('a text that the detector cannot read is queued and said to be so: %s', (_, body) => {
    expect(detector.score({ title: '募集', body })).toMatchObject({ unreadable: true })
    expect(detector.score({ title: '募集', body }).band).not.toBe('publish')
  })

  it('a stretch that the detector cannot read is enough for the queue', () => {
    const other = lawful.join('\n')
    const foreign =
      'Требуется помощник для набора текста. Работа удалённая, оплата ежедневно. Сначала переведите взнос на карту, после этого вы получите доступ.'
    const body = `${other.slice(0, 600)}\n${foreign}\n${other.slice(600, 1_200)}`
    expect(detector.score({ title: '募集', body })).toMatchObject({ unreadable: true })
  })

  it('hardly any lawful post of strangers is taken for a text that cannot be read', () => {
    const posts = Object.values(readStrangers()).flat()
    expect(detector.scoreMany(posts).filter(({ unreadable }) => unreadable).length).toBeLessThanOrEqual(
      posts.length * 0.01,
    )
  })
})

describe('a text of 64 KB', () => {
  it.each<[string, string]>([
    ['one character', 'あ'.repeat(65_536)],
    ['one word', '登録料を先に '.repeat(9_362)],
    ['nothing but marks', '\u0301\u3099'.repeat(32_768)],
    ['unpaired surrogates', '\ud83d'.repeat(65_536)],
    ['sentences', '仕事です。'.repeat(13_107)],
    ['emoji', '🎉'.repeat(32_768)],
    ['overrides', '\u202eあ'.repeat(32_768)],
    ['brackets and spaces', '( ) '.repeat(16_384)],
    ['concepts', 'LINE 手数料 口座 '.repeat(5_000)],
    ['no two characters alike', Array.from({ length: 20_000 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('')],
  ])('a text of 64 KB of %s is judged in bounded time', (_, body) => {
    const before = processorMs()
    const { any, band } = detector.score({ title: '募集', body })
    expect(any).toSatisfy((p: number) => p >= 0 && p <= 1)
    expect(['publish', 'queue', 'hold']).toContain(band)
    // some tens of milliseconds
    expect(processorMs() - before).toBeLessThan(5_000)
  })

  it('a text of signs that fold to more than 64 K of letters is for a person to read, and the next one is read as ever', () => {
    const post = { title: '募集', body: '登録料を先にお振り込みください。' }
    const alone = detector.score(post)
    expect(detector.score({ title: '募集', body: '\ufdfa'.repeat(20_000) })).toMatchObject({ unreadable: true })
    expect(detector.score(post)).toEqual(alone)
  })

  it('a text longer than 64 K is for a person to read', () => {
    expect(detector.score({ title: '募集', body: 'データ入力です。'.repeat(10_000) })).toMatchObject({
      unreadable: true,
    })
  })

  it('a trick at the end of 64 K of lawful text is found', () => {
    const other = lawful.join('\n')
    const body = `${other.repeat(Math.ceil(60_000 / other.length)).slice(0, 60_000)}\n${trick.body}`
    expect(detector.score({ ...trick, body }).band).not.toBe('publish')
  })
})

describe('pieces', () => {
  it('pieces cover a text without a gap, end with the title and are of bounded size', () => {
    const text = `募集\n${lawful.join('')}${'あ'.repeat(500)}${'word '.repeat(300)}`
    const folding = foldInto(text, emptyFolding(4_096))
    const { ends, sizes, count, title } = cutPieces(folding, 2, noPieces(4_096))
    expect(title).toBe(1)
    expect(ends[0]).toBe(2)
    expect(ends[count - 1]).toBe(folding.length)
    for (let piece = 1; piece < count; piece += 1) {
      expect(ends[piece]).toBeGreaterThan(ends[piece - 1] as number)
      expect(sizes[piece]).toBeLessThanOrEqual(41)
    }
  })
})
