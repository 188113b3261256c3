import type { Mail } from '../document-fixtures/mails.ts'

/** What becomes of a source. */
export interface Sample {
  readonly source: string
  /** Below resources/samples; an attachment lies in its mail only. */
  readonly file: string
  readonly title: string
  readonly how: 'office' | 'as-is' | 'shift-jis' | 'print' | 'mail' | 'attachment'
  readonly font?: 'sans' | 'serif'
  readonly charset?: Mail['charset']
  readonly attached?: readonly { readonly file: string; readonly name: string; readonly type: string }[]
}

const office = (source: string, format: string, title: string, font: 'sans' | 'serif' = 'sans'): Sample => ({
  source,
  file: source.replace(/\.[a-z]+$/, `.${format}`),
  title,
  how: 'office',
  font,
})
const copied = (source: string, how: 'as-is' | 'shift-jis'): Sample => ({
  source,
  file: source,
  title: '',
  how,
})
const mail = (source: string, charset: Mail['charset'], attached: Sample['attached'] = []): Sample => ({
  source,
  file: source.replace(/\.txt$/, '.eml'),
  title: '',
  how: 'mail',
  charset,
  attached,
})

const MONTHLY_REPORT = 'quality/monthly-quality-report-2025-05.txt'

export const SAMPLES: readonly Sample[] = [
  office('contracts/basic-purchase-agreement.txt', 'docx', '取引基本契約書', 'serif'),
  office('contracts/nda.md', 'pdf', '秘密保持契約書', 'serif'),
  copied('english/hpu-12-installation-guide.html', 'as-is'),
  mail('english/mail-thailand-delivery-delay.txt', 'utf-8'),
  office('english/supplier-quality-manual.md', 'pdf', 'Supplier Quality Manual', 'serif'),
  office('english/weekly-report-rayong.txt', 'docx', 'Weekly report'),
  copied('faq/it-helpdesk-faq.html', 'as-is'),
  copied('faq/product-faq.md', 'as-is'),
  mail('mails/bcp-drill-schedule.txt', 'utf-8'),
  mail('mails/cad-license-request.txt', 'iso-2022-jp'),
  mail('mails/kv350-claim-report.txt', 'utf-8', [
    {
      file: 'quality/monthly-quality-report-2025-05.pdf',
      name: '月次品質報告書_2025年5月度.pdf',
      type: 'application/pdf',
    },
  ]),
  mail('mails/month-end-closing.txt', 'iso-2022-jp'),
  mail('mails/oring-alternative-evaluation.txt', 'iso-2022-jp'),
  mail('mails/thai-tank-weld-standard.txt', 'utf-8'),
  office('manuals/hpu-30-equipment-manual.md', 'pdf', 'HPU-30 取扱説明書・保守要領書'),
  { source: 'manuals/leak-test-bench.html', file: 'manuals/leak-test-bench.pdf', title: '', how: 'print' },
  copied('manuals/machining-line-3-work-standard.txt', 'shift-jis'),
  office('minutes/management-meeting-2025-07.txt', 'docx', '経営会議 議事録'),
  office('minutes/new-product-review-kv700.md', 'pptx', 'KV-700E 量産移行審査'),
  office('minutes/production-meeting-2025-06.md', 'docx', '生産会議 議事録'),
  office('minutes/quality-meeting-2025-05.txt', 'docx', '月次品質会議 議事録'),
  copied('minutes/quality-meeting-2025-06.txt', 'shift-jis'),
  office('quality/8d-report-kv350-oil-leak.md', 'pdf', '8D 不具合報告書'),
  office('quality/customer-claim-log.csv', 'xlsx', '社外クレーム受付台帳'),
  office('quality/inspection-kv200-lot.csv', 'xlsx', 'KV-200 検査成績'),
  office('quality/monthly-quality-report-2025-04.txt', 'docx', '月次品質報告書 2025年4月度'),
  { ...office(MONTHLY_REPORT, 'pdf', '月次品質報告書 2025年5月度'), how: 'attachment' },
  office('quality/monthly-quality-report-2025-06.txt', 'pdf', '月次品質報告書 2025年6月度'),
  office('quality/monthly-quality-report-2025-07.txt', 'docx', '月次品質報告書 2025年7月度'),
  office('quality/supplier-audit-2025.md', 'rtf', '仕入先監査報告書'),
  office('regulations/approval-authority.csv', 'xlsx', '職務権限表'),
  office('regulations/document-control.md', 'docx', '文書管理規程', 'serif'),
  office('regulations/employment-rules.txt', 'pdf', '就業規則', 'serif'),
  office('regulations/information-security.md', 'pdf', '情報セキュリティ規程', 'serif'),
  office('regulations/purchasing.txt', 'docx', '購買管理規程', 'serif'),
  office('regulations/quality-management.md', 'odt', '品質管理規程', 'serif'),
  office('regulations/safety-and-health.txt', 'docx', '安全衛生管理規程', 'serif'),
  copied('regulations/travel-expenses.txt', 'shift-jis'),
]
