import { expect } from 'vitest'
import { calls } from '../../../src/sandbox/api/calls.ts'
import { type Json, schemaChecker } from '../schema-checker.ts'

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

/** Gives a function that expects an answer to be one that an OpenAPI document tells of: its status, its type, its form. */
export function documentedBy(document: Json) {
  const check = schemaChecker(document)
  return (
    { method, path }: { readonly method: string; readonly path: string },
    answer: { readonly status: number; readonly json: Json },
  ): void => {
    const call = callOf(method, path)
    if (!call) throw new Error(`no call for ${method} ${path}`)
    const where = `${method} ${call.path} ${answer.status}`
    const { content } = document.paths[call.path][call.method].responses[answer.status] ?? {}
    expect(content, where).toBeDefined()
    const type = answer.status >= 400 ? 'application/problem+json' : 'application/json'
    expect(check(content[type].schema, answer.json), where).toEqual([])
  }
}
