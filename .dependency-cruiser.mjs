// The import table as rules for dependency-cruiser. Change scripts/check/import-table.mjs, not this file.
import { builtinModules } from 'node:module';
import {
  FREE_TYPES_FROM,
  ONLY_HERE,
  PACKAGES,
  ROOMS,
  SIBLINGS_APART,
  STRANGERS,
  WITHOUT_NODE,
} from './scripts/check/import-table.mjs';

const OURS = '^(electron|renderer|test|bench|scripts|examples)/';
const TESTS = ['^test/', '^bench/'];
const BUILTINS = builtinModules.map((name) => name.replace(/^node:/, '')).join('|');
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
/** A folder, or one file when the name has an extension. */
const at = (place) => (/\.tsx?$/.test(place) ? `^${literal(place)}$` : `^${literal(place)}/`);
const packageAt = (name) => `(^|/)node_modules/(@types/)?${literal(name)}/`;

const tableRules = Object.entries(ROOMS).flatMap(([room, allowed]) => {
  const others = { path: OURS, pathNot: [at(room), ...allowed.map(at)] };
  const rule = (name, to) => ({ name: `${name}: ${room}`, severity: 'error', from: { path: at(room) }, to });
  return [
    rule('not in the import table', { ...others, pathNot: [...others.pathNot, at(FREE_TYPES_FROM)] }),
    ...(allowed.includes(FREE_TYPES_FROM) || room === FREE_TYPES_FROM || allowed.includes('electron')
      ? []
      : [
          rule('only types from contract', {
            path: at(FREE_TYPES_FROM),
            pathNot: allowed.map(at),
            dependencyTypesNot: ['type-only'],
          }),
        ]),
  ];
});

const strangerRules = STRANGERS.map(([from, to]) => ({
  name: `strangers: ${from} and ${to}`,
  severity: 'error',
  from: { path: at(from) },
  to: { path: at(to) },
}));

const siblingRules = SIBLINGS_APART.map((folder) => ({
  name: `no sibling imports: ${folder}`,
  severity: 'error',
  from: { path: `^${literal(folder)}/([^/]+)/` },
  to: { path: `^${literal(folder)}/[^/]+/`, pathNot: `^${literal(folder)}/$1/` },
}));

const packageRules = Object.entries(PACKAGES).map(([room, allowed]) => ({
  name: `packages of ${room}`,
  severity: 'error',
  from: { path: at(room) },
  to: {
    dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'npm-optional'],
    dependencyTypesNot: ['type-only'],
    pathNot: allowed.map(packageAt),
  },
}));

const onlyHereRules = Object.entries(ONLY_HERE).map(([module, places]) => ({
  name: `${module} only ${places.length === 0 ? 'in other packages' : `in ${places.join(', ')}`}`,
  severity: 'error',
  from: { path: '^(electron|renderer)/', pathNot: [...TESTS, ...places.map(at)] },
  to: { path: module.startsWith('node:') ? `^${literal(module)}$|^${literal(module.slice(5))}$` : packageAt(module) },
}));

export default {
  forbidden: [
    ...tableRules,
    ...strangerRules,
    ...siblingRules,
    ...packageRules,
    ...onlyHereRules,
    {
      name: 'runs without Node',
      severity: 'error',
      from: { path: WITHOUT_NODE.map(at) },
      to: { path: `^(node:)?(${BUILTINS})$`, reachable: true },
    },
    // Types alone are gone at run time, and two files of one room may well know each other's.
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'not to be found', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'not in package.json',
      severity: 'error',
      // An application of its own, the empty window that start-up is compared with.
      from: { pathNot: '^bench/floor/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.css', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
