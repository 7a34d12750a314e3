// Sends every text to all members of the room that the path names: node server.js PORT on|off
'use strict';
const { WebSocketServer } = require('ws');

const [port, deflate] = process.argv.slice(2);
const rooms = new Map();

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: Number(port),
  backlog: 4096,
  perMessageDeflate:
    deflate === 'on' && { serverNoContextTakeover: true, clientNoContextTakeover: true, threshold: 128 },
});

server.on('connection', (socket, request) => {
  const name = request.url;
  if (!rooms.has(name)) rooms.set(name, new Set());
  const room = rooms.get(name);
  room.add(socket);
  socket.on('close', () => room.delete(socket));
  socket.on('error', () => socket.terminate());
  socket.on('message', (data) => {
    for (const member of room) member.send(data, { binary: false });
  });
});
