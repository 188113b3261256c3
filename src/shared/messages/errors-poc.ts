import { defineMessages } from './define.ts'

/** Requests that a proof of concept refuses before any work begins. */
export const pocErrors = defineMessages({
  'poc/context-beyond-positions': {
    ja: '--contexts の {context} は、モデル「{arm}」が扱える {positions} 位置を超えています。{positions} 以下を指定してください。',
    en: '--contexts {context} exceeds the {positions} positions of model "{arm}". Give {positions} or less.',
  },
  'poc/context-too-short': {
    ja: '--contexts の {context} は短すぎます。{least} 以上を指定してください。',
    en: '--contexts {context} is too short. Give {least} or more.',
  },
  'poc/out-is-a-file': {
    ja: '--out の {path} はフォルダーではありません。別の場所を指定してください。',
    en: '--out {path} is not a folder. Choose another place.',
  },
  'poc/nothing-to-score': {
    ja: 'フォルダー {path} の文書はどれも短すぎて採点できません。もっと長い文書を用意してください。',
    en: 'All documents in {path} are too short to be scored. Provide longer ones.',
  },
  'poc/all-documents-seen': {
    ja: 'フォルダー {path} の文書はすべて、モデルの変換または学習に使われています。学習に使っていない文書を用意してください。',
    en: 'Every document in {path} was used to convert or train one of the models. Provide documents that none has seen.',
  },
  'poc/cannot-score': {
    ja: 'モデル {folder} の ONNX グラフは最後の位置の結果しか出さないため、採点に使えません。すべての位置の logits を出力するグラフを使ってください。',
    en: 'The ONNX graph of {folder} gives the last position only and cannot score. Use a graph that outputs logits for all positions.',
  },
  'poc/quantize-onnx': {
    ja: '{folder} はすでに ONNX 形式のため、--quantize {quantization} を適用できません。--quantize none を指定するか、元の Hugging Face 形式のフォルダーを使ってください。',
    en: '{folder} already holds ONNX, so --quantize {quantization} cannot be applied. Use --quantize none, or the original Hugging Face folder.',
  },
  'poc/not-finished': {
    ja: '実行 {run} はまだ終わっていません({done} / {total})。soroban runs resume {run} で続けてください。',
    en: 'Run {run} is not finished ({done} of {total}). Continue it with: soroban runs resume {run}.',
  },
})
