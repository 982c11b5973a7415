import type { PageContext } from '../../ui/page-context.ts'

const ja = {
  notRun: '前の項目が合わなかったため、確かめていません。',
  issuer: '発行者',
  keyItself: 'この鍵',
  list: '一覧',
  bit: 'ビット',
  bitValue: (index: number, bit: 0 | 1) => `${index}番 = ${bit}（${bit === 1 ? '取消し' : '取消しではない'}）`,
  self: '自分で確かめる',
  selfText: 'curl、Node.js、Python 3 だけで足ります。1つ目で文書を受け取り、2つ目で署名を（true なら正しい）、3つ目で取消しを（0 なら取り消されていない）確かめます。',
  selfEnd: '3つ目は一覧の署名を確かめません。一時停止は一覧に載らないので、発行者に尋ねてください。完全な手順：',
  guide: '開発者向けの手引き',
  commands: '確かめるための3つのコマンド',
}

type ProofTexts = typeof ja

const en: ProofTexts = {
  notRun: 'Not checked, since an earlier check did not pass.',
  issuer: 'Issuer',
  keyItself: 'This key',
  list: 'List',
  bit: 'Bit',
  bitValue: (index, bit) => `entry ${index} = ${bit} (${bit === 1 ? 'revoked' : 'not revoked'})`,
  self: 'Check it yourself',
  selfText: 'curl, Node.js and Python 3 are enough. The first line fetches the document, the second checks its signature (true: right), the third the revocation (0: not revoked).',
  selfEnd: 'The third does not check the list’s own signature. A suspension stands in no list: ask the issuer. All of it:',
  guide: 'guide for developers',
  commands: 'Three commands that check it',
}

export const proofTextsOf = (locale: PageContext['locale']): ProofTexts => ({ ja, en })[locale]
