/**
 * Whoever works by keyboard loses their place when what had the focus goes: a row that somebody else claimed, a button
 * whose step is done, the page one has left. The focus then goes to what stood around it, and never to another button
 * there: the next Enter must not do something nobody chose. A button that is off while its request runs gets it back.
 */
export function keepFocus(root: HTMLElement): () => void {
  let last: HTMLElement | undefined;
  let around: readonly HTMLElement[] = [];
  const isLost = () => document.activeElement === null || document.activeElement === document.body;

  const entered = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    last = target;
    around = ancestorsOf(target, root);
  };
  const mend = () => {
    if (last === undefined || !isLost()) return;
    if (!last.isConnected) focusOn(around.find(({ isConnected }) => isConnected) ?? root);
    else if (!isOff(last)) last.focus({ preventScroll: true });
  };
  /** A click beside it takes the focus away on purpose. */
  const left = () =>
    setTimeout(() => {
      if (last?.isConnected === true && !isOff(last) && isLost()) last = undefined;
      mend();
    });

  const observer = new MutationObserver(mend);
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
  root.addEventListener('focusin', entered);
  document.addEventListener('focusout', left);
  return () => {
    observer.disconnect();
    root.removeEventListener('focusin', entered);
    document.removeEventListener('focusout', left);
  };
}

const isOff = (element: HTMLElement): boolean => element.matches(':disabled');

function ancestorsOf(element: HTMLElement, root: HTMLElement): readonly HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let one = element.parentElement; one !== null && one !== root; one = one.parentElement)
    found.push(one);
  return found;
}

/** What stands around is no control: reached by this alone, it is no stop on the way of the Tab key. */
export function focusOn(element: HTMLElement): void {
  if (!element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1');
  element.setAttribute('data-place', '');
  element.focus({ preventScroll: true });
}
