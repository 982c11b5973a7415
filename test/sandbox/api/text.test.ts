import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { line } from '../../../src/sandbox/pages/form-fields.ts'
import { draft, type JobBoard, openJobBoard } from '../../support/sandbox/job-board.ts'

let board: JobBoard
beforeAll(async () => {
  board = await openJobBoard()
})
afterAll(() => board.close())

const contract = { worker: 'wrk_001', title: '議事録の清書', category: 'business-admin', amount: 5_000 }

describe('a text that comes through a door', () => {
  it.each([
    ['a NUL, at which the database would end it', '議事録\u0000の清書'],
    ['nothing but NULs', '\u0000\u0000\u0000'],
    ['a terminal’s escape', '議事録\u001b[31mの清書'],
    ['half a surrogate pair', '議事録\ud800の清書'],
  ])('is refused with %s, and the place is named', async (_, title) => {
    expect(await board.as('cli_01', 'POST', '/v1/contracts', { ...contract, title })).toMatchObject({
      status: 422,
      json: { code: 'malformed', issues: [{ path: 'title' }] },
    })
    expect(
      await board.as('cli_01', 'POST', '/v1/contracts', { ...contract, milestones: [{ title, amount: 5_000 }] }),
    ).toMatchObject({
      status: 422,
      json: { issues: [{ path: 'milestones.0.title' }] },
    })
    expect(await board.post('cli_01', { body: `${draft.body}${title}` })).toMatchObject({
      status: 422,
      json: { issues: [{ path: 'body' }] },
    })
  })

  it.each([
    ['an override of direction', '議事録\u202eの清書'],
    ['an isolate that is left open', '議事録\u2067の清書'],
    ['nothing to see', '\u3164\uffa0\u115f'],
  ])('is no title with %s, for programs and for people', async (_, title) => {
    expect(await board.as('cli_01', 'POST', '/v1/contracts', { ...contract, title })).toMatchObject({
      status: 422,
      json: { issues: [{ path: 'title' }] },
    })
    expect(await board.post('cli_01', { title })).toMatchObject({ status: 422, json: { issues: [{ path: 'title' }] } })
    expect(
      line(120)
        .safeParse(title)
        .error?.issues.map(({ message }) => message),
    ).toEqual(['unshown'])
  })

  it('is read as it was written, with tabs, lines and signs of any plane', async () => {
    const title = '議事録\tの清書 𠮷野家 👩‍👩‍👧'
    const { json } = await board.as('cli_01', 'POST', '/v1/contracts', { ...contract, title })
    expect((await board.as('cli_01', 'GET', `/v1/contracts/${json.id}`)).json.title).toBe(title)
    const body = `${draft.body}\r\n二行目`
    const job = (await board.post('cli_01', { body })).json
    expect((await board.as(undefined, 'GET', `/v1/jobs/${job.id}`)).json.body).toBe(body)
  })
})
