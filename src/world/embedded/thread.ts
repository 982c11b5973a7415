import { parentPort, receiveMessageOnPort } from 'node:worker_threads'
import { Desk } from './desk.ts'
import type { Order } from './messages.ts'

// The entry of a thread that holds connections of databases: it waits for the disk, so that the process does not.

if (!parentPort) throw new Error('this is the entry of a thread')
const process = parentPort

const obeyAll = (orders: readonly Order[]) => {
  for (const order of orders) desk.obey(order)
}

const desk = new Desk(
  (replies) => process.postMessage(replies),
  () => {
    for (let next = receiveMessageOnPort(process); next; next = receiveMessageOnPort(process)) obeyAll(next.message)
  },
)

process.on('message', (orders: readonly Order[]) => {
  obeyAll(orders)
  desk.work()
})
