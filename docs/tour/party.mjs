#!/usr/bin/env node
// A small client of the party's WebSocket, for the tour in README.md. It takes Node.js 20 or newer and nothing else.
//
//   party.mjs watch URL PARTY TOKEN                       prints what happens, until the party has a winner
//   party.mjs say   URL PARTY TOKEN TYPE [NAME=VALUE...]  sends one frame and prints the answer to it
import { members, open } from './socket.mjs';

const [mode, url, party, token, type, ...words] = process.argv.slice(2);
if (!['watch', 'say'].includes(mode) || !token || (mode === 'say' && !type)) {
  console.error('usage: party.mjs watch URL PARTY TOKEN | say URL PARTY TOKEN TYPE [NAME=VALUE...]');
  process.exit(2);
}

open(`${url}/ws/party/${party}`, { token }, mode === 'watch' ? watch : hear, (socket) => { if (mode === 'say') say(socket); });

function say(socket) {
  const payload = members(words, (name, value) => name === 'ranks' ? value.split(',') : value);
  const frame = JSON.stringify({ type, payload, id: 1 });
  console.log(`  -> ${frame}`);
  socket.send(frame);
}

function hear(frame, end) {
  // Updates of the party come in between; the answer is the frame that carries our number.
  if (frame.payload?.id !== 1) return;
  console.log(`  <- ${JSON.stringify(frame)}`);
  end(frame.type === 'error' ? 1 : 0);
}

function watch(frame, end) {
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
}

function about({ phase, current_nomination: open, nomination_pool: pool, submissions }) {
  if (open) return ` | ${open.movie.title}? ${Object.values(open.voters).join(', ') || 'no votes yet'} (${open.needed} yay needed)`;
  if (phase === 'nominating') return ` | on the ballot: ${pool.map((movie) => movie.title).join(', ') || 'nothing yet'}`;
  return phase === 'ranking' ? ` | ballots: ${Object.keys(submissions).length}` : '';
}
