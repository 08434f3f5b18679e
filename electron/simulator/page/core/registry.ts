/**
 * The module system behind `window.require`. A module is one mutable object, the same at every call: the library
 * replaces members of some modules, and the page calls those members through the module for that reason.
 */
const modules = new Map<string, unknown>();

export function define<T>(name: string, exports: T): T {
  modules.set(name, exports);
  return exports;
}

/** A known module with some members missing; those throw by name when they are called. */
export function definePartly<T extends object>(name: string, exports: T): T {
  return define(
    name,
    new Proxy(exports, {
      get: (target, key, receiver): unknown =>
        typeof key === 'string' && !(key in target) && key !== 'then' && key !== 'toJSON'
          ? gap(`${name}.${key}`)
          : Reflect.get(target, key, receiver),
    }),
  );
}

export function requireModule(name: string): unknown {
  if (!modules.has(name)) throw unknownModule(name);
  return modules.get(name);
}

/** What whoever drives the page gets in a build that no longer has these modules. The page itself works as ever. */
export function requireWithout(missing: readonly string[]): (name: string) => unknown {
  return (name) => {
    if (missing.includes(name)) throw unknownModule(name);
    return requireModule(name);
  };
}

const unknownModule = (name: string): Error => new Error(`Requiring unknown module "${name}"`);

function gap(path: string): object {
  const refuse = (): never => {
    throw new Error(`${path} is not offered by the practice network yet`);
  };
  // A plain function: arrow functions cannot be constructed, and some modules are classes.
  return new Proxy(function gapMember() {}, {
    apply: refuse,
    construct: refuse,
    get(target, key, receiver): unknown {
      if (typeof key !== 'string' || key === 'then' || key === 'toJSON' || key in target) {
        return Reflect.get(target, key, receiver);
      }
      return gap(`${path}.${key}`);
    },
  });
}
