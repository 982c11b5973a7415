import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import { type Call, givesPages } from '../../src/contract/call.ts'

interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: unknown
}

interface Contract {
  readonly calls: readonly Call[]
  readonly kinds: Readonly<Record<string, { readonly status: number }>>
  readonly carried: Readonly<Record<string, z.ZodType>>
  /** What a call can be refused with besides what is its own; and for a while, as 503. */
  readonly further: (call: never) => readonly string[]
  readonly forAWhile?: (call: never) => readonly string[]
}

/** Headers that say something of one answer, and not of the connection. */
const TOLD = ['Content-Disposition', 'ETag', 'Link', 'Location', 'Set-Cookie', 'X-Total-Count'] as const

const typeOf = ({ headers }: Answered): string => headers.get('content-type')?.split(';')[0] ?? ''

/** Why a value is not of a form, or has more than that tells of. */
function misfit(form: z.ZodType, value: unknown): string | undefined {
  const read = form.safeParse(value)
  if (!read.success) return z.prettifyError(read.error)
  return isDeepStrictEqual(read.data, value) ? undefined : `more than ${JSON.stringify(read.data)}`
}

function whatIsWrongWithRefusal(call: Call, { kinds, carried, further, forAWhile }: Contract, answer: Answered) {
  const {
    code,
    type: _,
    title: __,
    status,
    ...rest
  } = answer.json as { code: string; status: number } & Record<string, unknown>
  if (status !== answer.status) return `its status is ${status}`
  // what is spoiled on purpose fails as it was told to
  if (code === 'internal' && forAWhile && call.security === 'service') return undefined
  const isForAWhile = answer.status === 503 && forAWhile?.(call as never).includes(code)
  if (!isForAWhile && kinds[code]?.status !== answer.status) return `${code} has another status`
  if (!isForAWhile && ![...call.refusals, ...further(call as never)].includes(code)) return `${code} is not told of`
  return misfit(carried[code] ?? z.object({}), rest)
}

function whatIsWrong(call: Call, contract: Contract, answer: Answered): string | undefined {
  const type = typeOf(answer)
  if (type === 'application/problem+json') return whatIsWrongWithRefusal(call, contract, answer)
  const known = [call.success[0], call.already?.[0]].includes(answer.status)
  const { answer: form, media } = known ? call : (call.further?.[answer.status] ?? {})
  if (type === 'text/html' && givesPages(call) && [500, 503].includes(answer.status)) return undefined
  if (!known && call.further?.[answer.status] === undefined)
    return answer.status === 304 && call.headers?.includes('ETag') ? undefined : 'no such status'
  const untold = TOLD.find((name) => answer.headers.has(name) && !call.headers?.includes(name))
  if (known && untold) return `nobody tells of its ${untold}`
  if (form && (call.jsonTypes ?? ['application/json']).includes(type))
    return misfit(form, answer.json ?? JSON.parse(answer.text))
  if (media && Object.hasOwn(media, type)) return undefined
  return type === '' && answer.status === 303 ? undefined : `nobody tells of ${type}`
}

/** A path as a pattern; what has more that is fixed goes before. */
const routesOf = (list: readonly Call[]) =>
  list
    .map((call) => ({
      call,
      pattern: new RegExp(`^${call.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/?]+?')}$`),
      fixed: call.path.replaceAll(/\{\w+\}/g, '').length,
    }))
    .toSorted((a, b) => b.fixed - a.fixed)

/** Expects answers of a service to be those that its contract tells of: status, code, type, every field. Pages are no calls. */
export function describedBy(contract: Contract) {
  const routes = routesOf(contract.calls)
  return (method: string, path: string, answer: Answered): void => {
    const plain = path.split(/[?#]/)[0] ?? path
    const { call } =
      routes.find(({ call: one, pattern }) => one.method === method.toLowerCase() && pattern.test(plain)) ?? {}
    if (!call) return
    const wrong = whatIsWrong(call, contract, answer)
    if (wrong === undefined) return
    const text = `${method} ${call.path} answered ${answer.status} ${JSON.stringify(answer.json)?.slice(0, 500)}: ${wrong}`
    throw new Error(text)
  }
}
