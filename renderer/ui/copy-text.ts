/**
 * Puts a text on the clipboard; answers whether it worked. By selection, because this window refuses every permission,
 * also the one for the clipboard. Needs a press of the person a moment ago.
 */
export const copyText = (text: string): boolean => {
  const onCopy = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData('text/plain', text);
  };
  document.addEventListener('copy', onCopy, true);
  try {
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', onCopy, true);
  }
};
