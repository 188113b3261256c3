import { resolve } from 'node:path'

import { z } from 'zod'

import { exportModelFolder } from '../../engine/index.ts'
import { defineMessages, formatMessage } from '../../shared/messages/index.ts'
import { defineCommand, EXIT } from '../command.ts'
import { globalFields, OPTIONS, quantizeField } from '../options.ts'

const words = defineMessages({
  file: { ja: '{bytes} バイト  {name}', en: '{bytes} bytes  {name}' },
  written: { ja: '出力  {path}', en: 'Written  {path}' },
})

export const modelExportCommand = defineCommand({
  path: ['model', 'export'],
  summary: {
    ja: 'モデルを ONNX 形式のフォルダーに書き出す（transformers.js、onnxruntime-genai 用）',
    en: 'write a model as an ONNX folder for transformers.js and onnxruntime-genai',
  },
  arguments: [],
  options: {
    model: OPTIONS.model,
    out: OPTIONS.out,
    quantize: OPTIONS.quantize,
  },
  input: z.object({ ...globalFields, model: z.string(), out: z.string(), quantize: quantizeField }),
  async run({ model, out, quantize, json }, terminal) {
    const { folder, files } = await exportModelFolder(
      { model: resolve(model), out: resolve(out), quantization: quantize },
      terminal,
    )
    const { locale } = terminal
    if (json) terminal.print(JSON.stringify({ folder, files }, null, 2))
    else {
      const count = new Intl.NumberFormat(locale)
      for (const { name, bytes } of files) {
        terminal.print(formatMessage(words.file, locale, { name, bytes: count.format(bytes) }))
      }
      terminal.tell(formatMessage(words.written, locale, { path: folder }))
    }
    return EXIT.ok
  },
})
