import type { CompiledHtml } from '../item/markup/compiled-html.ts'

/** A chapter of a document; its id is the anchor. */
export interface Chapter {
  readonly id: string
  readonly title: CompiledHtml
  readonly html: CompiledHtml
}

/** A Markdown file as the service shows it. */
export interface DocumentText {
  readonly title: string
  /** What stands before the first chapter. */
  readonly lead: CompiledHtml
  readonly chapters: readonly Chapter[]
}

/** Everything below `/docs`. */
export interface Documents {
  /** By language, then by name: `operate`, `decisions/0001-no-oauth-server`. */
  readonly texts: Readonly<Record<string, Readonly<Record<string, DocumentText>>>>
  /** Pictures by file name: SVG as it is, WebP in base64. */
  readonly pictures: Readonly<Record<string, string>>
  /** Programs by file name, which chapters of several languages show. */
  readonly programs: Readonly<Record<string, CompiledHtml>>
}

/** Where a chapter shows a program. Documents hold no comments of their own. */
export const placeOf = (program: string): string => `<!--${program}-->`

/** A part of a document with the programs that it shows in their places. */
export const withPrograms = ({ programs }: Pick<Documents, 'programs'>, html: CompiledHtml): CompiledHtml =>
  html.replace(/<!--(.*?)-->/g, (_, name: string) => programs[name] ?? '') as CompiledHtml
