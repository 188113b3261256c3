// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { useReadingStore } from '../../../src/renderer/stores/reading.ts'
import DocumentDetail from '../../../src/renderer/views/documents/document-detail.vue'
import { toRows } from '../../../src/renderer/views/documents/document-rows.ts'
import type { OutputOf } from '../../../src/shared/contract.ts'
import type { DocumentEntry } from '../../../src/shared/contract/documents.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { SAMPLE_FOLDER } from '../fakes/fake-api.ts'
import { type Mounted, type MountOptions, mountWith } from '../fakes/mount-with.ts'
import { entry, HEALTHY, skipped } from './document-entries.ts'

/** What was drawn: the pages, in order. */
const { drawn, openPdf } = vi.hoisted(() => {
  const drawn: number[] = []
  return {
    drawn,
    openPdf: vi.fn(() =>
      Promise.resolve({
        pages: 3,
        draw: (_canvas: unknown, page: number) => Promise.resolve(drawn.push(page) > 0),
        close: () => Promise.resolve(),
      }),
    ),
  }
})
vi.mock('../../../src/renderer/views/documents/original/pdf-drawing.ts', () => ({ openPdf }))

const TEXT = ['一ページ目\n', '電話 03-1234-5678 まで\n', '三ページ目'].join('\f')
const TELEPHONE = TEXT.indexOf('03-')
const PAGED: Pick<OutputOf<'documents.text'>, 'text' | 'pageStarts' | 'sensitive'> = {
  text: TEXT,
  pageStarts: [0, TEXT.indexOf('\f') + 1, TEXT.lastIndexOf('\f') + 1],
  sensitive: [{ kind: 'telephone', from: TELEPHONE, to: TELEPHONE + 12 }],
}
const PDF = entry('manual.pdf', {
  format: 'pdf',
  encoding: null,
  pages: 3,
  steps: ['line-joins', 'line-ends'],
})

async function show(of: DocumentEntry, options: MountOptions = {}): Promise<Mounted> {
  const [row] = toRows([of], 'ja')
  const mounted = await mountWith(DocumentDetail, {
    props: { row, isBusy: false },
    ...options,
    handlers: {
      'documents.text': ({ name }) => ({ name, ...PAGED }),
      'documents.original': () => ({ type: 'application/pdf', bytes: 3, base64: 'UERG' }),
      ...options.handlers,
    },
  })
  const reading = useReadingStore()
  if (of.state === 'skipped') reading.selectWithoutText(of.name)
  else await reading.select(SAMPLE_FOLDER, of.name)
  return mounted
}

/** Pages lie below each other, each as high as this; the text shows what it was scrolled to. */
function layOut(scrolled: () => number): void {
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    const place = [...(this.parentElement?.children ?? [])].indexOf(this)
    return { top: this.className === 'page' ? place * 500 - scrolled() : 0 } as DOMRect
  })
}

const numberIn = ({ wrapper }: Mounted, side: string): string =>
  wrapper.get<HTMLInputElement>(`${side} .page-steps input`).element.value

beforeEach(() => {
  drawn.length = 0
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(400)
})
enableAutoUnmount(afterEach)
afterEach(() => vi.restoreAllMocks())

describe('the text', () => {
  test('stands by page, with what is to be warned of marked for eyes and ears', async () => {
    const { wrapper } = await show(PDF)
    expect(wrapper.findAll('.page').map((page) => page.text())).toEqual([
      '1 ページ一ページ目',
      '2 ページ電話 電話番号の可能性03-1234-5678 まで',
      '3 ページ三ページ目',
    ])
    expect(wrapper.get('mark').attributes('title')).toBe('電話番号の可能性')
    expect(wrapper.get('.passages').text()).toContain('注意箇所 1 か所')
  })

  test('goes to the next passage that is warned of', async () => {
    const jumped: unknown[] = []
    vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(function (this: Element) {
      jumped.push(this.textContent)
    })
    const { wrapper } = await show(PDF)
    await wrapper.get('.passages button').trigger('click')
    expect(jumped).toEqual(['電話番号の可能性03-1234-5678'])
    expect(wrapper.get('.passages').text()).toContain('注意箇所 1 / 1')
  })

  test('what was changed is told in words', async () => {
    const { wrapper } = await show(PDF)
    expect(wrapper.get('.steps summary').text()).toBe('読み取りと正規化で行ったこと（2）')
    expect(wrapper.findAll('.steps li').map((step) => step.text())).toEqual([
      '段落の途中で折り返された行をつなぎました。',
      '改行コードをそろえました。',
    ])
  })

  test('that cannot be had gives the reason', async () => {
    const { wrapper } = await show(PDF, {
      handlers: {
        'documents.text': ({ name }) => {
          throw new AppError('documents/text-gone', { name })
        },
      },
    })
    expect(wrapper.get('[role="alert"]').text()).toContain('manual.pdf の本文が見つからないか')
  })
})

describe('what there is to know', () => {
  test('is told with the facts', async () => {
    const { wrapper } = await show(
      entry('a.zip/表.xlsx', {
        file: 'a.zip',
        format: 'xlsx',
        encoding: null,
        pages: 4,
        state: 'duplicate',
        duplicateOf: '表.xlsx',
        health: { ...HEALTHY, macros: true },
      }),
    )
    expect(wrapper.findAll('.facts li').map((fact) => fact.text())).toEqual([
      '重複',
      'a.zip 内',
      'Excel',
      '日本語',
      '2.9 KiB',
      'シート 4 枚',
      '1,000 文字',
    ])
    expect(wrapper.get('.notice').text()).toContain('「表.xlsx」と同じ内容のため')
    expect(wrapper.get('.warnings').text()).toContain('マクロを含みます。マクロは実行しません。')
    expect(wrapper.text()).toContain('この形式（Excel）の原本は表示しません。')
  })

  test('is why it could not be read, where it could not', async () => {
    const { wrapper } = await show(skipped('図面.dwg'))
    expect(wrapper.get('[role="alert"]').text()).toContain('この種類のファイル（.dwg）は読めません')
    expect(wrapper.find('.document-text').exists()).toBe(false)
  })
})

describe('the original of a PDF file', () => {
  async function besideText(): Promise<Mounted> {
    const mounted = await show(PDF)
    await useReadingStore().loadOriginal(SAMPLE_FOLDER)
    await vi.waitFor(() => expect(drawn).toEqual([1]))
    return mounted
  }

  test('follows the text', async () => {
    let scrolled = 0
    layOut(() => scrolled)
    const mounted = await besideText()
    scrolled = 980
    await mounted.wrapper.get('.document-text .text').trigger('scroll')
    await vi.waitFor(() => expect(drawn).toEqual([1, 3]))
    expect([numberIn(mounted, '.document-text'), numberIn(mounted, '.pdf-page')]).toEqual(['3', '3'])
  })

  test('leads the text, whose scrolling there does not lead back', async () => {
    let scrolled = 0
    layOut(() => scrolled)
    const shown: unknown[] = []
    vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(function (this: Element) {
      shown.push(this.textContent)
    })
    const mounted = await besideText()
    await mounted.wrapper.get('.pdf-page [aria-label="次のページ"]').trigger('click')
    await vi.waitFor(() => expect(drawn).toEqual([1, 2]))
    expect(shown).toEqual(['2 ページ電話 電話番号の可能性03-1234-5678 まで'])
    // The last page is too short to come up to the edge: the text stops before it.
    scrolled = 100
    const text = mounted.wrapper.get('.document-text .text')
    await text.trigger('scroll')
    expect(numberIn(mounted, '.pdf-page')).toBe('2')
    await text.trigger('wheel')
    await text.trigger('scroll')
    expect(numberIn(mounted, '.pdf-page')).toBe('1')
  })

  test('a page is asked for by its number; another number is refused', async () => {
    const mounted = await besideText()
    const number = mounted.wrapper.get<HTMLInputElement>('.pdf-page .page-steps input')
    await number.setValue('3')
    await vi.waitFor(() => expect(drawn).toEqual([1, 3]))
    await number.setValue('99')
    expect([number.element.value, drawn]).toEqual(['3', [1, 3]])
  })

  test('that cannot be drawn gives the reason', async () => {
    openPdf.mockRejectedValueOnce(new Error('Invalid PDF structure.'))
    const { wrapper } = await show(PDF)
    await useReadingStore().loadOriginal(SAMPLE_FOLDER)
    await vi.waitFor(() =>
      expect(wrapper.get('.document-original').text()).toContain(
        '原本を描画できませんでした（Invalid PDF structure.）',
      ),
    )
  })

  test('that cannot be had gives the reason, and is asked for again', async () => {
    const { wrapper } = await show(PDF, {
      handlers: {
        'documents.original': () => {
          throw new AppError('documents/changed', { name: 'manual.pdf' })
        },
      },
    })
    await useReadingStore().loadOriginal(SAMPLE_FOLDER)
    await vi.waitFor(() =>
      expect(wrapper.get('.document-original [role="alert"]').text()).toContain('読み取り中に変更'),
    )
    await wrapper.get('.document-original button').trigger('click')
    expect(wrapper.getComponent(DocumentDetail).emitted('retryOriginal')).toHaveLength(1)
  })
})

test('a picture is shown as it is, and forgotten afterwards', async () => {
  const revoked = vi.spyOn(URL, 'revokeObjectURL')
  const { wrapper } = await show(entry('現場写真.png', { format: 'image', encoding: null }), {
    handlers: { 'documents.original': () => ({ type: 'image/png', bytes: 3, base64: 'iVBO' }) },
  })
  await useReadingStore().loadOriginal(SAMPLE_FOLDER)
  await vi.waitFor(() => expect(wrapper.find('.picture img').exists()).toBe(true))
  const picture = wrapper.get('.picture img').attributes()
  expect([picture['alt'], picture['src']?.startsWith('blob:')]).toEqual(['「現場写真.png」の原本', true])
  useReadingStore().deselect()
  await vi.waitFor(() => expect(revoked).toHaveBeenCalledWith(picture['src']))
})
