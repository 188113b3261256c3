import { defineMessages } from './define.ts'

/** Sources of assumptions that are derived, and not read from a table. */
export const assumptionWords = defineMessages({
  setName: { ja: '既定の前提条件', en: 'Default assumptions' },
  documents: {
    ja: '実行 {run} の文書のトークン数の平均（ベースライン、{documents} 文書）。',
    en: 'Mean tokens per document of run {run} ({documents} documents, by the baseline).',
  },
  measuredDevice: {
    ja: '実行 {run} を測定した装置 {device}: {source}。',
    en: 'Device that run {run} was measured on, {device}: {source}.',
  },
  cpuBandwidth: {
    ja: '測定した CPU（{cpu}）の目安: DDR4-3200 × {channels} チャネル = {value} GB/s。測定値ではありません。実機の値で置き換えてください。',
    en: 'Typical of the measured CPU ({cpu}): DDR4-3200, {channels} channels, {value} GB/s. Not a measurement: replace it with the figure of your machine.',
  },
  cpuCompute: {
    ja: '測定した CPU（{cpu}）の目安: {cores} コア × {gigahertz} GHz × 32 演算/周期 = {value} TFLOP/s（float32）。測定値ではありません。実機の値で置き換えてください。',
    en: 'Typical of the measured CPU ({cpu}): {cores} cores, {gigahertz} GHz, 32 operations a cycle, {value} TFLOP/s (float32). Not a measurement: replace it with the figure of your machine.',
  },
  sameDevice: {
    ja: '実行 {run} を測定した装置（{device}）は装置の表にないため、同じ装置を使うものとして、測定した装置と使う装置に同じ値を置いています。比だけが結果に影響します。',
    en: 'The device that run {run} was measured on ({device}) is not in the device table. The same device is planned for, with the same figure on both sides: only their ratio counts.',
  },
  sameDeviceMemory: {
    ja: '実行 {run} を測定した装置（{device}）のメモリ。',
    en: 'Memory of the device that run {run} was measured on ({device}).',
  },
  stillDefault: {
    ja: '実行 {run} を測定した装置（{device}）の値が不明なため、{other} の値を仮に置いています。装置の値で置き換えてください。',
    en: 'Unknown for the device that run {run} was measured on ({device}): the figure of {other} stands in. Replace it.',
  },
  noRun: {
    ja: '測定した装置が不明なため、使う装置（{device}）と同じ値を仮に置いています。測定した装置の値で置き換えてください。',
    en: 'No measured device is known: the figure of the planned one ({device}) stands in. Replace it with that of the measured device.',
  },
  devicePrice: {
    ja: '{device} の価格: {source}。',
    en: 'Price of the {device}: {source}.',
  },
  otherDevicePrice: {
    ja: '{device} の価格は装置の表にありません。{other} の仮の値を使っています。見積りで置き換えてください。',
    en: 'The device table has no price of the {device}: the placeholder of the {other} stands in. Replace it with a quotation.',
  },
})
