/**
 * One probe of the machine, run as a process of its own: some of its commands (nvidia-smi on a broken driver) block
 * for good, and only a process can be stopped then. Sends one answer; the parent then ends it.
 *
 * Of systeminformation only `cpu`, `graphics` and `battery` are used: they read files and start local commands. Its
 * `osInfo`, `inet*` and `network*` functions ask the resolver or the network and are kept out.
 */
import { battery, cpu, graphics } from 'systeminformation'

import { parentChannel } from '../kernel/child-process.ts'
import type { ProbeName, ProbeOutput } from './probes.ts'

const PROBES: { readonly [Name in ProbeName]: () => Promise<ProbeOutput<Name>> } = {
  async cpu() {
    const { manufacturer, brand, physicalCores } = await cpu()
    return { model: [manufacturer, brand].filter((part) => part !== '').join(' '), physicalCores }
  },
  async gpus() {
    const { controllers } = await graphics()
    return controllers.map(({ vendor, name, model, driverVersion, memoryTotal, vram }) => {
      const mebibytes = memoryTotal ?? vram
      return {
        name:
          name !== undefined && name !== '' ? name : [vendor, model].filter((part) => part !== '').join(' '),
        driver: driverVersion !== undefined && driverVersion !== '' ? driverVersion : null,
        memoryBytes: typeof mebibytes === 'number' && mebibytes > 0 ? mebibytes * 2 ** 20 : null,
      }
    })
  },
  async power() {
    const { hasBattery, acConnected } = await battery()
    return { onBattery: hasBattery && !acConnected }
  },
}

const parent = parentChannel()
parent.onClose(() => process.exit())

const name = process.argv[2]
if (name !== 'cpu' && name !== 'gpus' && name !== 'power') throw new Error(`unknown probe ${String(name)}`)
parent.send(await PROBES[name]())
