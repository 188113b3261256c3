import type { OutputOf } from '../../../src/shared/contract.ts'
import { HOME } from './world.ts'

/** A machine with a GPU that is not used, and with other work going on. */
export const REPORT: OutputOf<'doctor.examine'> = {
  soroban: '0.1.0',
  machine: {
    node: '24.21.0',
    os: 'Windows 11 Pro 24H2 x64',
    cpu: { model: 'Intel Core i7-13700', physicalCores: 16, logicalCores: 24 },
    memoryBytes: 32 * 2 ** 30,
    gpus: [{ name: 'NVIDIA RTX 4000 Ada', driver: '572.83', memoryBytes: 20 * 2 ** 30 }],
    onBattery: false,
    loadPerCore: 0.31,
  },
  runtime: {
    driver: 'native',
    version: '1.30.0',
    providers: ['cpu', 'webgpu'],
    reason: 'self-test-passed',
    failure: null,
  },
  home: { path: HOME, writable: true, freeBytes: 212 * 2 ** 30, setAside: [] },
}
