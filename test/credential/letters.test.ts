import { describe, expect, it } from 'vitest'
import { outlined } from '../../src/credential/lettering.ts'
import { readLetters } from '../../src/credential/letters.ts'
import { builtStudio } from '../support/built.ts'

const letters = readLetters(await builtStudio.letters())

describe('letters', () => {
  it('hold what titles are written with', () => {
    const geta = letters.letter('〓')
    for (const character of 'Aé9·ビジネス事務検定級、ー。（）') expect([character, letters.letter(character) === geta, letters.letter(character).path !== '']).toEqual([character, false, true])
  })

  it('have a space without ink and full-width kanji', () => {
    expect(letters.letter(' ').path).toBe('')
    expect(letters.width('検定')).toBe(2)
    expect(letters.width('ii')).toBeLessThan(letters.width('WW'))
  })

  it.each(['𠮷', '😀', '\n', '\u0000'])('put a geta where there is no type: %j', (character) => {
    expect(letters.letter(character)).toBe(letters.letter('〓'))
  })

  it('set a line around its middle, and an arc around the top of its circle', () => {
    const { line, arc } = outlined(letters)
    const at = (svg: string) => [...svg.matchAll(/translate\(([-\d.]+) /g)].map(([, x]) => Number(x))
    expect(at(line({ text: '検定', x: 100, y: 0, size: 20, fill: '#000' }))).toEqual([80, 100])
    expect(at(line({ text: '検定', x: 100, y: 0, size: 20, fill: '#000', anchor: 'start' }))).toEqual([100, 120])
    const turns = [...arc({ text: '検定検', side: 'top', centre: [0, 0], radius: 50, size: 10, fill: '#000', path: 'a' }).matchAll(/rotate\(([-\d.]+) /g)].map(([, degrees]) => Number(degrees))
    expect(turns).toEqual([-11.46, 0, 11.46])
  })
})
