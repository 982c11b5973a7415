import { imagesOf } from '../authoring/embed-image.ts'
import type { Language } from '../authoring/said.ts'
import type { SourceFile } from '../authoring/source-file.ts'
import { localeOf } from './find-part.ts'
import { showSheets } from './show-sheets.tsx'
import { showTask } from './show-task.tsx'

/** A practical task as it is drawn, or study sheets, those of a file or the one of a skill, as a browser that runs no script is shown it. Undefined while it cannot be read. */
export function showFile(
  files: readonly SourceFile[],
  {
    path,
    skill,
    language,
  }: { readonly path: string; readonly skill?: string | undefined; readonly language: Language },
): string | undefined {
  const image = imagesOf(files)
  const [, family] = /^tasks\/([^./]+)\./.exec(path) ?? []
  const locale = localeOf(path)?.locale
  if (family !== undefined) return showTask(files, { family, look: { from: 1, locale }, language, image })?.html
  const content = files.find((file) => file.path === path)?.content
  return typeof content === 'string' && path.startsWith('sheets/')
    ? showSheets({ path, text: content }, { skill, image }) || undefined
    : undefined
}
