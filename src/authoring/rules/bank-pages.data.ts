import { bankOf, examOf, itemOf, PENS, QUESTION, RATIONALE, single } from './examples.data.ts'
import { page, type RulePage, told } from './rule-page.ts'

const PLAIN = single('最も適切なものはどれですか。')
const header = (text: string) => ({ 'office.ja.md': bankOf(PLAIN, text) })
const exam = (changes: Readonly<Record<string, string>>) => ({ 'exam.md': examOf(changes) })

/** Rules for files and what stands at their top. */
export const FILE_PAGES: readonly RulePage[] = [
  page('exam/missing', told('rule.exam/missing.bad'), { 'exam.md': examOf() }),
  page(
    'exam/mismatch',
    header('exam: other\ntopic: office\nlocale: ja'),
    header('exam: demo\ntopic: office\nlocale: ja'),
  ),
  page('file/name', header('exam: demo\ntopic: mail\nlocale: ja'), header('exam: demo\ntopic: office\nlocale: ja')),
  page('file/symlink', told('rule.file/symlink.bad'), told('rule.file/symlink.good')),
  page('file/kind', told('rule.file/kind.bad'), told('rule.file/kind.good')),
  page('text/encoding', told('rule.text/encoding.bad'), told('rule.text/encoding.good')),
  page(
    'text/control',
    single('最も適切\u200bなものはどれですか。（「適切」の後に、幅のない空白が一つあります）'),
    single('最も適切なものはどれですか。'),
  ),
  page(
    'frontmatter/missing',
    { 'office.ja.md': `# 事務\n\n${PLAIN}\n` },
    header('exam: demo\ntopic: office\nlocale: ja'),
  ),
  page('frontmatter/yaml', exam({ title: '{ ja: 見本検定, en: Demo' }), exam({ title: '{ ja: 見本検定, en: Demo }' })),
  page('frontmatter/value', exam({ pass: '70' }), exam({ pass: '70%' })),
  page(
    'frontmatter/alias',
    exam({ title: '&name { ja: 見本検定, en: Demo }', claim: '*name' }),
    exam({ claim: '{ ja: 見本検定, en: Demo }' }),
  ),
  page('frontmatter/limits', told('rule.frontmatter/limits.bad'), told('rule.frontmatter/limits.good')),
  page('limits/file-size', told('rule.limits/file-size.bad'), told('rule.limits/file-size.good')),
  page('limits/files', told('rule.limits/files.bad'), told('rule.limits/files.good')),
  page('limits/item-size', told('rule.limits/item-size.bad'), told('rule.limits/item-size.good')),
  page(
    'limits/nesting',
    single(`${'> '.repeat(14)}深い引用\n\n最も適切なものはどれですか。`),
    single('> 引用\n\n最も適切なものはどれですか。'),
  ),
  page('limits/diagnostics', told('rule.limits/diagnostics.bad'), told('rule.limits/diagnostics.good')),
  page(
    'lock/invalid',
    { 'items.lock.json': '{ "lock": 1, "items": { "office-001": "v1" } }\n' },
    { 'items.lock.json': '{\n  "lock": 1,\n  "items": {\n\n  }\n}\n' },
  ),
]

const SCENE =
  '取引先の担当者から、納品した見積書の金額と注文書の金額が合わないという連絡が電話で届きました。手元の控えを見ると、片方だけ税込みで書かれています。'
const second = (item: string) => item.replace('office-001', 'office-002')
const pensAs = (ids: string) => ({ 'exam.md': examOf({ blueprint: ids }), 'office.ja.md': bankOf(single(QUESTION)) })
const inTwo = (english: string, exam = '[ja, en]') => ({
  'exam.md': examOf({ locales: exam }),
  'exam.en.md': 'Read this.\n',
  'office.ja.md': bankOf(itemOf('`単一` `v1`', QUESTION, PENS.map((pen) => `- ${pen}`).join('\n'), RATIONALE)),
  'office.en.md': bankOf(english, 'exam: demo\ntopic: office\nlocale: en').replace('# 事務', '# Office'),
})
const ENGLISH =
  '## office-001 Sample\n\n`single` `v1`\n\nWhich is best?\n\n- [x] a red pen\n- [ ] a blue pen\n- [ ] a black pen\n- [ ] a white pen\n\n### Rationale\n\nSays why.'
const RUBRIC = (points: string) =>
  `### 採点基準\n\n| 観点 | 配点 | 2 | 1 | 0 |\n| --- | --- | --- | --- | --- |\n| 構成 | ${points} | 明快 | ややまとまる | 乱れる |`
const MODEL = '### 模範解答\n\nお詫びと、次にすることを順に書きます。'
const essay = (...parts: readonly string[]) =>
  itemOf('`作文` `10〜40字` `2点` `下書き`', 'お詫びのメールを書きなさい。', ...parts, RATIONALE)
const SKILLS = '[{ id: a-1, name: { ja: 書く } }]'
const skilled = (skill: string) => ({
  'exam.md': examOf({ skills: SKILLS }),
  'office.ja.md': bankOf(single(QUESTION).replace('`単一`', `\`単一\` \`能力:${skill}\``)),
})
const lockOf = (v: number) =>
  `{\n  "lock": 1,\n  "items": {\n    "office-001": {"v":${v},"hash":{"ja":"${'0'.repeat(64)}"}}\n  }\n}\n`
const locked = (v: number) => ({
  'items.lock.json': lockOf(1),
  'office.ja.md': bankOf(single(QUESTION).replace('`単一`', `\`単一\` \`v${v}\``)),
})
const RETIRED = `{"v":1,"status":"retired","what":"retired","on":"2026-04-01","hash":{"ja":"${'0'.repeat(64)}"}}`
const retired = (id: string) => ({
  'items.lock.json': `{ "lock": 2, "items": { "office-001": [${RETIRED}] } }\n`,
  'office.ja.md': bankOf(single(QUESTION).replace('office-001', id)),
})

const REASONS = `${RATIONALE}\n\n- A: 理由を書きます。\n- B: 理由を書きます。\n- C: 理由を書きます。\n- D: 理由を書きます。`
const forPractice = (item: string) => item.replace('`単一`', '`単一` `練習`')

/** Rules that look at an item among others, its sources and its versions. */
export const BANK_PAGES: readonly RulePage[] = [
  page(
    'item/duplicate-id',
    `${single(QUESTION)}\n\n${single('次に使うものはどれですか。')}`,
    `${single(QUESTION)}\n\n${second(single('次に使うものはどれですか。', ['[x] はさみ', '[ ] のり', '[ ] 定規', '[ ] 付箋']))}`,
  ),
  page(
    'item/duplicate',
    `${single(QUESTION)}\n\n${second(single(QUESTION))}`,
    `${single(QUESTION)}\n\n${second(single('貼るときに使うものはどれですか。', ['[x] のり', '[ ] はさみ', '[ ] 定規', '[ ] 付箋']))}`,
  ),
  page(
    'item/near-duplicate',
    `${single(`${SCENE}初めにすることはどれですか。`)}\n\n${second(single(`${SCENE}次にすることはどれですか。`))}`,
    `${single(`${SCENE}初めにすることはどれですか。`)}\n\n${second(single(`${SCENE}次にすることはどれですか。`)).replace('`単一`', '`単一` `敵:office-001`')}`,
  ),
  page(
    'item/enemy',
    single(QUESTION).replace('`単一`', '`単一` `敵:office-999`'),
    `${single(QUESTION).replace('`単一`', '`単一` `敵:office-002`')}\n\n${second(single('貼るときに使うものはどれですか。', ['[x] のり', '[ ] はさみ', '[ ] 定規', '[ ] 付箋']))}`,
  ),
  page(
    'item/review-due',
    single(QUESTION).replace('`単一`', '`単一` `期限:2020-03-31`'),
    single(QUESTION).replace('`単一`', '`単一` `期限:2099-03-31`'),
  ),
  page('item/version', locked(1), locked(2)),
  page('item/retired-id', retired('office-001'), retired('office-002')),
  page(
    'item/honeypot-seen',
    { ...locked(1), 'office.ja.md': bankOf(single(QUESTION).replace('`単一`', '`単一` `おとり` `v2`')) },
    {
      ...locked(2),
      'office.ja.md': bankOf(
        `${single(QUESTION).replace('`単一`', '`単一` `v2`')}\n\n${second(single('貼るときに使うものはどれですか。', ['[x] のり', '[ ] はさみ', '[ ] 定規', '[ ] 付箋'])).replace('`単一`', '`単一` `おとり`')}`,
      ),
    },
  ),
  page('practice/reasons', forPractice(single(QUESTION)), forPractice(single(QUESTION, PENS, REASONS))),
  page(
    'practice/near-live',
    `${single(`${SCENE}初めにすることはどれですか。`)}\n\n${second(forPractice(single(`${SCENE}次にすることはどれですか。`, PENS, REASONS)))}`,
    `${single(`${SCENE}初めにすることはどれですか。`)}\n\n${second(forPractice(single('貼るときに使うものはどれですか。', ['[x] のり', '[ ] はさみ', '[ ] 定規', '[ ] 付箋'], REASONS)))}`,
  ),
  page(
    'practice/was-other',
    {
      ...locked(1),
      'office.ja.md': bankOf(forPractice(single(QUESTION, PENS, REASONS)).replace('`練習`', '`練習` `v2`')),
    },
    {
      ...locked(2),
      'office.ja.md': bankOf(
        `${single(QUESTION).replace('`単一`', '`単一` `v2`')}\n\n${second(forPractice(single('貼るときに使うものはどれですか。', ['[x] のり', '[ ] はさみ', '[ ] 定規', '[ ] 付箋'], REASONS)))}`,
      ),
    },
  ),
  page(
    'item/vanished',
    { ...locked(1), 'office.ja.md': bankOf(second(single(QUESTION))) },
    {
      ...locked(2),
      'office.ja.md': bankOf(
        single(QUESTION)
          .replace('`単一`', '`単一` `廃止` `v2`')
          .concat(
            `\n\n${second(single('貼るときに使うものはどれですか。', ['[x] のり', '[ ] はさみ', '[ ] 定規', '[ ] 付箋']))}`,
          ),
      ),
    },
  ),
  page('rationale/missing', single(QUESTION, PENS, '### メモ\n\n要確認'), single(QUESTION)),
  page(
    'refs/missing-law',
    single('著作権法で守られるものはどれですか。'),
    single('著作権法で守られるものはどれですか。', PENS, `${RATIONALE}\n\n### 出典\n\n- 著作権法 第2条 2026年確認`),
  ),
  page(
    'refs/stale-law',
    single(QUESTION, PENS, `${RATIONALE}\n\n### 出典\n\n- 薬事法 第66条`),
    single(QUESTION, PENS, `${RATIONALE}\n\n### 出典\n\n- 薬機法 第66条 2026年確認`),
  ),
  page(
    'refs/list',
    single(QUESTION, PENS, `${RATIONALE}\n\n### 出典\n\n社内文書規程 第4条`),
    single(QUESTION, PENS, `${RATIONALE}\n\n### 出典\n\n- 社内文書規程 第4条`),
  ),
  page(
    'locale/missing',
    {
      'exam.md': examOf({ locales: '[ja, en]' }),
      'exam.en.md': 'Read this.\n',
      'office.ja.md': bankOf(single(QUESTION)),
    },
    inTwo(ENGLISH),
  ),
  page('locale/unlisted', inTwo(ENGLISH, '[ja]'), inTwo(ENGLISH)),
  page('locale/stale', inTwo(ENGLISH.replace('`v1`', '`v2`')), inTwo(ENGLISH)),
  page('locale/mismatch', inTwo(ENGLISH.replace('`single`', '`single` `2pt`')), inTwo(ENGLISH)),
  page(
    'locale/key-mismatch',
    inTwo(ENGLISH.replace('- [x] a red', '- [ ] a red').replace('- [ ] a blue', '- [x] a blue')),
    inTwo(ENGLISH),
  ),
  page(
    'blueprint/invalid',
    pensAs('{ office: { draw: 1, difficulty: { 1-2: 1, 3: 1 } } }'),
    pensAs('{ office: { draw: 1, difficulty: { 3: 1 } } }'),
  ),
  page('item/skill', skilled('a-9'), skilled('a-1')),
  page('blueprint/unbalanced', skilled('a-9'), skilled('a-1')),
  page('pool/too-small', pensAs('{ office: { draw: 2 } }'), pensAs('{ office: { draw: 1 } }')),
  page(
    'pool/own-overlap',
    { 'exam.md': examOf({ exposure: '{ own_overlap: 20% }' }), 'office.ja.md': bankOf(single(QUESTION)) },
    {
      'exam.md': examOf({ exposure: '{ own_overlap: 20% }', retake: '{ wait: 14d, per_year: 1 }' }),
      'office.ja.md': bankOf(single(QUESTION)),
    },
  ),
  page('rubric/missing', essay(MODEL), essay(RUBRIC('2'), MODEL)),
  page('rubric/table', essay(RUBRIC('2').replace('| 2 | 1 | 0 |', '| 0 | 1 | 2 |'), MODEL), essay(RUBRIC('2'), MODEL)),
  page('rubric/points', essay(RUBRIC('3'), MODEL), essay(RUBRIC('2'), MODEL)),
  page('rubric/model-answer', essay(RUBRIC('2')), essay(RUBRIC('2'), MODEL)),
  page('essay/not-drawn', essay(RUBRIC('2'), MODEL).replace(' `下書き`', ''), essay(RUBRIC('2'), MODEL)),
]

export const HABIT_PAGES: readonly RulePage[] = [
  page('key/position-bias', told('rule.key/position-bias.bad'), told('rule.key/position-bias.good')),
]
