#!/usr/bin/env node
// Everybody's client of a watch party in one, for the tour in README.md. It takes Node.js 20 or newer and nothing else.
//
//   watch.mjs party URL WATCH_PARTY TOKEN...   connects everybody by their tokens
//   watch.mjs open  URL PARTY TOKEN...         has the first open the watch party of what PARTY has decided; everybody gets a ticket
//
// Then each line of the input is a frame that somebody sends: WHO TYPE [NAME=VALUE...]. It is over when all have seen what it did.
import { createInterface } from 'node:readline';
import { members, withWebSocket } from './socket.mjs';

const [mode, url, party, ...tokens] = process.argv.slice(2);
if (!['party', 'open'].includes(mode) || tokens.length === 0) {
  console.error('usage: watch.mjs party URL WATCH_PARTY TOKEN... | watch.mjs open URL PARTY TOKEN...');
  process.exit(2);
}

const inMinutes = (ms) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1_000) % 60).padStart(2, '0')}`;
const valueOf = (name, text) => /^-?[\d.]+$/.test(text) ? Number(text) : text.replace(/^"(.*)"$/, '$1');
const all = (names) => [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' and ');

withWebSocket(async () => {
  const addresses = mode === 'open' ? await tickets() : tokens.map((token) => `/api/v1/watch-parties/${party}/ws?token=${token}`);
  const people = await Promise.all(addresses.map(enter));
  const names = people.map((person) => person.name);
  console.log(`${all(names)} are in "${people[0].first.party.title}": ${people[0].first.item.title}.`);

  for await (const line of createInterface({ input: process.stdin })) {
    const [who, type, ...words] = line.trim().match(/[^\s=]+="[^"]*"|\S+/g) ?? [];
    if (type) await act(people, people.find((person) => person.name === who), type, words);
  }
  process.exit(0);
});

// Opens the watch party over the sockets that the members of the deciding party have, on which a ticket then comes for each.
async function tickets() {
  const sockets = await Promise.all(tokens.map((token) => connect(`/ws/party/${party}?token=${token}`, 'party_update')));
  const given = sockets.map((socket) => socket.next((frame) => frame.type === 'watch_ticket'));
  sockets[0].send({ type: 'open_watch_party', id: 1 });
  const frames = await Promise.all(given);
  console.log(`${frames.length} tickets to ${new Set(frames.map((frame) => frame.payload.watch_party_id)).size} watch party.`);
  return frames.map((frame) => frame.payload.url);
}

// Connects somebody, and finds out by how much the server's clock is ahead of this one: the quickest of five answers knows best.
async function enter(address) {
  const person = await connect(address, 'sync');
  person.name = person.first.you.name;
  const samples = [];
  for (let tries = 0; tries < 5; tries++) {
    const answer = person.next((frame) => frame.type === 'clock');
    person.send({ type: 'clock', t0: performance.now() });
    const { t0, t1, t2 } = await answer;
    const t3 = performance.now();
    samples.push({ roundTrip: t3 - t0 - (t2 - t1), ahead: (t1 - t0 + (t2 - t3)) / 2 });
  }
  const best = samples.sort((one, other) => one.roundTrip - other.roundTrip)[0];
  person.serverTime = () => performance.now() + best.ahead;
  return person;
}

// Has somebody send a frame, and waits until everybody has done what follows from it, or until it was refused.
async function act(people, person, type, words) {
  const frame = { type, ...members(words, valueOf), id: ++person.frames };
  const answer = person.next((one) => one.id === frame.id && ['ack', 'error'].includes(one.type));
  const wanted = type === 'chat' ? 'chat_message' : type;
  const seen = people.map((one) => one.next((told) => told.type === wanted).then((told) => follow(one, told)));
  console.log(`  ${person.name} -> ${JSON.stringify(frame)}`);
  person.send(frame);
  const refusal = await answer;
  if (refusal.type === 'error') {
    console.log(`    refused: ${refusal.error} (${refusal.code})`);
    people.forEach((one) => one.forget(wanted));
    return;
  }

  const did = await Promise.all(seen);
  for (const what of new Set(did.map((one) => one.what))) {
    console.log(`    ${all(did.filter((one) => one.what === what).map((one) => one.name))}: ${what}`);
  }
  const late = did.filter((one) => 'lateMs' in one).map((one) => `${one.name} ${one.lateMs.toFixed(1)} ms`);
  if (late.length) console.log(`    and were late for the announced instant by: ${late.join(', ')}`);
}

// What a player does: nothing until the instant that the frame announces, and then what it says.
async function follow({ name, serverTime }, frame) {
  if (frame.type === 'chat_message') return { name, what: `${frame.chat_message.display_name} says "${frame.chat_message.message}"` };
  while (serverTime() < frame.at_ms) await new Promise((resolve) => setTimeout(resolve, frame.at_ms - serverTime()));
  const { playing, position_ms: position } = frame.playback;
  return {
    name, lateMs: serverTime() - frame.at_ms, what: `${frame.item.title} ${playing ? 'plays from' : 'stands at'} ${inMinutes(position)}`,
  };
}

// Opens one connection, and waits for its first frame. `next(test)` is the next frame from now on that passes the test.
async function connect(address, firstType) {
  const socket = new WebSocket(url.replace(/^http/, 'ws') + address);
  let waiting = [];
  const person = {
    frames: 0,
    send: (frame) => socket.send(JSON.stringify(frame)),
    next: (test) => new Promise((resolve) => waiting.push({ test, resolve })),
    forget: (type) => { waiting = waiting.filter(({ test }) => !test({ type })); },
  };
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data);
    const found = waiting.filter(({ test }) => test(frame));
    waiting = waiting.filter((one) => !found.includes(one));
    found.forEach(({ resolve }) => resolve(frame));
  };
  socket.onerror = () => { console.error('A connection failed: is the server up, and is the token right?'); process.exit(1); };
  socket.onclose = ({ code, reason }) => { console.error(`Closed by the server: ${code} ${reason}`); process.exit(1); };
  person.first = await person.next((frame) => frame.type === firstType);
  return person;
}
