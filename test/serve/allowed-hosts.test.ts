import { expect, it } from 'vitest'

import { allowedHosts } from '../../src/serve/allowed-hosts.ts'

it('answers for the loopback at its own port, and for the names that were allowed', () => {
  expect([...allowedHosts(4174, ['0.0.0.0', '::', 'GPU-7.example', 'localhost:8080', 'fd00::1'])]).toEqual([
    '127.0.0.1:4174',
    'localhost:4174',
    '[::1]:4174',
    'gpu-7.example:4174',
    'localhost:8080',
    '[fd00::1]:4174',
  ])
})

it('a browser names the port 80 by leaving it out', () => {
  expect([...allowedHosts(80, ['gpu-7', 'gpu-8:8080'])]).toEqual([
    '127.0.0.1',
    'localhost',
    '[::1]',
    'gpu-7',
    'gpu-8:8080',
  ])
})
