import type { FamilyStatus, TaskKind } from '../../item/family.ts'
import type { ClaimsForm, RedlineVerdict } from '../../task/claims/family.ts'
import type { MailAct } from '../../task/inbox/present.ts'
import type { ShownFormat } from '../../task/sheet/present.ts'
import type { CellFault, CellLook, FormatName, PairLook, RowFault, RowLook } from '../../task/table/family.ts'
import type { Spellings } from '../keywords.data.ts'

/** Parts of a family: the public ones are headings of level 2, all others of level 3. */
export type FamilySection =
  | 'brief'
  | 'rules'
  | 'materials'
  | 'slots'
  | 'columns'
  | 'formats'
  | 'faults'
  | 'looks'
  | 'people'
  | 'variant-people'
  | 'dotted-people'
  | 'variants'
  | 'sheet-columns'
  | 'sheet-cells'
  | 'questions'
  | 'changes'
  | 'manuscript'
  | 'mails'
  | 'article'
  | 'sentences'
  | 'message'
  | 'scoring'
  | 'rationale'
  | 'references'
  | 'notes'

export const FAMILY_SECTION_WORDS: Spellings<FamilySection> = {
  brief: { ja: '依頼', en: 'Brief' },
  rules: { ja: '規則', en: 'Rules' },
  materials: { ja: '資料', en: 'Materials' },
  slots: { ja: 'くじ', en: 'Slots' },
  columns: { ja: '列', en: 'Columns' },
  formats: { ja: '書式', en: 'Formats' },
  faults: { ja: '誤り', en: 'Faults' },
  looks: { ja: 'そのまま', en: 'Look-alikes' },
  people: { ja: '人', en: 'People' },
  'variant-people': { ja: '異体字の人', en: 'People with variant kanji' },
  'dotted-people': { ja: '中黒の人', en: 'People with middle dots' },
  variants: { ja: 'ゆれ', en: 'Variants' },
  'sheet-columns': { ja: '表', en: 'Sheet' },
  'sheet-cells': { ja: 'ほかのセル', en: 'Other cells' },
  questions: { ja: '問', en: 'Questions' },
  changes: { ja: 'ゆさぶり', en: 'Changes' },
  manuscript: { ja: '原稿', en: 'Manuscript' },
  mails: { ja: '受信', en: 'Mails' },
  article: { ja: '記事', en: 'Article' },
  sentences: { ja: '文', en: 'Sentences' },
  message: { ja: '確認の文', en: 'Message' },
  scoring: { ja: '採点', en: 'Scoring' },
  rationale: { ja: '解説', en: 'Rationale' },
  references: { ja: '出典', en: 'References' },
  notes: { ja: 'メモ', en: 'Notes' },
}

export const KIND_WORDS: Spellings<TaskKind> = {
  table: { ja: '表', en: 'table' },
  sheet: { ja: '式', en: 'sheet' },
  draft: { ja: '直し', en: 'draft' },
  inbox: { ja: '受信箱', en: 'inbox' },
  claims: { ja: '確かめ', en: 'claims' },
}

/** Varieties of a kind. */
export const FORM_WORDS: Spellings<ClaimsForm> = {
  sources: { ja: '資料', en: 'sources' },
  redline: { ja: '赤入れ', en: 'red-lining' },
}

export const FAMILY_STATUS_WORDS: Spellings<FamilyStatus> = {
  live: { ja: '公開', en: 'live' },
  draft: { ja: '下書き', en: 'draft' },
  practice: { ja: '練習', en: 'practice' },
  retired: { ja: '廃止', en: 'retired' },
}

/** How the sources of slots begin. */
export const SLOT_WORDS = {
  integer: '整数',
  date: '日付',
  step: '刻み',
  weekdays: '平日',
  after: /^(.+)の翌営業日$/u,
} as const

/** A range of amounts, and its step. */
export const AMOUNT_RANGE = /^([\d,]+)[〜~]([\d,]+)(?: 刻み ?([\d,]+))?$/

/** What the columns of a table are made of. */
export const CONTENT_WORDS = {
  serial: '連番',
  name: '人の氏名',
  kana: '人のカナ',
  phone: '人の電話',
  mail: '人のメール',
  date: '日付',
  amount: '金額',
  code: '品番',
  choice: '名簿',
  'postal-code': '郵便番号',
  empty: '空',
} as const

export const INPUT_WORDS = { fixed: '固定', text: '自由', 'row-number': '番号' } as const

export const FORMAT_WORDS: Readonly<
  Record<FormatName, { readonly of: keyof typeof CONTENT_WORDS; readonly word: string }>
> = {
  'phone-hyphens': { of: 'phone', word: '区切りあり' },
  'phone-digits': { of: 'phone', word: '区切りなし' },
  'date-slashes': { of: 'date', word: '斜線' },
  'date-hyphens': { of: 'date', word: '横線' },
  'date-digits': { of: 'date', word: '8桁' },
  'amount-commas': { of: 'amount', word: '桁区切りあり' },
  'amount-digits': { of: 'amount', word: '桁区切りなし' },
  'postal-hyphen': { of: 'postal-code', word: '区切りあり' },
  'postal-digits': { of: 'postal-code', word: '区切りなし' },
}

export const FAULT_WORDS: Readonly<Record<CellFault | RowFault, string>> = {
  'full-width': '全角',
  separator: '区切り違い',
  'leading-zero': '先頭のゼロ落ち',
  era: '和暦',
  'other-format': '別の書式',
  spaces: '前後の空白',
  'name-gap': '半角の区切り',
  'half-width-kana': '半角カナ',
  hiragana: 'ひらがな',
  unit: '単位付き',
  variant: '表記ゆれ',
  unlisted: '一覧にない値',
  unreadable: '読めない字',
  'impossible-date': '暦にない日付',
  duplicate: '二重の申込み',
}

export const LOOK_WORDS: Readonly<Record<CellLook | RowLook | PairLook, string>> = {
  'variant-kanji': '異体字',
  'middle-dot': '中黒の名',
  capitals: '大文字',
  'month-end': '月末の日付',
  zero: '0の値',
  'same-name': '同姓同名',
  'family-phone': '家族の電話',
  'similar-code': '番号だけ同じ品番',
  'other-choice': '別の申込み',
}

/** What stands in the column of a declared fault or look that is one of rows. */
export const ROW_WORD = '行'

/** What is to be done with a sentence that is red-lined. */
export const REDLINE_VERDICT_WORDS: Spellings<RedlineVerdict> = {
  keep: { ja: 'このまま', en: 'keep' },
  fix: { ja: '直す', en: 'fix' },
  check: { ja: '根拠を確かめる', en: 'ask for evidence' },
}

/** What is looked at in claims, as it stands before a bracket in the table of points. */
export const CLAIM_POINT_WORDS: Readonly<
  Record<string, 'verdict' | 'correction' | 'source' | 'reason' | 'replacement' | 'message' | 'calledWrong'>
> = {
  判定が合う: 'verdict',
  正しい語や数: 'correction',
  根拠の資料: 'source',
  理由が合う: 'reason',
  代わりの文: 'replacement',
  確認の文: 'message',
  '正しい所を「違う」とした': 'calledWrong',
  'このままでよい文を「直す」とした': 'calledWrong',
}

/** How the source of a claim begins its title: its number, and what it is. */
export const SOURCE_TITLE = /^(資料[ \u3000]?(\d{1,2}))[ \u3000]+(\S.*)$/

/** What the lines of a message say. A competency may stand at the end. */
export const MESSAGE_LINES = {
  fact: /^書くこと[：:][^＝=]+[＝=][ \u3000]*(.+?)(?:[ \u3000]+#([a-z][a-z0-9-]*))?$/u,
  names: /文の語を(\d{1,2})つ以上/u,
  banned: /^書いてはいけない[^：:]*[：:][ \u3000]*(.+)$/u,
  length: /^長さ[：:][ \u3000]*(\d{1,3})[〜~](\d{1,3})字?$/u,
} as const

/** The heads of the columns of the tables in a family. */
export const HEAD_WORDS = {
  column: { ja: '列', en: 'Column' },
  content: { ja: '中身', en: 'Content' },
  width: { ja: '幅', en: 'Width' },
  input: { ja: '入力', en: 'Input' },
  format: { ja: '書式', en: 'Format' },
  sentence: { ja: '規則の文', en: 'Rule' },
  fault: { ja: '誤り', en: 'Fault' },
  count: { ja: '数', en: 'Count' },
  skill: { ja: '能力', en: 'Skill' },
  points: { ja: '点', en: 'Points' },
  value: { ja: '値', en: 'Value' },
  family: { ja: '姓', en: 'Family name' },
  familyKana: { ja: 'セイ', en: 'Family kana' },
  given: { ja: '名', en: 'Given name' },
  givenKana: { ja: 'メイ', en: 'Given kana' },
  name: { ja: '氏名', en: 'Name' },
  kana: { ja: 'フリガナ', en: 'Kana' },
  variants: { ja: 'ゆれ', en: 'Variants' },
  statement: { ja: '文', en: 'Sentence' },
  verdict: { ja: '判定', en: 'Verdict' },
  reason: { ja: '理由', en: 'Reason' },
  holds: { ja: '代わりの文に含む', en: 'Replacement holds' },
  avoids: { ja: '含まない', en: 'Replacement avoids' },
  model: { ja: '代わりの文の例', en: 'Model replacement' },
  order: { ja: '順', en: 'Order' },
  looked: { ja: '見ること', en: 'Looked at' },
  head: { ja: '見出し', en: 'Head' },
  cell: { ja: 'セル', en: 'Cell' },
  question: { ja: '問い', en: 'Question' },
  formula: { ja: '見本の式', en: 'Model formula' },
  shown: { ja: '表示', en: 'Shown as' },
  change: { ja: '変え方', en: 'Change' },
  slot: { ja: '名前', en: 'Slot' },
  candidates: { ja: '候補', en: 'Candidates' },
} as const satisfies Spellings<string>

export type Head = keyof typeof HEAD_WORDS

/** What stands beside the heading of a mail: always in the inbox, one of a group, critical. */
export const MAIL_TAGS = { always: '必ず', group: /^組[:：](.+)$/u, critical: '重大' } as const

/** The lines at the head of a mail. */
export const MAIL_HEAD_WORDS = { from: '差出人', cc: '写し', subject: '件名', files: '添付' } as const

/** What is right for a mail, in the entries of the list below it. */
export const MAIL_ANSWER_WORDS = {
  act: '対応',
  to: '宛先',
  cc: '写し',
  files: '添付',
  fact: '書くこと',
  mention: '書いてはいけない',
  promise: '約束してはいけない',
  why: '理由',
} as const

export const ACT_WORDS: Readonly<Record<MailAct, RegExp>> = {
  reply: /^返信(?:する)?$/,
  report: /^.{1,20}に報告(?:する)?$/,
  leave: /^.{1,20}が見るまで置く$/,
  none: /^対応しない$/,
}

/** The sender as a recipient, and no files. */
export const SENDER_WORD = '差出人'
export const NO_FILES = 'なし'

/** Between several of them in a line, outside of slots. */
export const LIST_COMMA = '、'
/** Between the parts of a wording that stand in one sentence. */
export const WORDING_PLUS = '＋'
/** A name, and what stands after its sign. */
export const FACT = /^(.+?)[ \u3000]*＝[ \u3000]*(.+)$/u
export const LABELLED = /^([^\s：:]{1,12})[：:][ \t\u3000]*(.*)$/u

/** A time within free ranges: `空き（{{空1}}）の中で、11時以降に始まり、17時までに終わり、1時間で終わる時刻`. The middle two may be missing. */
export const FREE_TIME =
  /^空き（(.+)）の中で、(?:(\d{1,2}|\{\{[^{}]+\}\})時以降に始まり、)?(?:(\d{1,2}|\{\{[^{}]+\}\})時までに終わり、)?(?:(\d{1,2})時間)?(?:(\d{1,3})分)?で終わる時刻$/u

/** What the columns of a sheet are made of, and what stands in some of their cells. */
export const SHEET_CONTENT_WORDS = {
  date: '日付',
  choice: '名簿',
  turn: '当番',
  integer: '整数',
  time: '時刻',
  fixed: '固定',
  code: '番号',
  extract: '抜粋',
  matching: '対応',
} as const
export const SHEET_GAP_WORDS = { blanks: '空白', texts: '文字' } as const
/** How many rows a day has, and by how much a value differs. */
export const ROWS_EACH = /^(.+) (\d{1,2})行ずつ$/u
export const DIFFERENCES = /^([A-Z]) 差 (.+)$/u

export const SHOWN_WORDS: Readonly<Record<ShownFormat, string>> = { date: '日付', time: '時刻', percent: '%' }

export const CHANGE_WORDS = {
  redraw: '入れ替え',
  value: '値',
  blank: '空白',
  text: '文字',
  boundary: '境界',
} as const
