import { usePage } from '../shared/page.tsx';
import { en } from './words-en.ts';
import { type Words, zh } from './words-zh.ts';

/** The words of the desk in the language of now. */
export const useWords = (): Words => (usePage().language === 'en' ? en : zh);
