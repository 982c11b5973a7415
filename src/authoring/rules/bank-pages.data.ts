import { say } from '../diagnostic.ts'
import { bankOf, examOf, itemOf, PENS, page, QUESTION, RATIONALE, type RulePage, single, told } from './rule-page.ts'

const SCENE = '取引先の担当者から、納品した見積書の金額と注文書の金額が合わないという連絡が電話で届きました。手元の控えを見ると、片方だけ税込みで書かれています。'
const second = (item: string) => item.replace('office-001', 'office-002')
const pensAs = (ids: string) => ({ 'exam.md': examOf({ blueprint: ids }), 'office.ja.md': bankOf(single(QUESTION)) })
const inTwo = (english: string, exam = '[ja, en]') => ({
  'exam.md': examOf({ locales: exam }),
  'exam.en.md': 'Read this.\n',
  'office.ja.md': bankOf(itemOf('`単一` `v1`', QUESTION, PENS.map((pen) => `- ${pen}`).join('\n'), RATIONALE)),
  'office.en.md': bankOf(english, 'exam: demo\ntopic: office\nlocale: en').replace('# 事務', '# Office'),
})
const ENGLISH = '## office-001 Sample\n\n`single` `v1`\n\nWhich is best?\n\n- [x] a red pen\n- [ ] a blue pen\n- [ ] a black pen\n- [ ] a white pen\n\n### Rationale\n\nSays why.'
const RUBRIC = (points: string) => `### 採点基準\n\n| 観点 | 配点 | 2 | 1 | 0 |\n| --- | --- | --- | --- | --- |\n| 構成 | ${points} | 明快 | ややまとまる | 乱れる |`
const MODEL = '### 模範解答\n\nお詫びと、次にすることを順に書きます。'
const essay = (...parts: readonly string[]) => itemOf('`作文` `10〜40字` `2点` `下書き`', 'お詫びのメールを書きなさい。', ...parts, RATIONALE)
const SKILLS = '[{ id: a-1, name: { ja: 書く } }]'
const skilled = (skill: string) => ({ 'exam.md': examOf({ skills: SKILLS }), 'office.ja.md': bankOf(single(QUESTION).replace('`単一`', `\`単一\` \`能力:${skill}\``)) })
const lockOf = (v: number) => `{\n  "lock": 1,\n  "items": {\n    "office-001": {"v":${v},"hash":{"ja":"${'0'.repeat(64)}"}}\n  }\n}\n`
const locked = (v: number) => ({ 'items.lock.json': lockOf(1), 'office.ja.md': bankOf(single(QUESTION).replace('`単一`', `\`単一\` \`v${v}\``)) })
const RETIRED = `{"v":1,"status":"retired","what":"retired","on":"2026-04-01","hash":{"ja":"${'0'.repeat(64)}"}}`
const retired = (id: string) => ({ 'items.lock.json': `{ "lock": 2, "items": { "office-001": [${RETIRED}] } }\n`, 'office.ja.md': bankOf(single(QUESTION).replace('office-001', id)) })

/** Rules that look at an item among others, its sources and its versions. */
export const BANK_PAGES: readonly RulePage[] = [
  page(
    'item/duplicate-id',
    say('同じ番号が二つ', 'The same id twice'),
    say('番号は、成績や版の記録が問題を見分ける名前です。', 'Scores and versions are kept by the id, so two items cannot share one.'),
    `${single(QUESTION)}\n\n${single('次に使うものはどれですか。')}`,
    `${single(QUESTION)}\n\n${second(single('次に使うものはどれですか。', ['[x] はさみ', '[ ] のり', '[ ] 定規', '[ ] 付箋']))}`,
  ),
  page(
    'item/duplicate',
    say('同じ問題', 'The same question twice'),
    say('同じ問題が一つの試験に二度出ると、一つの知識が二点になります。', 'On one paper it would score one piece of knowledge twice.'),
    `${single(QUESTION)}\n\n${second(single(QUESTION))}`,
    `${single(QUESTION)}\n\n${second(single('貼るときに使うものはどれですか。', ['[x] のり', '[ ] はさみ', '[ ] 定規', '[ ] 付箋']))}`,
  ),
  page(
    'item/near-duplicate',
    say('よく似た問題', 'Much alike'),
    say('似た問題は、片方がもう片方の答えを教えます。同じ試験に出さないなら「敵」と書きます。', 'One may give the other away. Declare them enemies if they must not meet on one paper.'),
    `${single(`${SCENE}初めにすることはどれですか。`)}\n\n${second(single(`${SCENE}次にすることはどれですか。`))}`,
    `${single(`${SCENE}初めにすることはどれですか。`)}\n\n${second(single(`${SCENE}次にすることはどれですか。`)).replace('`単一`', '`単一` `敵:office-001`')}`,
  ),
  page(
    'item/enemy',
    say('敵がいない', 'No such enemy'),
    say('「敵」に書いた番号の問題がありません。綴りを間違えると、似た問題が一緒に出てしまいます。', 'The enemy named is not there. With a misspelt id, items alike would meet on one paper.'),
    single(QUESTION).replace('`単一`', '`単一` `敵:office-999`'),
    `${single(QUESTION).replace('`単一`', '`単一` `敵:office-002`')}\n\n${second(single('貼るときに使うものはどれですか。', ['[x] のり', '[ ] はさみ', '[ ] 定規', '[ ] 付箋']))}`,
  ),
  page(
    'item/review-due',
    say('見直しの期限', 'Review due'),
    say('法令や画面は変わります。期限が来たら内容を確かめ、新しい期限を書きます。', 'Law and software change. When the day has come, check the item and set a new one.'),
    single(QUESTION).replace('`単一`', '`単一` `期限:2020-03-31`'),
    single(QUESTION).replace('`単一`', '`単一` `期限:2099-03-31`'),
  ),
  page(
    'item/version',
    say('版を上げずに変えた', 'Changed without a new version'),
    say(
      '公開中の問題の、採点される部分を変えたら、版を一つ上げます。元の版の統計と混ざらないようにするためです。',
      'When what is scored of a live item changes, its version goes up by one: statistics of the two must not mix.',
    ),
    locked(1),
    locked(2),
  ),
  page(
    'item/retired-id',
    say('廃止した番号の使い回し', 'The id of a retired item'),
    say(
      '番号は、廃止した後も成績と記録に残ります。別の問題に付けると、二つの問題の記録が混ざります。',
      'Scores and records keep the id after the item is gone. Given to another item, it would mix the two.',
    ),
    retired('office-001'),
    retired('office-002'),
  ),
  page(
    'item/honeypot-seen',
    say('出したことのあるおとり', 'A honeypot that was shown'),
    say(
      'おとりは、誰にも出したことがないから、外で見つかれば問題集が漏れたと分かります。出したことのある問題は、受験者が覚えているかもしれません。',
      'A honeypot proves that the bank leaked because nobody was ever shown it. Of an item that papers may have held, candidates can remember the text.',
    ),
    { ...locked(1), 'office.ja.md': bankOf(single(QUESTION).replace('`単一`', '`単一` `おとり` `v2`')) },
    {
      ...locked(2),
      'office.ja.md': bankOf(
        `${single(QUESTION).replace('`単一`', '`単一` `v2`')}\n\n${second(single('貼るときに使うものはどれですか。', ['[x] のり', '[ ] はさみ', '[ ] 定規', '[ ] 付箋'])).replace('`単一`', '`単一` `おとり`')}`,
      ),
    },
  ),
  page(
    'item/vanished',
    say('廃止せずに消した', 'Gone without being retired'),
    say(
      '公開した問題を消すと、なぜ出なくなったのかが残りません。元に戻し、「kentei retire」で理由を書いて廃止します。',
      'A published item that is deleted leaves nobody the reason. Put it back and retire it with kentei retire, which writes the reason down.',
    ),
    { ...locked(1), 'office.ja.md': bankOf(second(single(QUESTION))) },
    {
      ...locked(2),
      'office.ja.md': bankOf(
        single(QUESTION)
          .replace('`単一`', '`単一` `廃止` `v2`')
          .concat(`\n\n${second(single('貼るときに使うものはどれですか。', ['[x] のり', '[ ] はさみ', '[ ] 定規', '[ ] 付箋']))}`),
      ),
    },
  ),
  page(
    'rationale/missing',
    say('解説がない', 'No rationale'),
    say('解説は、間違えた人が学ぶ所であり、見直す人が正解を確かめる所です。', 'Those who failed learn from it, and reviewers check the key by it.'),
    single(QUESTION, PENS, '### メモ\n\n要確認'),
    single(QUESTION),
  ),
  page(
    'refs/missing-law',
    say('法令の出典がない', 'Law without a reference'),
    say('法令についての問題は、法令名と条、確かめた時期がないと、正しいままか誰にも分かりません。', 'Without law, article and date nobody can tell whether the item still holds.'),
    single('著作権法で守られるものはどれですか。'),
    single('著作権法で守られるものはどれですか。', PENS, `${RATIONALE}\n\n### 出典\n\n- 著作権法 第2条 2026年確認`),
  ),
  page(
    'refs/stale-law',
    say('古い出典', 'Stale reference'),
    say('名前の変わった法令か、五年より前に確かめたままの出典です。', 'The law has another name now, or was last checked five years ago or more.'),
    single(QUESTION, PENS, `${RATIONALE}\n\n### 出典\n\n- 薬事法 第66条`),
    single(QUESTION, PENS, `${RATIONALE}\n\n### 出典\n\n- 薬機法 第66条 2026年確認`),
  ),
  page(
    'refs/list',
    say('出典の書き方', 'Form of references'),
    say('出典は「- 」で始まる箇条書きで、一行に一つ書きます。', 'References are a list: one line each, starting with "- ".'),
    single(QUESTION, PENS, `${RATIONALE}\n\n### 出典\n\n社内文書規程 第4条`),
    single(QUESTION, PENS, `${RATIONALE}\n\n### 出典\n\n- 社内文書規程 第4条`),
  ),
  page(
    'locale/missing',
    say('言語の版がない', 'A locale is missing'),
    say('exam.md の locales に書いた言語では、その版のない問題は出題されません。', 'An item without a version in a locale is not drawn in that locale.'),
    { 'exam.md': examOf({ locales: '[ja, en]' }), 'exam.en.md': 'Read this.\n', 'office.ja.md': bankOf(single(QUESTION)) },
    inTwo(ENGLISH),
  ),
  page(
    'locale/unlisted',
    say('locales にない言語', 'A locale that the exam does not list'),
    say('exam.md の locales にない言語のファイルは、使われません。', 'A file in a locale that exam.md does not list is not used.'),
    inTwo(ENGLISH, '[ja]'),
    inTwo(ENGLISH),
  ),
  page(
    'locale/stale',
    say('訳が古い', 'Stale translation'),
    say('元の問題は新しい版になったのに、訳が前の版のままです。', 'The item has a new version and its translation has not.'),
    inTwo(ENGLISH.replace('`v1`', '`v2`')),
    inTwo(ENGLISH),
  ),
  page(
    'locale/mismatch',
    say('言語の間で型か配点が違う', 'Type or points differ between locales'),
    say('どの言語で受けても、同じ問題は同じ点でなければなりません。', 'An item must be worth the same in every language.'),
    inTwo(ENGLISH.replace('`single`', '`single` `2pt`')),
    inTwo(ENGLISH),
  ),
  page(
    'locale/key-mismatch',
    say('言語の間で正解が違う', 'The key differs between locales'),
    say('選択肢の順が訳でずれると、正しく答えた人が不正解になります。', 'Options that moved in translation fail people who answered rightly.'),
    inTwo(ENGLISH.replace('- [x] a red', '- [ ] a red').replace('- [ ] a blue', '- [x] a blue')),
    inTwo(ENGLISH),
  ),
  page(
    'blueprint/invalid',
    say('設計図が合わない', 'The blueprint contradicts itself'),
    say('難易度ごとの数の合計は draw と同じにします。範囲は重ねません。', 'The difficulties add up to draw, and their ranges do not overlap.'),
    pensAs('{ office: { draw: 1, difficulty: { 1-2: 1, 3: 1 } } }'),
    pensAs('{ office: { draw: 1, difficulty: { 3: 1 } } }'),
  ),
  page(
    'blueprint/unbalanced',
    say('設計図と問題の偏り', 'Items and blueprint do not match'),
    say('問題のない能力や、知らない能力があると、合格が示すはずの力を測れません。', 'With skills that no item measures, a pass does not show what it says.'),
    skilled('a-9'),
    skilled('a-1'),
  ),
  page(
    'pool/too-small',
    say('問題が足りない', 'Pool too small'),
    say(
      '出題数に足りる公開中の問題がないと、試験を組めません。余裕がないと、同じ問題ばかり出て漏れます。',
      'Without enough live items no paper can be drawn; with barely enough, each is seen by all and leaks.',
    ),
    pensAs('{ office: { draw: 2 } }'),
    pensAs('{ office: { draw: 1 } }'),
  ),
  page(
    'pool/own-overlap',
    say('受け直すと同じ問題に当たる', 'Retakes meet the same items'),
    say(
      'own_overlap は、同じ人の前の回と重なってよい割合です。年に受けられる回数に対して問題が少ないと、守れません。',
      'own_overlap caps what a paper shares with any earlier one of the same person. With too few items for the papers allowed in a year it cannot be kept.',
    ),
    { 'exam.md': examOf({ exposure: '{ own_overlap: 20% }' }), 'office.ja.md': bankOf(single(QUESTION)) },
    { 'exam.md': examOf({ exposure: '{ own_overlap: 20% }', retake: '{ wait: 14d, per_year: 1 }' }), 'office.ja.md': bankOf(single(QUESTION)) },
  ),
  page(
    'rubric/missing',
    say('採点基準か字数がない', 'No rubric or length'),
    say('作文は人が採点します。観点と段階がないと、採点者ごとに点が変わります。', 'People rate essays; without criteria and levels each rates by their own.'),
    essay(MODEL),
    essay(RUBRIC('2'), MODEL),
  ),
  page(
    'rubric/table',
    say('採点基準の表', 'Table of the rubric'),
    say('見出しは「観点・配点」と、大きい順の段階です。最後の段階は0です。', 'The header gives criterion, points, and the levels in falling order down to 0.'),
    essay(RUBRIC('2').replace('| 2 | 1 | 0 |', '| 0 | 1 | 2 |'), MODEL),
    essay(RUBRIC('2'), MODEL),
  ),
  page(
    'rubric/points',
    say('配点の合計', 'Sum of the criteria'),
    say('観点の配点の合計は、問題の配点と同じにします。', 'The points of the criteria add up to the points of the item.'),
    essay(RUBRIC('3'), MODEL),
    essay(RUBRIC('2'), MODEL),
  ),
  page(
    'rubric/model-answer',
    say('模範解答', 'Model answer'),
    say('模範解答は、採点者が目線をそろえる見本です。求めた字数に収めます。', 'Raters calibrate on it. It keeps to the length that the task asks for.'),
    essay(RUBRIC('2')),
    essay(RUBRIC('2'), MODEL),
  ),
  page(
    'essay/not-drawn',
    say('作文はまだ出題されない', 'Essays are not drawn yet'),
    say('作文は書いて見せることはできますが、試験には出ません。公開中の問題の数に入ると思わないようにします。', 'Essays can be written and previewed, but no paper holds them. Do not count on them.'),
    essay(RUBRIC('2'), MODEL).replace(' `下書き`', ''),
    essay(RUBRIC('2'), MODEL),
  ),
]

export const HABIT_PAGES: readonly RulePage[] = [
  page(
    'key/position-bias',
    say('正解の位置の偏り', 'Keys lean to a position'),
    say('正解が同じ位置に多いと、知らなくてもそこを選べば当たります。', 'When keys favour a place, guessing that place beats chance.'),
    told('30問のうち25問で、正解が二番目にあります。', 'In 25 of 30 items the key stands second.'),
    told('正解を、どの位置にもほぼ同じ数ずつ置きます。', 'Spread the keys over all positions evenly.'),
  ),
]
