import { defineMessages } from '../../shared/messages/define.ts'

/** Words of the report view; the report itself has its own. */
export const reportViewMessages = defineMessages({
  'report.title': { ja: '報告書', en: 'Report' },
  'report.lead': {
    ja: '前提条件を決め、投資対効果を確かめて、Excel の報告書に書き出します。文書の本文は含まれません。',
    en: 'Set the assumptions, look at the return on investment, and export the report for Excel. It holds no text of the documents.',
  },
  'report.run': { ja: '実行', en: 'Run' },
  'report.language': { ja: '報告書の言語', en: 'Language of the report' },
  'report.language.ja': { ja: '日本語', en: '日本語' },
  'report.language.en': { ja: 'English', en: 'English' },
  'report.empty.title': { ja: 'まだ報告書を作れません', en: 'No report yet' },
  'report.empty.advice': {
    ja: '実行が最後まで終わると、その結果から報告書を作れます。',
    en: 'A report is made from the results of a finished run.',
  },
  'report.empty.openRuns': { ja: '実行画面へ', en: 'Go to Runs' },
  'report.unknownRun': {
    ja: '指定された実行 {run} は、終わった実行の中にありません。別の実行を選んでください。',
    en: 'Run {run} is not among the finished runs. Choose another.',
  },
  'report.preview': { ja: 'プレビュー', en: 'Preview' },
  'report.sheets': { ja: 'シート', en: 'Sheets' },
  'report.hasRoi': { ja: '投資対効果を含める', en: 'With return on investment' },
  'report.tabs': { ja: '報告書の内容', en: 'Parts of the report' },
  'report.tab.assumptions': { ja: '前提条件', en: 'Assumptions' },
  'report.tab.roi': { ja: '投資対効果', en: 'Return on investment' },
  'report.tab.preview': { ja: '報告書プレビュー', en: 'Report preview' },
  'report.export.xlsx': { ja: 'Excel に書き出す', en: 'Export to Excel' },
  'report.export.others': { ja: 'ほかの形式', en: 'Other formats' },
  'report.export.html': { ja: '印刷用 HTML（report.html）', en: 'Printable HTML (report.html)' },
  'report.export.json': { ja: '結果データ（results.json）', en: 'Results (results.json)' },
  'report.export.csv': { ja: '表計算用 CSV', en: 'CSV for spreadsheets' },
  'report.export.llama-bench': { ja: 'llama-bench 形式の JSON', en: 'JSON as llama-bench writes it' },
  'report.export.lm-eval': { ja: 'lm-eval 形式の JSON', en: 'JSON as lm-eval writes it' },
  'report.export.dialog': { ja: '報告書の保存先', en: 'Save the report' },
  'report.export.running': { ja: '書き出しています…', en: 'Exporting…' },
  'report.exported.file': { ja: '書き出しました', en: 'Exported' },
  'report.exported.download': {
    ja: '{name} をダウンロードしました。ブラウザーのダウンロード先を確認してください。',
    en: '{name} has been downloaded. See your browser’s downloads.',
  },
  'report.exported.reveal': { ja: 'フォルダーで開く', en: 'Show in folder' },
  'report.exported.copyPath': { ja: 'パスをコピー', en: 'Copy the path' },
})
