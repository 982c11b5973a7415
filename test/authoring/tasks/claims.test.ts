import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileFamilies } from '../../../src/authoring/tasks/compile-families.ts'
import type { TaskFamily } from '../../../src/item/family.ts'
import type { SourcesBody } from '../../../src/task/claims/family.ts'

const text = (name: string) => readFileSync(new URL(`../../support/${name}.ja.md`, import.meta.url), 'utf8')

function compile(name: string, change: (text: string) => string = (same) => same) {
  const content = change(text(name))
  if (content === text(name) && change('x') !== 'x') throw new Error('nothing was changed')
  const said: string[] = []
  const [family] = compileFamilies([{ path: `tasks/${name}.ja.md`, content }], {
    language: 'en',
    image: () => ({ src: '' }),
    reportOf: () => (at, finding) => void said.push(`${at.line} ${finding.rule}`),
    exam: undefined,
    locales: ['ja'],
    skills: new Set(),
    seeds: 5,
  })
  return { family, said }
}
const lineOf = (name: string, part: string) =>
  text(name)
    .split('\n')
    .findIndex((line) => line.includes(part)) + 1

describe('claims in Markdown', () => {
  it('an article is read with its places, whatever slots stand in them', () => {
    const { family, said } = compile('market-claims')
    expect(said).toEqual([])
    expect(family?.form).toBe('sources')
    const body = family?.body as SourcesBody
    const places = body.article.flat().flatMap((piece) => ('place' in piece ? [piece.place] : []))
    expect(places).toHaveLength(11)
    expect(places[0]).toEqual({
      as: 'either',
      wrong: ['5時'],
      right: '{{始}}時',
      wordings: [],
      skill: 'ra-2',
      sources: ['2'],
    })
    expect(places[1]).toMatchObject({ as: 'right', right: '雨の日も', sources: ['2'] })
    expect(places.find(({ as }) => as === 'unknown')).toMatchObject({ right: '県内で最大の', wrong: [], sources: [] })
    expect(body.points).toEqual({ verdict: 1, correction: 1, source: 0.4, calledWrong: 1 })
  })

  it('a place has several wrong texts, several wordings and several sources', () => {
    const { family } = compile('market-claims', (all) =>
      all.replace('{{5時|{{始}}時 #ra-2 @2}}', '{{4時/5時|{{始}}時/{{始}}時ちょうど @2/4 #ra-2}}'),
    )
    expect((family as TaskFamily<SourcesBody>).body.article[0]?.[1]).toEqual({
      place: {
        as: 'either',
        wrong: ['4時', '5時'],
        right: '{{始}}時',
        wordings: ['{{始}}時ちょうど'],
        skill: 'ra-2',
        sources: ['2', '4'],
      },
    })
  })

  it('red-lining has its form, its sentences and its message', () => {
    const { family, said } = compile('serum-redline')
    expect(said).toEqual([])
    expect(family).toMatchObject({
      form: 'redline',
      body: {
        claims: 12,
        message: {
          least: 80,
          most: 200,
          facts: [
            { as: 'names', least: 2, skill: 'ad-4' },
            { as: 'words', words: ['代わり', '案', 'いかが', '差し替え'] },
            { as: 'words' },
          ],
          banned: ['違法です', '違反です', '罰金'],
        },
      },
    })
  })

  it('a message has its length and its competencies', () => {
    const { family } = compile('serum-redline', (all) => all.replace('ご判断\n', 'ご判断 #ad-7\n- 長さ：60〜150字\n'))
    expect(family?.body).toMatchObject({ message: { least: 60, most: 150, facts: [{}, {}, { skill: 'ad-7' }] } })
  })

  it('a source that is not there is told where the paragraph begins', () => {
    const { said } = compile('market-claims', (all) => all.replace('@2}}に始まる', '@7}}に始まる'))
    expect(said).toEqual([`${lineOf('market-claims', '{{市}}は、4月から')} task/value`])
  })

  it.each([
    ['has two bars', '{{5時|6時|7時 @2}}'],
    ['has an empty side', '{{5時| @2}}'],
    ['is not closed', '{{5時|6時'],
  ])('a place that %s cannot be read', (_, place) => {
    const { said } = compile('market-claims', (all) => all.replace('{{5時|{{始}}時 #ra-2 @2}}', place))
    expect(said).toContain(`${lineOf('market-claims', '{{市}}は、4月から')} task/value`)
  })

  it('too few places for the claims are told', () => {
    const { said } = compile('market-claims', (all) => all.replace('claims: 10', 'claims: 12'))
    expect(said.some((finding) => finding.endsWith('task/never-fails'))).toBe(true)
  })

  it('a family in which one verdict is nearly always right is told', () => {
    const { said } = compile('serum-redline', (all) => all.replaceAll('| 根拠を確かめる |', '| 直す |'))
    expect(said.map((finding) => finding.split(' ')[1])).toEqual(['claims/balance'])
  })

  it('a model replacement that breaks its own conditions is told', () => {
    const model = (words: string) => (all: string) =>
      all
        .replace('| 含まない | 能力 |', '| 含まない | 能力 | 代わりの文の例 |')
        .replace('| --- | --- | --- | --- | --- | --- |', '| --- | --- | --- | --- | --- | --- | --- |')
        .replace('| 消え / 治 / 薄く | ad-4 |', `| 消え / 治 / 薄く | ad-4 | ${words} |`)
    expect(compile('serum-redline', model('肌にうるおいを与えます。')).said).toEqual([])
    expect(compile('serum-redline', model('シミを薄くし、うるおいを与えます。')).said[0]).toMatch(/claims\/model$/)
  })

  it.each([
    ['a verdict', '| 肌にうるおいを与えます。 | このまま |', '| 肌にうるおいを与えます。 | 残す |'],
    ['a sentence to keep with a reason', 'を与えます。 | このまま | |', 'を与えます。 | このまま | 比べ方がない |'],
    ['points', '| 判定が合う | 1 |', '| 判定が合う | 一 |'],
    ['what points are for', '| 判定が合う |', '| 判定が違う |'],
    ['a line of the message', '- 書くこと：返事の頼み ＝', '- 返事の頼み：'],
  ])('%s that makes no sense is told', (_, good, bad) => {
    const { said } = compile('serum-redline', (all) => all.replace(good, bad))
    expect(said).toContain(`${lineOf('serum-redline', good)} task/value`)
  })

  it('a form that the kind does not have is told', () => {
    const { said } = compile('serum-redline', (all) => all.replace('form: 赤入れ', 'form: 作文'))
    expect(said[0]).toMatch(/task\/word$/)
  })
})
