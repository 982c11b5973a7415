import type { Language, Subjects } from '../../dist/texts.d.ts'
import { catalogue } from '../platform/words/catalogue.ts'
import picture from '../texts/badge-picture?texts'

/** What stands in the picture of a badge, letter for letter. */
export const pictureTexts = catalogue<Subjects['badge-picture'], Language>([picture], { exact: true }).in
