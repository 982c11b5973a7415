import { expect } from 'vitest'
import { operations } from '../../../src/sandbox/api/openapi.ts'

const pathOf = (path: string): string => path.split('?')[0] ?? path

/** The operation that a call belongs to; one without parameters goes before one with. */
const operationOf = (method: string, path: string) =>
  operations
    .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length)
    .find((one) => one.method === method.toLowerCase() && new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathOf(path)))

// biome-ignore lint/suspicious/noExplicitAny: the document and the answers are looked at as they come
export type Json = any

/** Expects an answer to be one that the OpenAPI document tells of: its status, its code, and every field of a success. */
export function expectDocumented(document: Json, { method, path }: { readonly method: string; readonly path: string }, answer: { readonly status: number; readonly json: Json }): void {
  const operation = operationOf(method, path)
  if (!operation) throw new Error(`no operation for ${method} ${path}`)
  const where = `${method} ${operation.path}`
  const response = document.paths[operation.path][operation.method].responses[answer.status]
  expect(response, `${where} ${answer.status}`).toBeDefined()
  if (answer.status >= 400) expect(response.description.split(', '), where).toContain(answer.json.code)
  // fields that the schema does not name are left out by its parsing
  else expect(operation.answer?.parse(answer.json), where).toEqual(answer.json)
}
