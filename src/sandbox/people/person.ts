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
