import { I18nProvider } from '@cloudscape-design/components/i18n';
import english from '@cloudscape-design/components/i18n/messages/all.en';
import chinese from '@cloudscape-design/components/i18n/messages/all.zh-CN';
import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { type ReactNode, useEffect } from 'react';
import { languages } from './language.ts';
import { SkipLink } from './main.tsx';
import { usePage } from './page.tsx';
import { sharedWords } from './words.ts';

const moon = (
  <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d="M13 10A6 6 0 0 1 6 3a6 6 0 1 0 7 7z" />
  </svg>
);
const sun = (
  <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <circle cx="8" cy="8" r="3" />
    <path d="M8 1v2M8 13v2M1 8h2M13 8h2" />
  </svg>
);

/** The bar on top of every page: whose page it is, language, theme, who is signed in. */
export function Frame(props: {
  title: string;
  home: string;
  person?: { name: string; note?: string; signOut: () => void };
  links?: readonly { text: string; href: string }[];
  children: ReactNode;
}) {
  const { language, setLanguage, dark, setDark, words, config } = usePage();
  useEffect(() => {
    document.title = `${props.title} · ${config.bank[language]}`;
  }, [props.title, config.bank, language]);
  const utilities: TopNavigationProps.Utility[] = [
    ...(props.links ?? []).map(
      ({ text, href }): TopNavigationProps.Utility => ({ type: 'button', text, href, external: false }),
    ),
    {
      type: 'button',
      text: dark ? words.light : words.dark,
      iconSvg: dark ? sun : moon,
      ariaLabel: `${words.theme}: ${dark ? words.light : words.dark}`,
      onClick: () => setDark(!dark),
    },
    {
      type: 'menu-dropdown',
      text: sharedWords[language].languageName,
      iconName: 'globe',
      ariaLabel: `${words.language}: ${sharedWords[language].languageName}`,
      items: languages.map((id) => ({ id, text: sharedWords[id].languageName })),
      onItemClick: ({ detail }) => setLanguage(detail.id === 'en' ? 'en' : 'zh-CN'),
    },
    ...(props.person === undefined
      ? []
      : [
          {
            type: 'menu-dropdown',
            text: props.person.name,
            description: props.person.note,
            iconName: 'user-profile',
            items: [{ id: 'sign-out', text: words.signOut }],
            onItemClick: props.person.signOut,
          } satisfies TopNavigationProps.Utility,
        ]),
  ];
  return (
    <I18nProvider locale={language} messages={[english, chinese]}>
      <SkipLink />
      <div id="top">
        <TopNavigation
          identity={{
            href: props.home,
            title: config.bank[language],
            logo: { src: '/icon.svg', alt: '' },
          }}
          utilities={utilities}
        />
      </div>
      {props.children}
    </I18nProvider>
  );
}
