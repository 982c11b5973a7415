import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from '../../../../src/sandbox/detector/read/fold-text.ts'
import { CHAT_APP, DISCORD, LINE } from '../../../../src/sandbox/detector/read/match-messenger.ts'
import { cases } from '../../../support/cases.ts'
import { readFreshPosts, readLabelledSet } from '../../../support/labelled-set.ts'

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
    '\u202eLINE\u202c',
    'LI\ufe0fNE',
    'L\u034fINE',
    'ライン\u200d',
    'L\u0336I\u0336N\u0336E\u0336',
  ],
}

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
    expect(fold('acc0unt rev1ew')).toBe('account review')
    expect(fold('have a look at a job for 1000 yen, web3 and 3D')).toBe(
      'have a look at a job for 1000 yen, web3 and 3d',
    )
  })

  it('folding keeps emoji', () => {
    expect(fold('やった🎉です😊')).toBe('やった🎉です😊')
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
      '\u202e',
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
