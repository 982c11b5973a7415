import type { CompiledHtml } from '../../item/markup/compiled-html.ts'
import type { Random } from '../../kernel/random.ts'
import type { TaskField } from '../present.ts'
import { CannotDraw, type Drawn, type FamilyDraw, type KindShapes } from '../task-kind.ts'
import { type DrawnRows, drawRows, plainOf, type Row } from './draw-rows.ts'
import type { CellFault, ColumnFormat, DeclaredFault, TableBody, TableColumn } from './family.ts'
import { FAULTS, UNKNOWABLE } from './faults.ts'
import { FORMAT_RULES, ROW_COUNT } from './kana.data.ts'
import type { CellKey, TableKey } from './key.ts'
import { cellName, type TableMaterials } from './present.ts'
import { FORMATS } from './values.ts'

export interface TableShapes extends KindShapes {
  readonly body: TableBody
  readonly materials: TableMaterials
  readonly key: TableKey
}

/** The longest text of a cell. */
const LONGEST_CELL = 200

/** One format for each column that has several, in the order in which the family names them. */
function drawFormats(formats: readonly ColumnFormat[], random: Random): ColumnFormat[] {
  return [...new Set(formats.map(({ column }) => column))].map((column) => {
    const open = formats.filter((format) => format.column === column)
    return open[random.below(open.length)] as ColumnFormat
  })
}

/** A cell that goes wrong: what is shown in it. */
interface Fault {
  readonly row: Row
  readonly column: TableColumn
  readonly declared: DeclaredFault
  readonly shown: string
}

interface Layout {
  readonly body: TableBody
  readonly formats: readonly ColumnFormat[]
  readonly rows: readonly Row[]
}

function rightOf({ formats }: Layout, row: Row, column: TableColumn): string {
  const plain = plainOf(row, column)
  const format = formats.find((drawn) => drawn.column === column.name)?.format
  return format === undefined || plain === '' ? plain : FORMATS[format](plain)
}

/** Puts one declared fault into rows in which it makes a difference. @throws when there are too few. */
function placeFault(layout: Layout, declared: DeclaredFault, random: Random): Fault[] {
  const { body, formats, rows } = layout
  const column = body.columns.find(({ name }) => name === declared.column) as TableColumn
  const isOpen = (row: Row) => !row.taken.has(column.name) && !(row.isSpecial && UNKNOWABLE.includes(declared.fault))
  const placed: Fault[] = []
  for (const row of random.shuffle(rows.filter(isOpen))) {
    if (placed.length === declared.count) break
    const right = rightOf(layout, row, column)
    const shown = FAULTS[declared.fault as CellFault]({
      plain: plainOf(row, column),
      right,
      format: formats.find((drawn) => drawn.column === column.name)?.format,
      column,
      random,
      variants: body.variants,
    })
    if (shown === right) continue
    row.taken.add(column.name)
    // one note would answer for two of them
    if (UNKNOWABLE.includes(declared.fault)) row.isSpecial = true
    placed.push({ row, column, declared, shown })
  }
  if (placed.length < declared.count) throw new CannotDraw(`${column.name} × ${declared.count}`)
  return placed
}

/** All faults of cells; those that few cells take come first. */
function placeFaults(layout: Layout, random: Random): Fault[] {
  const ofCells = layout.body.faults.filter(({ fault }) => fault !== 'duplicate')
  const isRare = ({ fault }: DeclaredFault) =>
    UNKNOWABLE.includes(fault) || fault === 'variant' || fault === 'leading-zero'
  return [...ofCells.filter(isRare), ...ofCells.filter((fault) => !isRare(fault))].flatMap((declared) =>
    placeFault(layout, declared, random),
  )
}

function keyOf(layout: Layout, faults: readonly Fault[], duplicates: DrawnRows['duplicates']): TableKey {
  const { body } = layout
  const notes = body.columns.find(({ content, input }) => content.of === 'empty' && input === 'text')
  const pairs = body.columns.find(({ input }) => input === 'row-number')
  const duplicate = body.faults.find(({ fault }) => fault === 'duplicate')
  return {
    cells: Object.fromEntries(
      faults.map(({ row, column, declared }): [string, CellKey] => {
        const { skill, points, fault: group } = declared
        return [
          cellName(row.id, column.name),
          UNKNOWABLE.includes(group)
            ? { as: 'unknowable', group, skill, points, note: cellName(row.id, notes?.name ?? '') }
            : { as: 'fault', group, skill, points, right: rightOf(layout, row, column) },
        ]
      }),
    ),
    pairs: duplicates.map(([earlier, later]) => ({
      later: cellName(later.id, pairs?.name ?? ''),
      earlierRow: earlier.id,
      earlier: cellName(earlier.id, pairs?.name ?? ''),
      laterRow: later.id,
      skill: duplicate?.skill ?? '',
      points: duplicate?.points ?? 0,
    })),
    notes: notes ? layout.rows.map((row) => cellName(row.id, notes.name)) : [],
  }
}

function fieldsOf(layout: Layout, faults: readonly Fault[]): TaskField[] {
  const shown = new Map(faults.map((fault) => [cellName(fault.row.id, fault.column.name), fault.shown]))
  return layout.rows.flatMap((row) =>
    layout.body.columns
      .filter(({ input }) => input !== 'fixed')
      .map((column): TaskField => {
        const name = cellName(row.id, column.name)
        const initial = shown.get(name) ?? rightOf(layout, row, column)
        return { name, label: `${row.id} ${column.name}`, max: LONGEST_CELL, initial, as: 'line' }
      }),
  )
}

/** Draws a table to put in order: rows that are right, then what goes wrong in them. */
export function generateTable({ family, locale, stream }: FamilyDraw<TableBody>): Drawn<TableShapes> {
  const { body } = family
  const formats = drawFormats(body.formats, stream('formats'))
  const { rows, duplicates } = drawRows(body, stream)
  const layout = { body, formats, rows }
  const faults = placeFaults(layout, stream('faults'))
  const fixed = body.columns.filter(({ input }) => input === 'fixed')
  const sentences = family.wordings[locale]?.sentences ?? {}
  return {
    materials: {
      columns: body.columns.map(({ name, width, input }) => ({ name, width, input })),
      rows: rows.map((row) => ({
        id: row.id,
        fixed: Object.fromEntries(fixed.map((column) => [column.name, rightOf(layout, row, column)])),
      })),
    },
    fields: fieldsOf(layout, faults),
    key: keyOf(layout, faults, duplicates),
    rules: { [FORMAT_RULES]: formats.map(({ sentence }) => sentences[sentence] as CompiledHtml) },
    slots: { [ROW_COUNT]: String(body.rows) },
  }
}
