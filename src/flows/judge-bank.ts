import { hasUntriedFamily } from '../attempt/tasks/store.ts'
import { asDemonstration } from '../credential/demonstration.ts'
import type { Bank, ExamDefinition } from '../item/bank.ts'
import { isMostlyShipped, type ShippedShare, shippedShare } from '../item/shipped/shipped-share.ts'
import { latestBanks } from '../item/store.ts'
import { isLoopback } from '../platform/http/own-host.ts'
import type { Settings } from '../world/settings.ts'
import type { World } from '../world/world.ts'

/**
 * What a bank is good for here: `certifying`; `demonstration`, certificates say so; `public`, so much of it can be read by
 * anybody, with the keys, that nobody may start it and nothing is issued.
 */
export const BANK_STANDINGS = ['certifying', 'demonstration', 'public'] as const
export type BankStanding = (typeof BANK_STANDINGS)[number]

type Here = { readonly settings: Pick<Settings, 'origin' | 'demoBank'> }

/** Judges a bank where it is used. On this machine alone everything is on trial, so that nothing needs to be said of it. */
export async function standingOfBank({ settings: { origin, demoBank } }: Here, bank: Bank): Promise<BankStanding> {
  if (demoBank === 'refused' && isLoopback(origin)) return 'certifying'
  if (!isMostlyShipped(await shippedShare(bank))) return 'certifying'
  return demoBank === 'allowed' ? 'demonstration' : 'public'
}

/** The exam of a bank as it may be shown and certified here. */
export const examShown = async (here: Here, bank: Bank): Promise<ExamDefinition> =>
  (await standingOfBank(here, bank)) === 'demonstration' ? asDemonstration(bank.exam) : bank.exam

/**
 * Whether a bank asks for practical work that too few people have done: until enough papers of every live family were
 * graded, what is said of their difficulty and precision is an estimate, and everybody is told so.
 */
export async function isUntried({ db }: Pick<World, 'db'>, { exam, tasks = [] }: Bank): Promise<boolean> {
  if (!exam.parts) return false
  const families = tasks.flatMap(({ id, status }) => (status === 'live' ? [id] : []))
  return hasUntriedFamily(db, { exam: exam.id, families })
}

/** What those who publish a bank are told: how much of it is public, and what follows from it here. */
export interface BankWarning extends ShippedShare {
  readonly standing: BankStanding
}

/** Undefined for a bank of one's own. */
export async function warningOfBank(here: Here, bank: Bank): Promise<BankWarning | undefined> {
  const share = await shippedShare(bank)
  return isMostlyShipped(share) ? { ...share, standing: await standingOfBank(here, bank) } : undefined
}

/** Whether figures of an exam, or of all where none is named, come from banks that are mostly samples: they measure nobody's exam. */
export async function areSamples(banks: readonly Bank[], exam: string | undefined): Promise<boolean> {
  const asked = banks.filter((bank) => exam === undefined || bank.exam.id === exam)
  const shares = await Promise.all(asked.map(shippedShare))
  return shares.length > 0 && shares.every(isMostlyShipped)
}

/** The live exams whose bank is mostly public. */
export async function publicExams(
  world: Here & Pick<World, 'db'>,
): Promise<readonly (BankWarning & { readonly exam: string })[]> {
  const banks = await latestBanks(world.db)
  const warned = await Promise.all(
    banks.map(async (bank) => ({ exam: bank.exam.id, warning: await warningOfBank(world, bank) })),
  )
  return warned.flatMap(({ exam, warning }) => (warning ? [{ exam, ...warning }] : []))
}

const consequences: Readonly<Record<BankStanding, string>> = {
  certifying: 'they are for trying on this machine; on an origin that others reach nobody could start the exam',
  demonstration: 'as KENTEI_DEMO_BANK is allowed, its pages and certificates say that it is a demonstration',
  public:
    'nobody can start the exam and no certificate is issued; publish a bank of your own, or set KENTEI_DEMO_BANK=allowed to show it as a demonstration',
}

/** A warning in a sentence, for logs and terminals. */
export const sayWarning = ({ live, shipped, tasks, standing }: BankWarning): string =>
  `${shipped} of ${live} live items${tasks ? ` and ${tasks.shipped} of ${tasks.live} practical tasks` : ''} come with Kentei and are public, keys and all: ${consequences[standing]}`

const told = new WeakSet<object>()

/** Tells which live exams nobody can start, and why; once for the settings of a process. */
export async function tellBarredExams(
  world: Here & Pick<World, 'db'>,
  tell: (exam: string, why: string) => void,
): Promise<void> {
  if (told.has(world.settings)) return
  told.add(world.settings)
  for (const { exam, ...warning } of await publicExams(world))
    if (warning.standing === 'public') tell(exam, sayWarning(warning))
}
