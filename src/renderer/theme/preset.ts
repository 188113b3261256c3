import { definePreset } from '@primeuix/themes'
import Aura from '@primeuix/themes/aura'

/** Indigo (藍), from which components take their tints. */
const INDIGO = {
  50: '#f2f5fa',
  100: '#e6ecf6',
  200: '#c9d6eb',
  300: '#9db7e8',
  400: '#7692c8',
  500: '#4a6aa3',
  600: '#2c4a7c',
  700: '#233d69',
  800: '#1c3155',
  900: '#162744',
  950: '#10203c',
} as const

/** Both themes read the same custom properties; `tokens.css` decides what they are. */
const SCHEME = {
  surface: {
    0: '#ffffff',
    50: 'var(--surface-1)',
    100: 'var(--surface-2)',
    200: 'var(--border)',
    300: 'var(--border)',
    400: 'var(--border-strong)',
    500: 'var(--text-muted)',
    600: 'var(--text-muted)',
    700: 'var(--text)',
    800: 'var(--text)',
    900: 'var(--text)',
    950: 'var(--text)',
  },
  primary: {
    color: 'var(--accent)',
    contrastColor: 'var(--on-accent)',
    hoverColor: 'var(--accent-hover)',
    activeColor: 'var(--accent-hover)',
  },
  highlight: {
    background: 'var(--accent-soft)',
    focusBackground: 'var(--accent-soft)',
    color: 'var(--text)',
    focusColor: 'var(--text)',
  },
  formField: {
    background: 'var(--surface-0)',
    disabledBackground: 'var(--surface-2)',
    filledBackground: 'var(--surface-1)',
    filledHoverBackground: 'var(--surface-1)',
    filledFocusBackground: 'var(--surface-1)',
    borderColor: 'var(--border-strong)',
    hoverBorderColor: 'var(--text-muted)',
    focusBorderColor: 'var(--accent)',
    invalidBorderColor: 'var(--bad)',
    color: 'var(--text)',
    disabledColor: 'var(--text-muted)',
    placeholderColor: 'var(--text-muted)',
    invalidPlaceholderColor: 'var(--bad)',
    floatLabelColor: 'var(--text-muted)',
    floatLabelFocusColor: 'var(--accent)',
    floatLabelActiveColor: 'var(--text-muted)',
    iconColor: 'var(--text-muted)',
    shadow: 'none',
  },
  text: {
    color: 'var(--text)',
    hoverColor: 'var(--text)',
    mutedColor: 'var(--text-muted)',
    hoverMutedColor: 'var(--text)',
  },
  content: {
    background: 'var(--surface-0)',
    hoverBackground: 'var(--surface-2)',
    borderColor: 'var(--border)',
    color: 'var(--text)',
    hoverColor: 'var(--text)',
  },
  overlay: {
    select: { background: 'var(--surface-0)', borderColor: 'var(--border)', color: 'var(--text)' },
    popover: { background: 'var(--surface-0)', borderColor: 'var(--border)', color: 'var(--text)' },
    modal: { background: 'var(--surface-0)', borderColor: 'var(--border)', color: 'var(--text)' },
  },
  list: {
    option: {
      focusBackground: 'var(--surface-2)',
      selectedBackground: 'var(--accent-soft)',
      selectedFocusBackground: 'var(--accent-soft)',
      color: 'var(--text)',
      focusColor: 'var(--text)',
      selectedColor: 'var(--text)',
      selectedFocusColor: 'var(--text)',
      icon: { color: 'var(--text-muted)', focusColor: 'var(--text)' },
    },
    optionGroup: { background: 'transparent', color: 'var(--text-muted)' },
  },
  navigation: {
    item: {
      focusBackground: 'var(--surface-2)',
      activeBackground: 'var(--surface-2)',
      color: 'var(--text)',
      focusColor: 'var(--text)',
      activeColor: 'var(--text)',
      icon: { color: 'var(--text-muted)', focusColor: 'var(--text)', activeColor: 'var(--text)' },
    },
    submenuLabel: { background: 'transparent', color: 'var(--text-muted)' },
    submenuIcon: { color: 'var(--text-muted)', focusColor: 'var(--text)', activeColor: 'var(--text)' },
  },
} as const

/** Aura counts its greys from light to dark in both themes, and takes text from the other end in the dark one. */
const DARK_SURFACE = {
  0: 'var(--text)',
  50: 'var(--text)',
  100: 'var(--text)',
  200: 'var(--text)',
  300: 'var(--text)',
  400: 'var(--text-muted)',
  500: 'var(--text-muted)',
  600: 'var(--border-strong)',
  700: 'var(--border)',
  800: 'var(--surface-2)',
  900: 'var(--surface-0)',
  950: 'var(--surface-1)',
} as const

/** Aura's own reds do not reach AA contrast. */
const DANGER = {
  root: {
    danger: {
      background: 'var(--bad)',
      hoverBackground: 'var(--bad)',
      activeBackground: 'var(--bad)',
      borderColor: 'var(--bad)',
      hoverBorderColor: 'var(--bad)',
      activeBorderColor: 'var(--bad)',
      color: 'var(--surface-0)',
      hoverColor: 'var(--surface-0)',
      activeColor: 'var(--surface-0)',
    },
  },
  outlined: {
    danger: {
      hoverBackground: 'var(--bad-soft)',
      activeBackground: 'var(--bad-soft)',
      borderColor: 'var(--bad)',
      color: 'var(--bad)',
    },
  },
} as const

/** PrimeVue's Aura in our colours, a little denser, with a focus ring that is always seen. */
export const preset = definePreset(Aura, {
  semantic: {
    primary: INDIGO,
    transitionDuration: '0.12s',
    focusRing: { width: '2px', style: 'solid', color: 'var(--accent)', offset: '2px', shadow: 'none' },
    formField: { paddingX: '0.7rem', paddingY: '0.4rem' },
    colorScheme: { light: SCHEME, dark: { ...SCHEME, surface: DARK_SURFACE } },
  },
  components: { button: { colorScheme: { light: DANGER, dark: DANGER } } },
})
