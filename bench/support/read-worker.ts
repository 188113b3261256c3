/** A thread that reads its part of shared memory once per request, with memchr as Node.js ships it. */
import { parentPort, workerData } from 'node:worker_threads'

import type { ReadRegion } from './read-bandwidth.ts'

const { memory, offset, length, absentByte } = workerData as ReadRegion
const region = Buffer.from(memory, offset, length)

parentPort?.on('message', () => {
  // The byte does not occur, so that the search reads all of the region.
  parentPort?.postMessage(region.indexOf(absentByte))
})
