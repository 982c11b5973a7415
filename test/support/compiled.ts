import { sentenceOf } from '../../src/authoring/said.ts'
import { compileFamilies } from '../../src/authoring/tasks/compile-families.ts'
import type { TaskFamily } from '../../src/item/family.ts'
import { type CompiledHtml, readCompiledHtml } from '../../src/item/markup/compiled-html.ts'

/** HTML of a fixture, which must be as the compiler writes it. */
export function compiled(html: string): CompiledHtml {
  const read = readCompiledHtml(html)
  if (read === undefined) throw new Error(`the compiler does not write ${html}`)
  return read
}

/** Compiles one family that must be right; whatever the compiler says of it, but the expected rules, fails the test. */
export function compiledFamily(kind: string, text: string, expected: readonly string[] = []): TaskFamily {
  const id = /^task: (.+)$/m.exec(text)?.[1] as string
  const said: string[] = []
  const [family] = compileFamilies([{ path: `tasks/${id}.ja.md`, content: text }], {
    language: 'en',
    image: () => ({ src: '' }),
    reportOf: (path) => (at, finding) => {
      if (!expected.includes(finding.rule))
        said.push(`${path}:${at.line} ${finding.rule} ${sentenceOf(finding.message, 'en')}`)
    },
    exam: undefined,
    locales: ['ja'],
    skills: new Set(),
    seeds: 20,
  })
  if (said.length > 0 || family?.kind !== kind) throw new Error(said.join('\n') || `no ${kind}`)
  return family
}
