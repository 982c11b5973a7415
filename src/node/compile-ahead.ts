import { resolve } from 'node:path'
import { compileOnce } from './open-compiler.ts'

// Compiles the exams of the demonstration into the folder of the build, while the rest of it is bundled. What cannot be compiled
// is told of by the service, which tries again.

await compileOnce(resolve(process.env.EXAMS_DIR ?? 'exams'), 'dist').catch(() => undefined)
