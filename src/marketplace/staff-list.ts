import type { Settings, StaffEntry } from '../world/settings.ts'
import type { LaunchClaims } from './contract.ts'

/** Whether a launch token's claim is a value, or a list that has it. */
const has = (claim: unknown, value: string): boolean => claim === value || (Array.isArray(claim) && claim.includes(value))

/** Whether the person of a launch is on a list. The marketplace proposes staff; this service decides. */
export const isListed = (list: readonly StaffEntry[], claims: LaunchClaims): boolean =>
  list.some((entry) => ('worker' in entry ? entry.worker === claims.sub : Object.hasOwn(claims, entry.claim) && has(claims[entry.claim], entry.value)))

/** The list that a role is judged by, and the variable that sets it; undefined where whoever the marketplace says may have the role. */
export function listOf({ operators, authors }: Pick<Settings, 'operators' | 'authors'>, role: LaunchClaims['role']): { readonly variable: string; readonly list: readonly StaffEntry[] } | undefined {
  if (role === 'operator') return { variable: 'KENTEI_OPERATORS', list: operators }
  return role === 'author' && authors ? { variable: 'KENTEI_AUTHORS', list: authors } : undefined
}

/** What whoever runs this service has to do about somebody who is not on the list. */
export const howToList = (variable: string, list: readonly StaffEntry[], worker: string): string =>
  list.length === 0
    ? `${variable} is not set, so that nobody has this role. Set it to the ids that these people have in the marketplace (${variable}="${worker}"), or to a claim of their launch tokens (${variable}="entitlements=kentei-staff"), start the service anew and launch again`
    : `${variable} names neither ${worker} nor a claim that this launch token has. Whoever runs this service may add it`
