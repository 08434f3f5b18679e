import { expect, test } from 'vitest';
import { readScenario } from '../../../electron/simulator/network/scenario/scenario-steps';

const isCall = (call: string) => call === 'POST faults';

test('a scenario is read from lines and from a list alike', () => {
  const step = { afterMs: 5, call: 'POST faults', body: { name: 'acks-lost' } };
  const lines = readScenario(`# what comes\n\n${JSON.stringify(step)}\n`, isCall);
  const list = readScenario(JSON.stringify([step]), isCall);
  expect(lines).toEqual([{ place: 3, afterMs: 5, call: 'POST faults', body: step.body, times: 1, everyMs: 0 }]);
  expect(list).toEqual([{ ...lines[0], place: 1 }]);
});

test.each([
  ['', 'The scenario has no steps'],
  ['[]', 'A scenario is a list of steps'],
  ['[1', 'The scenario is not JSON'],
  ['{"call": "POST faults"', 'line 1 is not JSON'],
  ['\n"text"', 'line 2: has to be a JSON object'],
  ['[{"call": "POST nothing"}]', 'step 1: there is no control call "POST nothing"; write it as in "POST faults"'],
  ['[{"cal": "POST faults"}]', 'step 1: there is no field "cal" here; known are: atMs'],
  ['[{"atMs": -1}]', 'step 1: "atMs" has to be a whole number from 0 to'],
  ['[{"atMs": 1, "afterMs": 1}]', 'step 1: give "atMs" or "afterMs", not both'],
  ['[{"body": {}}]', 'step 1: a "body" belongs to a "call"'],
  ['[{"note": "x"}]', 'step 1: a step needs a "call" or something to wait for'],
  ['[{"when": {"ledger": 3}}]', 'step 1, "when": "ledger" is a text'],
  ['[{"when": {"phone": "1"}}]', 'step 1, "when": it needs "ledger" or "page"'],
  ['[{"when": {"page": "open"}}]', 'step 1, "when": "page" is "unpaired" or "linked"'],
])('%s is refused with a sentence that says where and why', (text, sentence) => {
  expect(() => readScenario(text, isCall)).toThrow(sentence);
});
