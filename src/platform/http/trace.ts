/** The trace that a call belongs to, as W3C Trace Context has it: across services, whatever they are written in. */
export interface Trace {
  /** 32 hexadecimal digits. */
  readonly id: string
  /** 2 hexadecimal digits, handed on as they came. */
  readonly flags: string
}

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/

/** Reads a `traceparent` header. What is none is as if it were not there. Source: W3C Trace Context, §3.2. */
export function readTraceparent(header: string | undefined): Trace | undefined {
  const [, version, id, parent, flags, more] = TRACEPARENT.exec(header ?? '') ?? []
  if (!id || !parent || !flags || version === 'ff' || (version === '00' && more !== undefined)) return undefined
  return /^0+$/.test(id) || /^0+$/.test(parent) ? undefined : { id, flags }
}

const digitsOf = (id: string): string => id.toLowerCase().replaceAll(/[^0-9a-f]/g, '')

/** The trace of what one of our ids names, for a call that no request of somebody else's causes: each try to deliver a message has the message's. */
export const traceOf = (id: string): Trace => ({ id: digitsOf(id).slice(-32).padStart(32, '1'), flags: '01' })

/** The header of a call within a trace. `span`: an id of ours that no other call has. */
export const traceparent = ({ id, flags }: Trace, span: string): string =>
  `00-${id}-${digitsOf(span).slice(-16).padStart(16, '1')}-${flags}`
