import type { LaunchClaims } from '../contract/tokens.ts'
import type { Settings, StaffEntry } from '../world/settings.ts'
import type { Session } from './session-token.ts'

/** Whether a launch token's claim is a value, or a list that has it. */
const has = (claim: unknown, value: string): boolean =>
  claim === value || (Array.isArray(claim) && claim.includes(value))

/** An entry as a list writes it. */
const written = (entry: StaffEntry): string => ('worker' in entry ? entry.worker : `${entry.claim}=${entry.value}`)

/** The entry of a list that names the person of a launch. The marketplace proposes staff; this service decides. */
export function listedAs(list: readonly StaffEntry[], claims: LaunchClaims): string | undefined {
  const entry = list.find((one) =>
    'worker' in one ? one.worker === claims.sub : Object.hasOwn(claims, one.claim) && has(claims[one.claim], one.value),
  )
  return entry && written(entry)
}

/** Whether the list still has what a session has its role by: whoever is taken off it is no staff any more. */
export function isStillListed(
  settings: Pick<Settings, 'operators' | 'authors'>,
  session: Pick<Session, 'role' | 'worker' | 'listedAs'>,
): boolean {
  const named = listOf(settings, session.role)
  return named === undefined || named.list.some((entry) => written(entry) === (session.listedAs ?? session.worker))
}

/** The list that a role is judged by, and the variable that sets it; undefined where whoever the marketplace says may have the role. */
export function listOf(
  { operators, authors }: Pick<Settings, 'operators' | 'authors'>,
  role: LaunchClaims['role'],
): { readonly variable: string; readonly list: readonly StaffEntry[] } | undefined {
  if (role === 'operator') return { variable: 'KENTEI_OPERATORS', list: operators }
  return role === 'author' && authors ? { variable: 'KENTEI_AUTHORS', list: authors } : undefined
}

/** What whoever runs this service has to do about somebody who is not on the list. */
export const howToList = (variable: string, list: readonly StaffEntry[], worker: string): string =>
  list.length === 0
    ? `${variable} is not set, so that nobody has this role. Set it to the ids that these people have in the marketplace (${variable}="${worker}"), or to a claim of their launch tokens (${variable}="entitlements=kentei-staff"), start the service anew and launch again`
    : `${variable} names neither ${worker} nor a claim that this launch token has. Whoever runs this service may add it`
