import { describe, expect, it } from 'vitest';
import { sendStateSchema, type Wait, waitReasonSchema } from '../../../electron/contract/entities/send';
import { isLimitedByWhatsApp, previewOfSend, wordsOfSend, wordsOfWait } from '../../../renderer/state/send-words';
import { formatUntil } from '../../../renderer/ui/format-time';
import { aGate, aSend } from './renderer-fixtures';

const moments = { until: (ms: number) => `T${ms}`, second: (ms: number) => `S${ms}` };
const words = (wait: Wait | undefined, more: { readonly ahead?: number } = {}) =>
  wordsOfWait(wait, { label: 'Sales', status: undefined, ...more }, moments);

describe('why a row waits, in words', () => {
  it('has words for every reason, with and without a time', () => {
    for (const reason of waitReasonSchema.options) {
      for (const wait of [{ reason }, { reason, untilMs: 5 }]) {
        expect(words(wait)).toMatch(/^[A-Z].*[^.\s]$/);
        expect(words(wait)).not.toContain('undefined');
      }
    }
  });

  it.each([
    [{ reason: 'quiet_hours', untilMs: 8 }, 'Quiet hours until T8'],
    [{ reason: 'whatsapp_timelock', untilMs: 8 }, 'WhatsApp’s limit until T8'],
    [{ reason: 'pace', untilMs: 8 }, 'Pace: next at S8'],
    [{ reason: 'hour_cap', untilMs: 8 }, 'Hourly cap reached, waits until T8'],
    [{ reason: 'account_not_ready' }, 'Sales is stopped'],
  ] as const)('%j reads %j', (wait, sentence) => expect(words(wait)).toBe(sentence));

  it('counts who goes first where that is known', () => {
    const wait = { reason: 'in_line' } as const;
    expect(words(wait, { ahead: 12 })).toBe('Waits behind 12 others');
    expect(words(wait, { ahead: 1 })).toBe('Waits behind 1 other');
    expect(words(wait)).toBe('Others go first');
  });

  it('names what the session does', () => {
    const wait = { reason: 'account_not_ready' } as const;
    const status = {
      state: 'reconnecting',
      sinceMs: 1,
      reason: 'x',
      me: { wid: 'a', phone: '+1', pushName: '' },
    } as const;
    expect(wordsOfWait(wait, { label: 'Sales', status }, moments)).toBe('Sales is reconnecting');
  });

  it('has a word for every state', () => {
    for (const state of sendStateSchema.options) expect(wordsOfSend[state]).toMatch(/^[A-Z]/);
  });
});

describe('what a row says', () => {
  const media = { kind: 'media', mediaId: 'A'.repeat(32), form: 'auto', filename: 'list.pdf', size: 9 } as const;
  const preview = (content: unknown) => previewOfSend({ content } as Parameters<typeof previewOfSend>[0]);

  it('is its text on one line', () => {
    expect(preview({ kind: 'text', body: ' Hello\n\nthere ' })).toEqual({ kind: 'text', text: 'Hello there' });
  });

  it('is its file with the caption, under the picture of what it goes as', () => {
    expect(preview({ ...media, mimetype: 'application/pdf', caption: 'New\nprices' })).toEqual({
      kind: 'document',
      text: 'list.pdf · New prices',
    });
    expect(preview({ ...media, mimetype: 'image/png' }).kind).toBe('image');
    expect(preview({ ...media, mimetype: 'image/png', form: 'document' }).kind).toBe('document');
    expect(preview({ ...media, mimetype: 'audio/ogg', form: 'voice' }).kind).toBe('voice');
  });

  it('is the name of a card, the place of a location, the question of a poll', () => {
    expect(preview({ kind: 'contact', vcard: 'BEGIN:VCARD\r\nFN:Ana Souza\r\nEND:VCARD' }).text).toBe('Ana Souza');
    expect(preview({ kind: 'location', latitude: 1.5, longitude: -2 }).text).toBe('1.5, -2');
    expect(preview({ kind: 'poll', question: 'When?', options: ['a', 'b'], multipleAnswers: false }).text).toBe(
      'When?',
    );
    expect(previewOfSend(aSend(3)).text).toBe('message 3');
  });
});

describe('WhatsApp’s own limits', () => {
  const capping = (status: 'NONE' | 'CAPPED') =>
    aGate({ stated: { capping: { status, quota: 50, used: 50, cycleEndsAtMs: 100 } } });

  it('hold until their end and not a moment longer', () => {
    const locked = aGate({ stated: { timelock: { endsAtMs: 100, enforcementType: 'x' } } });
    expect([99, 100].map((nowMs) => isLimitedByWhatsApp(locked, nowMs))).toEqual([true, false]);
    expect([99, 100].map((nowMs) => isLimitedByWhatsApp(capping('CAPPED'), nowMs))).toEqual([true, false]);
    expect(isLimitedByWhatsApp(capping('NONE'), 1)).toBe(false);
  });
});

describe('the end of a wait', () => {
  it('is the clock today, then says tomorrow, then the date', () => {
    const noon = new Date(2026, 4, 10, 12).getTime();
    const day = 86_400_000;
    expect(formatUntil(noon + 3_600_000, noon)).toMatch(/^(13:00|1:00\sPM)$/);
    expect(formatUntil(noon + day, noon)).toMatch(/^tomorrow, 12:00/);
    expect(formatUntil(noon + 3 * day, noon)).toMatch(/13/);
  });
});
