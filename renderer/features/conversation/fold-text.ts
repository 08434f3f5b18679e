/** Longest text that is shown at once, in UTF-16 code units and in lines. */
export const foldLength = 1200;
export const foldLines = 16;

/** The beginning of a text that is too long to be shown at once; undefined when it is not. Never cuts a character in two. */
export const foldText = (text: string): string | undefined => {
  let end = text.length > foldLength * 1.25 ? foldLength : text.length;
  let line = -1;
  for (let count = 0; count < foldLines; count += 1) {
    line = text.indexOf('\n', line + 1);
    if (line === -1 || line >= end) break;
  }
  if (line !== -1 && line < end) end = line;
  if (end === text.length) return undefined;
  const window = text.slice(Math.max(0, end - 60), end);
  const space = window.search(/\s\S*$/);
  const cut = line === end || space === -1 ? end : end - window.length + space;
  const last = text.charCodeAt(cut - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? cut - 1 : cut);
};
