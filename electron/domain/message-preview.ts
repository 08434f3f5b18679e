/** Longest preview of a message in a list, in code points. */
export const previewCodePoints = 200;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The beginning of a message for one row of a list: at most {@link previewCodePoints} code points, never cut inside what
 * a reader sees as one character. Only a single "character" longer than the whole preview is cut between code points.
 */
export const previewOf = (body: string): string => {
  if (body.length <= previewCodePoints) return body;
  // A code point has at most two units; a few more units show whether the last character goes on. A body of 1 MB costs the same.
  const beginning = body.slice(0, previewCodePoints * 2 + 4);
  let preview = '';
  let taken = 0;
  for (const { segment } of graphemes.segment(beginning)) {
    const length = Array.from(segment).length;
    if (taken + length > previewCodePoints) break;
    preview += segment;
    taken += length;
  }
  return taken > 0 ? preview : Array.from(beginning).slice(0, previewCodePoints).join('');
};
