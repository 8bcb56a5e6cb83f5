import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { type Api, createApi } from './api.ts';
import type { PageConfig } from './config.ts';
import type { TimeFormat } from './format.ts';
import { firstLanguage, type Language } from './language.ts';
import type { Session } from './session.ts';
import { type SharedWords, sharedWords } from './words.ts';

/** What every part of a page may ask for. */
export interface Page {
  readonly config: PageConfig;
  readonly language: Language;
  readonly time: TimeFormat;
  readonly words: SharedWords;
  readonly dark: boolean;
  readonly setLanguage: (language: Language) => void;
  readonly setDark: (dark: boolean) => void;
}
export interface SignedIn {
  readonly session: Session;
  readonly api: Api;
}

const PageContext = createContext<Page | undefined>(undefined);
const SignedInContext = createContext<SignedIn | undefined>(undefined);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error('outside of a page');
  return page;
}
export function useSignedIn(): SignedIn {
  const signedIn = useContext(SignedInContext);
  if (signedIn === undefined) throw new Error('nobody is signed in');
  return signedIn;
}
export const useApi = (): Api => useSignedIn().api;

export function PageProvider({ config, children }: { config: PageConfig; children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() =>
    firstLanguage(localStorage.getItem('cardguard.language'), navigator.languages),
  );
  const [dark, setDark] = useState(() => {
    const chosen = localStorage.getItem('cardguard.theme');
    return chosen === null ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
  });
  useEffect(() => {
    localStorage.setItem('cardguard.language', language);
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    applyMode(dark ? Mode.Dark : Mode.Light);
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
  }, [dark]);
  const page = useMemo<Page>(
    () => ({
      config,
      language,
      time: { language, zone: config.zone },
      words: sharedWords[language],
      dark,
      setLanguage,
      setDark: (on) => {
        localStorage.setItem('cardguard.theme', on ? 'dark' : 'light');
        setDark(on);
      },
    }),
    [config, language, dark],
  );
  return <PageContext value={page}>{children}</PageContext>;
}

export function SignedInProvider(props: { session: Session; signedOut: () => void; children: ReactNode }) {
  const { config } = usePage();
  const { session, signedOut } = props;
  const signedIn = useMemo<SignedIn>(
    () => ({ session, api: createApi({ base: config.api, token: session.token, signedOut }) }),
    [session, signedOut, config.api],
  );
  return <SignedInContext value={signedIn}>{props.children}</SignedInContext>;
}
