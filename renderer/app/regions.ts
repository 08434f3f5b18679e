/** Names that components put in `data-region`, in the order in which F6 visits them. */
const order = ['rail', 'head', 'list', 'conversation', 'composer', 'details', 'toasts'];

const elementOf = (region: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>(`[data-region="${region}"]`)].find((element) => element.checkVisibility());

const focusable = 'button:not([disabled]), [href], input, textarea, [tabindex="0"]';

/** Moves the focus into a region: to its marked target, its first control, or itself. */
export const focusRegion = (region: string): boolean => {
  const element = elementOf(region);
  if (element === undefined) return false;
  const target = element.matches('[data-region-target]')
    ? element
    : (element.querySelector<HTMLElement>('[data-region-target]') ??
      element.querySelector<HTMLElement>('[aria-current="true"], [role="tab"][aria-selected="true"]') ??
      element.querySelector<HTMLElement>(focusable) ??
      element);
  if (region === 'toasts' && target === element) return false;
  target.focus();
  return document.activeElement === target;
};

/** The region that has the focus. */
export const currentRegion = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset['region'];

/** F6 and Shift+F6: the next region that is on screen. */
export const cycleRegion = (step: 1 | -1): void => {
  const here = order.indexOf(currentRegion() ?? '');
  for (let distance = 1; distance <= order.length; distance += 1) {
    const start = here === -1 && step === -1 ? 0 : here;
    const region = order[(start + step * distance + order.length * 2) % order.length];
    if (region !== undefined && focusRegion(region)) return;
  }
};
