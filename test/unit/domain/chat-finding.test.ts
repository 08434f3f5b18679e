import { describe, expect, it } from 'vitest';
import { findingRanks, foldName, rankOfName, rankOfNumber, readFinding } from '../../../electron/domain/chat-finding';

const { whole, beginning, wordBeginning, part } = findingRanks;

const read = (query: string) => {
  const finding = readFinding(query);
  if (finding === undefined) throw new Error(`nothing to look for in ${query}`);
  return finding;
};
const ofName = (query: string, name: string) => rankOfName(read(query), foldName(name));
const ofNumber = (query: string, digits = '551140020022') => rankOfNumber(read(query), digits);

describe('finding chats by name', () => {
  it('tells the whole name, its beginning, the beginning of a word and any part apart', () => {
    expect(ofName('ana', 'Ana')).toBe(whole);
    expect(ofName('ana', 'Ana Silva')).toBe(beginning);
    expect(ofName('ana', 'Dr. (Ana) Silva')).toBe(wordBeginning);
    expect(ofName('ana', 'Joana')).toBe(part);
    expect(ofName('ana', 'Joana Ana')).toBe(wordBeginning);
    expect(ofName('ana', 'Bruno')).toBeUndefined();
  });

  it.each([
    ['JOAO', 'João'],
    ['joão', 'JOAO'],
    ['sao tome', 'São  Tomé'],
    ['strasse', 'Straße'],
    ['ozil', 'ÖZİL'],
    ['lodz', 'Łódź'],
    ['иван', 'ИВАН'],
    ['ｐｅｔｅｒ', 'Peter'],
    ['ana', '\u200eAna\u2060'],
    ['é', 'E\u0301'],
    ['ana silva', 'Ana\u00a0Silva'],
  ])('finds %s in %s', (query, name) => {
    expect(ofName(query, name)).toBeLessThanOrEqual(part);
  });

  it('does not take vowels of other scripts for accents', () => {
    expect(ofName('की', 'का')).toBeUndefined();
  });

  it('finds several words in any order, after those that have them in this order', () => {
    expect(ofName('silva ana', 'Ana Maria Silva')).toBe(wordBeginning);
    expect(ofName('silva na', 'Ana Silva')).toBe(part);
    expect(ofName('silva bruno', 'Ana Silva')).toBeUndefined();
    expect(ofName('ana silva', 'Ana Silva')).toBe(whole);
  });

  it('finds signs and emoji, and never takes what is typed as a pattern', () => {
    expect(ofName('❤️', 'Mum ❤')).toBe(wordBeginning);
    expect(ofName('.*', 'Ana')).toBeUndefined();
    expect(ofName('c++ (', 'C++ (club)')).toBe(beginning);
  });

  it('has nothing to look for in blanks and signs that cannot be seen', () => {
    for (const query of ['', '   ', '\u200b', '\u0301']) expect(readFinding(query)).toBeUndefined();
  });

  it('keeps the lines of a list that is folded at once', () => {
    expect(foldName('Ä\n\u00a8\u2028É\nß').split('\n')).toEqual(['a', ' \u2028e', 'ss']);
  });
});

describe('finding chats by number', () => {
  it.each([
    ['+55 11 4002-0022', whole],
    ['0055 11 4002 0022', whole],
    ['5511', beginning],
    ['+55 (11)', beginning],
    ['4002-0022', part],
    ['(011) 4002.0022', part],
    ['11/4002', part],
  ])('as %s', (query, rank) => {
    expect(ofNumber(query)).toBe(rank);
  });

  it('with the zero that is left out from abroad', () => {
    expect(ofNumber('+44 (0)20 7946', '442079460018')).toBe(beginning);
    expect(ofNumber('0151 234', '4915123456')).toBe(part);
  });

  it('not in its middle when it is written with its country', () => {
    expect(ofNumber('+4002')).toBeUndefined();
    expect(ofNumber('00 11 4002')).toBeUndefined();
  });

  it('only when it can be one', () => {
    for (const query of ['55', '00', 'room 5511', '55a11']) expect(ofNumber(query), query).toBeUndefined();
  });
});
