import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from '../../../../src/sandbox/detector/read/fold-text.ts'
import { CHAT_APP, DISCORD, LINE } from '../../../../src/sandbox/detector/read/match-messenger.ts'
import { cases } from '../../../support/cases.ts'
import { readFreshPosts, readLabelledSet } from '../../../support/labelled-set.ts'
import { processorMs } from '../../../support/processor-time.ts'

const fold = (text: string) => foldText(text).text
const name = (code: number) => String.fromCodePoint(code)

const spellings = {
  LINE: `LINE line Line らいん ライン ﾗｲﾝ ラィン らイン LlNE L1NE |INE lIne ＬＩＮＥ ʟɪɴᴇ ℒ𝓲𝓃𝓔 ⓁⒾⓃⒺ 🅻🅸🅽🅴 🇱🇮🇳🇪 LÍNÉ LΙΝΕ`.split(
    ' ',
  ),
  spaced: [
    'ラ イ ン',
    'ら　い　ん',
    'ラ・イ・ン',
    'ラ イン',
    'L I N E',
    'L.I.N.E',
    'L-I-N-E',
    'L＊I＊N＊E',
    'L☆I☆N☆E',
    'L_I_N_E',
    'L / I / N / E',
    'LI NE',
    'L\nI\nN\nE',
    'Ｌ Ｉ Ｎ Ｅ',
    'L(I)(N)E',
  ],
  hidden: [
    'L\u200bI\u200bN\u200bE',
    'LI\u00adNE',
    'ラ\u2060イ\u2060ン',
    '\u202eENIL\u202c',
    'L&#73;NE',
    'L&#x49;NE',
    'L&shy;INE',
    '&amp;#76;INE',
    'LI\ufe0fNE',
    'L\u034fINE',
    'ライン\u200d',
    'L\u0336I\u0336N\u0336E\u0336',
  ],
}

describe('lines of a few letters each', () => {
  it('lines of a few letters each are joined where there are many of them, whatever stands around', () => {
    const trick = 'おめでとう^^ 登録料(9,800円)を先にお振り込みください。確認でき次第ご案内します。'
    const shredded = trick.replace(/.{3}/g, '$&\n')
    expect(fold(shredded)).toBe(fold(trick))
    expect(fold(`名簿の入力をお願いします。\n${shredded}`)).toBe(fold(`名簿の入力をお願いします。\n${trick}`))
  })
})

describe('folding', () => {
  it.each(Object.values(spellings).flat())('folding reads %j as LINE', (spelling) => {
    expect(fold(spelling)).toBe(name(LINE))
    expect(fold(`連絡は${spelling}でお願いします`)).toBe(`連絡は${name(LINE)}でお願いします`)
  })

  it.each([
    'Telegram',
    'T e l e g r a m',
    'T3legram',
    'Te1egram',
    'TeIegram',
    'テレグラム',
    'てれぐらむ',
    'Tele gram',
    'WhatsApp',
    'What$App',
    'カカオトーク',
    'KakaoTalk',
    'ＷｅＣｈａｔ',
  ])('folding reads %j as a chat app', (spelling) => {
    expect(fold(spelling)).toBe(name(CHAT_APP))
  })

  it('folding reads Discord in both scripts', () => {
    expect(['Discord', 'ディスコード', 'D i s c o r d', 'D1scord'].map(fold)).toEqual(
      [DISCORD, DISCORD, DISCORD, DISCORD].map(name),
    )
  })

  it.each([
    'online',
    'on-line',
    'deadline',
    'outlines',
    'pipeline',
    'オンライン',
    'ガイドライン',
    'ラインナップ',
    'デッドライン',
    'アイライナー',
    'ラインストーン',
    'オ ン ラ イ ン',
    'どのくらいんですか',
  ])('folding finds no messenger in %j', (word) => {
    expect(fold(word)).not.toMatch(/[\ue000-\uf8ff]/)
  })

  it('folding keeps what is said about LINE apart', () => {
    expect(fold('LINEスタンプ')).toBe(`${name(LINE)}すたんぷ`)
    expect(fold('ラインスタンプ')).toBe(`${name(LINE)}すたんぷ`)
    expect(fold('オンラインスタンプ')).not.toContain(name(LINE))
  })

  it('folding joins words spelled out and reads digits within words, but leaves sentences and figures alone', () => {
    expect(fold('手 数 料')).toBe('手数料')
    expect(fold('d.e.p.o.s.i.t')).toBe('deposit')
    expect(fold('acc0unt rev1ew 4ccount')).toBe('acount review acount')
    expect(fold('have a job for 1000 yen, web3 and 3D, 24h, 1st')).toBe(
      'have a job for 1000 yen, web3 and 3d, 24h, 1st',
    )
  })

  it('folding keeps emoji, but for those between letters', () => {
    expect(fold('やった🎉 です😊')).toBe('やつた🎉 です😊')
    expect(fold('やった🎉です😊')).toBe('やつたです😊')
    expect(fold('評価は★5、10〜20円 ★★★★★')).toBe('評価は★5、10ー20円 ★★★')
  })

  it.each([
    '登🎉録🎉料を先に振り込んでください',
    '登録料🎉を先に🎉振り込🎉んでく🎉ださい',
    '登録料★を先に★振り込★んでく★ださい',
    '登・録・料・を・先・に・振・り・込・ん・で・く・だ・さ・い',
    '登\n録\n料\nを\n先\nに\n振\nり\n込\nん\nで\nく\nだ\nさ\nい',
    '登x録x料xを先xに振xり込xんxでxくxださxい',
    '登、録、料、を、先、に、振、り、込、ん、で、く、だ、さ、い',
    '\u202eいさだくでん込り振に先を料録登\u202c',
    '登録料を先に振り\u202eいさだくでん込\u202c',
    '登&#x9332;料を先に&#x632f;り込んでください',
    '登\u0338録\u0338料\u0338を先に振り込んでください',
    '登録料ヲ先ニ振リ込ンデクダサイ',
  ])('folding reads %j as words in a row', (disguised) => {
    expect(fold(disguised)).toBe('登録料を先に振り込んでください')
  })

  it.each([
    'p a y  t h e  b i l  f i r s t',
    '[p][a][y] [t][h][e] [b][i][l] [f][i][r][s][t]'.replaceAll('[', '(').replaceAll(']', ')'),
    'p.a.y. .t.h.e. .b.i.l. .f.i.r.s.t',
    'p😀ay th😀e bi😀l fi😀rst',
    'ppayy thhe billl firrst',
    'pay%20the%20b%69l first',
  ])('folding reads %j as words with spaces between', (disguised) => {
    expect(fold(disguised).replaceAll(/[()]/g, '')).toBe('pay the bil first')
  })

  it('folding reads letters written several times as one, and characters as addresses write them', () => {
    expect(fold('手手数数料料')).toBe('手数料')
    expect(fold('%E6%89%8B%E6%95%B0%E6%96%99')).toBe('手数料')
    expect(fold('50%off 100% %zz')).toBe('50%of 100% %z')
  })

  const own = '登録料は9,800円です。先に、お振り込みください!\nPay the fee, then start (today).'
  const wovenIn = (signs: readonly string[]) =>
    own
      .split('\n')
      .map((line) => [...line].map((letter, at) => (at === 0 ? letter : signs[at % signs.length] + letter)).join(''))
      .join('\n')
  it.each([
    ['one sign', ['/']],
    ['many signs', ['.', '、', '-', '。', '_', '*', ',', '~']],
    ['spaces', [' ']],
    ['signs and spaces', [' - ']],
    ['emoji', ['🌷', '🍊']],
  ])('folding takes out %s behind every letter, but for the signs of the text', (_, signs) => {
    expect(fold(wovenIn(signs))).toBe(fold(own))
  })

  it('folding takes the brackets off every letter, but for those of the text', () => {
    const bracketed = [...own].map((letter) => (letter.trim() ? `[${letter}]` : letter)).join('')
    expect(fold(bracketed)).toBe(fold(own))
  })

  it('folding leaves a list of marks as it is', () => {
    expect(fold('評価は◎、○、△、×の4つです')).toBe('評価は◎、○、△、×の4つです')
  })

  it('folding joins short lines of Japanese, but not lists', () => {
    expect(fold('登録料を\n先に振込\nんでくだ\nさいね')).toBe('登録料を先に振込んでくださいね')
    expect(fold('・文字起こし\n・翻訳\n・校正')).toBe('・文字起こし\n・翻訳\n・校正')
  })

  it('folding reads letters in the order in which they are seen, overrides within overrides too', () => {
    expect(fold('\u202ecba\u202c')).toBe('abc')
    expect(fold('\u202efe\u202dcd\u202cba\u202c')).toBe('abcdef')
    expect(fold('x\u202ecba\nxyz')).toBe('xabc\nxyz')
    expect(fold('\u202dabc\u202c')).toBe('abc')
  })

  it('folding reads kanji and katakana that look alike as one', () => {
    expect(fold('ロコミ投稿')).toBe(fold('口コミ投稿'))
    expect(fold('銀行ロ座')).toBe(fold('銀行口座'))
    expect(fold('入カ作業')).toBe(fold('入力作業'))
  })

  it.each<[string, string]>([
    ['one character', 'あ'.repeat(65_536)],
    ['spaced letters', 'a b '.repeat(16_384)],
    ['marks', '\u0301'.repeat(65_536)],
    ['overrides', '\u202ea'.repeat(32_768)],
    ['unpaired surrogates', '\ud800'.repeat(65_536)],
    ['ampersands', '&amp;'.repeat(13_000)],
    ['emoji', '😀あ'.repeat(21_000)],
  ])('folding 64 KB of %s is done in bounded time', (_, text) => {
    const before = processorMs()
    foldText(text)
    expect(processorMs() - before).toBeLessThan(5_000)
  })

  it('folding is the same for composed and decomposed kana and for both widths', () => {
    expect(fold('ガイドブック'.normalize('NFD'))).toBe(fold('ガイドブック'))
    expect(fold('ｶﾞｲﾄﾞﾌﾞｯｸ')).toBe(fold('ガイドブック'))
  })

  it('folding changes nothing that is folded already', () => {
    const strange = fc.string({ unit: 'binary', maxLength: 60 })
    const tricky = fc
      .array(fc.constantFrom(...'LINElineラインらいん０1|!.・-_ 　ーガﾞ゛゜ﾗｲﾝabCДα😊\n\u200b\u3099é'), {
        maxLength: 30,
      })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(strange, tricky), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
      { numRuns: cases(3_000) },
    )
    for (const { title, body } of [...readLabelledSet(), ...readFreshPosts()])
      expect(fold(fold(`${title}\n${body}`))).toBe(fold(`${title}\n${body}`))
  })

  it('folding is blind to invisible characters anywhere', () => {
    const posts = readFreshPosts().map(({ title, body }) => [...`${title}\n${body}`])
    const invisible = fc.constantFrom(
      '\u200b',
      '\u200c',
      '\u200d',
      '\u2060',
      '\ufeff',
      '\u00ad',
      '\ufe0f',
      '\u180e',
      '\u{e0041}',
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...posts),
        fc.array(fc.tuple(fc.nat(400), invisible), { maxLength: 40 }),
        (characters, inserted) => {
          const hidden = [...characters]
          for (const [at, character] of inserted) hidden.splice(at % (hidden.length + 1), 0, character)
          expect(fold(hidden.join(''))).toBe(fold(characters.join('')))
        },
      ),
    )
  })

  it('folding says for each code point where it comes from, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const { text: folded, starts, ends } = foldText(text)
        expect(starts).toHaveLength([...folded].length)
        for (const [at, start] of starts.entries()) {
          expect(start).toBeGreaterThanOrEqual(at === 0 ? 0 : (starts[at - 1] as number))
          expect(ends[at]).toBeGreaterThan(start)
          expect(ends[at]).toBeLessThanOrEqual(text.length)
        }
      }),
    )
    const { text: folded, starts, ends } = foldText('まず L 1 N E へ')
    const at = [...folded].indexOf(name(LINE))
    expect('まず L 1 N E へ'.slice(starts[at], ends[at])).toBe('L 1 N E')
  })
})
