import { defineMessages } from './define.ts'

/** Failures of reading, training and applying tokenizers. */
export const tokensErrors = defineMessages({
  'tokens/vocabulary-size': {
    ja: '語彙数（vocabSize）{size} では作れません。{smallest} 以上 {largest} 以下の整数を指定してください。',
    en: 'A vocabulary size (vocabSize) of {size} is not possible. Give a whole number from {smallest} to {largest}.',
  },
  'tokens/no-text': {
    ja: 'トークナイザーの学習に使う本文がありません。本文のある文書を指定してください。',
    en: 'There is no text to train the tokenizer on. Give documents that contain text.',
  },
  'tokens/invalid': {
    ja: 'トークナイザー {path} の {field} が正しくありません: {reason}。モデルの配布元からファイルを取り直してください。',
    en: '{field} in the tokenizer {path} is not valid: {reason}. Get the file again from where the model came from.',
  },
  'tokens/unencodable': {
    ja: 'トークナイザー {path} は「{excerpt}」をトークンにできません（未知語トークン unk_token がありません）。この文字を扱えるトークナイザーを使ってください。',
    en: 'The tokenizer {path} has no token for "{excerpt}" and no unk_token. Use a tokenizer that knows these characters.',
  },
  'tokens/mismatch': {
    ja: 'トークナイザー {path} のトークン ID（{largest} まで）がモデルの語彙数（vocab_size {modelVocabulary}）を超えています。モデルと対になる tokenizer.json を置いてください。',
    en: 'The tokenizer {path} has token ids up to {largest}, beyond the vocabulary of the model (vocab_size {modelVocabulary}). Put the tokenizer.json that belongs to the model there.',
  },
  'tokens/window': {
    ja: '窓の長さ（window）{window} では採点できません。2 以上の整数を指定してください。',
    en: 'A window of {window} tokens cannot be scored. Give a whole number of at least 2.',
  },
})
