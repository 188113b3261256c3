/** Entry of an arm's engine process: an ArmHost over the channel to the process that started it. */
import { parentChannel } from '../../kernel/child-process.ts'
import { ArmHost } from './arm-host.ts'

const parent = parentChannel()
const host = new ArmHost(parent)

parent.onMessage((message) => host.receive(message))
parent.onClose(() => {
  // Nobody is left to answer, and an ordinary exit would first wait for a run in progress.
  process.kill(process.pid, 'SIGKILL')
})

await host.start()
