import { resolve } from 'node:path'

import { z } from 'zod'

import { inspectModel, type ModelDescription } from '../../engine/index.ts'
import { defineMessages, formatMessage, type Locale } from '../../shared/messages/index.ts'
import { defineCommand, EXIT } from '../command.ts'
import { globalFields } from '../options.ts'

const words = defineMessages({
  name: {
    ja: 'モデル           {name}（{family}、{layout}）',
    en: 'Model            {name} ({family}, {layout})',
  },
  parameters: { ja: 'パラメータ数     {parameters}', en: 'Parameters       {parameters}' },
  sizes: {
    ja: '層 L {layers}、隠れ次元 d {hiddenSize}、ヘッド次元 d_h {headDim}',
    en: 'Layers L {layers}, hidden size d {hiddenSize}, head size d_h {headDim}',
  },
  heads: {
    ja: 'クエリヘッド n_h {queryHeads}、KVヘッド n_kv {kvHeads}（{ratio}:1、{kind}）',
    en: 'Query heads n_h {queryHeads}, KV heads n_kv {kvHeads} ({ratio}:1, {kind})',
  },
  kv: {
    ja: 'KVキャッシュ     {bytes} バイト/トークン（{type}）、文脈長 {positions} で {mib} MiB',
    en: 'KV cache         {bytes} bytes/token ({type}), {mib} MiB at context {positions}',
  },
  vocabulary: {
    ja: '語彙 {vocabSize}、最大位置 {maxPositions}',
    en: 'Vocabulary {vocabSize}, positions {maxPositions}',
  },
  stored: { ja: '格納型           {types}', en: 'Stored as        {types}' },
  rope: { ja: 'RoPE             {rope}', en: 'RoPE             {rope}' },
  sha256: { ja: 'SHA-256          {sha256}', en: 'SHA-256          {sha256}' },
})

function describe(model: ModelDescription, locale: Locale): string[] {
  const count = new Intl.NumberFormat(locale)
  const say = (key: keyof typeof words, params: Record<string, string | number>): string =>
    formatMessage(words[key], locale, params)
  const { queryHeads, kvHeads, kvBytesPerToken, maxPositions } = model
  const kind = kvHeads === queryHeads ? 'MHA' : kvHeads === 1 ? 'MQA' : 'GQA'
  return [
    say('name', { name: model.name, family: model.family, layout: model.layout }),
    say('parameters', { parameters: count.format(model.parameters) }),
    say('sizes', { layers: model.layers, hiddenSize: model.hiddenSize, headDim: model.headDim }),
    say('heads', { queryHeads, kvHeads, ratio: queryHeads / kvHeads, kind }),
    say('kv', {
      bytes: count.format(kvBytesPerToken),
      type: model.kvType,
      positions: count.format(maxPositions),
      mib: ((kvBytesPerToken * maxPositions) / 2 ** 20).toFixed(1),
    }),
    say('vocabulary', { vocabSize: count.format(model.vocabSize), maxPositions: count.format(maxPositions) }),
    say('stored', { types: model.storedTypes.join(', ') }),
    ...(model.rope === null ? [] : [say('rope', { rope: JSON.stringify(model.rope) })]),
    say('sha256', { sha256: model.sha256 }),
  ]
}

export const modelInspectCommand = defineCommand({
  path: ['model', 'inspect'],
  summary: { ja: 'モデルのヘッド構成・大きさ・KVキャッシュ', en: 'heads, sizes and KV cache of a model' },
  arguments: [{ name: 'model', summary: { ja: 'モデルのフォルダー', en: 'model folder' } }],
  options: {},
  input: z.object({ ...globalFields, model: z.string() }),
  async run({ model, json }, terminal) {
    const description = await inspectModel(resolve(model), terminal)
    if (json) terminal.print(JSON.stringify(description, null, 2))
    else for (const text of describe(description, terminal.locale)) terminal.print(text)
    return EXIT.ok
  },
})
