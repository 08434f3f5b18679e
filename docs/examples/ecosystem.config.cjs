// PM2: `pm2 start docs/examples/ecosystem.config.cjs`, then `pm2 save` and `pm2 startup`.
const { homedir } = require('node:os');
const path = require('node:path');

module.exports = {
  apps: [
    {
      name: 'switchboard',
      cwd: path.resolve(__dirname, '../..'),
      // Node itself, without PM2's wrapper around it: signals and the exit code arrive as they are.
      script: process.execPath,
      interpreter: 'none',
      args: [
        'scripts/run.mjs',
        'serve',
        '--port',
        '8080',
        '--max-sessions',
        '10',
        '--data',
        path.join(homedir(), 'switchboard'),
      ],
      // One program on one data folder: never in cluster mode.
      exec_mode: 'fork',
      instances: 1,
      // Only the program is asked to end; it ends its sessions in order. PM2 would otherwise signal every browser at once.
      treekill: false,
      kill_timeout: 90_000,
      // A port that is taken or a folder that is in use does not get better by trying fast.
      exp_backoff_restart_delay: 1_000,
      time: true,
    },
  ],
};
