/** Entry of an arm's engine process: an ArmHost over the IPC channel that `fork` opened. */
import { ArmHost } from './arm-host.ts'

const host = new ArmHost({ send: (reply) => void process.send?.(reply) })

process.on('message', (message) => host.receive(message))
process.on('disconnect', () => {
  // Nobody is left to answer, and an ordinary exit would first wait for a run in progress.
  process.kill(process.pid, 'SIGKILL')
})

await host.start()
