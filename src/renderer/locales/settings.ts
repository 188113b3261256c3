import { defineMessages } from '../../shared/messages/define.ts'

export const settingsMessages = defineMessages({
  'settings.title': { ja: '設定', en: 'Settings' },
  'settings.lead': {
    ja: '変更はすぐに保存されます。',
    en: 'Changes are saved at once.',
  },
  'settings.display': { ja: '表示', en: 'Display' },
  'settings.locale': { ja: '言語', en: 'Language' },
  'settings.locale.system': { ja: 'システムに合わせる', en: 'As the system' },
  'settings.locale.ja': { ja: '日本語', en: '日本語' },
  'settings.locale.en': { ja: 'English', en: 'English' },
  'settings.theme': { ja: '配色', en: 'Theme' },
  'settings.theme.system': { ja: 'システムに合わせる', en: 'As the system' },
  'settings.theme.light': { ja: '明るい', en: 'Light' },
  'settings.theme.dark': { ja: '暗い', en: 'Dark' },
  'settings.compute': { ja: '計算', en: 'Computation' },
  'settings.provider': { ja: '計算装置', en: 'Device' },
  'settings.provider.help': {
    ja: '次の実行から使われます。比べる 2 つのモデルは、必ず同じ装置で測定します。',
    en: 'Used from the next run on. The models that are compared always run on the same device.',
  },
  'settings.provider.checking': { ja: '使える装置を確認しています…', en: 'Looking for devices…' },
  'settings.provider.unknown': {
    ja: '使えるかどうかを確認できませんでした。',
    en: 'Could not find out whether it is available.',
  },
  'settings.provider.absent.webgpu': {
    ja: 'この環境では使えません。WebGPU に対応した GPU とドライバーが必要です。',
    en: 'Not available here: it needs a GPU and a driver with WebGPU.',
  },
  'settings.provider.absent.cuda': {
    ja: 'この環境では使えません。NVIDIA の GPU と、CUDA 用の追加ファイルが必要です（利用の手引きを参照）。',
    en: 'Not available here: it needs an NVIDIA GPU and the extra CUDA files (see the user guide).',
  },
  'settings.provider.absent.dml': {
    ja: 'この環境では使えません。DirectML は Windows 版でのみ使えます。',
    en: 'Not available here: DirectML exists on Windows only.',
  },
  'settings.provider.absent.cpu': {
    ja: 'この環境では使えません。「診断」で原因を確認してください。',
    en: 'Not available here. See the Doctor view for the cause.',
  },
  'settings.threads': { ja: 'スレッド数', en: 'Threads' },
  'settings.threads.help': {
    ja: '空欄なら、物理コア数（{cores}）に合わせます。',
    en: 'Left empty: one for each physical core ({cores}).',
  },
  'settings.threads.helpUnknown': {
    ja: '空欄なら、物理コア数に合わせます。',
    en: 'Left empty: one for each physical core.',
  },
  'settings.threads.invalid': {
    ja: '1 から 1024 までの整数を入力してください。',
    en: 'Enter a whole number from 1 to 1024.',
  },
  'settings.cache': { ja: 'キャッシュ', en: 'Cache' },
  'settings.cache.lead': {
    ja: 'モデルを計算用に準備したファイルと、文書から抽出した本文です。消しても、次に必要なときに作り直されます。プロジェクトや測定結果は消えません。',
    en: 'Models as prepared for computation, and the texts of documents. They are made again when needed; projects and results are not touched.',
  },
  'settings.cache.facts': { ja: '{bytes}（{files} ファイル）', en: '{bytes} in {files} files' },
  'settings.cache.clear': { ja: 'キャッシュを消す', en: 'Clear the cache' },
  'settings.cache.clearing': { ja: '消しています…', en: 'Clearing…' },
  'settings.cache.empty': { ja: 'キャッシュは空です。', en: 'The cache is empty.' },
  'settings.tour': { ja: '使い方の紹介', en: 'Introduction' },
  'settings.tour.lead': {
    ja: '最初の起動で表示される、3 ステップの紹介をもう一度見られます。',
    en: 'See the three steps of the first start again.',
  },
  'settings.tour.open': { ja: '紹介を見る', en: 'Show the introduction' },
  'settings.about': { ja: 'Soroban について', en: 'About Soroban' },
  'settings.about.version': { ja: 'バージョン', en: 'Version' },
  'settings.about.license': { ja: 'ライセンス', en: 'Licence' },
  'settings.about.licenseName': { ja: 'Apache License 2.0', en: 'Apache License 2.0' },
  'settings.about.offline': { ja: '外部との通信', en: 'Network' },
  'settings.about.offlineText': {
    ja: 'Soroban は外部と通信しません。利用状況の送信、自動更新、アカウントはありません。通信の試みはすべて遮断し、件数を画面下に表示します。',
    en: 'Soroban does not communicate with the outside: no telemetry, no automatic updates, no account. Any attempt is refused and counted at the bottom of the window.',
  },
})
