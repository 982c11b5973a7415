import { expect } from 'vitest'
import { calls } from '../../../src/sandbox/api/calls.ts'
import { type Json, schemaChecker } from '../schema-checker.ts'

type SandboxCall = (typeof calls)[number]

/** What came of a call. */
export interface Came {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: Json
}

/** The call of the contract by its name, such as `get /v1/jobs/{id}`. */
export function callNamed(name: string): SandboxCall {
  const found = calls.find(({ method, path }) => `${method} ${path}` === name)
  if (!found) throw new Error(`no call ${name}`)
  return found
}

/** Gives a function that expects an answer to be one that an OpenAPI document tells of: its status, its type, its form. */
export function documentedBy(document: Json) {
  const check = schemaChecker(document)
  return ({ method, path }: SandboxCall, answer: Came): void => {
    const where = `${method} ${path} ${answer.status} ${answer.text.slice(0, 300)}`
    const told = document.paths[path][method].responses[answer.status]
    expect(told, where).toBeDefined()
    const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
    expect(Object.keys(told.content ?? {}), where).toContain(type)
    if (type.includes('json')) expect(check(told.content[type].schema, answer.json), where).toEqual([])
  }
}
