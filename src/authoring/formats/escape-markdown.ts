/** Makes text mean itself in Markdown, with as few escapes as will do: people go on editing it. */
export function escapeMarkdown(text: string): string {
  if (!/[\\`*_[\]<>&~]/.test(text)) return text
  return text
    .replace(/\\(?=[!-/:-@[-`{-~\n]|$)/g, '\\\\')
    .replace(/`/g, '\\`')
    .replace(/\*(?=\S)|(?<=\S)\*/g, '\\*')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/\[(?=\[)|(?<=\[)\[|\](?=[\]([:])|(?<=\])\]/g, '\\$&')
    .replace(/<(?=[a-z/!?])/gi, '\\<')
    .replace(/-->/g, '--\\>')
    .replace(/&(?=#?\w{1,32};)/g, '\\&')
    .replace(/~/g, text.indexOf('~') === text.lastIndexOf('~') ? '~' : '\\~')
    .replace(/\S+/g, (word) => (word.includes('\\') ? word.replace(ADDRESS, '$&\\') : word))
}

/** Before the mark of a bare address. It would swallow the escapes in it: with its own mark escaped it is text like any other. */
const ADDRESS = /(?:https?|ftp)(?=:\/\/)|www(?=\.)/gi

/** What makes the line before it the head of a table. */
const RULE_OF_TABLE = /^(\s*)(?=.*[:|])(?=:?-+:?\s*(?:\|\s*:?-+:?\s*)*(?:\|\s*)?$)/

/** Escapes what would open a block at the start of a line of running text, the line with this number of its paragraph. */
export const escapeLineStart = (line: string, index: number): string =>
  line
    .replace(/^(\s*)(#{1,6}(?=\s|$)|#{2,}|>|[-+*](?=\s|$)|`{3}|~{3}|\|)/, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
    .replace(/^(\s*)(?=([-_])(?:\s*\2){2,}\s*$)/, '$1\\')
    .replace(index > 0 ? /^(\s*)(?=(?:=+|--)\s*$)/ : /(?!)/, '$1\\')
    .replace(index > 0 ? RULE_OF_TABLE : /(?!)/, '$1\\')

/** Makes an accepted answer mean itself: it is compared as it stands, but for code marks and escapes. */
export const escapeAnswer = (text: string): string => {
  const escaped = text.replace(/\\(?=[\\`*_[\]|<>~])/g, '\\\\')
  return /^`[^`]+`$/.test(escaped) ? `\\${escaped}` : escaped
}

/** Text of several lines as Markdown paragraphs: an empty line parts them, a single line end stays one. */
export const textToMarkdown = (text: string): string =>
  escapeMarkdown(text.trim())
    .split('\n')
    .map((line, i) => escapeLineStart(line.trim(), i))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
