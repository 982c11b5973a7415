import { say } from '../diagnostic.ts'
import { itemOf, PENS, page, QUESTION, RATIONALE, type RulePage, single, told } from './rule-page.ts'

const words = (...options: readonly string[]) => single(QUESTION, options)
const fixed = (item: string) => item.replace('`単一`', '`単一` `固定順`')

/** Rules for questions and options, most of them after Haladyna, Downing & Rodriguez (2002). */
export const QUESTION_PAGES: readonly RulePage[] = [
  page(
    'stem/missing',
    say('問題文がない', 'No stem'),
    say('何を問うのかがない問題は、選択肢の当て物になります。', 'Without a question, options are a riddle.'),
    itemOf('`単一`', PENS.map((pen) => `- ${pen}`).join('\n'), RATIONALE),
    single(QUESTION),
  ),
  page(
    'stem/no-question',
    say('問いがない', 'The stem does not ask'),
    say('何を答えるのかを、「〜はどれですか。」のようにはっきり書きます。', 'Say what to answer: end with a question or an instruction.'),
    single('次の文具、すなわち筆記具'),
    single('次の文具のうち、筆記具はどれですか。'),
  ),
  page(
    'stem/negative-unmarked',
    say('目立たない否定', 'A negative that hides'),
    say('「適切でないもの」は、急ぐ人が読み落とします。太字にするか、肯定で問います。', 'Those in a hurry overlook a "not". Put it in bold, or ask positively.'),
    single('適切でないものはどれですか。'),
    single('**適切でない**ものはどれですか。'),
  ),
  page(
    'stem/verbose',
    say('長い問題文', 'A long stem'),
    say('答えに要らない文は、読む速さを測ってしまいます。', 'Text that the answer does not need measures reading speed.'),
    single(`${'状況の説明が長く続きます。'.repeat(60)}\n\n${QUESTION}`),
    single(`状況の説明です。\n\n${QUESTION}`),
  ),
  page(
    'leak/answer-in-stem',
    say('問題文にある答え', 'The stem gives the answer'),
    say('答えが問題文に書かれていると、知らなくても写せば当たります。', 'Whoever copies from the stem is right without knowing.'),
    itemOf('`短答`', '絶対参照のことを何と呼びますか。', '### 正解\n\n- 絶対参照', RATIONALE),
    itemOf('`短答`', '写しても動かない参照を何と呼びますか。', '### 正解\n\n- 絶対参照', RATIONALE),
  ),
  page(
    'leak/asset-name',
    say('画像の名前にある答え', 'An image’s name gives the answer'),
    say('画像の名前や説明に「answer」「正解」とあると、答えを教えます。', 'A name or description such as "answer" points at the key.'),
    single(`![赤いペン](assets/answer.png)\n\n${QUESTION}`),
    told('名前を figure-1.png のように、中立にします。', 'Give it a neutral name, figure-1.png.'),
  ),
  page(
    'option/checkbox',
    say('選択肢の印', 'Option marks'),
    say('「- [x] 」か「- [ ] 」の形でないと、「[ｘ]」がそのまま受験者に見えて答えが漏れます。', 'Anything but "- [x] " or "- [ ] " would reach candidates as text, and tell the key.'),
    words('[ｘ] 赤いペン', ...PENS.slice(1)),
    words(...PENS),
  ),
  page(
    'option/text-after',
    say('選択肢の後の本文', 'Text after the options'),
    say('選択肢の間や後の文は、どこに属するか分かりません。', 'Text between or after options belongs nowhere.'),
    single(QUESTION, PENS, `よく考えてください。\n\n${RATIONALE}`),
    single(`よく考えてください。\n\n${QUESTION}`),
  ),
  page(
    'option/count',
    say('選択肢の数', 'Number of options'),
    say('二つでは半分が当たり、六つ以上は読む負担になります。', 'Of two, half guess right; more than five only cost reading time.'),
    words('[x] 赤いペン', '[ ] 青いペン'),
    words(...PENS),
  ),
  page(
    'option/duplicate',
    say('同じ選択肢', 'The same option twice'),
    say('同じ選択肢のどちらも正解ではないと、考えなくても分かります。', 'Of two equal options neither can be the key.'),
    words('[x] Red pen', '[ ] red pen', '[ ] Blue pen', '[ ] Black pen'),
    words('[x] Red pen', '[ ] Green pen', '[ ] Blue pen', '[ ] Black pen'),
  ),
  page(
    'option/all-of-the-above',
    say('「すべて正しい」', '"All of the above"'),
    say('二つ正しいと分かれば、残りを知らなくても当たります。', 'Who knows two of them is right without knowing the rest.'),
    words('[ ] 赤いペン', '[ ] 青いペン', '[x] 上記のすべて'),
    itemOf('`複数`', '適切なものをすべて選びなさい。', '- [x] 赤いペン\n- [x] 青いペン\n- [x] 黒いペン\n- [ ] 白いペン', RATIONALE),
  ),
  page(
    'option/none-of-the-above',
    say('「該当なし」', '"None of the above"'),
    say('当たっても、正しい答えを知っていることにはなりません。', 'Choosing it does not show that the right answer is known.'),
    words('[x] 赤いペン', '[ ] 青いペン', '[ ] 該当なし'),
    words('[x] 赤いペン', '[ ] 青いペン', '[ ] 黒いペン'),
  ),
  page(
    'option/absolute-word',
    say('言い切る言葉', 'Absolute words'),
    say('「必ず」「決して」が誤答だけにあると、言い切りを避けるだけで当たります。', 'When only distractors say "always", avoiding them is enough.'),
    words('[x] 赤いペンを使う', '[ ] 必ず青いペンを使う', '[ ] 黒いペンを使う', '[ ] 白いペンを使う'),
    words('[x] 赤いペンを使う', '[ ] 青いペンを使う', '[ ] 黒いペンを使う', '[ ] 白いペンを使う'),
  ),
  page(
    'option/clang',
    say('問題文と響き合う正解', 'The key echoes the stem'),
    say('問題文の語が正解だけにあると、同じ語を探すだけで当たります。', 'When only the key repeats a word of the stem, matching words is enough.'),
    single('請求書番号を確かめるものはどれですか。', ['[x] 請求書番号の台帳', '[ ] 納品の台帳', '[ ] 発注の台帳', '[ ] 連絡の台帳']),
    single('請求書番号を確かめるものはどれですか。', ['[x] 請求の台帳', '[ ] 納品の台帳', '[ ] 発注の台帳', '[ ] 連絡の台帳']),
  ),
  page(
    'option/grammar-cue',
    say('形で分かる正解', 'The key shows by its form'),
    say('正解だけ文末が違うと、読まなくても目立ちます。', 'When only the key ends otherwise, it stands out unread.'),
    words('[x] 赤いペンです。', ...PENS.slice(1)),
    words(...PENS),
  ),
  page(
    'option/heterogeneous',
    say('種類の違う選択肢', 'Options of different kinds'),
    say('数の中に一つだけ文があると、それが正解か、ありえない誤答だと分かります。', 'One sentence among numbers gives itself away.'),
    fixed(words('[ ] 10', '[x] 20', '[ ] 30', '[ ] 分からない')),
    fixed(words('[ ] 10', '[x] 20', '[ ] 30', '[ ] 40')),
  ),
  page(
    'option/overlap',
    say('重なる範囲', 'Overlapping ranges'),
    say('境目の値が二つの選択肢に入ると、正解が二つになります。', 'A value on the border would make two options right.'),
    words('[x] 0〜10', '[ ] 10〜20', '[ ] 21〜30'),
    words('[x] 0〜9', '[ ] 10〜20', '[ ] 21〜30'),
  ),
  page(
    'option/unordered-numbers',
    say('順に並ばない数', 'Numbers out of order'),
    say('数は小さい順に並べ、「固定順」を付けます。混ざった数は、探す手間だけを測ります。', 'Sort numbers and add `fixed`. In mixed order they only measure searching.'),
    words('[ ] 30円', '[x] 10円', '[ ] 20円'),
    fixed(words('[x] 10円', '[ ] 20円', '[ ] 30円')),
  ),
  page(
    'key/missing',
    say('正解がない', 'No key'),
    say('どれにも「[x]」がないと、誰も正解できません。', 'Without an "[x]" nobody can be right.'),
    words('[ ] 赤いペン', ...PENS.slice(1)),
    words(...PENS),
  ),
  page(
    'key/conflict',
    say('食い違う正解', 'Contradicting keys'),
    say('「単一」に正解が二つあるか、解説が別の選択肢を正解と呼んでいます。', 'A single-choice item has two keys, or the rationale names another option.'),
    words('[x] 赤いペン', '[x] 青いペン', '[ ] 黒いペン', '[ ] 白いペン'),
    words(...PENS),
  ),
  page(
    'key/longest',
    say('いちばん長い正解', 'The key is the longest'),
    say(
      '正解だけ詳しいと、長いものを選ぶだけで当たります。問題全体でも、偶然と比べます。',
      'When the key has the most detail, picking the longest is enough. The whole bank is compared with chance as well.',
    ),
    words('[x] いつ誰が何をどこで届けるかを書いた案内', ...PENS.slice(1)),
    words(...PENS),
  ),
]
