import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** Memory where there is a folder of it: each write of a database waits for its disk, and tests write some hundred thousand times. */
export const quickFolder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
