import { bankOf, examOf, single } from './examples.data.ts'
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
