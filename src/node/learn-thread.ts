import { setPriority } from 'node:os'
import { platform } from 'node:process'
import { parentPort } from 'node:worker_threads'
import { readLabelledSet } from '../sandbox/commands/read-files.ts'
import { learnDecisions } from '../sandbox/detector/learn/learn-decisions.ts'
import { USUAL_SEED } from '../sandbox/detector/learn/train.ts'
import type { LearnMessage, LearnOrder } from './open-learner.ts'

// Runs in a thread of its own, which alone knows how a detector is trained: the service goes on answering.

const send = (message: LearnMessage): void => parentPort?.postMessage(message)

/** Whoever waits for a page goes first. Linux alone takes this for the thread that asks, and not for the whole process. */
const POLITE = 5

parentPort?.once('message', async ({ root, ...order }: LearnOrder) => {
  if (platform === 'linux') setPriority(POLITE)
  const authored = await readLabelledSet(root).catch(() => undefined)
  if (!authored) return send({ fault: 'no-training-set' })
  const done = learnDecisions(authored, order, { seed: USUAL_SEED, onStep: (step, of) => send({ step, of }) })
  send(done.ok ? { learnt: done.value } : { fault: done.problem.code })
})
