#!/usr/bin/env node
// A small client of the party's WebSocket, for the tour in README.md. It takes Node.js 20 or newer and nothing else.
//
//   party.mjs watch URL PARTY TOKEN                       prints what happens, until the party has a winner
//   party.mjs say   URL PARTY TOKEN TYPE [NAME=VALUE...]  sends one frame and prints the answer to it
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';

const [mode, url, party, token, type, ...members] = process.argv.slice(2);
if (!['watch', 'say'].includes(mode) || !token || (mode === 'say' && !type)) {
  console.error('usage: party.mjs watch URL PARTY TOKEN | say URL PARTY TOKEN TYPE [NAME=VALUE...]');
  process.exit(2);
}

if (typeof WebSocket === 'function') {
  connect();
} else if (process.execArgv.includes('--experimental-websocket')) {
  console.error(`Node.js ${process.version} has no WebSocket: version 20 or newer is needed.`);
  process.exit(1);
} else {
  // Node.js 20 has the browser's WebSocket behind a flag, later versions have it without.
  const child = spawn(process.execPath, ['--experimental-websocket', '--no-warnings', ...process.argv.slice(1)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}

function connect() {
  // Frame numbers are remembered per client: each run is a new client, so it may number its frames from 1.
  const query = new URLSearchParams({ token, client: randomUUID() });
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws/party/${party}?${query}`);
  const end = (code) => { process.exitCode = code; socket.close(); };
  const receive = mode === 'watch' ? watch(end) : say(end);

  socket.onopen = () => { if (mode === 'say') send(socket); };
  socket.onmessage = (message) => receive(JSON.parse(message.data));
  socket.onerror = () => { process.exitCode ||= 1; console.error('The connection failed: is the server up, and is the token right?'); };
  socket.onclose = ({ code, reason }) => {
    if (code !== 1000) console.error(`Closed by the server: ${code} ${reason}`);
    process.exit();
  };
}

function send(socket) {
  const payload = Object.fromEntries(members.map((member) => {
    const [name, value] = [member.slice(0, member.indexOf('=')), member.slice(member.indexOf('=') + 1)];
    return [name, name === 'ranks' ? value.split(',') : value];
  }));
  const frame = JSON.stringify({ type, payload, id: 1 });
  console.log(`  -> ${frame}`);
  socket.send(frame);
}

function say(end) {
  return (frame) => {
    // Updates of the party come in between; the answer is the frame that carries our number.
    if (frame.payload?.id !== 1) return;
    console.log(`  <- ${JSON.stringify(frame)}`);
    end(frame.type === 'error' ? 1 : 0);
  };
}

function watch(end) {
  return (frame) => {
    if (frame.type !== 'party_update') return;
    const { party: now } = frame.payload;
    const names = Object.values(now.participants).map((person) => person.username + (person.is_host ? ' (host)' : ''));
    const film = (id) => now.nomination_pool.find((movie) => movie.id === id)?.title ?? id;
    console.log(`[${frame.seq}] ${now.phase}: ${names.join(', ')}${about(now)}`);
    if (now.phase !== 'finished') return;
    const rounds = now.result.rounds.map(({ round, tally, eliminated }) => {
      const votes = tally.map((row) => `${film(row.film_id)} ${row.votes}`).join(', ');
      return `    round ${round}: ${votes}${eliminated ? `; out: ${film(eliminated)}` : ''}\n`;
    });
    console.log(`${rounds.join('')}    The winner is ${now.winner.title} (${now.winner.year}).`);
    end(0);
  };
}

function about({ phase, current_nomination: open, nomination_pool: pool, submissions }) {
  if (open) return ` | ${open.movie.title}? ${Object.values(open.voters).join(', ') || 'no votes yet'} (${open.needed} yay needed)`;
  if (phase === 'nominating') return ` | on the ballot: ${pool.map((movie) => movie.title).join(', ') || 'nothing yet'}`;
  return phase === 'ranking' ? ` | ballots: ${Object.keys(submissions).length}` : '';
}
