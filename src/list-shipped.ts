import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compileExam } from './authoring/compile-exam.ts'
import { readExamFolder } from './cli/read-exam-folder.ts'
import type { FamilyWording } from './item/family.ts'
import type { Wording } from './item/item.ts'
import { familyFingerprint, wordingFingerprint } from './item/shipped/fingerprint.ts'
import { instant } from './kernel/instant.ts'

// Adds the items and the practical tasks of folders of exams (exams/ unless told otherwise) to the list of what was ever shipped. Nothing leaves
// the list: what was public once stays known. Run it before a release, and on an older checkout to catch up.

const LIST = 'src/item/shipped/shipped.json'

const known = new Set(JSON.parse(await readFile(LIST, 'utf8')) as string[])
const before = known.size
for (const root of process.argv.length > 2 ? process.argv.slice(2) : ['exams']) {
  for (const entry of (await readdir(root, { withFileTypes: true })).filter((one) => one.isDirectory())) {
    const { files } = await readExamFolder(join(root, entry.name))
    // whatever its status and whatever the lint says: it was there to be read
    const { items, tasks } = compileExam(files, { now: instant(Date.now()), lint: false })
    const wordings = items.flatMap(({ variants }) =>
      variants.flatMap(({ wording }) => (wording ? [wording as Wording] : [])),
    )
    for (const wording of wordings) known.add(await wordingFingerprint(wording))
    for (const family of tasks)
      for (const wording of Object.values(family.wordings))
        known.add(await familyFingerprint(family, wording as FamilyWording))
    console.log(`${join(root, entry.name)}: ${wordings.length} wordings, ${tasks.length} practical tasks`)
  }
}
const list = [...known]
await writeFile(LIST, `[\n${list.map((entry) => `  "${entry}"`).join(',\n')}\n]\n`)
console.log(`${LIST}: ${list.length} entries, ${list.length - before} of them new`)
