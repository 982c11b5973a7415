import { Hono } from 'hono'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { WebEnv } from '../../src/web/web-env.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { staffPages, unmeasuredPages } from './staff-pages.ts'

let w: FixedWorld
beforeAll(async () => {
  w = await fixedWorld()
})
afterAll(() => w.close())

it('the bench of growth opens every page of staff, and none that is not there', () => {
  expect(unmeasuredPages(w.app)).toEqual([])
  const routes = w.app.routes.map(({ path }) => path)
  expect(staffPages.filter(({ route }) => !routes.includes(route))).toEqual([])
})

it('a page that it does not open is named', () => {
  const app = new Hono<WebEnv>()
    .get('/staff', (c) => c.text(''))
    .get('/staff/exams', (c) => c.text(''))
    .get('/staff/new/:id', (c) => c.text(''))
    .post('/staff/other', (c) => c.text(''))
  expect(unmeasuredPages(app)).toEqual(['/staff/new/:id'])
})
