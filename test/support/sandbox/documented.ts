import { expect } from 'vitest'
import { calls } from '../../../src/sandbox/api/calls.ts'

const pathOf = (path: string): string => path.split('?')[0] ?? path

/** The call of the contract that is made; one without parameters goes before one with. */
const callOf = (method: string, path: string) =>
  calls
    .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length)
    .find(
      (one) =>
        one.method === method.toLowerCase() &&
        new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathOf(path)),
    )

// biome-ignore lint/suspicious/noExplicitAny: the document and the answers are looked at as they come
export type Json = any

/** Expects an answer to be one that the OpenAPI document tells of: its status, its code, and every field of a success. */
export function expectDocumented(
  document: Json,
  { method, path }: { readonly method: string; readonly path: string },
  answer: { readonly status: number; readonly json: Json },
): void {
  const call = callOf(method, path)
  if (!call) throw new Error(`no call for ${method} ${path}`)
  const where = `${method} ${call.path}`
  const response = document.paths[call.path][call.method].responses[answer.status]
  expect(response, `${where} ${answer.status}`).toBeDefined()
  if (answer.status >= 400) expect(response.description.split(', '), where).toContain(answer.json.code)
  // fields that the schema does not name are left out by its parsing
  else expect(call.answer?.parse(answer.json), where).toEqual(answer.json)
}
