/** A child that sends back what it is and what it gets, until its parent is gone. */
import { parentChannel } from '../../../src/engine/kernel/child-process.ts'

const parent = parentChannel()
parent.onMessage((message) => {
  if (message === 'fail') {
    process.stderr.write('broken on purpose\n')
    process.exitCode = 4
    process.disconnect()
  } else parent.send({ echo: message })
})
parent.onClose(() => process.exit())
parent.send({
  args: process.argv.slice(2),
  execArgv: process.execArgv,
  given: process.env['SOROBAN_GIVEN'],
  path: process.env['PATH'],
})
