import { page, type RulePage, told } from './rule-page.ts'

/** Rules for practical tasks, whose files are too long to be shown. */
export const TASK_PAGES: readonly RulePage[] = [
  page('task/word', told('rule.task/word.bad'), told('rule.task/word.good')),
  page('task/section', told('rule.task/section.bad'), told('rule.task/section.good')),
  page('task/table', told('rule.task/table.bad'), told('rule.task/table.good')),
  page('task/value', told('rule.task/value.bad'), told('rule.task/value.good')),
  page('task/slot', told('rule.task/slot.bad'), told('rule.task/slot.good')),
  page('task/never-fails', told('rule.task/never-fails.bad'), told('rule.task/never-fails.good')),
  page('task/not-nfc', told('rule.task/not-nfc.bad'), told('rule.task/not-nfc.good')),
  page('task/real-number', told('rule.task/real-number.bad'), told('rule.task/real-number.good')),
  page('task/skill', told('rule.task/skill.bad'), told('rule.task/skill.good')),
  page('task/pool', told('rule.task/pool.bad'), told('rule.task/pool.good')),
  page('task/limits', told('rule.task/limits.bad'), told('rule.task/limits.good')),
  page('task/minutes', told('rule.task/minutes.bad'), told('rule.task/minutes.good')),
  page('locale/task-mismatch', told('rule.locale/task-mismatch.bad'), told('rule.locale/task-mismatch.good')),
  page('table/twin', told('rule.table/twin.bad'), told('rule.table/twin.good')),
  page('draft/mark', told('rule.draft/mark.bad'), told('rule.draft/mark.good')),
  page('draft/twin', told('rule.draft/twin.bad'), told('rule.draft/twin.good')),
  page('draft/pool', told('rule.draft/pool.bad'), told('rule.draft/pool.good')),
  page('sheet/place', told('rule.sheet/place.bad'), told('rule.sheet/place.good')),
  page('sheet/insensitive', told('rule.sheet/insensitive.bad'), told('rule.sheet/insensitive.good')),
  page('inbox/mail', told('rule.inbox/mail.bad'), told('rule.inbox/mail.good')),
  page('inbox/pool', told('rule.inbox/pool.bad'), told('rule.inbox/pool.good')),
  page('inbox/contradiction', told('rule.inbox/contradiction.bad'), told('rule.inbox/contradiction.good')),
  page('claims/balance', told('rule.claims/balance.bad'), told('rule.claims/balance.good')),
  page('claims/model', told('rule.claims/model.bad'), told('rule.claims/model.good')),
]
