/** One server-sent event. */
export interface StreamEvent {
  readonly id: string | undefined;
  readonly type: string;
  readonly data: string;
}

/** Makes events of a stream's text, however it is cut into pieces. Comments and unknown fields say nothing. */
export const createEventReader = (): ((piece: string) => readonly StreamEvent[]) => {
  let rest = '';
  let id: string | undefined;
  let type = '';
  let data: string[] = [];

  const take = (line: string): StreamEvent | undefined => {
    if (line === '') {
      const event = type === '' && data.length === 0 ? undefined : { id, type, data: data.join('\n') };
      type = '';
      data = [];
      return event;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'id') id = value;
    if (field === 'event') type = value;
    if (field === 'data') data.push(value);
    return undefined;
  };

  return (piece) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    return lines.flatMap((line) => take(line.replace(/\r$/, '')) ?? []);
  };
};
