import { describe, expect, it } from 'vitest'
import type { PresentedItem } from '../../../src/form/form.ts'
import { isAnswered } from '../../../src/form/read-response.ts'
import { readFlags, readSection } from '../../../src/web/candidate/runner/section-form.ts'
import type { FormFields } from '../../../src/web/candidate/types/control-type.ts'
import { paper } from '../../support/ui-fixture/paper.ts'

const items = paper.flatMap((section) => section.items)
const item = (ref: string) => items.find((i) => i.ref === ref) as PresentedItem
const read = (ref: string, fields: FormFields, stored = {}) =>
  readSection([item(ref)], { [`rev.${ref}`]: ['2'], ...fields }, stored)

describe('readSection', () => {
  it.each([
    ['q1', { q1: ['c'] }, { choice: 'c' }],
    ['q2', { q2: ['a', 'c'] }, { choices: ['a', 'c'] }],
    ['q4', { q4: ['４８００'] }, { text: '４８００' }],
    ['q6', { 'q6.1': ['Bcc'], 'q6.2': [''] }, { blanks: { 1: 'Bcc' } }],
    ['q7', { 'q7.a': ['2'], 'q7.b': ['1'], 'q7.c': ['3'] }, { order: ['b', 'a', 'c'] }],
    ['q8', { 'q8.1': ['b'], 'q8.2': ['a'] }, { pairs: { 1: 'b', 2: 'a' } }],
  ])('reads %s', (ref, fields, response) => {
    expect(read(ref, fields)).toEqual({ saves: [{ item: ref, revision: 3, response }], problems: {} })
  })

  it('saves nothing that did not change', () => {
    expect(read('q1', { q1: ['c'] }, { q1: { response: { choice: 'c' } } }).saves).toEqual([])
    expect(read('q1', {}).saves).toEqual([])
  })

  it('clears what is no longer there', () => {
    expect(read('q1', {}, { q1: { response: { choice: 'c' } } }).saves).toEqual([
      { item: 'q1', revision: 3, response: null },
    ])
  })

  it('leaves items alone whose revision field did not come along', () => {
    expect(readSection([item('q1')], { q1: ['c'] }, {})).toEqual({ saves: [], problems: {} })
  })

  it('refuses a half-given order, a place twice, an unknown ref and a text that is too long, each by itself', () => {
    expect(read('q7', { 'q7.a': ['1'] }).problems).toEqual({ q7: 'order-incomplete' })
    expect(read('q7', { 'q7.a': ['1'], 'q7.b': ['1'], 'q7.c': ['2'] }).problems).toEqual({ q7: 'order-incomplete' })
    expect(read('q1', { q1: ['z'] }).problems).toEqual({ q1: 'unreadable' })
    expect(read('q8', { 'q8.1': ['z'] }).problems).toEqual({ q8: 'unreadable' })
    expect(read('q5', { q5: ['x'.repeat(2_001)] }).problems).toEqual({ q5: 'too-long' })
  })
})

describe('readFlags', () => {
  it('joins the flags of the shown section with those carried along', () => {
    expect(readFlags([item('q1'), item('q2')], { flags: ['q2.q7.<b>'], 'flag.q1': ['1'] })).toEqual(['q7', 'q1'])
  })
})

describe('isAnswered', () => {
  it('counts a half-filled cloze or match as unanswered', () => {
    expect(isAnswered(item('q6'), { blanks: { 1: 'Bcc' } })).toBe(false)
    expect(isAnswered(item('q6'), { blanks: { 1: 'Bcc', 2: 'a' } })).toBe(true)
    expect(isAnswered(item('q8'), { pairs: { 1: 'b' } })).toBe(false)
    expect(isAnswered(item('q5'), { text: '　' })).toBe(false)
    expect(isAnswered(item('q1'), undefined)).toBe(false)
  })
})
