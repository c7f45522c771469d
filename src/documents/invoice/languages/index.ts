/** All languages that documents are written in. */

import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { pt } from './pt.ts';
import type { InvoiceWords } from './words.ts';

export const wordsOf: Readonly<Record<DocumentLanguage, InvoiceWords>> = { en, de, fr, es, pt, ar };
