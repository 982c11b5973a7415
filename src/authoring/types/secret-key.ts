import { readStemAlone } from '../read-public.ts'
import type { WrittenType } from './written-type.ts'

// What the types have in common whose key stands in sections of its own.

type Shared = 'takesPartial' | 'readPublic' | 'printPublic'

export const secretKey = {
  takesPartial: false,
  readPublic: readStemAlone,
  printPublic: () => '',
} satisfies Pick<WrittenType<{ readonly form: string }>, Shared>
