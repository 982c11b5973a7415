/**
 * Openings that a spreadsheet takes for a formula or a command (OWASP, "CSV Injection"), full-width ones too, and the
 * apostrophe that marks text, so that marking and unmarking are exact opposites.
 */
const RISKY = /^'*[=+\-@\t\r|%＝＋－＠]/

/** A cell that no spreadsheet runs: an apostrophe before what it would take for a formula. */
export const guardCell = (text: string): string => (RISKY.test(text) ? `'${text}` : text)

export const unguardCell = (cell: string): string => (cell.startsWith("'") && RISKY.test(cell) ? cell.slice(1) : cell)
