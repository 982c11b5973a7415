import { type ChildProcess, fork } from 'node:child_process'

/** A child process that answers every message with one. */
export interface Child {
  readonly process: ChildProcess
  ask<Reply>(message: unknown): Promise<Reply>
  /** The next message that comes unasked. */
  told<Reply>(): Promise<Reply>
  end(): void
}

export function startChild(file: string, args: readonly string[] = []): Child {
  const child = fork(file, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const told = <Reply>() =>
    new Promise<Reply>((resolve, reject) => {
      const failed = (code: number | null) => reject(new Error(`${file} ended with ${code}`))
      child.once('exit', failed)
      child.once('message', (message) => {
        child.off('exit', failed)
        resolve(message as Reply)
      })
    })
  return {
    process: child,
    told,
    ask: (message) => {
      const reply = told()
      child.send(message as object)
      return reply as never
    },
    end: () => child.kill(),
  }
}
