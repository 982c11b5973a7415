import { describe, expect, it } from 'vitest'
import { nameDiagonal } from '../../../../src/sandbox/pages/operators/reliability-plot.tsx'

describe('the name of the diagonal in a reliability plot', () => {
  it('stands left of the line where no point is', () => {
    expect(nameDiagonal([])).toEqual({ at: 0.36, side: -1 })
    expect(nameDiagonal([{ said: 0.9, was: 0.5 }])).toEqual({ at: 0.36, side: -1 })
  })

  it('gives way to a point that would lie under it', () => {
    const point = { said: 0.18, was: 0.42 }
    expect(nameDiagonal([point])).not.toEqual({ at: 0.36, side: -1 })
  })

  it('crosses the line where points fill the left of it', () => {
    const above = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7].map((said) => ({ said, was: said + 0.15 }))
    expect(nameDiagonal(above).side).toBe(1)
  })

  it('stands somewhere even where points are everywhere', () => {
    const all = Array.from({ length: 100 }, (_, i) => ({ said: (i % 10) / 10, was: Math.floor(i / 10) / 10 }))
    expect([-1, 1]).toContain(nameDiagonal(all).side)
  })
})
