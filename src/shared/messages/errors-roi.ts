import { defineMessages } from './define.ts'

/** Results from which no return on investment can be computed. */
export const roiErrors = defineMessages({
  'roi/rates-missing': {
    ja: '投資対効果を計算できません。測定結果 results.json の {field} に値がありません。速度とメモリの測定を含めて実行し直すか、実行を再開してください。',
    en: 'The return on investment cannot be computed: results.json has no value for {field}. Run again with speed and memory measured, or resume the run.',
  },
  'roi/nothing-to-compare': {
    ja: '投資対効果を計算できません。ベースラインと並べて比べられる候補がありません（実行の候補：{arms}）。トークナイザーがベースラインと同じで、速度とメモリを測定できた候補が 1 つ以上必要です。',
    en: 'The return on investment cannot be computed: no candidate may be put beside the baseline (candidates of the run: {arms}). At least one must share the baseline’s tokenizer and have its speed and memory measured.',
  },
})
