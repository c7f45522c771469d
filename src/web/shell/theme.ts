/** How everything looks: one accent, four sizes, an 8 px grid. Colours of states and charts are in theme.css. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, Menu } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#e8f6f8',
  '#d3e9ed',
  '#a5d3da',
  '#74bcc6',
  '#4ea9b6',
  '#369dac',
  '#2597a7',
  '#138392',
  '#0a6d7a',
  '#005f6c',
];

const plain = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 8, dark: 4 },
  autoContrast: true,
  colors: { accent },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '24px' },
  spacing: { xs: '4px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  defaultRadius: 4,
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '24px' }, h2: { fontSize: '16px' }, h3: { fontSize: '14px' } } },
  cursorType: 'pointer',
  // Mantine gives the focus of a menu to a box without a word in it, which is no menu item: the first item has it instead.
  components: { Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }) },
});

/** Quiet text is read too: contrast AA on both grounds. */
const variablesOf =
  (colours: MantineColorsTuple): CSSVariablesResolver =>
  () => ({
    variables: {},
    light: { '--mantine-color-dimmed': '#5a6369', '--mantine-color-placeholder': '#646d73', '--mantine-color-error': '#b3261e' },
    dark: {
      ...{ '--mantine-color-dimmed': '#a6adb3', '--mantine-color-placeholder': '#99a1a7', '--mantine-color-error': '#ff9a91' },
      // White on what links are is too pale.
      ...{ '--mantine-color-accent-filled': colours[8], '--mantine-color-accent-filled-hover': colours[9] },
    },
  });

/** In our accent, or in an operator's shades. */
export function branded(colours: MantineColorsTuple = accent) {
  return { theme: { ...plain, colors: { accent: colours } }, variables: variablesOf(colours) };
}
