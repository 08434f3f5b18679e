import { restError } from './rest-error';

/** Deeper JSON than any call has a use for. */
const deepest = 64;

/** How deep objects and arrays are nested in a JSON text, without parsing it. */
export const depthOf = (text: string): number => {
  let depth = 0;
  let most = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > most) most = depth;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return most;
};

/** The object in a JSON body; anything else is refused in words. */
export const parseJsonBody = (text: string): Readonly<Record<string, unknown>> => {
  if (text.trim() === '') return {};
  if (depthOf(text) > deepest)
    throw restError(400, 'VALIDATION_ERROR', `The body is nested deeper than ${deepest} levels.`);
  let value: unknown;
  try {
    value = JSON.parse(text, (key, entry: unknown) => {
      if (key === '__proto__') throw new Error('it names __proto__');
      return entry;
    });
  } catch (error) {
    const why = error instanceof Error && error.message === 'it names __proto__' ? error.message : 'it is not JSON';
    throw restError(400, 'VALIDATION_ERROR', `The body cannot be read: ${why}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw restError(400, 'VALIDATION_ERROR', 'The body must be a JSON object.');
  }
  return value as Readonly<Record<string, unknown>>;
};
