import type { Client, InArgs, InStatement, InValue } from '@libsql/client'
import { HeldConnection } from './held-connection.ts'
import type { Holder } from './holders.ts'
import type { Act, Role, SqlStatement, Value } from './messages.ts'
import { resultSet } from './result-set.ts'

function toValue(value: InValue | undefined): Value {
  if (value === undefined) throw new TypeError('undefined cannot be stored')
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('only finite numbers can be stored')
  if (typeof value === 'boolean') return value ? 1 : 0
  return value instanceof Date ? value.getTime() : value
}

const toStatement = (sql: string, args: InArgs | undefined): SqlStatement => ({
  sql,
  args: Array.isArray(args)
    ? args.map(toValue)
    : Object.fromEntries(
        Object.entries(args ?? {}).map(([name, value]) => [name.replace(/^[:@$]/, ''), toValue(value)]),
      ),
})

const fromInput = (input: InStatement | readonly [string, InArgs?]): SqlStatement => {
  if (typeof input === 'string') return toStatement(input, [])
  return Array.isArray(input)
    ? toStatement(input[0], input[1] ?? [])
    : toStatement((input as { sql: string }).sql, (input as { args?: InArgs }).args ?? [])
}

const READS = /^\s*select\b/i
const WRITES = /^\s*(?:insert|update|delete|replace|with)\b/i

const actOf = (statements: readonly SqlStatement[]): Act => ({
  kind:
    statements.length > 1 || statements.every(({ sql }) => READS.test(sql) || WRITES.test(sql))
      ? 'transaction'
      : 'bare',
  statements,
})

/** What drizzle and its migrator call of libSQL's client. There are no interactive transactions. */
export type EmbeddedClient = Pick<Client, 'execute' | 'batch' | 'migrate'> & { close(): Promise<void> }

/**
 * A client of an embedded database with two connections: one that writes, and one that only reads, which
 * neither a lock of another process nor a long write holds up. A read sees every write that was answered before it was asked for.
 */
export function openClient(file: string, findHolder: (role: Role) => Holder): EmbeddedClient {
  const connections = {
    writes: new HeldConnection(file, 'writes', findHolder),
    reads: new HeldConnection(file, 'reads', findHolder),
  }
  const run = async (statements: readonly SqlStatement[]) => {
    const role = statements.every(({ sql }) => READS.test(sql)) ? 'reads' : 'writes'
    return (await connections[role].do(actOf(statements))).map(resultSet)
  }
  const execute = async (input: InStatement, args?: InArgs) => {
    const [result] = await run([typeof input === 'string' ? toStatement(input, args ?? []) : fromInput(input)])
    return result
  }
  return {
    execute: execute as Client['execute'],
    batch: async (inputs) => run(inputs.map(fromInput)),
    migrate: async (inputs) =>
      (await connections.writes.do({ kind: 'migrate', statements: inputs.map(fromInput) })).map(resultSet),
    close: async () => {
      await Promise.all([connections.reads.close(), connections.writes.close()])
    },
  }
}
