import { describe, expect, it } from 'vitest'
import { outlined } from '../../src/credential/typesetting.ts'
import { createPress } from '../../src/web/public/image-routes.ts'
import { builtRenderingAssets } from '../support/built.ts'

const glyphs = await createPress().glyphs(builtRenderingAssets)

describe('the glyph table', () => {
  it('hold what titles are written with', () => {
    const geta = glyphs.glyph('〓')
    for (const character of 'Aé9·ビジネス事務検定級、ー。（）')
      expect([character, glyphs.glyph(character) === geta, glyphs.glyph(character).path !== '']).toEqual([
        character,
        false,
        true,
      ])
  })

  it('have a space without ink and full-width kanji', () => {
    expect(glyphs.glyph(' ').path).toBe('')
    expect(glyphs.width('検定')).toBe(2)
    expect(glyphs.width('ii')).toBeLessThan(glyphs.width('WW'))
  })

  it.each(['𠮷', '😀', '\n', '\u0000'])('put a geta where there is no type: %j', (character) => {
    expect(glyphs.glyph(character)).toBe(glyphs.glyph('〓'))
  })

  it('set a line around its middle, and an arc around the top of its circle', () => {
    const { line, arc } = outlined(glyphs)
    const at = (svg: string) => [...svg.matchAll(/translate\(([-\d.]+) /g)].map(([, x]) => Number(x))
    expect(at(line({ text: '検定', x: 100, y: 0, size: 20, fill: '#000' }))).toEqual([80, 100])
    expect(at(line({ text: '検定', x: 100, y: 0, size: 20, fill: '#000', anchor: 'start' }))).toEqual([100, 120])
    const turns = [
      ...arc({ text: '検定検', side: 'top', centre: [0, 0], radius: 50, size: 10, fill: '#000', path: 'a' }).matchAll(
        /rotate\(([-\d.]+) /g,
      ),
    ].map(([, degrees]) => Number(degrees))
    expect(turns).toEqual([-11.46, 0, 11.46])
  })
})
