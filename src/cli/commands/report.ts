import { z } from 'zod'

import { resolveHome, writeReport } from '../../engine/index.ts'
import { formatMessage } from '../../shared/messages/index.ts'
import { defineCommand, EXIT } from '../command.ts'
import { globalFields, OPTIONS } from '../options.ts'
import { pocWords } from './poc.ts'

export const reportCommand = defineCommand({
  path: ['report'],
  summary: {
    ja: '終わった実行、または results.json から報告書を作り直す',
    en: 'write the workbook again from a finished run or a results.json',
  },
  arguments: [
    {
      name: 'source',
      summary: { ja: '実行の ID、または results.json のパス', en: 'id of a run, or path of a results.json' },
    },
  ],
  options: {
    out: {
      ...OPTIONS.out,
      placeholder: 'FILE.xlsx',
      summary: { ja: '報告書のファイル名', en: 'workbook to write' },
    },
  },
  input: z.object({ ...globalFields, source: z.string(), out: z.string() }),
  async run({ source, out, home, lang, json }, terminal) {
    const path = await writeReport({ home: resolveHome(home), source, out, locale: lang })
    if (json) terminal.print(JSON.stringify({ report: path }))
    else terminal.tell(formatMessage(pocWords.written, terminal.locale, { path }))
    return EXIT.ok
  },
})
