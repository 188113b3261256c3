import { readFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'
import { CFB } from 'xlsx'

import {
  listCompoundFile,
  openCompoundFile,
} from '../../../../src/engine/documents/compound/compound-file.ts'
import { failureOf } from '../../../fixtures/app-error.ts'
import { readerInput } from '../plain/reader-input.ts'

const large = Uint8Array.from({ length: 10_000 }, (_, index) => index % 251)

/** A file that SheetJS writes: one large stream, one small, one in a folder. */
function written(): Uint8Array {
  const container = CFB.utils.cfb_new()
  CFB.utils.cfb_add(container, '/large', large)
  CFB.utils.cfb_add(container, '/small', Buffer.from('abc'))
  CFB.utils.cfb_add(container, '/folder/inner', Buffer.from('def'))
  return Uint8Array.from(CFB.write(container, { type: 'buffer' }) as Uint8Array)
}

const open = (bytes: Uint8Array): ReturnType<typeof openCompoundFile> =>
  openCompoundFile(readerInput('a.msg', bytes), 'MSG')

/** The file with a number changed, where the header says that its allocation table begins. */
function withFat(change: (fat: DataView, view: DataView) => void): Uint8Array {
  const bytes = written()
  const view = new DataView(bytes.buffer)
  const at = 512 * (view.getUint32(76, true) + 1)
  change(new DataView(bytes.buffer, at, 512), view)
  return bytes
}

describe('openCompoundFile', () => {
  it('reads what another library wrote', () => {
    const { streams, storages } = open(written())
    expect(streams.get('large')).toEqual(large)
    expect(Buffer.from(streams.get('small')!).toString()).toBe('abc')
    expect(Buffer.from(storages.get('folder')!.streams.get('inner')!).toString()).toBe('def')
  })

  it.each([
    [
      'chains in circles',
      withFat((fat) => {
        for (let sector = 0; sector < 128; sector++)
          if (fat.getUint32(4 * sector, true) < 128) fat.setUint32(4 * sector, sector, true)
      }),
    ],
    [
      'chains that share sectors',
      withFat((fat) => {
        for (let sector = 0; sector < 128; sector++)
          if (fat.getUint32(4 * sector, true) < 128) fat.setUint32(4 * sector, 5, true)
      }),
    ],
    [
      'chains that leave the file',
      withFat((fat) => {
        for (let sector = 0; sector < 128; sector++)
          if (fat.getUint32(4 * sector, true) < 128) fat.setUint32(4 * sector, 100_000, true)
      }),
    ],
    [
      'a tree in circles',
      withFat((_, view) => {
        const directory = 512 * (view.getUint32(48, true) + 1)
        view.setUint32(directory + 128 + 68, 1, true)
      }),
    ],
    ['an allocation table larger than the file', withFat((_, view) => view.setUint32(44, 0x7fffffff, true))],
    [
      'a list of tables in circles',
      withFat((_, view) => {
        view.setUint32(44, 115, true)
        view.setUint32(68, 0, true)
      }),
    ],
    ['another sector size', withFat((_, view) => view.setUint16(30, 31, true))],
  ])('refuses %s', async (_, bytes) => {
    expect(await failureOf(() => open(bytes))).toMatchObject({
      code: 'documents/damaged',
      params: { name: 'a.msg', type: 'MSG' },
    })
  })

  it('refuses folders nested too deeply', async () => {
    const container = CFB.utils.cfb_new()
    CFB.utils.cfb_add(container, `/${'a/'.repeat(600)}b`, Buffer.from('x'))
    const bytes = Uint8Array.from(CFB.write(container, { type: 'buffer' }) as Uint8Array)
    expect((await failureOf(() => open(bytes))).code).toBe('documents/too-deep')
  })
})

describe('listCompoundFile', () => {
  const list = (bytes: Uint8Array): ReturnType<typeof listCompoundFile> =>
    listCompoundFile(readerInput('a.msg', bytes), 'MSG')

  it('lists what another library wrote, cut short or not', async () => {
    const whole = await readFile('test/fixtures/documents/doc/rules.doc')
    const names = [...list(whole).streams.keys()]
    expect(names).toEqual(expect.arrayContaining(['WordDocument', '1Table']))
    const { storages } = list(written())
    expect(storages.get('folder')?.streams).toEqual(new Map([['inner', null]]))

    // The large stream stands at the end.
    const bytes = written()
    const cut = bytes.subarray(0, bytes.length - 2048)
    expect((await failureOf(() => open(cut))).code).toBe('documents/damaged')
    expect([...list(cut).streams.keys()]).toEqual(expect.arrayContaining(['large', 'small']))
  })

  it('refuses a file without its directory', async () => {
    expect(await failureOf(() => list(written().subarray(0, 700)))).toMatchObject({
      code: 'documents/damaged',
      params: { name: 'a.msg', type: 'MSG' },
    })
  })

  it('comes to an end wherever a file is cut, and with any byte changed', async () => {
    const bytes = written()
    const outcomes = new Set<string>()
    const add = async (changed: Uint8Array): Promise<void> => {
      const failure = await failureOf(() => {
        list(changed)
        open(new Uint8Array(0))
      })
      outcomes.add(failure.code)
    }
    for (let length = 0; length < bytes.length; length += 128) await add(bytes.subarray(0, length))
    for (let at = 0; at < bytes.length; at += 3) {
      const changed = Uint8Array.from(bytes)
      changed[at] = 255 - changed[at]!
      await add(changed)
    }
    expect([...outcomes]).toEqual(['documents/damaged'])
  })
})
