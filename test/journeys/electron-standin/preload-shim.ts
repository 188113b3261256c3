/**
 * Runs a preload script in the page, with what Electron gives a sandboxed one. Electron runs it in a world of its own;
 * here it shares the page's, so that the bridge is as frozen, but not as far away.
 */
export const IPC_BINDING = '__standinIpc'
const DELIVER = '__standinDeliver'
const FILE_PATHS = '__standinPaths'

/** @param preload source of a CommonJS module */
export const preloadShim = (preload: string): string => `(() => {
  if (window !== window.top || location.protocol !== 'https:') return
  const tell = window.${IPC_BINDING}
  const listeners = new Map()
  const paths = new WeakMap()
  const of = (channel) => listeners.get(channel) ?? listeners.set(channel, new Set()).get(channel)
  const frozen = (value) => {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen)
    return Object.freeze(value)
  }
  // Calls go one after the other, in the order in which they were made.
  const ipcRenderer = {
    send: (channel, ...args) => void tell(channel, structuredClone(args)),
    on: (channel, listener) => void of(channel).add(listener),
    off: (channel, listener) => void of(channel).delete(listener),
  }
  const contextBridge = {
    exposeInMainWorld: (name, api) =>
      Object.defineProperty(window, name, { value: frozen(api), enumerable: true }),
  }
  const webUtils = { getPathForFile: (file) => paths.get(file) ?? '' }
  Object.defineProperty(window, '${DELIVER}', {
    value: (channel, args) => [...of(channel)].forEach((listener) => listener({}, ...args)),
  })
  Object.defineProperty(window, '${FILE_PATHS}', { value: paths })
  const modules = { electron: { contextBridge, ipcRenderer, webUtils } }
  const require = (name) => {
    if (!Object.hasOwn(modules, name)) throw new Error('module not found: ' + name)
    return modules[name]
  }
  ;((require, module, exports) => {
${preload}
  })(require, { exports: {} }, {})
})()`

/** In the page: hands a message of main to the preload script's listeners. */
export const deliverScript = (channel: string, args: readonly unknown[]): string =>
  `window.${DELIVER}?.(${JSON.stringify(channel)}, ${JSON.stringify(args)})`

/** In the page: drops files on an element; their paths are what `webUtils` will tell. @param selector of CSS */
export const dropScript = (
  selector: string,
  files: readonly { path: string; name: string }[],
): string => `(() => {
  const element = document.querySelector(${JSON.stringify(selector)})
  const dataTransfer = new DataTransfer()
  for (const { path, name } of ${JSON.stringify(files)}) {
    const file = new File([], name)
    window.${FILE_PATHS}.set(file, path)
    dataTransfer.items.add(file)
  }
  for (const type of ['dragenter', 'dragover', 'drop']) {
    element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  }
})()`
