// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'

import { useSessionStore } from '../../../src/renderer/stores/session.ts'
import { useSettingsStore } from '../../../src/renderer/stores/settings.ts'
import { useTourStore } from '../../../src/renderer/stores/tour.ts'
import SettingsView from '../../../src/renderer/views/settings/settings-view.vue'
import { AppError } from '../../../src/shared/errors.ts'
import { REPORT } from '../fakes/doctor.ts'
import { type Mounted, mountWith, type MountOptions } from '../fakes/mount-with.ts'

afterEach(() => document.body.replaceChildren())

async function settings(options: MountOptions = {}): Promise<Mounted> {
  const mounted = await mountWith(SettingsView, options)
  await useSessionStore().start()
  await useSettingsStore().load()
  await flushPromises()
  return mounted
}

test('language and theme are written as they are chosen', async () => {
  const { wrapper, world } = await settings()
  await wrapper.get('input[type=radio][value=en]').setValue()
  await wrapper.get('input[type=radio][value=dark]').setValue()
  await flushPromises()
  expect(world.settings).toMatchObject({ locale: 'en', theme: 'dark' })
  await wrapper.get('input[type=radio][value=system]').setValue()
  await flushPromises()
  expect(world.settings.locale).toBe(null)
})

test('only devices that are there can be chosen; the others say what they lack', async () => {
  const { wrapper, world } = await settings()
  const devices = ['cpu', 'webgpu', 'cuda', 'dml'].map((value) => {
    const input = wrapper.get<HTMLInputElement>(`input[value=${value}]`)
    const why = input.attributes('aria-describedby')
    return [value, !input.element.disabled, why === undefined ? null : wrapper.get(`[id="${why}"]`).text()]
  })
  expect(devices).toEqual([
    ['cpu', true, null],
    ['webgpu', true, null],
    [
      'cuda',
      false,
      'この環境では使えません。NVIDIA の GPU と、CUDA 用の追加ファイルが必要です（利用の手引きを参照）。',
    ],
    ['dml', false, 'この環境では使えません。DirectML は Windows 版でのみ使えます。'],
  ])
  await wrapper.get('input[value=webgpu]').setValue()
  await flushPromises()
  expect(world.settings.provider).toBe('webgpu')
})

test('when the machine cannot be examined, the chosen device stays, and another attempt is offered', async () => {
  let isBroken = true
  const { wrapper } = await settings({
    handlers: {
      'doctor.examine': () => {
        if (isBroken) throw new AppError('call/disconnected')
        return REPORT
      },
    },
  })
  const enabled = (): string[] =>
    wrapper
      .findAll<HTMLInputElement>('input[type=radio]')
      .filter(({ element }) => ['cpu', 'webgpu'].includes(element.value) && !element.disabled)
      .map(({ element }) => element.value)
  expect(enabled()).toEqual(['cpu'])
  isBroken = false
  await wrapper.get('[role=alert] button').trigger('click')
  await flushPromises()
  expect(enabled()).toEqual(['cpu', 'webgpu'])
})

test('threads are a whole number or left to the machine', async () => {
  const { wrapper, world } = await settings()
  const field = wrapper.get('input[inputmode=numeric]')
  expect(wrapper.text()).toContain('物理コア数（16）')
  for (const wrong of ['0', '1.5', 'many', '1025']) {
    await field.setValue(wrong)
    await field.trigger('change')
    expect(wrapper.get('.invalid').text()).toBe('1 から 1024 までの整数を入力してください。')
    expect(world.settings.threads).toBe(null)
  }
  await field.setValue('8')
  await field.trigger('change')
  await flushPromises()
  expect(wrapper.find('.invalid').exists()).toBe(false)
  expect(world.settings.threads).toBe(8)
  await field.setValue('')
  await field.trigger('change')
  await flushPromises()
  expect(world.settings.threads).toBe(null)
})

test('the cache tells its size and is cleared', async () => {
  const { wrapper } = await settings({ locale: 'en' })
  expect(wrapper.text()).toContain('187 MiB in 9 files')
  await wrapper
    .findAll('button')
    .find((each) => each.text() === 'Clear the cache')
    ?.trigger('click')
  await flushPromises()
  expect(wrapper.text()).toContain('The cache is empty.')
})

test('the tour is opened again, and the version is told', async () => {
  const { wrapper } = await settings()
  expect(wrapper.get('.about').text()).toContain('0.1.0')
  await wrapper
    .findAll('button')
    .find((each) => each.text() === '紹介を見る')
    ?.trigger('click')
  expect(useTourStore().isOpen).toBe(true)
})
