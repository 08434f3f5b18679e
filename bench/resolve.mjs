// Lets the runtime's own TypeScript support follow imports without a file extension, and of folders, as everywhere in this project.
import { registerHooks } from 'node:module';

const endings = ['', '.ts', '/index.ts'];

registerHooks({
  resolve: (specifier, context, next) => {
    let failure;
    for (const ending of specifier.startsWith('.') ? endings : ['']) {
      try {
        return next(`${specifier}${ending}`, context);
      } catch (error) {
        failure ??= error;
      }
    }
    throw failure;
  },
});
