import { expect, it } from 'vitest'
import { readGift } from '../../../src/authoring/formats/gift/read-gift.ts'
import { planImport, targetIn } from '../../../src/authoring/formats/plan-import.ts'

it('an item of elsewhere that says nothing of points is worth one below defaults that say three', () => {
  const written = (defaults: string) => {
    const read = readGift(new TextEncoder().encode('::One::What is best here? {=yes ~no ~maybe}\n'), { locale: 'en' })
    const content = `---\nexam: x\ntopic: office\nlocale: en\ndefaults: { ${defaults} }\n---\n\n# Office\n`
    const target = targetIn([{ path: 'office.en.md', content }], 'x')
    if (!read.ok || 'unreadable' in target) throw new Error('not read')
    return planImport(read.value, { target, locale: 'en', topic: 'office', otherTopic: 'o' }).writes[0]?.content
  }
  expect(written('points: 3, difficulty: 5, v: 2')).toContain('`1pt` `difficulty 3` `draft` `v1`')
  expect(written('points: 1')).not.toContain('`1pt`')
})
