import { describe, expect, it } from 'vitest'
import { trialSeed } from '../../../src/authoring/tasks/check-draws.ts'
import { compileFamilies } from '../../../src/authoring/tasks/compile-families.ts'
import type { TaskFamily } from '../../../src/item/family.ts'
import { draft } from '../../../src/task/draft/draft.ts'
import type { DraftBody } from '../../../src/task/draft/family.ts'
import { drawTask } from '../../../src/task/draw-task.ts'
import { compiledFamily } from '../../support/compiled.ts'
import { manuscript } from '../../support/manuscript.ts'

const bodyOf = (text: string, faults: number): DraftBody =>
  (compiledFamily('draft', manuscript(text, faults), ['draft/pool', 'draft/twin']) as TaskFamily<DraftBody>).body

/** The rules that have something to say of a manuscript, with the line. */
function findings(text: string, faults: number, status?: string): string[] {
  const said: string[] = []
  compileFamilies([{ path: 'tasks/small-draft.ja.md', content: manuscript(text, faults, status) }], {
    language: 'ja',
    image: () => ({ src: '' }),
    reportOf:
      () =>
      (at, { rule, severity }) =>
        void said.push(`${at.line} ${severity} ${rule}`),
    exam: undefined,
    locales: ['ja'],
    skills: new Set(),
    seeds: 0,
  })
  return said
}

const TWINS = 'これは{{=以外}}と{{=意外}}です。'

describe('a manuscript in Markdown', () => {
  it('is read into texts, slots, look-alikes and places with their right forms', () => {
    const written = '{{店}}は{{以外|意外/思いのほか #nk-3}}、{{={{店}}}}の{{{{店}}様|{{店}}さま #nk-1}}。'
    expect(bodyOf(written, 2).parts).toEqual([
      {
        alternatives: [
          [
            [
              { as: 'slot', text: '{{店}}' },
              { as: 'text', text: 'は' },
              { as: 'place', wrong: '以外', right: ['意外', '思いのほか'], skill: 'nk-3' },
              { as: 'text', text: '、' },
              { as: 'look', text: '{{店}}' },
              { as: 'text', text: 'の' },
              { as: 'place', wrong: '{{店}}様', right: ['{{店}}さま'], skill: 'nk-1' },
              { as: 'text', text: '。' },
            ],
          ],
        ],
      },
    ])
  })

  it('lines of one paragraph join, and a paragraph that explains the marks is not part of it', () => {
    const { parts } = bodyOf('`{{誤|正}}` は所です。\n\n一行目の{{以外|意外 #nk-3}}と、\n二行目です。\n\n次です。', 1)
    expect(parts[0]?.alternatives[0]).toHaveLength(2)
    expect(parts[0]?.alternatives[0]?.[0]?.at(-1)).toEqual({ as: 'text', text: 'と、二行目です。' })
  })

  it('of headings with one number one is drawn, those of another number follow', () => {
    const text = `始めです。

#### 2 後

終わりです。

#### 1 座面

座面{{に|が #st-3}}高い。

#### 1 背もたれ

背もたれ{{に|が #st-3}}高い。`
    const family = compiledFamily('draft', manuscript(text, 1), ['draft/pool', 'draft/twin'])
    const texts = Array.from({ length: 20 }, (_, i) => {
      const { presented } = drawTask(family, { locale: 'ja', seed: trialSeed(i) })
      return presented.fields[0]?.initial
    })
    expect([...new Set(texts)].sort()).toEqual(
      ['始めです。\n\n座面に高い。\n\n終わりです。', '始めです。\n\n背もたれに高い。\n\n終わりです。'].sort(),
    )
  })

  it('is a body that a handed-in bank may hold', () => {
    const { slots: _, ...body } = bodyOf('{{店}}は{{以外|意外 #nk-3}}、{{=事}}。', 1)
    expect(draft.bodySchema().safeParse(body).success).toBe(true)
  })

  it.each([
    '{{以外|意外}}',
    '{{|意外 #nk-3}}',
    '{{以外|以外 #nk-3}}',
    '{{以外|意外/ #nk-3}}',
    '{{=}}',
    '{{以外|意外 #nk-3',
  ])('a mark that cannot be read is reported where it stands: %s', (mark) => {
    expect(findings(`正しい。\n\n誤り{{に|が #st-3}}、${mark}`, 1)).toContain('32 error draft/mark')
  })

  it('too few places are an error in a family that is live, and a warning in any other', () => {
    const text = `${TWINS}{{以外|意外 #nk-3}}、{{意外|以外 #nk-3}}。`
    expect(findings(text, 1, '公開')).toEqual(['11 error draft/pool'])
    expect(findings(text, 1)).toEqual(['11 warning draft/pool'])
    expect(findings(`${text}{{以外|意外 #nk-3}}`, 1, '公開')).toEqual([])
  })

  it('a paper that has to show more faults than its places is refused', () => {
    const text = `${TWINS}

#### 1 甲

{{以外|意外 #nk-3}}、{{以外|意外 #nk-3}}、{{意外|以外 #nk-3}}。

#### 1 乙

{{以外|意外 #nk-3}}。{{=以外}}`
    expect(findings(text, 2)).toContain('11 error task/value')
    expect(findings(text, 1)).toEqual([])
  })

  it('wrong forms that are right nowhere ask for look-alikes', () => {
    expect(findings('{{以外|意外 #nk-3}}、{{体制|体勢 #nk-3}}、{{図る|測る #nk-3}}。', 1)).toEqual([
      '11 warning draft/twin',
    ])
  })
})
