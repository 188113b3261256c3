import { z } from 'zod'

import { doctor, type DoctorReport, resolveHome } from '../../engine/index.ts'
import { defineMessages, formatMessage, type Locale } from '../../shared/messages/index.ts'
import { defineCommand, EXIT } from '../command.ts'
import { globalFields } from '../options.ts'

const words = defineMessages({
  cpu: {
    ja: 'CPU        {model}（{physical} 物理コア / {logical} 論理コア）',
    en: 'CPU        {model} ({physical} physical / {logical} logical cores)',
  },
  memory: { ja: '主記憶     {gib} GiB', en: 'Memory     {gib} GiB' },
  gpu: { ja: 'GPU        {name}（ドライバー {driver}）', en: 'GPU        {name} (driver {driver})' },
  noGpu: { ja: 'GPU        見つかりません', en: 'GPU        none found' },
  os: { ja: 'OS         {os}', en: 'System     {os}' },
  versions: {
    ja: '版         Soroban {soroban}、Node {node}',
    en: 'Versions   Soroban {soroban}, Node {node}',
  },
  native: {
    ja: '実行系     ONNX Runtime {version}、ネイティブ駆動（自己検査に合格）',
    en: 'Runtime    ONNX Runtime {version}, native driver (self-test passed)',
  },
  requested: {
    ja: '実行系     ONNX Runtime {version}、互換駆動（環境変数で指定）',
    en: 'Runtime    ONNX Runtime {version}, portable driver (asked for by the environment)',
  },
  fallback: {
    ja: '実行系     ONNX Runtime {version}、互換駆動（遅い）。ネイティブ駆動は使えません: {reason}',
    en: 'Runtime    ONNX Runtime {version}, portable driver (slower). The native driver failed: {reason}',
  },
  providers: { ja: '実行先     {providers}', en: 'Providers  {providers}' },
  home: { ja: '保存先     {path}（空き {gib} GiB）', en: 'Home       {path} ({gib} GiB free)' },
  homeUnwritable: {
    ja: '保存先     {path} に書き込めません。--home か SOROBAN_HOME で別の場所を指定してください。',
    en: 'Home       {path} cannot be written. Choose another place with --home or SOROBAN_HOME.',
  },
  setAside: {
    ja: '保存先     破損したファイルを別名で残し、初期値で動作しています: {name}',
    en: 'Home       A damaged file was set aside, and defaults are used in its place: {name}',
  },
  network: { ja: '通信       外部への通信は行いません', en: 'Network    no request leaves this machine' },
})

const gib = (bytes: number | null): string => (bytes === null ? 'n/a' : (bytes / 2 ** 30).toFixed(1))

function describe({ soroban, machine, runtime, home }: DoctorReport, locale: Locale): string[] {
  const say = (key: keyof typeof words, params = {}): string => formatMessage(words[key], locale, params)
  const driver = {
    'self-test-passed': 'native',
    requested: 'requested',
    'native-failed': 'fallback',
  } as const
  return [
    say('versions', { soroban, node: machine.node }),
    say('os', { os: machine.os }),
    say('cpu', {
      model: machine.cpu.model,
      physical: machine.cpu.physicalCores,
      logical: machine.cpu.logicalCores,
    }),
    say('memory', { gib: gib(machine.memoryBytes) }),
    ...(machine.gpus.length === 0
      ? [say('noGpu')]
      : machine.gpus.map((gpu) => say('gpu', { name: gpu.name, driver: gpu.driver ?? 'n/a' }))),
    say(driver[runtime.reason], {
      version: runtime.version,
      reason: String(runtime.failure?.params['reason'] ?? runtime.failure?.code ?? ''),
    }),
    say('providers', { providers: runtime.providers.join(', ') }),
    home.writable
      ? say('home', { path: home.path, gib: gib(home.freeBytes) })
      : say('homeUnwritable', { path: home.path }),
    ...home.setAside.map((name) => say('setAside', { name })),
    say('network'),
  ]
}

export const doctorCommand = defineCommand({
  path: ['doctor'],
  summary: {
    ja: '環境を点検する（CPU、GPU、実行系、保存先）',
    en: 'check what is there: CPU, GPU, runtime, storage',
  },
  arguments: [],
  options: {},
  input: z.object(globalFields),
  async run({ json, home }, terminal) {
    const report = await doctor({ home: resolveHome(home) }, terminal)
    if (json) terminal.print(JSON.stringify(report, null, 2))
    else for (const line of describe(report, terminal.locale)) terminal.print(line)
    return report.home.writable ? EXIT.ok : EXIT.failed
  },
})
