import { describe, expect, it } from 'vitest'
import { migrationStatements } from '../support/migration-statements.ts'
import { complaintsAbout, openPlanner } from './judge-plan.ts'

const plugin = openPlanner(await migrationStatements('migrations'))
const sandbox = openPlanner(await migrationStatements('migrations/sandbox'))

describe('a statement is refused that', () => {
  it.each([
    [
      'walks through a table that grows',
      "select id from attempts where status <> 'graded' order by deadline limit 5",
      'SCAN attempts',
    ],
    ['does so under another name', "select o.seq from outbox o where o.kind = 'event' and o.request like ?", 'SCAN o'],
    [
      'walks through an index that grows',
      'select count(*) from scored_responses where credit > ?',
      'SCAN scored_responses',
    ],
    ['counts a part that grows', "select count(*) from attempts where exam = ? and status = 'graded'", 'WITHOUT LIMIT'],
    [
      'sorts a part that grows',
      'select seq from outbox where status = ? order by created_at limit 5',
      'USE TEMP B-TREE FOR ORDER BY',
    ],
    [
      'does so within another',
      'update outbox set lease_until = 0 where seq in (select seq from outbox where status = ? order by created_at limit 5)',
      'USE TEMP B-TREE FOR ORDER BY',
    ],
    [
      'deletes what is old by walking through everything',
      'delete from delivery_attempts where elapsed_ms < ?',
      'SCAN delivery_attempts',
    ],
  ])('%s', (_, statement, complaint) => {
    expect(complaintsAbout(statement, plugin).join('\n')).toContain(complaint)
  })
})

describe('a statement passes that', () => {
  it.each([
    ['finds one row', 'select * from attempts where id = ?'],
    ['reads and sorts what belongs to one person', 'select * from credentials where worker = ? order by valid_until'],
    [
      'reads the first of an index that has the order',
      "select id from attempts where exam = ? and status = 'graded' order by graded_at desc limit 60",
    ],
    ['reads the newest of all', 'select * from outbox order by seq desc limit 50'],
    ['asks for the last of an index', 'select max(number) from audit_seals'],
    ['reads a table of a few rows', 'select status, sum(n) from message_counts group by status'],
  ])('%s', (_, statement) => {
    expect(complaintsAbout(statement, plugin)).toEqual([])
  })
})

it.each([
  ['plugin', plugin],
  ['sandbox', sandbox],
])('what triggers of the %s do runs on an index', (_, planner) => {
  expect(planner.triggers.length).toBeGreaterThan(3)
  for (const { trigger, statement } of planner.triggers) {
    expect(planner.plan(statement), `${trigger}: ${statement}`).toBeDefined()
    expect(complaintsAbout(statement, planner), trigger).toEqual([])
  }
})
