// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'

import PathField from '../../../src/renderer/components/path-field.vue'
import { useSessionStore } from '../../../src/renderer/stores/session.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { eventually } from '../fakes/eventually.ts'
import { FakeWorld } from '../fakes/fake-api.ts'
import { type Mounted, mountWith, type MountOptions } from '../fakes/mount-with.ts'

afterEach(() => document.body.replaceChildren())

async function field(options: MountOptions = {}): Promise<Mounted> {
  const mounted = await mountWith(PathField, {
    ...options,
    props: { label: '文書フォルダー', kind: 'folder', modelValue: null, ...options.props },
  })
  await useSessionStore().start()
  await flushPromises()
  return mounted
}

const emitted = (wrapper: VueWrapper): unknown[] => (wrapper.emitted('update:modelValue') ?? []).flat()
const dialogButton = (label: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll<HTMLButtonElement>('.folder-chooser button')].find(
    ({ textContent }) => textContent.includes(label),
  )
  if (found === undefined) throw new Error(`no button ${label}`)
  return found
}

test('a path is typed; it counts when the entry is complete, without the quotes of an explorer', async () => {
  const { wrapper } = await field()
  const input = wrapper.get('input')
  await input.setValue('"C:\\社内文書" ')
  await input.trigger('change')
  expect(emitted(wrapper).at(-1)).toBe('C:\\社内文書')
  expect(input.element.value).toBe('C:\\社内文書')
  expect(wrapper.get('label').attributes('for')).toBe(input.attributes('id'))
})

test('on one line it tells the path and how to change it, without the help', async () => {
  const { wrapper } = await field({ props: { modelValue: '/old', help: '説明', isCompact: true } })
  expect(wrapper.get('input').element.value).toBe('/old')
  expect(wrapper.get('input').attributes('aria-describedby')).toBeUndefined()
  expect(wrapper.get('button').attributes('aria-label')).toBe('文書フォルダー: 変更…')
  expect(wrapper.findAll('.help')).toEqual([])
})

test('an emptied field is no path', async () => {
  const { wrapper } = await field({ props: { modelValue: '/old' } })
  await wrapper.get('input').setValue('  ')
  await wrapper.get('input').trigger('change')
  expect(emitted(wrapper).at(-1)).toBe(null)
})

test('on the desktop the system’s dialog is asked, and a folder can be dropped', async () => {
  const world = new FakeWorld()
  world.chosenPath = '/chosen'
  const { wrapper } = await field({ world })
  await wrapper.get('button').trigger('click')
  await flushPromises()
  expect(emitted(wrapper)).toEqual(['/chosen'])
  const transfer = new DataTransfer()
  transfer.items.add(new File([], '規程'))
  await wrapper.get('.path-field').trigger('drop', { dataTransfer: transfer })
  expect(emitted(wrapper)).toEqual(['/chosen', '/dropped/規程'])
})

test('a dialog that was closed changes nothing; one that failed says why', async () => {
  const { wrapper } = await field({
    handlers: {
      'shell.chooseFolder': () => {
        throw new AppError('call/disconnected')
      },
    },
  })
  await wrapper.get('button').trigger('click')
  await flushPromises()
  expect(emitted(wrapper)).toEqual([])
  expect(wrapper.get('[role=alert]').text()).toBe(new AppError('call/disconnected').localized('ja'))
})

test('in a browser the page walks through the folders of the machine', async () => {
  const { wrapper } = await field({ door: 'browser' })
  wrapper.get('button').element.focus()
  await wrapper.get('button').trigger('click')
  await eventually(() => void dialogButton('documents'))
  dialogButton('documents').click()
  await eventually(() =>
    expect(document.querySelector('.folder-chooser')?.textContent).toContain('ファイル 41 件'),
  )
  dialogButton('このフォルダーを選ぶ').click()
  await flushPromises()
  expect(emitted(wrapper)).toEqual(['/home/soroban/documents'])
  expect(document.querySelector('.folder-chooser')).toBe(null)
  expect(document.activeElement).toBe(wrapper.get('button').element)
})

test('where a model is wanted, models come first and are taken instead of entered', async () => {
  const { wrapper } = await field({
    door: 'browser',
    props: { kind: 'model', modelValue: '/home/soroban/models' },
  })
  await wrapper.get('button').trigger('click')
  await eventually(() => void dialogButton('llama-3-8b'))
  expect(
    [...document.querySelectorAll('.folder-chooser .name')].map(({ textContent }) => textContent),
  ).toEqual(['上のフォルダーへ', 'llama-3-8b', 'archive'])
  dialogButton('llama-3-8b').click()
  await flushPromises()
  expect(emitted(wrapper)).toEqual(['/home/soroban/models/llama-3-8b'])
})

test('a place that is gone leads to the user’s own folder', async () => {
  const { wrapper } = await field({ door: 'browser', props: { modelValue: '/gone' } })
  await wrapper.get('button').trigger('click')
  await eventually(() => void dialogButton('documents'))
  expect(document.querySelector<HTMLInputElement>('.folder-chooser .path')?.value).toBe('/home/soroban')
})
