import { cp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A copy of a model folder in which something was spoilt. */
export async function damagedCopy(
  model: string,
  folder: string,
  spoil: (folder: string) => Promise<void>,
): Promise<string> {
  await cp(model, folder, { recursive: true })
  await spoil(folder)
  return folder
}

export const without =
  (file: string) =>
  (folder: string): Promise<void> =>
    rm(join(folder, file))

/** Sets fields of config.json. */
export const withConfig =
  (fields: Readonly<Record<string, unknown>>) =>
  async (folder: string): Promise<void> => {
    const path = join(folder, 'config.json')
    const config = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
    await writeFile(path, JSON.stringify({ ...config, ...fields }))
  }

export const withText =
  (file: string, text: string) =>
  (folder: string): Promise<void> =>
    writeFile(join(folder, file), text)

/** Cuts the last byte of the weights off. */
export async function truncated(folder: string): Promise<void> {
  const path = join(folder, 'model.safetensors')
  await truncate(path, (await readFile(path)).length - 1)
}

/** Puts a NaN into a float32 tensor. */
export const withNaN =
  (tensor: string, index: number) =>
  async (folder: string): Promise<void> => {
    const path = join(folder, 'model.safetensors')
    const { begin } = (await tensorsOf(path)).find(({ name }) => name === tensor)!
    const file = await open(path, 'r+')
    await file.write(Uint8Array.of(0, 0, 0xc0, 0x7f), 0, 4, begin + 4 * index)
    await file.close()
  }

/** Tensors of a safetensors file with their bytes, counted from the start of the file. */
export async function tensorsOf(path: string): Promise<{ name: string; begin: number; end: number }[]> {
  const bytes = await readFile(path)
  const length = Number(bytes.readBigUInt64LE(0))
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Record<
    string,
    { data_offsets?: readonly [number, number] }
  >
  return Object.entries(header).flatMap(([name, { data_offsets: offsets }]) =>
    offsets === undefined ? [] : [{ name, begin: 8 + length + offsets[0], end: 8 + length + offsets[1] }],
  )
}
