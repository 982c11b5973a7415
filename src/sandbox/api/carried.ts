import { reasons } from '@kentei/verify/parts'
import * as z from 'zod'
import { type Carried, sharedCarried } from '../../contract/problems.ts'
import { kinds } from '../detector/judge/kinds.ts'
import type { SandboxProblem } from '../problem.ts'

const detail = z.object({ detail: z.string() })

/** What refusals of the marketplace carry beside their code. */
export const carried = {
  ...sharedCarried,
  'badge-refused': z.object({ reason: z.enum(Object.keys(reasons) as (keyof typeof reasons)[]) }),
  'wrong-state': detail.extend({ state: z.string() }),
  'window-closed': detail.extend({ closedAt: z.iso.datetime().optional() }),
  'already-done': detail,
  'taken-down': z.object({ until: z.iso.datetime().nullable() }),
  'same-person': detail,
  'text-warned': z.object({
    kinds: z.array(z.enum(kinds)).readonly(),
    found: z.array(z.string()).readonly().describe('The words that it was found by.'),
    repeats: z.boolean().describe('Whether it repeats what was taken down.'),
    becomes: z.enum(['sent', 'published', 'held']).describe('What becomes of it when it is sent anyway.'),
  }),
  standing: z.object({ standing: z.string() }),
} as const satisfies Carried<SandboxProblem>
