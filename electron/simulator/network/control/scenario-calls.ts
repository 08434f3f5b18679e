import { Body } from '../body';
import { Refusal } from '../refusal';
import { ScenarioError, stepsOf } from '../scenario/scenario-steps';
import type { ControlTable } from './control-table';

/** Scenarios: lists of control calls with times and conditions. */
export const SCENARIO_CALLS: ControlTable = {
  'GET scenarios': (network) => network.scenarios.list(),
  'POST scenarios': (network, call) => {
    try {
      const steps = stepsOf(new Body(call.body, ['steps']).value('steps'), call.knows);
      return network.scenarios.start(steps, call.perform);
    } catch (error) {
      throw error instanceof ScenarioError ? new Refusal(400, error.message) : error;
    }
  },
  'DELETE scenarios/*': (network, _call, [id]) => {
    if (!network.scenarios.stop(id ?? '')) throw new Refusal(404, `There is no scenario ${id}`);
    return { stopped: id };
  },
};
