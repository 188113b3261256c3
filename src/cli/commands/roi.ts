import { z } from 'zod'

import { calculateOwnRoi, resolveHome, writeRoiTemplate } from '../../engine/index.ts'
import { AppError } from '../../shared/errors.ts'
import { formatMessage, type Message } from '../../shared/messages/index.ts'
import { defineCommand, EXIT } from '../command.ts'
import { globalFields } from '../options.ts'
import { pocWords } from './poc.ts'
import { assumptionsOption, sourceArgument } from './report.ts'
import { roiLines } from './roi-lines.ts'

const templateOption = {
  kind: 'value',
  placeholder: 'FILE.json',
  summary: {
    ja: '既定の前提条件をすべて書いたファイルを作る（編集して --assumptions に渡します）',
    en: 'write a file of all default assumptions, to edit and give to --assumptions',
  },
} as const

const DEFAULTS_USED = {
  ja: '前提条件  既定値で計算しました。自社の値を使うには、--template で作ったファイルを編集して --assumptions に渡してください。',
  en: 'Assumptions  The defaults. For figures of your own, edit the file that --template writes and give it to --assumptions.',
} as const satisfies Message

export const roiCommand = defineCommand({
  path: ['roi'],
  summary: {
    ja: '測定結果と前提条件から、投資対効果（NPV、IRR、回収期間、TCO）を計算する',
    en: 'return on investment (NPV, IRR, payback, TCO) from measurements and assumptions',
  },
  arguments: [
    {
      ...sourceArgument,
      isOptional: true,
      summary: {
        ja: '実行の ID、または results.json かそのフォルダーのパス（既定は前提条件のファイルの results、なければ最新の終わった実行）',
        en: "id of a run, or path of a results.json or its folder (default: the assumptions file's `results`, else the newest finished run)",
      },
    },
  ],
  options: { assumptions: assumptionsOption, template: templateOption },
  input: z.object({
    ...globalFields,
    source: z.string().optional(),
    assumptions: z.string().optional(),
    template: z.string().optional(),
  }),
  async run({ source, assumptions, template, home, lang, json }, terminal) {
    const { locale } = terminal
    const order = { home: resolveHome(home), source, locale: lang }
    if (template !== undefined) {
      if (assumptions !== undefined)
        throw new AppError('usage/contradiction', { first: '--template', second: '--assumptions' })
      const path = await writeRoiTemplate(template, { ...order, localeWithoutRun: locale })
      if (json) terminal.print(JSON.stringify({ template: path }))
      else terminal.tell(formatMessage(pocWords.written, locale, { path }))
      return EXIT.ok
    }
    const result = await calculateOwnRoi(assumptions, order)
    if (assumptions === undefined) terminal.tell(DEFAULTS_USED[locale])
    if (json) terminal.print(JSON.stringify(result, null, 2))
    else for (const line of roiLines(result, locale)) terminal.print(line)
    return EXIT.ok
  },
})
