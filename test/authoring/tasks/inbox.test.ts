import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sentenceOf } from '../../../src/authoring/said.ts'
import { compileFamilies } from '../../../src/authoring/tasks/compile-families.ts'
import type { InboxBody } from '../../../src/task/inbox/family.ts'

const TEXT = readFileSync(new URL('../../support/office-inbox.ja.md', import.meta.url), 'utf8')

/** What the compiler says of a family: rule, what stands in the line, and the sentence. */
function compile(text: string) {
  const said: string[] = []
  const lines = text.split('\n')
  const [family] = compileFamilies([{ path: 'tasks/office-inbox.ja.md', content: text }], {
    language: 'en',
    image: () => ({ src: '' }),
    reportOf: () => (at, finding) =>
      void said.push(`${finding.rule} | ${lines[at.line - 1]} | ${sentenceOf(finding.message, 'en')}`),
    exam: undefined,
    locales: ['ja'],
    skills: new Set(),
    seeds: 20,
  })
  return { said, body: family?.body as InboxBody }
}
const after = (from: string, to: string) => {
  expect(TEXT, 'the fixture holds what is changed').toContain(from)
  return compile(TEXT.replace(from, to))
}

describe('an inbox in Markdown', () => {
  it('is read as it is written', () => {
    const { said, body } = compile(TEXT)
    expect(said).toEqual([])
    expect(body.mails).toBe(8)
    expect(body.declared).toHaveLength(10)
    expect(body.declared[0]).toMatchObject({
      name: '打合せの候補',
      always: true,
      critical: false,
      skills: ['ms-4', 'sd-1'],
      cc: [{ name: '北窓架空製作　工場　佐倉', address: 'sakura@kitamado.example.jp' }],
      act: 'reply',
      replyTo: [],
      replyCc: ['sakura@kitamado.example.jp'],
      replyFiles: ['料金表_2026-10.pdf'],
      facts: [
        { name: '日にち', as: 'wording', accepted: [['{{日1:日付}}']] },
        { name: '開始の時刻', as: 'time', within: '{{空1}}', notBefore: '11', minutes: 60 },
        { name: '場所', as: 'wording', accepted: [['前回と同じ'], ['同じ場所']] },
      ],
      forbidden: [{ as: 'promise', wordings: ['{{日2:日付}}'] }],
    })
    expect(body.declared[2]).toMatchObject({ group: '詐欺', critical: true, act: 'report', skills: ['sp-1'] })
    expect(body.declared[1]?.facts[0]).toMatchObject({ accepted: expect.arrayContaining([['三好', '確認']]) })
    expect(body.declared[4]?.attachments).toEqual(['予約一覧_12月.xlsx'])
  })

  it('a time may have to be over by an hour, and last some minutes', () => {
    const { body } = after(
      '11時以降に始まり、1時間で終わる時刻',
      '11時以降に始まり、15時までに終わり、30分で終わる時刻',
    )
    expect(body.declared[0]?.facts[1]).toMatchObject({ notBefore: '11', overBy: '15', minutes: 30 })
  })

  it('a model answer that breaks the rules of its own mail is found at its heading', () => {
    const { said } = after(
      '- 書くこと：添えたもの ＝ 会社案内',
      '- 書くこと：添えたもの ＝ 会社案内 / 案内\n- 書いてはいけない：案内',
    )
    expect(said).toEqual([
      'inbox/contradiction | #### 会社案内 `ms-2` | “会社案内”: the model answer, made of what must be written, fails its own grading (disclosed)',
    ])
  })

  it('a model answer that discloses what belongs to another mail is found', () => {
    const { said } = after('- 書くこと：添えたもの ＝ 会社案内', '- 書くこと：添えたもの ＝ nguyen@kotori.example.com')
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('inbox/contradiction | #### 会社案内')
  })

  it('a time that fits into no drawn range makes no task', () => {
    const { said } = after('11時以降に始まり', '16時以降に始まり')
    expect(said[0]).toContain('task/never-fails')
    expect(said[0]).toContain('打合せの候補: no time fits')
  })

  it('recipients and files must be offered by the mail or the documents', () => {
    for (const [from, to] of [
      ['- 写し：sakura@kitamado.example.jp', '- 写し：nobody@kitamado.example.jp'],
      ['- 添付：会社案内_2026.pdf', '- 添付：会社案内_2027.pdf'],
    ] as const) {
      const { said } = after(from, to)
      expect(said[0]).toContain('stands neither in the mail nor in the documents')
    }
  })

  it('lines that cannot be read are said where they stand', () => {
    const problems = [
      [
        '- 対応：対応しない',
        '- 対応：転送する',
        'inbox/mail | - 対応：転送する | “対応：転送する” of “お礼” cannot be read',
      ],
      ['件名：資料のお願い\n', '', 'inbox/mail | #### 会社案内 `ms-2` | “会社案内” has no 件名'],
      ['- 対応：三好が見るまで置く\n', '', 'inbox/mail | #### 催しの案内 `ms-1` | “催しの案内” has no 対応'],
      ['- 書くこと：期限 ＝ 12月10日', '- 書くこと：12月10日', '“書くこと：12月10日” of “請求書の再送” cannot be read'],
      [
        '差出人：大月　健一 <otsuki@shinki.example.com>',
        '差出人：大月　健一',
        '“差出人：大月　健一” of “会社案内” cannot be read',
      ],
      ['- 対応：対応しない', '- 対応：対応しない\n- 宛先：差出人', '“お礼” is not answered, so it takes no 宛先'],
    ] as const
    for (const [from, to, finding] of problems) expect(after(from, to).said.join('\n')).toContain(finding)
  })

  it('mails that are always there and groups must fit, and enough must be left', () => {
    expect(after('mails: 8', 'mails: 3').said.join()).toContain('inbox/pool')
    expect(after('mails: 8', 'mails: 11').said.join()).toContain('inbox/pool')
    expect(after('mails: 8\n', '').said.join()).toContain('task/value')
  })

  it('an address that could be somebody’s is refused', () => {
    expect(after('otsuki@shinki.example.com', 'otsuki@shinki.co.jp').said.join()).toContain('task/real-number')
  })

  it('documents take no pictures', () => {
    expect(after('資料1　三好の予定', '![予定](assets/plan.png)').said.join()).toContain('image/refused')
  })
})
