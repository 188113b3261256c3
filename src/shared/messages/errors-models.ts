import { defineMessages } from './define.ts'

/** Failures of reading, writing and compiling models. */
export const modelsErrors = defineMessages({
  'models/file-missing': {
    ja: 'モデルのフォルダー {folder} に {file} がありません。モデルのファイルがすべてそろったフォルダーを指定してください。',
    en: 'The model folder {folder} has no {file}. Choose a folder that holds all files of the model.',
  },
  'models/not-a-model': {
    ja: '{folder} はモデルのフォルダーではありません（config.json も genai_config.json もありません）。モデルのファイルが直接入っているフォルダーを指定してください。',
    en: '{folder} is not a model folder: it has neither config.json nor genai_config.json. Choose the folder that directly holds the model files.',
  },
  'models/config-field': {
    ja: '{file} の {field} が {value} です（期待される値: {expected}）。モデルの配布元のファイルと照合してください。',
    en: '{field} in {file} is {value}; expected: {expected}. Compare the file with the one the model was published with.',
  },
  'models/unsupported': {
    ja: '{file} の {field} = {value} には対応していません（対応する値: {supported}）。対応する構成のモデルを指定してください。',
    en: '{field} = {value} in {file} is not supported; supported: {supported}. Choose a model of a supported kind.',
  },
  'models/weights-header': {
    ja: '{file} は safetensors 形式として読めません（{reason}）。ファイルが壊れているか、途中までしか届いていません。入手し直してください。',
    en: '{file} is not a readable safetensors file ({reason}). It is damaged or incomplete: obtain it again.',
  },
  'models/weights-truncated': {
    ja: '{file} が途中で切れています: テンソル {tensor} は {needed} バイト目まで必要ですが、ファイルは {actual} バイトしかありません。入手し直してください。',
    en: '{file} is truncated: tensor {tensor} needs bytes up to {needed}, the file has {actual}. Obtain it again.',
  },
  'models/weights-range': {
    ja: '{file} のテンソル {tensor} の位置 [{begin}, {end}) が形状 [{shape}]・型 {dtype} の大きさと合いません。ファイルを入手し直してください。',
    en: 'Tensor {tensor} in {file} lies at [{begin}, {end}), which does not fit its shape [{shape}] of {dtype}. Obtain the file again.',
  },
  'models/weights-overlap': {
    ja: '{file} のテンソル {tensor} と {other} の領域が重なっているか、間に隙間があります。ファイルを入手し直してください。',
    en: 'Tensors {tensor} and {other} in {file} overlap or leave a gap between them. Obtain the file again.',
  },
  'models/weights-dtype': {
    ja: '{file} のテンソル {tensor} の型 {dtype} には対応していません（対応する型: F32, F16, BF16）。量子化していないモデルを指定してください。',
    en: 'Tensor {tensor} in {file} has type {dtype}; supported: F32, F16, BF16. Choose a model that is not quantised.',
  },
  'models/weights-shape': {
    ja: '{file} のテンソル {tensor} の形状は [{actual}] ですが、config.json によれば [{expected}] のはずです。設定と重みの組み合わせを確認してください。',
    en: 'Tensor {tensor} in {file} has shape [{actual}], but config.json calls for [{expected}]. Check that configuration and weights belong together.',
  },
  'models/weights-missing': {
    ja: 'モデル {folder} の重みに {tensors} がありません（計 {count} 個）。設定と重みの組み合わせ、分割ファイルの不足を確認してください。',
    en: 'The weights of {folder} lack {tensors} ({count} in all). Check that configuration and weights belong together and that no shard is missing.',
  },
  'models/weights-extra': {
    ja: 'モデル {folder} の重みに、この構成では使われない {tensors} があります（計 {count} 個）。設定と重みの組み合わせを確認してください。',
    en: 'The weights of {folder} hold {tensors} ({count} in all), which this architecture does not use. Check that configuration and weights belong together.',
  },
  'models/weights-not-finite': {
    ja: '{file} のテンソル {tensor} に NaN または無限大が含まれています（要素 {index}）。このモデルは使えません。学習または変換をやり直してください。',
    en: 'Tensor {tensor} in {file} holds NaN or infinity (element {index}). The model cannot be used: repeat its training or conversion.',
  },
  'models/weights-overflow': {
    ja: 'テンソル {tensor} の値 {value} は {dtype} で表せません。F32 または BF16 で書き出してください。',
    en: 'The value {value} in tensor {tensor} does not fit into {dtype}. Write the model as F32 or BF16.',
  },
  'models/folder-not-empty': {
    ja: '{folder} は空ではありません。既存のファイルは変更していません。新しいフォルダーを指定してください。',
    en: '{folder} is not empty. Existing files were left as they were. Choose a new folder.',
  },
  'models/onnx-invalid': {
    ja: '{file} を ONNX モデルとして読めません（{reason}）。ファイルを入手し直してください。',
    en: '{file} is not a readable ONNX model ({reason}). Obtain it again.',
  },
  'models/onnx-value-missing': {
    ja: '{file} には {config} が指す入出力 {name} がありません。genai_config.json とモデルの組み合わせを確認してください。',
    en: '{file} has no input or output {name}, which {config} refers to. Check that configuration and model belong together.',
  },
})
