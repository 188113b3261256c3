import { createApi } from './api.ts'
import { mountApp } from './mount.ts'
import { bridgeLine, webSocketLine } from './transport.ts'

const { soroban } = window

mountApp(
  createApi(
    soroban === undefined
      ? { openLine: webSocketLine(location.href) }
      : { openLine: bridgeLine(soroban), pathOf: (file) => soroban.pathOf(file) },
  ),
)
