// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import Select from 'primevue/select'
import { afterEach, describe, expect, test, vi } from 'vitest'

import { useProjectStore } from '../../../src/renderer/stores/project.ts'
import { useSessionStore } from '../../../src/renderer/stores/session.ts'
import DocumentsView from '../../../src/renderer/views/documents/documents-view.vue'
import type { OutputOf } from '../../../src/shared/contract.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { FakeWorld, SAMPLE_FOLDER } from '../fakes/fake-api.ts'
import { type MountOptions, type Mounted, mountWith } from '../fakes/mount-with.ts'
import { entry, forgotten, HEALTHY, skipped } from './document-entries.ts'

const OVERVIEW: OutputOf<'documents.inspect'> = {
  folder: '/opt/soroban/resources/samples',
  documents: [
    entry('copy.txt', { state: 'duplicate', duplicateOf: 'good.txt' }),
    skipped('drawing.dwg'),
    entry('good.txt', { characters: 1234 }),
    entry('mails/a.eml/scan.pdf', {
      file: 'mails/a.eml',
      format: 'pdf',
      encoding: null,
      pages: 2,
      characters: 500,
      language: 'en',
      steps: ['ocr', 'line-ends'],
      health: { ...HEALTHY, ocr: { pages: 2, confidence: 0.92 } },
    }),
    entry('torn.txt', { state: 'damaged', characters: 100, health: { ...HEALTHY, unreadable: 3 } }),
  ],
  characters: 1834,
  sha256: 'ab'.repeat(32),
}
const IN_ORDER = ['drawing.dwg', 'torn.txt', 'scan.pdf', 'copy.txt', 'good.txt']

async function open(options: MountOptions = {}): Promise<Mounted> {
  const mounted = await mountWith(DocumentsView, {
    ...options,
    handlers: {
      'documents.inspect': () => OVERVIEW,
      'documents.text': ({ name }) => ({ name, text: `${name} の本文`, pageStarts: [], sensitive: [] }),
      'documents.original': () => ({ type: 'image/gif', bytes: 3, base64: 'R0lG' }),
      ...options.handlers,
    },
  })
  await useSessionStore().start()
  await useProjectStore().open(SAMPLE_FOLDER)
  return mounted
}

const namesIn = ({ wrapper }: Mounted): readonly string[] =>
  wrapper.findAll('tbody .row .own').map((cell) => cell.text())

const rowOf = ({ wrapper }: Mounted, name: string) => {
  const row = wrapper.findAll('tbody .row').find((each) => each.text().includes(name))
  if (row === undefined) throw new Error(`no row ${name}`)
  return row
}
const markRow = (mounted: Mounted, name: string): Promise<void> =>
  rowOf(mounted, name).get('input').trigger('change')

const button = ({ wrapper }: Mounted, label: string) => {
  const found = wrapper.findAll('button').find((each) => each.text() === label)
  if (found === undefined) throw new Error(`no button ${label}`)
  return found
}
const chip = ({ wrapper }: Mounted, label: string) =>
  wrapper.findAll('.toggle-chip').find((each) => each.text() === label)!

async function shown(options: MountOptions = {}): Promise<Mounted> {
  const mounted = await open(options)
  await vi.waitFor(() => expect(namesIn(mounted)).toEqual(IN_ORDER))
  return mounted
}

enableAutoUnmount(afterEach)

describe('the documents view', () => {
  test('counts what was read and lists first what needs attention', async () => {
    const mounted = await shown()
    expect(mounted.wrapper.findAll('.documents-summary .value').map((value) => value.text())).toEqual([
      '3',
      '1,834',
    ])
    expect(mounted.wrapper.findAll('.documents-summary .health-mark').map((mark) => mark.text())).toEqual([
      '読めない文字 1',
      '文字認識 1',
    ])
    expect(mounted.wrapper.findAll('.toggle-chip').map((each) => each.text())).toEqual([
      'すべて 5',
      '要確認のみ 3',
      '読めない 1',
      '一部読めない 1',
      '重複 1',
      '評価に使用 2',
    ])
  })

  test('a row that could not be read tells the reason, in few words and in full', async () => {
    const mounted = await shown()
    const row = rowOf(mounted, 'drawing.dwg')
    expect(row.findAll('td').map((cell) => cell.text())).toEqual([
      '',
      '読めない',
      'drawing.dwg',
      '未対応の種類',
      '',
      '',
      '',
      'n/a',
    ])
    expect(row.get('.warnings').attributes('title')).toContain('この種類のファイル（.dwg）は読めません。')
    expect(row.get('.state').attributes('title')).toContain('この種類のファイル（.dwg）は読めません。')
    await row.trigger('click')
    expect(mounted.wrapper.get('.document-detail [role="alert"]').text()).toContain(
      'この種類のファイル（.dwg）は読めません。',
    )
  })

  test('a row tells what holds a document, how healthy it is, and its measures', async () => {
    const mounted = await shown()
    expect(
      rowOf(mounted, 'scan.pdf')
        .findAll('td')
        .slice(1)
        .map((cell) => cell.text()),
    ).toEqual(['評価に使用', 'scan.pdf mails/a.eml 内', '文字認識 92 %', 'PDF', '英語', '2', '500'])
    expect(rowOf(mounted, 'scan.pdf').get('.warnings').attributes('title')).toContain('確からしさは 92 %')
  })

  test('filters by state, by what is to be checked and by name, and says when nothing is left', async () => {
    const mounted = await shown()
    await chip(mounted, '一部読めない 1').trigger('click')
    expect(namesIn(mounted)).toEqual(['torn.txt'])
    await chip(mounted, 'すべて 5').trigger('click')
    await chip(mounted, '要確認のみ 3').trigger('click')
    expect(namesIn(mounted)).toEqual(['drawing.dwg', 'torn.txt', 'scan.pdf'])
    await mounted.wrapper.get('input[type="search"]').setValue('good')
    expect(mounted.wrapper.text()).toContain('条件に合う文書がありません')
    await mounted.wrapper.get('.nothing button').trigger('click')
    expect(namesIn(mounted)).toEqual(IN_ORDER)
  })

  test('filters by warning, format and language', async () => {
    const mounted = await shown()
    const [warning, format, language] = mounted.wrapper.findAllComponents(Select)
    warning!.vm.$emit('update:modelValue', 'ocr')
    await vi.waitFor(() => expect(namesIn(mounted)).toEqual(['scan.pdf']))
    format!.vm.$emit('update:modelValue', 'text')
    await vi.waitFor(() => expect(namesIn(mounted)).toEqual([]))
    warning!.vm.$emit('update:modelValue', null)
    await vi.waitFor(() => expect(namesIn(mounted)).toEqual(['torn.txt', 'copy.txt', 'good.txt']))
    format!.vm.$emit('update:modelValue', null)
    await vi.waitFor(() => expect(namesIn(mounted)).toEqual(IN_ORDER))
    language!.vm.$emit('update:modelValue', 'en')
    await vi.waitFor(() => expect(namesIn(mounted)).toEqual(['scan.pdf']))
  })

  test('a link shows the documents of one state', async () => {
    const mounted = await open({ at: '/?state=duplicate' })
    await vi.waitFor(() => expect(namesIn(mounted)).toEqual(['copy.txt']))
  })

  test('the keyboard moves through the list, opens, marks and sorts', async () => {
    const mounted = await shown()
    const table = mounted.wrapper.get('table')
    const press = (key: string, more = {}): Promise<void> => table.trigger('keydown', { key, ...more })
    const active = (): string =>
      mounted.wrapper.get(`[id="${table.attributes('aria-activedescendant')}"] .own`).text()
    const markedNames = (): readonly string[] =>
      mounted.wrapper.findAll('.row[aria-selected="true"] .own').map((name) => name.text())
    await press('ArrowDown')
    expect(active()).toBe('torn.txt')
    await press('ArrowDown', { shiftKey: true })
    expect(markedNames()).toEqual(['torn.txt', 'scan.pdf'])
    await press(' ')
    expect(markedNames()).toEqual(['torn.txt'])
    await press('a', { ctrlKey: true })
    expect(markedNames()).toEqual(IN_ORDER)
    await press('End')
    await press('Enter')
    expect(mounted.wrapper.get('.row[aria-current="true"] .own').text()).toBe('good.txt')
    await mounted.wrapper.get('th.characters button').trigger('click')
    await mounted.wrapper.get('th.characters button').trigger('click')
    expect(mounted.wrapper.get('th.characters').attributes('aria-sort')).toBe('descending')
    expect(namesIn(mounted)).toEqual(['good.txt', 'copy.txt', 'scan.pdf', 'torn.txt', 'drawing.dwg'])
  })

  test('reading can be stopped and begun again', async () => {
    let calls = 0
    const mounted = await open({
      handlers: {
        'documents.inspect': (_, { signal }) =>
          ++calls > 1
            ? OVERVIEW
            : new Promise((_resolve, reject) =>
                signal.addEventListener('abort', () => reject(new AppError('cancelled'))),
              ),
      },
    })
    await vi.waitFor(() => expect(calls).toBe(1))
    await button(mounted, '読み取りを中止').trigger('click')
    await vi.waitFor(() => expect(mounted.wrapper.text()).toContain('読み取りを中止しました'))
    await mounted.wrapper.get('.empty-state button').trigger('click')
    await vi.waitFor(() => expect(namesIn(mounted)).toEqual(IN_ORDER))
  })

  test('a failure is shown in place', async () => {
    const { wrapper } = await open({
      handlers: {
        'documents.inspect': () => {
          throw new AppError('documents/not-a-folder', { path: '/gone' })
        },
      },
    })
    await vi.waitFor(() =>
      expect(wrapper.get('[role="alert"]').text()).toContain('/gone はフォルダーではありません'),
    )
  })
})

describe('text recognition', () => {
  test('is switched on in the project, and the documents are read again', async () => {
    let calls = 0
    const mounted = await open({
      handlers: {
        'documents.inspect': () => {
          calls++
          return OVERVIEW
        },
      },
    })
    await vi.waitFor(() => expect(calls).toBe(1))
    expect(mounted.wrapper.get('.ocr-switch').text()).toContain('1 ページ約 6 秒')
    await mounted.wrapper.get<HTMLInputElement>('.ocr-switch input').setValue(true)
    await vi.waitFor(() => expect(calls).toBe(2))
    expect(mounted.world.projects.get(SAMPLE_FOLDER)?.corpus.ocr).toBe(true)
  })
})

describe('marked documents', () => {
  test('are left out of the evaluation and taken in again', async () => {
    const asked: unknown[] = []
    let overview = OVERVIEW
    const mounted = await shown({
      handlers: {
        'documents.inspect': () => overview,
        'documents.exclude': ({ names, excluded }) => {
          asked.push([names, excluded])
          overview = {
            ...OVERVIEW,
            documents: OVERVIEW.documents.map((each) =>
              names.includes(each.name) && excluded ? { ...each, state: 'excluded' as const } : each,
            ),
          }
          return {}
        },
      },
    })
    await markRow(mounted, 'good.txt')
    expect(mounted.wrapper.get('.marked-actions').text()).toContain('1 件を選択中')
    await button(mounted, '評価から外す').trigger('click')
    await vi.waitFor(() => expect(rowOf(mounted, 'good.txt').text()).toContain('評価から除外'))
    expect(mounted.wrapper.find('.marked-actions').exists()).toBe(false)
    await markRow(mounted, 'good.txt')
    await button(mounted, '評価に戻す').trigger('click')
    await vi.waitFor(() => expect(rowOf(mounted, 'good.txt').text()).toContain('評価に使用'))
    expect(asked).toEqual([
      [['good.txt'], true],
      [['good.txt'], false],
    ])
  })

  test('one that was deleted while its original stays is settled, and can be taken in again', async () => {
    const overview = { ...OVERVIEW, documents: [forgotten('gone.txt'), entry('good.txt')] }
    const mounted = await open({ handlers: { 'documents.inspect': () => overview } })
    await vi.waitFor(() => expect(namesIn(mounted)).toEqual(['gone.txt', 'good.txt']))
    expect(rowOf(mounted, 'gone.txt').text()).toContain('削除済み')
    expect(mounted.wrapper.get('.chips').text()).toContain('削除済み 1')
    expect(mounted.wrapper.get('.chips').text()).not.toContain('要確認のみ')
    await markRow(mounted, 'gone.txt')
    const actions = mounted.wrapper.findAll('.marked-actions button').map((each) => each.text())
    expect(actions).toEqual(['評価に戻す', '削除…', '選択を解除'])
  })

  test('all that are shown are marked by the box in the head', async () => {
    const mounted = await shown()
    await chip(mounted, '評価に使用 2').trigger('click')
    await mounted.wrapper.get('th.mark input').trigger('change')
    expect(mounted.wrapper.get('.marked-actions').text()).toContain('2 件を選択中')
    await button(mounted, '選択を解除').trigger('click')
    expect(mounted.wrapper.find('.marked-actions').exists()).toBe(false)
  })

  test('are deleted only after it was told what goes with them', async () => {
    const deleted: unknown[] = []
    const deletion = {
      files: ['/p/documents/mails/a.eml'],
      originalsKept: ['/srv/good.txt'],
      alongside: ['mails/a.eml'],
      runs: ['20260402-101500-a1b2'],
    }
    const mounted = await shown({
      handlers: {
        'documents.deletion': () => deletion,
        'documents.delete': ({ names }) => {
          deleted.push(names)
          return deletion
        },
      },
    })
    await markRow(mounted, 'scan.pdf')
    await markRow(mounted, 'good.txt')
    await button(mounted, '削除…').trigger('click')
    await vi.waitFor(() => expect(document.querySelector('[role="dialog"]')).not.toBe(null))
    const dialog = document.querySelector('[role="dialog"]')!
    expect([...dialog.querySelectorAll('section')].map((part) => part.textContent)).toEqual([
      '選んだ文書: 2 件good.txtmails/a.eml/scan.pdf',
      '削除するファイル: 1 件/p/documents/mails/a.eml',
      '残る原本: 1 件（プロジェクトの外にあるため削除しません。今後の評価からは外します）/srv/good.txt',
      '同じファイルに入っているため一緒に削除する文書: 1 件mails/a.eml',
      'これらの文書を測定したため削除する実行: 1 件（サンプルと報告書を含みます）20260402-101500-a1b2',
    ])
    expect(dialog.textContent).toContain('「残る原本」は削除せず、後で評価に戻せます。')
    expect(deleted).toEqual([])
    ;[...dialog.querySelectorAll('button')].find((each) => each.textContent === '削除する')?.click()
    await vi.waitFor(() => expect(deleted).toEqual([['good.txt', 'mails/a.eml/scan.pdf']]))
    await vi.waitFor(() =>
      expect(mounted.wrapper.get('.list .inside > [role="status"]').text()).toBe('削除しました。'),
    )
  })

  test('a refusal is shown above them', async () => {
    const mounted = await shown({
      handlers: {
        'documents.deletion': () => {
          throw new AppError('jobs/busy')
        },
      },
    })
    await markRow(mounted, 'good.txt')
    await button(mounted, '削除…').trigger('click')
    await vi.waitFor(() => expect(mounted.wrapper.get('.list [role="alert"]').text()).not.toBe(''))
  })
})

describe('the opened document', () => {
  const detail = ({ wrapper }: Mounted) => wrapper.get('.document-detail')
  const action = (mounted: Mounted, label: string) => {
    const found = detail(mounted)
      .findAll('.document-actions button')
      .find((each) => each.text() === label)
    if (found === undefined) throw new Error(`no action ${label}`)
    return found
  }

  test('is left out and taken in again beside its text, whatever is marked, and the focus stays', async () => {
    const asked: unknown[] = []
    let state: 'ready' | 'excluded' = 'ready'
    const mounted = await shown({
      handlers: {
        'documents.inspect': () => ({
          ...OVERVIEW,
          documents: OVERVIEW.documents.map((each) => (each.name === 'good.txt' ? { ...each, state } : each)),
        }),
        'documents.exclude': ({ names, excluded }) => {
          asked.push([names, excluded])
          state = excluded ? 'excluded' : 'ready'
          return {}
        },
      },
    })
    await markRow(mounted, 'torn.txt')
    await rowOf(mounted, 'good.txt').trigger('click')
    await vi.waitFor(() => expect(detail(mounted).text()).toContain('good.txt の本文'))
    await action(mounted, '評価から外す').trigger('click')
    await vi.waitFor(() => expect(detail(mounted).get('.facts').text()).toContain('評価から除外'))
    await vi.waitFor(() => expect(document.activeElement).toBe(action(mounted, '評価に戻す').element))
    await action(mounted, '評価に戻す').trigger('click')
    await vi.waitFor(() => expect(detail(mounted).get('.facts').text()).toContain('評価に使用'))
    expect(asked).toEqual([
      [['good.txt'], true],
      [['good.txt'], false],
    ])
    expect(detail(mounted).text()).toContain('good.txt の本文')
    expect(mounted.wrapper.get('.marked-actions').text()).toContain('1 件を選択中')
  })

  test('is deleted after the same question; the list has the focus then, and what was marked stays so', async () => {
    const deleted: unknown[] = []
    const deletion = { files: ['/p/documents/good.txt'], originalsKept: [], alongside: [], runs: [] }
    const mounted = await shown({
      handlers: {
        'documents.deletion': () => deletion,
        'documents.delete': ({ names }) => {
          deleted.push(names)
          return deletion
        },
      },
    })
    await markRow(mounted, 'torn.txt')
    await rowOf(mounted, 'good.txt').trigger('click')
    await vi.waitFor(() => expect(detail(mounted).text()).toContain('good.txt の本文'))
    await action(mounted, '削除…').trigger('click')
    await vi.waitFor(() => expect(document.querySelector('[role="dialog"] section')).not.toBe(null))
    const dialog = document.querySelector('[role="dialog"]')!
    expect(dialog.querySelector('section')?.textContent).toBe('選んだ文書: 1 件good.txt')
    ;[...dialog.querySelectorAll('button')].find((each) => each.textContent === '削除する')?.click()
    await vi.waitFor(() => expect(mounted.wrapper.find('.document-detail').exists()).toBe(false))
    await vi.waitFor(() => expect(mounted.wrapper.text()).toContain('削除しました。'))
    expect(deleted).toEqual([['good.txt']])
    expect(document.activeElement).toBe(mounted.wrapper.get('table').element)
    expect(mounted.wrapper.get('.marked-actions').text()).toContain('1 件を選択中')
  })

  test('shows its text as soon as it is taken in again after a deletion', async () => {
    let gone = true
    const mounted = await open({
      handlers: {
        'documents.inspect': () => ({
          ...OVERVIEW,
          documents: [gone ? forgotten('back.txt') : entry('back.txt')],
        }),
        'documents.exclude': () => {
          gone = false
          return {}
        },
      },
    })
    await vi.waitFor(() => expect(namesIn(mounted)).toEqual(['back.txt']))
    await rowOf(mounted, 'back.txt').trigger('click')
    expect(detail(mounted).text()).not.toContain('の本文')
    await action(mounted, '評価に戻す').trigger('click')
    await vi.waitFor(() => expect(detail(mounted).text()).toContain('back.txt の本文'))
  })

  test('is closed, and the list has the focus', async () => {
    const mounted = await shown()
    await rowOf(mounted, 'good.txt').trigger('click')
    await mounted.wrapper.get('.document-detail button[aria-label="閉じる"]').trigger('click')
    await vi.waitFor(() => expect(document.activeElement).toBe(mounted.wrapper.get('table').element))
    expect(mounted.wrapper.find('.document-detail').exists()).toBe(false)
  })
})

describe('without documents', () => {
  function empty(): FakeWorld {
    const world = new FakeWorld()
    const sample = world.projects.get(SAMPLE_FOLDER)!
    world.projects.set(SAMPLE_FOLDER, { ...sample, documents: null })
    return world
  }

  test('says what to prepare and offers the sample', async () => {
    const { wrapper } = await open({ world: empty(), locale: 'en' })
    expect(wrapper.get('.empty-state h2').text()).toBe('No documents chosen yet')
    expect(wrapper.get('.empty-state button').text()).toBe('Open the sample project')
  })

  test('a typed folder is saved in the project and read', async () => {
    const mounted = await open({ world: empty() })
    const field = mounted.wrapper.get('.path-field input')
    await field.setValue('/srv/文書')
    await field.trigger('change')
    await vi.waitFor(() => expect(namesIn(mounted)).toEqual(IN_ORDER))
    expect(mounted.world.projects.get(SAMPLE_FOLDER)?.documents).toBe('/srv/文書')
  })

  test('in a browser, files can be sent; the project then reads its own folder', async () => {
    const mounted = await open({ world: empty(), door: 'browser' })
    const input = mounted.wrapper.get<HTMLInputElement>('input[type="file"][multiple]')
    Object.defineProperty(input.element, 'files', { value: [new File(['こんにちは'], 'memo.txt')] })
    await input.trigger('change')
    await vi.waitFor(() => expect(namesIn(mounted)).toEqual(IN_ORDER))
    expect(mounted.world.projects.get(SAMPLE_FOLDER)?.documents).toBe(`${SAMPLE_FOLDER}/documents`)
    expect(mounted.wrapper.get('.upload-progress').text()).toContain('1 件を追加しました')
  })

  test('on the desktop, no file is sent anywhere', async () => {
    const { wrapper } = await open({ world: empty(), door: 'desktop' })
    expect(wrapper.find('.upload-zone').exists()).toBe(false)
  })
})
