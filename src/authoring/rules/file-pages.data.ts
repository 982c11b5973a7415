import { say } from '../diagnostic.ts'
import { bankOf, examOf, page, type RulePage, single, told } from './rule-page.ts'

const PLAIN = single('最も適切なものはどれですか。')
const header = (text: string) => ({ 'office.ja.md': bankOf(PLAIN, text) })
const exam = (changes: Readonly<Record<string, string>>) => ({ 'exam.md': examOf(changes) })

/** Rules for files and what stands at their top. */
export const FILE_PAGES: readonly RulePage[] = [
  page(
    'exam/missing',
    say('exam.md がない', 'No exam.md'),
    say('出題数や合格点は exam.md に書きます。これがないと、試験を組めません。', 'exam.md says how many items are drawn and what score passes. Without it there is no exam.'),
    told('フォルダーに office.ja.md だけがあります。', 'The folder holds office.ja.md and nothing else.'),
    { 'exam.md': examOf() },
  ),
  page(
    'exam/mismatch',
    say('exam が exam.md と違う', 'The file belongs to another exam'),
    say('別の検定のファイルを、間違って置いた印です。', 'A file of another exam was probably put into this folder.'),
    header('exam: other\ntopic: office\nlocale: ja'),
    header('exam: demo\ntopic: office\nlocale: ja'),
  ),
  page(
    'file/name',
    say('ファイルの名前', 'Name of a bank file'),
    say('ファイルは「分野.言語.md」と名付け、先頭の topic と locale もそれに合わせます。', 'A bank file is named topic.locale.md, and its topic and locale say the same.'),
    header('exam: demo\ntopic: mail\nlocale: ja'),
    header('exam: demo\ntopic: office\nlocale: ja'),
  ),
  page(
    'file/symlink',
    say('シンボリックリンク', 'Symbolic link'),
    say('リンクの先は、公開するつもりのないファイルかもしれません。読まずに断ります。', 'A link may lead to a file that nobody meant to publish, so it is refused and not followed.'),
    told('office.ja.md が、別のフォルダーのファイルを指すリンクになっています。', 'office.ja.md is a link to a file elsewhere.'),
    told('office.ja.md そのものを、フォルダーに置きます。', 'Put the file itself into the folder.'),
  ),
  page(
    'file/kind',
    say('普通のファイルではない', 'No plain file'),
    say('検定のフォルダーに置けるのは、ファイルとフォルダーだけです。', 'An exam’s folder holds files and folders only.'),
    told('名前付きパイプなどが、フォルダーにあります。', 'A named pipe or a socket stands in the folder.'),
    told('消すか、別の場所に移します。', 'Delete it or move it elsewhere.'),
  ),
  page(
    'text/encoding',
    say('文字コード', 'Character encoding'),
    say('UTF-8 でないファイルは、文字化けしたまま受験者に届きます。', 'A file in another encoding would reach candidates garbled.'),
    told('Shift_JIS で保存したファイル。', 'A file saved as Shift_JIS.'),
    told('エディターで文字コードを UTF-8 にして保存し直します。', 'Save it again as UTF-8.'),
  ),
  page(
    'text/control',
    say('見えない文字', 'Invisible characters'),
    say('見えない文字は、文字の並びを変えたり、答えを隠して運んだりできます。', 'Invisible characters can reorder what is shown, or carry a hidden answer.'),
    single('最も適切\u200bなものはどれですか。（「適切」の後に、幅のない空白が一つあります）'),
    single('最も適切なものはどれですか。'),
  ),
  page(
    'frontmatter/missing',
    say('先頭の設定がない', 'No frontmatter'),
    say('どの検定の、どの分野の、どの言語かを、先頭の「---」の間に書きます。', 'The lines between the two "---" at the top say which exam, topic and locale the file is of.'),
    { 'office.ja.md': `# 事務\n\n${PLAIN}\n` },
    header('exam: demo\ntopic: office\nlocale: ja'),
  ),
  page(
    'frontmatter/yaml',
    say('先頭の設定を読めない', 'Unreadable frontmatter'),
    say('「名前: 値」の形でない行や、閉じていない括弧があると、設定を読めません。', 'A line that is not "name: value", or a bracket left open, makes the settings unreadable.'),
    exam({ title: '{ ja: 見本検定, en: Demo' }),
    exam({ title: '{ ja: 見本検定, en: Demo }' }),
  ),
  page(
    'frontmatter/value',
    say('設定の値', 'Value of a setting'),
    say(
      '値の書き方が違うか、知らない名前の設定です。綴りの間違いを黙って通さないための規則です。',
      'The value has another form than expected, or the setting is unknown. A misspelt setting must not be passed over.',
    ),
    exam({ pass: '70' }),
    exam({ pass: '70%' }),
  ),
  page(
    'frontmatter/alias',
    say('設定の中の参照', 'YAML references'),
    say('「&」と「*」による参照は、数行で膨大な量に広がるので使えません。', 'A few lines with "&" and "*" can unfold into gigabytes, so they are not allowed.'),
    exam({ title: '&name { ja: 見本検定, en: Demo }', claim: '*name' }),
    exam({ claim: '{ ja: 見本検定, en: Demo }' }),
  ),
  page(
    'frontmatter/limits',
    say('設定が大きすぎる', 'Oversized frontmatter'),
    say('先頭の設定は32,000字まで、入れ子は16段までです。', 'The frontmatter holds 32,000 characters and 16 levels of nesting at most.'),
    told('先頭の設定に、長い文章を書いています。', 'Long prose is written into the frontmatter.'),
    told('文章は、二つ目の「---」より下に書きます。', 'Write prose below the second "---".'),
  ),
  page(
    'limits/file-size',
    say('ファイルが大きすぎる', 'File too large'),
    say('大きすぎるファイルは、誰も読み通せず、道具も遅くなります。', 'Nobody can review such a file, and tools become slow.'),
    told('一つのファイルに、6,400万字を超える本文があります。', 'One file holds more than 64 million characters.'),
    told('分野ごとのファイルに分けます。', 'Split it by topic.'),
  ),
  page(
    'limits/files',
    say('ファイルが多すぎる', 'Too many files'),
    say('一つの検定のフォルダーに置けるファイルは、2,000個までです。', 'An exam’s folder holds 2,000 files at most.'),
    told('assets/ に、使わない画像が何千枚もあります。', 'Thousands of unused images stand in assets/.'),
    told('使わない画像を消します。', 'Delete what is not used.'),
  ),
  page(
    'limits/item-size',
    say('問題が長すぎる', 'Item too long'),
    say('一問は40,000字までです。画面にも時間にも収まりません。', 'An item holds 40,000 characters at most; more fits neither screen nor time.'),
    told('資料の全文を、問題文に貼り付けています。', 'A whole document is pasted into the stem.'),
    told('答えに要る部分だけを引用します。', 'Quote only what the answer needs.'),
  ),
  page(
    'limits/nesting',
    say('入れ子や記号が多すぎる', 'Too much nesting'),
    say('引用や箇条書きの深い入れ子は、電話の画面で読めません。', 'Deeply nested quotes and lists cannot be read on a telephone.'),
    single(`${'> '.repeat(14)}深い引用\n\n最も適切なものはどれですか。`),
    single('> 引用\n\n最も適切なものはどれですか。'),
  ),
  page(
    'limits/diagnostics',
    say('指摘が多すぎる', 'Too many findings'),
    say(
      '一つのファイルの指摘は5,000件まで出します。同じ間違いの繰り返しを、まず一つ直してください。',
      'At most 5,000 findings are shown for a file. They are mostly one mistake repeated: mend that first.',
    ),
    told('表計算から貼り付けた何千行もの選択肢が、どれも「[x]」の印の形になっていません。', 'Thousands of pasted options all lack a proper mark.'),
    told('一問だけ直して確かめてから、同じ直し方を全体に広げます。', 'Mend one item, check it, then do the same everywhere.'),
  ),
  page(
    'lock/invalid',
    say('items.lock.json が壊れている', 'Broken items.lock.json'),
    say('このファイルは、公開した問題の版を覚えています。道具だけが書くもので、手では直しません。', 'This file remembers what was published under which version. Only the tools write it.'),
    { 'items.lock.json': '{ "lock": 1, "items": { "office-001": "v1" } }\n' },
    { 'items.lock.json': '{\n  "lock": 1,\n  "items": {\n\n  }\n}\n' },
  ),
]
