import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** Packages that one file or folder alone may import; everything else goes through its door. */
const RISKY_PACKAGES = {
  'onnxruntime-node': 'src/engine/runtime',
  koffi: 'src/engine/runtime',
  exceljs: 'src/engine/report/workbook.ts',
  'node:sqlite': 'src/engine/store',
  electron: 'src/main',
} as const

const restricted = (
  allowed: readonly string[],
): ['error', { paths: { name: string; message: string }[] }] => [
  'error',
  {
    paths: Object.entries(RISKY_PACKAGES)
      .filter(([name]) => !allowed.includes(name))
      .map(([name, home]) => ({ name, message: `only ${home} imports ${name}` })),
  },
]

export default defineConfig(
  { ignores: ['node_modules', 'out', 'dist', '.tsbuild', 'resources'] },
  js.configs.recommended,
  tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      // Inner numeric loops index typed arrays within proven bounds.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-function': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      curly: ['error', 'multi-line'],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-imports': restricted([]),
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
    },
  },
  {
    files: ['src/engine/runtime/**'],
    rules: { 'no-restricted-imports': restricted(['onnxruntime-node', 'koffi']) },
  },
  { files: ['src/engine/report/workbook.ts'], rules: { 'no-restricted-imports': restricted(['exceljs']) } },
  { files: ['src/engine/store/**'], rules: { 'no-restricted-imports': restricted(['node:sqlite']) } },
  {
    files: ['src/shared/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['node:*', '**/engine/**', '**/cli/**'], message: 'shared imports zod only' }],
        },
      ],
    },
  },
  { files: ['bench/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: { globals: { process: 'readonly', URL: 'readonly', module: 'writable' } },
  },
  prettier,
)
