import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Clock } from '../../../electron/simulator/network/clock';
import { Faults } from '../../../electron/simulator/network/faults';

const newFaults = () => new Faults(new Clock(), { began: () => {}, ended: () => {} });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('acks held from a level on wait for the end of the fault, lower ones pass', () => {
  const faults = newFaults();
  const passed: number[] = [];
  const fault = faults.begin({ name: 'acks-held', phone: '1', from: 2 });
  for (const ack of [1, 2, 3]) faults.passAck('1', ack, () => passed.push(ack));
  faults.passAck('2', 3, () => passed.push(30));
  expect(passed).toEqual([1, 30]);
  faults.end(fault.id);
  expect(passed).toEqual([1, 30, 2, 3]);
});

test('lost acks never come, delayed ones come later', () => {
  const faults = newFaults();
  const passed: string[] = [];
  const lost = faults.begin({ name: 'acks-lost' });
  faults.passAck('1', 1, () => passed.push('lost'));
  faults.end(lost.id);
  faults.begin({ name: 'acks-delayed', delayMs: 500 });
  faults.passAck('1', 1, () => passed.push('late'));
  vi.advanceTimersByTime(499);
  expect(passed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(passed).toEqual(['late']);
});

test('a fault with a duration ends by itself', () => {
  const faults = newFaults();
  faults.begin({ name: 'socket-down', phone: '1', forMs: 1000 });
  expect(faults.find('socket-down', '1')).toBeDefined();
  expect(faults.find('socket-down', '2')).toBeUndefined();
  vi.advanceTimersByTime(1000);
  expect(faults.find('socket-down', '1')).toBeUndefined();
});
