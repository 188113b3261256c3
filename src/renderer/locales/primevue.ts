/** The words that PrimeVue's components say by themselves. */
import { defaultOptions, type PrimeVueLocaleOptions } from 'primevue/config'

import type { Locale } from '../../shared/messages/define.ts'

const en = defaultOptions.locale as PrimeVueLocaleOptions

/** Of the components that are in use; there are no calendars, passwords or column filters. */
const ja: PrimeVueLocaleOptions = {
  ...en,
  clear: 'クリア',
  apply: '適用',
  accept: 'はい',
  reject: 'いいえ',
  choose: '選択',
  upload: 'アップロード',
  cancel: 'キャンセル',
  completed: '完了',
  pending: '待機中',
  emptyFilterMessage: '一致するものがありません',
  searchMessage: '{0} 件見つかりました',
  selectionMessage: '{0} 件を選択中です',
  emptySelectionMessage: '選択されていません',
  emptySearchMessage: '一致するものがありません',
  emptyMessage: '選べるものがありません',
  fileChosenMessage: '{0} 件のファイル',
  noFileChosenMessage: 'ファイルが選択されていません',
  aria: {
    ...en.aria,
    trueLabel: 'オン',
    falseLabel: 'オフ',
    nullLabel: '未選択',
    selectAll: 'すべて選択',
    unselectAll: 'すべて選択を解除',
    close: '閉じる',
    previous: '前へ',
    next: '次へ',
    navigation: 'ナビゲーション',
    scrollTop: '先頭へ移動',
    pageLabel: '{page} ページ',
    firstPageLabel: '最初のページ',
    lastPageLabel: '最後のページ',
    nextPageLabel: '次のページ',
    prevPageLabel: '前のページ',
    rowsPerPageLabel: '1 ページの行数',
    jumpToPageDropdownLabel: 'ページを選択',
    jumpToPageInputLabel: 'ページ番号を入力',
    selectRow: '行を選択',
    unselectRow: '行の選択を解除',
    expandRow: '行を展開',
    collapseRow: '行を折りたたむ',
    listLabel: '選択肢の一覧',
  },
}

export const primevueLocales: Readonly<Record<Locale, PrimeVueLocaleOptions>> = { ja, en }
