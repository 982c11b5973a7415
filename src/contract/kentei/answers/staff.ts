import * as z from 'zod'
import { ACTS, MACHINES } from '../../../audit/entry.ts'
import { credentialStatus } from '../../marketplace.ts'
import { lineage, time } from '../shapes.ts'

/** What operators are answered: for the compiler and the document. The Worker carries none of it. */

const milliseconds = () => z.int().describe('In milliseconds since 1970.')
const messageStatus = () => z.enum(['pending', 'held', 'delivered', 'dead'])
/** A message of the outbox, and how its delivery goes. */
const message = () =>
  z.object({
    id: z.string(),
    seq: z.int(),
    kind: z.string(),
    destination: z.string(),
    stream: z.string(),
    chain: z.string(),
    status: messageStatus(),
    attempts: z.int(),
    nextAt: milliseconds(),
    leaseUntil: milliseconds(),
    lastError: z.string().optional(),
    createdAt: milliseconds(),
    settledAt: milliseconds().optional(),
  })
const letter = () =>
  z.object({
    method: z.enum(['GET', 'PUT', 'POST', 'DELETE']),
    path: z.string(),
    body: z.record(z.string(), z.unknown()).optional(),
  })
const delivery = () =>
  z
    .object({
      message: message().extend({ letter: letter() }),
      state: z.enum(['queued', 'sending', 'retrying', 'held', 'waiting', 'delivered', 'dead']),
      chain: z.array(
        message()
          .extend({ request: letter(), about: z.string().nullable() })
          .partial()
          .required({ id: true, kind: true, status: true }),
      ),
      attempts: z.array(
        z.object({
          message: z.string(),
          at: milliseconds(),
          outcome: z.string(),
          detail: z.string(),
          elapsedMs: z.number(),
        }),
      ),
    })
    .meta({ title: 'Delivery' })

/** The outbox and its dead letters. */
export const deliveries = () =>
  z.object({
    now: milliseconds(),
    deliveries: z.array(delivery()),
    dead: z.array(delivery()),
    counts: z.record(z.string(), z.int()).describe('By status.'),
    hours: z.array(z.object({ hour: z.int(), sent: z.int(), failed: z.int() })),
  })

/** Every change of a certificate. */
export const history = () =>
  z.object({
    credential: z.string(),
    status: credentialStatus,
    version: z.int(),
    ...lineage,
    history: z.array(
      z.object({
        version: z.int(),
        at: time,
        change: z.enum([
          'issued',
          'suspended',
          'reinstated',
          'revoked',
          'expired',
          'held',
          'renewed',
          'resigned',
          'erased',
        ]),
        from: credentialStatus.nullable(),
        to: credentialStatus,
        cause: z.enum(['pass', 'operator', 'case', 'standing', 'time', 'replaced', 'key-blocked', 'erasure']),
        actor: z.string(),
        why: z.string(),
        other: z.string().optional(),
      }),
    ),
  })

const party = () =>
  z.union([
    z.object({ person: z.string() }),
    z.object({ machine: z.enum(MACHINES) }),
    z.object({ erased: z.literal(true) }),
  ])

/** A page of the log of acts. */
export const log = () =>
  z.object({
    entries: z.array(
      z.object({
        seq: z.int(),
        at: time,
        act: z.enum(ACTS),
        actor: party(),
        subject: party().optional(),
        object: z.string().optional(),
        why: z.string().optional(),
        facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      }),
    ),
    next: z.string().optional(),
  })
