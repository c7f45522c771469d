/** Where the pages begin. */
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './shell/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app.tsx';
import { startTexts } from './shell/language.ts';

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no place for the pages');
await startTexts();
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
