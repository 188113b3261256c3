import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  canonicalJson,
  readFully,
  sha256,
  sha256File,
  writeFileAtomically,
} from '../../../src/engine/kernel/files.ts'
import { AppError } from '../../../src/shared/errors.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-files-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('readFully', () => {
  it('reads in pieces from a position, up to the end of the file', async () => {
    const bytes = Uint8Array.from({ length: 50 }, (_, index) => index)
    const path = join(folder, 'bytes')
    await writeFile(path, bytes)
    const file = await open(path, 'r')
    try {
      const inside = new Uint8Array(20)
      expect(await readFully(file, inside, 7, 6)).toBe(20)
      expect(inside).toEqual(bytes.slice(7, 27))
      const beyond = new Uint8Array(20)
      expect(await readFully(file, beyond, 37, 6)).toBe(13)
      expect(beyond.slice(0, 13)).toEqual(bytes.slice(37))
    } finally {
      await file.close()
    }
  })
})

describe('writeFileAtomically', () => {
  it('replaces a file whole and leaves no neighbour', async () => {
    const path = join(folder, 'deep', 'report.txt')
    await writeFileAtomically(path, 'old')
    await writeFileAtomically(path, async (sink) => {
      await sink.write(Buffer.from('new '))
      await sink.write(Buffer.from('text'))
    })
    expect(await readFile(path, 'utf8')).toBe('new text')
    expect(await readdir(join(folder, 'deep'))).toEqual(['report.txt'])
  })

  it('keeps the old file when the new one cannot be finished', async () => {
    const path = join(folder, 'report.txt')
    await writeFile(path, 'old')
    const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    const failing = writeFileAtomically(path, async (sink) => {
      await sink.write(Buffer.from('half'))
      throw full
    })
    await expect(failing).rejects.toMatchObject({ code: 'file/disk-full', params: { path } })
    expect(await readFile(path, 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['report.txt'])
  })

  it('names the place that cannot be written', async () => {
    const path = join(folder, 'file', 'report.txt')
    await writeFile(join(folder, 'file'), '')
    await expect(writeFileAtomically(path, 'x')).rejects.toMatchObject({
      code: 'file/unwritable',
      params: { path },
    })
  })

  it('passes on what is not the file’s fault', async () => {
    const cancelled = new AppError('cancelled')
    const path = join(folder, 'report.txt')
    await expect(writeFileAtomically(path, () => Promise.reject(cancelled))).rejects.toBe(cancelled)
  })
})

describe('hashes', () => {
  it('agree with the published test vector of SHA-256', async () => {
    // FIPS 180-2, appendix B.1
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    const path = join(folder, 'abc')
    await writeFile(path, 'abc')
    expect([sha256('abc'), await sha256File(path)]).toEqual([abc, abc])
    await expect(sha256File(join(folder, 'none'))).rejects.toMatchObject({ code: 'file/not-found' })
  })

  it('are taken over JSON whose key order does not matter', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":"x","d":null}]}',
    )
  })
})
