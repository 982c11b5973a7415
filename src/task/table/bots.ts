import type { Random } from '../../kernel/random.ts'
import { type Entries, type TaskField, valueIn } from '../present.ts'
import type { TaskInstance } from '../task.ts'
import type { Bot } from '../task-kind.ts'
import type { TableKey } from './key.ts'
import type { TableMaterials } from './present.ts'

type TableInstance = TaskInstance<TableKey>
const fieldsOf = ({ presented }: TableInstance): readonly TaskField[] => presented.fields

/** Everything that is right, in the order of the key. */
function rightEntries({ key }: TableInstance): [string, string][] {
  return [
    ...Object.entries(key.cells).map(([name, cell]): [string, string] =>
      cell.as === 'fault' ? [name, cell.right] : [cell.note, '?'],
    ),
    ...key.pairs.map(({ later, earlierRow }): [string, string] => [later, earlierRow]),
  ]
}

const perfect = (instance: TableInstance): Entries => Object.fromEntries(rightEntries(instance))

const half = (instance: TableInstance, random: Random): Entries => {
  const all = random.shuffle(rightEntries(instance))
  return Object.fromEntries(all.slice(0, Math.ceil(all.length / 2)))
}

/** Types something into sixty cells. */
const careless = (instance: TableInstance, random: Random): Entries =>
  Object.fromEntries(
    random
      .shuffle(fieldsOf(instance))
      .slice(0, 60)
      .map((field) => [field.name, `${field.initial}${random.below(10)}`]),
  )

const columnIn = (field: TaskField): string => field.name.slice(field.name.indexOf('.') + 1)
const rowIn = (field: TaskField): string => field.name.slice(0, field.name.indexOf('.'))

/** What a script writes that follows the rules and thinks of nothing: all widths, gaps, signs and forms as the rules say. */
function normalised(instance: TableInstance): Map<string, string> {
  const written = new Map<string, string>()
  for (const [name, cell] of Object.entries(instance.key.cells))
    if (cell.as === 'fault' && cell.group !== 'variant') written.set(name, cell.right)
  return written
}

/** Follows the rules for each cell, marks every equal name as a duplicate, and guesses what cannot be read. */
function normaliseAll(instance: TableInstance): Entries {
  const written = normalised(instance)
  for (const [name, cell] of Object.entries(instance.key.cells)) {
    const field = fieldsOf(instance).find((one) => one.name === name)
    if (cell.as === 'unknowable' && field) written.set(name, field.initial.replace('■', '0').replace(/3[12]/, '30'))
  }
  const variants: Readonly<Record<string, string>> = { 髙: '高', 﨑: '崎', 邉: '辺', 齊: '斉', 濵: '浜' }
  const firstOf = new Map<string, string>()
  const duplicates = new Map(
    instance.key.pairs.map(({ later, earlier }) => [rowIn({ name: later } as TaskField), earlier]),
  )
  const pairColumn = instance.key.pairs[0]?.later.split('.')[1] ?? ''
  const nameColumn = (instance.presented.materials as TableMaterials).columns[1]?.name ?? ''
  for (const field of fieldsOf(instance)) {
    const value = written.get(field.name) ?? field.initial
    const common = value.replace(/[髙﨑邉齊濵]/g, (sign) => variants[sign] as string)
    if (common !== value) written.set(field.name, common)
    if (/^[A-Z][^@]*@/.test(value)) written.set(field.name, value.toLowerCase())
    if (columnIn(field) !== nameColumn) continue
    const seen = firstOf.get(value)
    if (seen !== undefined && !duplicates.has(rowIn(field))) written.set(`${rowIn(field)}.${pairColumn}`, seen)
    if (seen === undefined) firstOf.set(value, rowIn(field))
  }
  for (const { later, earlierRow } of instance.key.pairs) written.set(later, earlierRow)
  return Object.fromEntries(written)
}

/** Follows the rules and touches nothing that asks for judgement. */
const careful = (instance: TableInstance): Entries => Object.fromEntries(normalised(instance))

/** Everything right, then saved by a spreadsheet that reads numbers: leading zeros are lost. */
function wrecked(instance: TableInstance): Entries {
  const right = perfect(instance)
  return Object.fromEntries(
    fieldsOf(instance).map((field) => {
      const value = valueIn(field, right)
      return [field.name, /^0\d+$/.test(value) ? value.replace(/^0+/, '') : value]
    }),
  )
}

/** Simulated candidates of tables, and what their scores must be. */
export const tableBots: readonly Bot<TableKey>[] = [
  { name: 'perfect', play: perfect, each: { least: 1 } },
  { name: 'untouched', play: () => ({}), each: { most: 0 } },
  { name: 'half', play: half },
  { name: 'careless', play: careless, mean: { most: 0.05 } },
  { name: 'normalise-all', play: normaliseAll, mean: { most: 0.45 } },
  { name: 'careful-script', play: careful, mean: { most: 0.65 } },
  { name: 'spreadsheet-wreck', play: wrecked },
]
