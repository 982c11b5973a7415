import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openCommittedModel, parseModel, printModel } from '../../../../src/sandbox/detector/judge/model.ts'

const text = readFileSync(new URL('../../../../src/sandbox/detector/judge/model.json', import.meta.url), 'utf8')

describe('a model file', () => {
  it('the committed model file is printed again byte for byte', () => {
    expect(printModel(openCommittedModel()) === text).toBe(true)
  })

  it.each<[string, (file: Record<string, object>) => unknown]>([
    ['no JSON', () => '{'],
    ['another format', (file) => JSON.stringify({ ...file, format: 1 })],
    ['other features', (file) => JSON.stringify({ ...file, features: 'words' })],
    [
      'a threshold above 1',
      (file) => JSON.stringify({ ...file, operating: [{ from: 1.5, recall: 0, falseAlarms: 0 }] }),
    ],
    [
      'thresholds that do not rise',
      (file) => {
        const point = { from: 0.5, recall: 0.5, falseAlarms: 0.1 }
        return JSON.stringify({ ...file, operating: [point, point] })
      },
    ],
    ['no breach anywhere', (file) => JSON.stringify({ ...file, prevalence: 0 })],
    ['weights cut short', (file) => JSON.stringify({ ...file, weights: { ...file.weights, ids: 'AAAA' } })],
  ])('a model file with %s is refused', (_, spoil) => {
    expect(parseModel(spoil(JSON.parse(text)) as string)).toMatchObject({
      ok: false,
      problem: { code: 'model-malformed' },
    })
  })
})
