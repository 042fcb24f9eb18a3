import { parentPort } from 'node:worker_threads'
import { answerOf } from './answer.ts'
import { jobs } from './jobs.ts'

/** What a thread is asked. */
export interface Question {
  readonly job: keyof typeof jobs
  readonly given: unknown
}

parentPort?.on('message', async ({ job, given }: Question) => {
  parentPort?.postMessage(await answerOf<unknown>(() => Reflect.apply(jobs[job], jobs, [given])))
})
