import type { Worker } from './worker.ts'

export const personRoles = ['worker', 'client', 'operator'] as const
export type PersonRole = (typeof personRoles)[number]

/** Somebody who may sign in. Ids tell the role: `wrk_…`, `cli_…`, `opr_…`. */
export interface Person {
  readonly id: string
  readonly role: PersonRole
  readonly name: string
}

/** Somebody who posts jobs and pays for them. */
export interface Client extends Pick<Worker, 'id' | 'name' | 'reading' | 'joinedAt' | 'standing' | 'standingVersion'> {
  readonly aboutJa: string
  readonly aboutEn: string
}

/** People who keep the marketplace. Two operators, because an appeal is decided by another person than the decision. */
export const staff = [
  { id: 'opr_demo', name: '運営の見本', role: 'operator' },
  { id: 'opr_second', name: '運営の見本（再審査）', role: 'operator' },
  { id: 'aut_demo', name: '作問の見本', role: 'author' },
] as const

/** The ids of those who are operators of the plugin too, as its `KENTEI_OPERATORS` takes them. */
export const operatorIds: string = staff.flatMap(({ id, role }) => (role === 'operator' ? [id] : [])).join(' ')
