import { writeTextTypes } from './node/texts.ts'

// Writes dist/texts.d.ts: what a compiler has to know about the sentences in src/texts.

await writeTextTypes()
