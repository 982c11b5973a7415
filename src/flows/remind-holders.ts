import { nextReminder, reminderAt } from '../credential/reminder.ts'
import { dueReminders, remindedStatement } from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import { days, toRfc3339 } from '../kernel/instant.ts'
import { noteOnceStatement } from '../marketplace/events/store.ts'
import { isUniqueViolation } from '../world/database.ts'
import { type Budget, noLimit, type World } from '../world/world.ts'
import { eventStatements } from './notify-marketplace.ts'

const PAGE = 50
/** Statements that one reminder asks. */
const MOST_PER_REMINDER = 5
const DAY = days(1)

/**
 * Tells subscribers of certificates that end soon and are not renewed: once per reminder, however many sweep at once, and
 * also after a time in which nobody swept. Of reminders that were missed only the latest is sent. @returns how many.
 */
export async function remindHolders(world: World, budget: Budget = noLimit): Promise<number> {
  let sent = 0
  while (budget.left() > MOST_PER_REMINDER) {
    const page = await dueReminders(world.db, world.now(), PAGE)
    for (const credential of page) {
      if (budget.left() < MOST_PER_REMINDER) break
      if (await remind(world, credential)) sent += 1
    }
    if (page.length < PAGE) break
  }
  return sent
}

async function remind(world: World, credential: CredentialRow): Promise<boolean> {
  const now = world.now()
  const { id, version, validUntil, remindAt } = credential
  const lead = reminderAt(validUntil, now)
  if (lead === undefined || remindAt === null) return false
  const more = { validUntil: toRfc3339(validUntil), daysLeft: Math.ceil((validUntil - now) / DAY) }
  try {
    await world.db.batch([
      noteOnceStatement(world.db, { id: `expiring:${id}:${lead / DAY}`, type: 'credential.expiring' }, now),
      remindedStatement(world.db, { id, due: remindAt, next: nextReminder(validUntil, now) }),
      ...eventStatements(world, { credential, type: 'credential.expiring', version, more }),
    ])
    return true
  } catch (error) {
    // another one was faster
    if (isUniqueViolation(error)) return false
    throw error
  }
}
