import { workerData } from 'node:worker_threads'
import { layOutRendering } from './lay-out-rendering.ts'

// In a thread of its own: esbuild asks the build's own thread for what code imports as data, and waits for it.

await layOutRendering(workerData)
