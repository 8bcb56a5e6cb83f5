import { type ReactNode, useEffect, useRef } from 'react';
import { focusOn, keepFocus } from './keep-focus.ts';
import { usePage } from './page.tsx';

const ID = 'content';

/** What the page is about; the focus stays in it whatever comes and goes. */
export function Main({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <main className={className}>
      <Content>{children}</Content>
    </main>
  );
}

/** The same where the layout brings its own `main`. */
export function Content({ children }: { children: ReactNode }) {
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => (content.current === null ? undefined : keepFocus(content.current)), []);
  return (
    <div id={ID} ref={content} tabIndex={-1}>
      {children}
    </div>
  );
}

/** The first stop of the Tab key: past the bar on top. A hash names a page here, so it is not followed. */
export function SkipLink() {
  const { words } = usePage();
  return (
    <a
      className="skip"
      href={`#${ID}`}
      onClick={(event) => {
        event.preventDefault();
        const content = document.getElementById(ID);
        if (content !== null) focusOn(content);
      }}
    >
      {words.skip}
    </a>
  );
}
