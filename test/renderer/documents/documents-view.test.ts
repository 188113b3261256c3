// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'

import { useProjectStore } from '../../../src/renderer/stores/project.ts'
import { useSessionStore } from '../../../src/renderer/stores/session.ts'
import DocumentsView from '../../../src/renderer/views/documents/documents-view.vue'
import type { OutputOf } from '../../../src/shared/contract.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { FakeWorld, SAMPLE_FOLDER } from '../fakes/fake-api.ts'
import { type MountOptions, type Mounted, mountWith } from '../fakes/mount-with.ts'
import { entry } from './document-entries.ts'

const OVERVIEW: OutputOf<'documents.inspect'> = {
  folder: '/opt/soroban/resources/samples',
  documents: [
    entry('copy.txt', { state: 'duplicate', duplicateOf: 'good.txt' }),
    entry('drawing.dwg', {
      state: 'skipped',
      format: null,
      characters: null,
      problem: { code: 'documents/unsupported-type', params: { name: 'drawing.dwg', type: '.dwg' } },
    }),
    entry('good.txt', { characters: 1234 }),
    entry('torn.txt', { state: 'damaged', brokenCharacters: 3, characters: 100 }),
  ],
  characters: 1334,
}

async function open(options: MountOptions = {}): Promise<Mounted> {
  const mounted = await mountWith(DocumentsView, {
    ...options,
    handlers: {
      'documents.inspect': () => OVERVIEW,
      'documents.text': ({ name }) => ({ name, text: `${name} の本文` }),
      ...options.handlers,
    },
  })
  await useSessionStore().start()
  await useProjectStore().open(SAMPLE_FOLDER)
  return mounted
}

const namesIn = ({ wrapper }: Mounted): readonly string[] =>
  wrapper.findAll('tbody .row .name').map((cell) => cell.text())

async function choose({ wrapper }: Mounted, name: string): Promise<void> {
  const row = wrapper.findAll('tbody .row').find((each) => each.text().includes(name))
  await row?.trigger('click')
}

enableAutoUnmount(afterEach)

describe('the documents view', () => {
  test('counts what was read and lists first what needs attention', async () => {
    const mounted = await open()
    await vi.waitFor(() =>
      expect(namesIn(mounted)).toEqual(['drawing.dwg', 'torn.txt', 'copy.txt', 'good.txt']),
    )
    expect(mounted.wrapper.findAll('.documents-summary .value').map((value) => value.text())).toEqual([
      '2',
      '1,334',
    ])
    expect(mounted.wrapper.findAll('.toggle-chip').map((chip) => chip.text())).toEqual([
      'すべて 4',
      '読めない 1',
      '一部読めない 1',
      '重複 1',
      '評価に使用 1',
    ])
  })

  test('shows the text of the chosen document', async () => {
    const mounted = await open()
    await vi.waitFor(() => expect(namesIn(mounted)).toHaveLength(4))
    await choose(mounted, 'good.txt')
    await vi.waitFor(() => expect(mounted.wrapper.get('.text').text()).toBe('good.txt の本文'))
    expect(mounted.wrapper.get('.row[aria-selected="true"]').text()).toContain('good.txt')
  })

  test.each([
    ['drawing.dwg', 'この種類のファイル（.dwg）は読めません'],
    ['torn.txt', '3 文字を読み取れませんでした（文字コード utf-8）'],
    ['copy.txt', '「good.txt」と同じ内容のため'],
  ])('tells what is wrong with %s', async (name, words) => {
    const mounted = await open()
    await vi.waitFor(() => expect(namesIn(mounted)).toHaveLength(4))
    await choose(mounted, name)
    await vi.waitFor(() => expect(mounted.wrapper.get('.document-text').text()).toContain(words))
  })

  test('filters by state and by name, and says when nothing is left', async () => {
    const mounted = await open()
    await vi.waitFor(() => expect(namesIn(mounted)).toHaveLength(4))
    await mounted.wrapper
      .findAll('.toggle-chip')
      .find((chip) => chip.text() === '一部読めない 1')!
      .trigger('click')
    expect(namesIn(mounted)).toEqual(['torn.txt'])
    await mounted.wrapper.get('input[type="search"]').setValue('good')
    expect(mounted.wrapper.text()).toContain('条件に合う文書がありません')
    await mounted.wrapper.get('.nothing button').trigger('click')
    expect(namesIn(mounted)).toHaveLength(4)
  })

  test('the keyboard moves through the list, chooses and sorts', async () => {
    const mounted = await open()
    await vi.waitFor(() => expect(namesIn(mounted)).toHaveLength(4))
    const table = mounted.wrapper.get('table')
    const active = (): string =>
      mounted.wrapper.get(`[id="${table.attributes('aria-activedescendant')}"] .name`).text()
    await table.trigger('keydown', { key: 'ArrowDown' })
    expect(active()).toBe('torn.txt')
    await table.trigger('keydown', { key: 'End' })
    expect(active()).toBe('good.txt')
    await table.trigger('keydown', { key: 'Enter' })
    expect(mounted.wrapper.get('.row[aria-selected="true"] .name').text()).toBe('good.txt')
    await mounted.wrapper.get('th.characters button').trigger('click')
    await mounted.wrapper.get('th.characters button').trigger('click')
    expect(mounted.wrapper.get('th.characters').attributes('aria-sort')).toBe('descending')
    expect(namesIn(mounted)).toEqual(['good.txt', 'copy.txt', 'torn.txt', 'drawing.dwg'])
  })

  test('reading can be stopped and begun again', async () => {
    let calls = 0
    const { wrapper } = await open({
      handlers: {
        'documents.inspect': (_, { signal }) =>
          ++calls > 1
            ? OVERVIEW
            : new Promise((_resolve, reject) =>
                signal.addEventListener('abort', () => reject(new AppError('cancelled'))),
              ),
      },
    })
    const button = (label: string) => wrapper.findAll('button').find((each) => each.text() === label)
    await vi.waitFor(() => expect(calls).toBe(1))
    await button('読み取りを中止')?.trigger('click')
    await vi.waitFor(() => expect(wrapper.text()).toContain('読み取りを中止しました'))
    await wrapper.get('.empty-state button').trigger('click')
    await vi.waitFor(() => expect(wrapper.findAll('tbody .row')).toHaveLength(4))
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
    await vi.waitFor(() => expect(namesIn(mounted)).toHaveLength(4))
    expect(mounted.world.projects.get(SAMPLE_FOLDER)?.documents).toBe('/srv/文書')
  })

  test('in a browser, files can be sent; the project then reads its own folder', async () => {
    const mounted = await open({ world: empty(), door: 'browser' })
    const input = mounted.wrapper.get<HTMLInputElement>('input[type="file"][multiple]')
    Object.defineProperty(input.element, 'files', { value: [new File(['こんにちは'], 'memo.txt')] })
    await input.trigger('change')
    await vi.waitFor(() => expect(namesIn(mounted)).toHaveLength(4))
    expect(mounted.world.projects.get(SAMPLE_FOLDER)?.documents).toBe(`${SAMPLE_FOLDER}/documents`)
    expect(mounted.wrapper.get('.upload-progress').text()).toContain('1 件を追加しました')
  })

  test('on the desktop, no file is sent anywhere', async () => {
    const { wrapper } = await open({ world: empty(), door: 'desktop' })
    expect(wrapper.find('.upload-zone').exists()).toBe(false)
  })
})
