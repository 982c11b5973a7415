import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { drawRooms, ROOMS_PICTURE } from './rooms-picture.ts'

// npm run draw-rooms: draws the picture of the rooms as their imports are now.

await mkdir(dirname(ROOMS_PICTURE), { recursive: true })
await writeFile(ROOMS_PICTURE, await drawRooms())
