import { isBuilt } from './node/build-stamp.ts'

// Ends with 0 where the demonstration is built already: a start asks this of the files alone, without loading what builds.

process.exitCode = isBuilt('.') ? 0 : 1
