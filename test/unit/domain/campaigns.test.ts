import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SendingSettings, sendingSettingsSchema } from '../../../electron/contract/entities/sending-settings';
import { readContact } from '../../../electron/domain/campaigns/contact';
import { expectedEnd } from '../../../electron/domain/campaigns/expected-end';
import { spreadRows } from '../../../electron/domain/campaigns/spread-rows';
import { readTemplate, renderTemplate } from '../../../electron/domain/campaigns/template';
import type { Departure } from '../../../electron/domain/sending/departures';
import { type GateView, gateVerdict } from '../../../electron/domain/sending/gate';
import { accountId, messageId } from '../../fakes/entities';

const render = (text: string, variables: Readonly<Record<string, string>>) => {
  const read = readTemplate(text);
  return read.ok ? renderTemplate(read.template, variables) : read;
};

describe('a template', () => {
  it('takes variables, each as it was given, and never looks into what they hold', () => {
    expect(render('Hi {{ name }}, {{item}}!', { name: '{{item}}', item: '$& oak' })).toEqual({
      ok: true,
      text: 'Hi {{item}}, $& oak!',
    });
    expect(render('{{First name}} {{größe}}', { 'First name': 'Ana', größe: 'L' })).toEqual({
      ok: true,
      text: 'Ana L',
    });
  });

  it('says which variables are missing or blank, each once, unless there is a word for those without', () => {
    expect(render('{{a}} {{b}} {{a}}', { b: ' ' })).toEqual({ ok: false, missing: ['a', 'b'] });
    expect(render('Hello {{name|friend}}{{rest|}}', { name: '' })).toEqual({ ok: true, text: 'Hello friend' });
    expect(render('{{constructor}}', {})).toEqual({ ok: false, missing: ['constructor'] });
  });

  it('refuses braces that do not end or hold no name, and leaves other braces alone', () => {
    expect(render('Hello {{name', { name: 'Ana' })).toMatchObject({
      ok: false,
      problem: expect.stringContaining('}}'),
    });
    for (const text of ['{{}}', '{{ }}', '{{a{b}}', '{{{{a}}}}', '{{|x}}'])
      expect(render(text, { a: 'x' })).toHaveProperty('problem');
    expect(render('{a} }} {', {})).toEqual({ ok: true, text: '{a} }} {' });
  });

  it('without variables is the text itself, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('{{'));
        expect(render(text, {})).toEqual({ ok: true, text });
      }),
    );
  });
});

describe('a contact', () => {
  it.each([
    ['+55 (11) 4002-0022', '551140020022@c.us'],
    ['0055.11.4002.0022', '551140020022@c.us'],
    ['551140020022', '551140020022@c.us'],
    ['+49 30/1234567', '49301234567@c.us'],
    ['551140020022@s.whatsapp.net', '551140020022@c.us'],
    ['98765432101234@lid', '98765432101234@lid'],
    ['120363000000000001@g.us', '120363000000000001@g.us'],
  ])('%s is %s', (given, chatId) => {
    expect(readContact(given)).toEqual({ ok: true, chatId });
  });

  it.each([
    '011 4002-0022',
    '+0 123 4567',
    '12345',
    '1234567890123456',
    'Ana',
    '++551140020022',
    '1@newsletter',
    'status@broadcast',
    '',
  ])('%j is none, and it is said why', (given) => {
    expect(readContact(given)).toEqual({ ok: false, problem: expect.stringMatching(/^must be /) });
  });
});

describe('rows are spread', () => {
  const [one, two, three] = [accountId('one'), accountId('two'), accountId('three')];
  const unknown = { given: undefined, acquainted: undefined };

  it('to the account that was named, then to the one that knows the person, and the others evenly', () => {
    const rows = [
      unknown,
      { given: two, acquainted: one },
      { given: undefined, acquainted: two },
      unknown,
      unknown,
      unknown,
    ];
    expect(spreadRows(rows, [one, two, three])).toEqual([one, two, two, three, one, three]);
  });

  it('so that no account has two more than another where nobody is known', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), (count) => {
        const spread = spreadRows(
          Array.from({ length: count }, () => unknown),
          [one, two, three],
        );
        const loads = [one, two, three].map((id) => spread.filter((writer) => writer === id).length);
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('the expected end', () => {
  const startMs = Date.UTC(2026, 10, 20, 14, 2);
  const viewOf = (sending: Partial<SendingSettings>, more: Partial<GateView> = {}): GateView => ({
    wallMs: startMs,
    trustedMs: startMs,
    unbrokenSinceMs: startMs - 1e9,
    settings: { ...sendingSettingsSchema.parse({ bulkPace: { minMs: 10_000, maxMs: 10_000 } }), ...sending },
    accountSinceTrustedMs: startMs - 1e9,
    departures: [],
    gaps: { api: undefined, bulk: undefined },
    stated: undefined,
    hold: undefined,
    ...more,
  });
  const ends = (view: GateView, rows: number, more: { ahead?: number; gapMs?: number } = {}) =>
    expectedEnd({
      view,
      rows,
      ahead: more.ahead ?? 0,
      pace: more.gapMs === undefined ? undefined : { gapMs: more.gapMs, jitter: 0 },
    });

  /** When the real gate would let the last of so many go, one at a time. */
  const gateEnds = (view: GateView, rows: number): number => {
    const departures: Departure[] = [...view.departures];
    let { wallMs, trustedMs } = view;
    for (let sent = 0; sent < rows; ) {
      const since = departures.filter((one) => one.trustedMs > trustedMs - 86_400_000);
      const gaps = { api: undefined, bulk: 10_000 };
      const verdict = gateVerdict(
        { ...view, wallMs, trustedMs, departures: since, gaps },
        { lane: 'bulk', isKnownChat: true },
      );
      if (verdict.open) {
        departures.push({ messageId: messageId(`m${sent}`), trustedMs, lane: 'bulk' });
        sent += 1;
      } else {
        wallMs += verdict.inMs ?? Number.POSITIVE_INFINITY;
        trustedMs += verdict.inMs ?? Number.POSITIVE_INFINITY;
      }
    }
    return wallMs;
  };

  it.each([
    ['its pace', {}, 50],
    ['an hourly cap', { perHour: 20 }, 90],
    ['a daily cap', { perDay: 30 }, 100],
    ['quiet hours', { quietHours: { from: '15:00', to: '09:00', timeZone: 'UTC', holdPeople: false } }, 500],
    [
      'all of them',
      {
        perHour: 40,
        perDay: 100,
        quietHours: { from: '18:00', to: '08:30', timeZone: 'Europe/Berlin', holdPeople: false },
      },
      260,
    ],
  ] as const)('under %s is when the gate would let the last one go', (_name, sending, rows) => {
    const view = viewOf(sending);
    const end = ends(view, rows);
    expect(end.known && Math.abs(end.endMs - gateEnds(view, rows))).toBeLessThan(60_000);
  });

  it('during a warm-up is when the gate would let the last one go', () => {
    const view = viewOf({ warmUp: { days: 5, firstDay: 10 } }, { accountSinceTrustedMs: startMs - 3_600_000 });
    const end = ends(view, 60);
    expect(end.known && Math.abs(end.endMs - gateEnds(view, 60))).toBeLessThan(60_000);
  });

  it('counts what goes first, and a slower pace of its own', () => {
    expect(ends(viewOf({}), 10, { ahead: 5 })).toEqual({ known: true, endMs: startMs + 140_000 });
    expect(ends(viewOf({}), 10, { gapMs: 60_000 })).toEqual({ known: true, endMs: startMs + 540_000 });
    expect(ends(viewOf({}), 10, { gapMs: 1_000 })).toEqual({ known: true, endMs: startMs + 90_000 });
  });

  it('is not known while something holds the account that nobody knows the end of', () => {
    expect(ends(viewOf({}, { hold: { by: 'person' } }), 5)).toEqual({ known: false, reason: 'paused' });
    expect(ends(viewOf({}, { hold: { by: 'failures' } }), 5)).toEqual({ known: false, reason: 'stopped_by_failures' });
  });

  it('of the largest audience is found quickly', () => {
    const begun = performance.now();
    expect(
      ends(
        viewOf({
          perDay: 3_000,
          quietHours: { from: '20:00', to: '08:00', timeZone: 'America/Sao_Paulo', holdPeople: false },
        }),
        10_000,
      ).known,
    ).toBe(true);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
