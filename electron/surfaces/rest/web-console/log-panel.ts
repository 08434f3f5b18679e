import { type Api, messageOf } from './api';
import { button, element, setHidden, setText } from './element';
import { logTime } from './times';
import type { View } from './view';

/** Lines that are read at a time. */
const lineCount = 200;

interface LogLine {
  readonly time: string;
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const levels = ['debug', 'info', 'warn', 'error'] as const;

/** The latest lines of the chosen session's log, newest first. */
export const logPanel = (api: Api): View => {
  const list = element('ol', { class: 'log', tabindex: '0', 'aria-label': 'Log lines' });
  const note = element('p', { class: 'quiet note', role: 'status' });
  const select = element(
    'select',
    { id: 'log-level', class: 'input', change: () => void read() },
    ...levels.map((level) => element('option', { value: level }, level)),
  );
  select.value = 'info';
  const root = element(
    'section',
    { class: 'log-panel', 'aria-label': 'Log', hidden: true },
    element(
      'div',
      { class: 'log-head' },
      element('label', { for: 'log-level' }, 'From level'),
      select,
      button('Read again', () => void read()),
      note,
    ),
    list,
  );
  let shown: string | undefined;

  const read = async (): Promise<void> => {
    const id = shown;
    if (id === undefined) return;
    setText(note, 'Reading the log');
    try {
      const lines = await api.get<readonly LogLine[]>(`/sessions/${id}/logs?limit=${lineCount}&level=${select.value}`);
      if (shown !== id) return;
      list.replaceChildren(
        ...lines.map((line) =>
          element(
            'li',
            { 'data-level': line.level },
            element('time', { class: 'tabular' }, logTime(Date.parse(line.time))),
            element('span', { class: 'level' }, line.level),
            element('span', { class: 'words' }, wordsOf(line)),
          ),
        ),
      );
      setText(note, lines.length === 0 ? 'Nothing was written yet.' : '');
      list.scrollTop = 0;
    } catch (thrown) {
      if (shown === id) setText(note, `The log could not be read. ${messageOf(thrown)}`);
    }
  };

  return {
    root,
    update({ tab, chosen }) {
      const wanted = tab === 'log' ? chosen : undefined;
      setHidden(root, wanted === undefined);
      if (wanted === shown) return;
      shown = wanted;
      list.replaceChildren();
      if (wanted !== undefined) void read();
    },
  };
};

/** The sentence, and what else the line holds. */
const wordsOf = ({ message, fields }: LogLine): string => {
  const more = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [message, ...more].join('  ');
};
